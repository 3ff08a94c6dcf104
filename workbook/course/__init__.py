"""Plain facts about the course: its exercises, public cases, verdicts and hidden tests.

Imports no other room.
"""
