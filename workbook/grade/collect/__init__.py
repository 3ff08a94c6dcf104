"""What a learning platform sends, sorted into ``submitted/``.

Imports `grade.report`, `grade.roster`, `grade.gradebook` and `grade.submissions`.
"""
