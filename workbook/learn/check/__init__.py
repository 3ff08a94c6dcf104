"""Run the visible checks; show a card with explained errors.

Imports `course`, `diagnosis` and `figures`.
"""
