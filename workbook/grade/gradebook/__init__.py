"""nbgrader's database: read marks, write results.

Imports `grade.judging` and all below it.
"""

import logging

import workbook.course.nbgrader_imports  # noqa: F401  before nbgrader itself

# What nbgrader logs here with a traceback, it also raises, and the command says it in a sentence.
logging.getLogger("tornado.application").setLevel(logging.CRITICAL)
