"""Show what grading found: in the terminal, in a spreadsheet, on a page.

Imports `course` and `grade.submissions`.
"""

from workbook.grade.report.page import write_report
from workbook.grade.report.tally import Tally

__all__ = ["Tally", "write_report"]
