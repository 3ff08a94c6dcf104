"""Train the learner's own network live, with controls and a picture.

Imports `learn.flow` and all below it.
"""
