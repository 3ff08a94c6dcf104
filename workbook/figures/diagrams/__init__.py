"""Diagrams of the course: the network, the training cycle, the story so far.

Imports `course` and the top of `figures`.
"""
