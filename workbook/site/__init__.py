"""Build a website from the course: front page, book, and the workbook in a browser tab.

Imports `build`, `course` and what they import; never what grades.
"""
