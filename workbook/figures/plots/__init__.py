"""Plots of the learner's numbers: arrays, costs, boundaries.

Imports `course` and the top of `figures`.
"""
