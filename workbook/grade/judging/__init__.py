"""Judge one submission: hidden tests call the student's functions.

Imports `diagnosis`, `grade.sandbox` and all below them.
"""
