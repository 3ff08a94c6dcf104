"""Show what grading found: in the terminal, in a spreadsheet, on a page.

Imports `course` and `grade.submissions`.
"""
