"""Find, read and stage submissions; the plain facts of a grading, its limits and its results.

Imports `course`.
"""
