"""Show a training step moment by moment: a picture of the network, a formula, and its numbers.

Imports the other modules of `learn.flow` and all that these may import.
"""
