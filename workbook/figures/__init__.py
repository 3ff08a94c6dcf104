"""Pictures of networks and of their numbers, drawn with matplotlib.

Imports `course`. A learner's notebook imports it, so it needs NumPy and matplotlib alone.
"""
