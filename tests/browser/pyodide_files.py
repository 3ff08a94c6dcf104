"""Where Pyodide's files are for the tests: Python for a browser, which nothing here downloads."""

import os

import pytest

from tests.reference import ROOT
from workbook.site.pyodide import VERSION

_BESIDE = ROOT.parent / "shared" / f"pyodide-{VERSION}"

#: The folder of Pyodide's files, with the packages that the course needs; empty if there is none.
PYODIDE = os.environ.get("WORKBOOK_PYODIDE", str(_BESIDE) if _BESIDE.is_dir() else "")

needs_pyodide = pytest.mark.skipif(
    not PYODIDE,
    reason="needs the folder of Pyodide's files, in WORKBOOK_PYODIDE or beside the checkout",
)
