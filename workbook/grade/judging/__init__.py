"""Judge one submission: run the hidden tests here, on functions of the student's process.

Imports `diagnosis`, `grade.sandbox` and all below them.
"""
