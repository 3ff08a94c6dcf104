"""Find the sentence for a wrong answer, from what the answer does on the public cases.

Imports `course`.
"""
