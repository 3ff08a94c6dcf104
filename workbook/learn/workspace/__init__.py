"""Read, run and watch the learner's own notebooks on disk.

Imports `learn.check` and all below it.
"""
