"""Only the rooms that are about this network name the course's functions."""

import ast
import re
import sys
from pathlib import Path

import pytest

from workbook.course.exercises import ASSIGNMENTS, FUNCTIONS, NOTEBOOKS, PAGES

PROGRAM = Path(__file__).resolve().parents[1] / "workbook"

# They are about this network.
ABOUT_THE_NETWORK = ("figures/diagrams", "learn/flow", "learn/playground")

KNOWN = {*FUNCTIONS, *ASSIGNMENTS, *(one.name for one in [*NOTEBOOKS, *PAGES])}
NAMED = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(KNOWN)))})(?!\w)")
COUNTED = re.compile(r"\b(the|your|all) ten\b")


def said(tree):
    """Return the names and the texts of a program, without its docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        node.body[0].value for node in ast.walk(tree) if isinstance(node, documented) and node.body
        if isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and node not in docstrings:
                yield node.value
        elif not _is_pythons_own(node):
            yield from (value for _, value in ast.iter_fields(node) if isinstance(value, str))


def _is_pythons_own(node):
    """Tell whether this names what a module of Python's holds, such as `unicodedata.normalize`."""
    of = node.value if isinstance(node, ast.Attribute) else None
    return isinstance(of, ast.Name) and of.id in sys.stdlib_module_names


@pytest.mark.slow
def test_no_other_room_names_a_function_or_a_notebook_of_the_course():
    found = [
        (path.relative_to(PROGRAM).as_posix(), text)
        for path in PROGRAM.rglob("*.py")
        if not path.relative_to(PROGRAM).as_posix().startswith(ABOUT_THE_NETWORK)
        for text in said(ast.parse(path.read_text(encoding="utf-8")))
        if NAMED.search(text) or COUNTED.search(text)
    ]
    assert found == []


def test_a_name_in_code_or_in_a_message_would_be_found():
    code = 'def f():\n    """Of linear_forward."""\n    linear_backward("see the ten")\n'
    texts = list(said(ast.parse(code)))
    assert [text for text in texts if NAMED.search(text)] == ["linear_backward"]
    assert [text for text in texts if COUNTED.search(text)] == ["see the ten"]
