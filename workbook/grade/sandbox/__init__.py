"""The student's process, its confinement and its messages.

Imports `course` and `grade.submissions`.
"""
