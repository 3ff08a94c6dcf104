"""The page that a student gets back, and the style that it shares with the class report.

Imports `grade.gradebook` and all below it.
"""
