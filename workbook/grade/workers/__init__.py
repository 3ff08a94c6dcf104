"""Judge many submissions at once, in processes of this machine.

Imports `grade.gradebook`, `grade.judging` and all below them.
"""
