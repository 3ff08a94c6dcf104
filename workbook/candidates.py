"""Functions to test, by their notebook name: ``from workbook.candidates import candidates``."""

from workbook.course.given.candidates import BUDGET, candidates

__all__ = ["BUDGET", "candidates"]
