"""Show what grading found: in the terminal, in a spreadsheet, on a page.

Imports `course`, `grade.roster` and `grade.submissions`.
"""
