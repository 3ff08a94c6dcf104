"""What the tests of the program share."""

import inspect
from pathlib import Path

import nbformat
import pytest


@pytest.fixture
def write_notebook():
    """Write a notebook of code cells; a cell may be text, or a function for its source."""

    def write(path: Path, *cells) -> Path:
        texts = [cell if isinstance(cell, str) else inspect.getsource(cell) for cell in cells]
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell("# A lesson")]
            + [nbformat.v4.new_code_cell(text) for text in texts]
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    return write
