"""Train the learner's own network on points in the plane, with controls and a live picture.

Imports `learn.flow` and all below it.
"""
