"""Show a training step of the learner's functions, number by number.

Imports `learn.workspace` and all below it.
"""
