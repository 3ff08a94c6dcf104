"""The gradebook's final marks, in the tables that learning platforms take.

Imports `grade.collect`, `grade.report`, `grade.gradebook`, `grade.roster` and `grade.submissions`.
"""
