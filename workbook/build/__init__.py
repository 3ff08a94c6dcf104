"""Turn plain text into notebooks, and into the data of the visible checks.

Imports `course` and `diagnosis`.
"""
