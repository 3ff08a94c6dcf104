"""Who is in the class: names, sections and platforms' identifiers.

Imports `grade.submissions` and `course`.
"""
