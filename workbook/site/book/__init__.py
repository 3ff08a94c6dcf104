"""The course as a book to read: its notebooks as pages, made by Sphinx.

Imports `build`, `course`, `figures` and what they import; never what grades.
"""

from workbook.site.book.book import write_book
from workbook.site.front_page import write_front_page

__all__ = ["write_book", "write_front_page"]
