"""Grade a class: submissions in; gradebook, feedback and report out.

Only the command line and nbgrader import it. Imports `course` and `diagnosis`, never `learn`.
"""

import workbook.course.nbformat_imports  # noqa: F401  before nbformat itself
