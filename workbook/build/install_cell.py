"""The first cell of a notebook that may be opened anywhere: it installs the course if missing.

Colab, Kaggle and VS Code open a single notebook, in an environment that somebody else has made. The
cell is none of nbgrader's: no gradebook knows it, and whether it is there changes no mark.
"""

from importlib.metadata import version
from typing import Any

import nbformat

from workbook.course.addresses import addresses
from workbook.course.checksums import plain_checksum
from workbook.course.folder import Course

#: The cell's identifier.
INSTALL_CELL = "install"

# What a notebook imports, without the versions that a wheel asks for: what is there stays as it is.
# Another version of Colab's own packages would end its session.
_NEEDED = ("click", "executing", "ipywidgets", "matplotlib", "nbformat", "numpy", "rich")


def class_wheel_name() -> str:
    """Return the file name of the course's wheel for classes."""
    return f"backprop_workbook-{version('backprop-workbook')}-py3-none-any.whl"


def install_cells(course: Course) -> list[Any]:
    """Return the cell that installs the course's wheel for classes; none without an address.

    Parameters
    ----------
    course : Course
        The course, whose settings may name an address.
    """
    address = addresses(course).address
    return [install_cell(address, class_wheel_name())] if address else []


def install_cell(address: str, wheel: str) -> Any:
    """Return the cell that installs a wheel of a site where the course is missing.

    Parameters
    ----------
    address : str
        The site's address.
    wheel : str
        The file name of the wheel.
    """
    source = "\n".join(
        [
            "# Installs the course where it is missing, as in Colab, Kaggle or VS Code.",
            "# Elsewhere it does nothing.",
            "try:",
            "    import workbook",
            "except ModuleNotFoundError:",
            f"    %pip install -q {' '.join(_NEEDED)}",
            f"    %pip install -q --no-deps {address}/wheels/{wheel}",
        ]
    )
    # JupyterLab lets nobody change or delete it.
    metadata = {
        "deletable": False, "editable": False, "workbook": {"checksum": plain_checksum(source)},
    }  # fmt: skip
    return nbformat.v4.new_code_cell(source, id=INSTALL_CELL, metadata=metadata)


def with_install_cell(notebook: Any, address: str | None, wheel: str) -> Any:
    """Return a notebook that installs this wheel of this site, and no other one.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook, with such a cell or without.
    address : str or None
        The site's address; without one, the notebook installs nothing.
    wheel : str
        The file name of the wheel.
    """
    own = [cell for cell in notebook.cells if cell.get("id") != INSTALL_CELL]
    first = [install_cell(address, wheel)] if address else []
    return nbformat.from_dict({**notebook, "cells": [*first, *own]})
