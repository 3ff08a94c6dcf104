"""Find pairs of answers that share what is rare in the class, and show them side by side.

Never a verdict, and never in marks. Imports `grade.pages`, `grade.judging`, `grade.submissions` and
`course`.
"""
