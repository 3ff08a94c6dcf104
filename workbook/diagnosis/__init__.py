"""Find the sentence for a wrong answer, from what it does.

Imports `course`.
"""
