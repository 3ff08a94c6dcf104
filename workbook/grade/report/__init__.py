"""`report.html`: what a class did, for the instructor, on one page without script or network."""

from workbook.grade.report.page import write_report
from workbook.grade.report.tally import Tally

__all__ = ["Tally", "write_report"]
