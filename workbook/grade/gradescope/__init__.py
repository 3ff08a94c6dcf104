"""Gradescope: the zip of an autograder for it, and what runs there for each submission.

A thin layer over `workbook grade`. Imports the rest of `grade`, and `course`; only the
command imports it.
"""
