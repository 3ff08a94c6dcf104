"""Find the reference solutions that are at hand, and keep which of them a learner may see or use.

Imports `course`.
"""
