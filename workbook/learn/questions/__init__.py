"""Ask the lessons' questions: read an answer, say what it shows, keep it.

Imports `learn.workspace` and all below it.
"""
