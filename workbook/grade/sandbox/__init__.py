"""The student's process: what runs in it, what it may do, and the messages it exchanges.

Imports `course` and `grade.submissions`.
"""
