"""nbgrader's database: read marks, write results.

Imports `grade.judging` and all below it.
"""

import workbook.course.nbgrader_imports  # noqa: F401  before nbgrader itself
