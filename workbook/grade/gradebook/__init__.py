"""nbgrader's database and feedback pages: read marks, write results.

Imports `grade.judging` and all below it.
"""
