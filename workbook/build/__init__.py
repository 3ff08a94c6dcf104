"""Turn plain text into notebooks, and into the data of the visible checks.

Imports `course` and `diagnosis`.
"""

import workbook.course.nbgrader_imports  # noqa: F401  before nbgrader itself
