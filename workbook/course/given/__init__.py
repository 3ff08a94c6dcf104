"""What lessons are given and need not write: activations, landscapes and data sets.

Imports nothing of the program.
"""
