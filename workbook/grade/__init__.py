"""Submissions in, grades out: the judge, the student's process, and nbgrader's gradebook."""
