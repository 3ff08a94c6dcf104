"""Run the visible checks, and show the outcome as a card with explained errors.

Imports `course`, `diagnosis` and `figures`.
"""
