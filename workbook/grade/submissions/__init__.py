"""Find and read submissions; limits and results as plain facts.

Imports `course`.
"""
