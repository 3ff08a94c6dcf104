"""Plots of the learner's own numbers: arrays, costs, boundaries, distributions.

Imports `course` and the top of `figures`.
"""
