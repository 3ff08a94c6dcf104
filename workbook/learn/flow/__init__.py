"""Show one training step of the learner's own functions with every number.

Imports `learn.workspace` and all below it.
"""
