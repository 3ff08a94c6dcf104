"""Answers as a student would submit them: the released notebook with its stub filled in."""

import ast
from pathlib import Path
from typing import Any

import nbformat

from workbook.course import Course
from workbook.exercises import Exercise

_MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
_COURSE_PACKAGES = ("solutions", "grader_tests")


def reference_answer(course: Course, name: str) -> str:
    """Return the reference solution of an exercise as a student would have written it."""
    return _function_text(course.solution(name), name, name)


def catalogue_answer(course: Course, name: str, variant: str) -> str:
    """Return a wrong (or refused, but right) answer of the misconceptions file as a student's.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        The exercise.
    variant : str
        Name of the function in ``grader_tests/misconceptions/<name>.py``.
    """
    path = course.root / "grader_tests" / "misconceptions" / f"{name}.py"
    return _function_text(path, variant, name)


def _function_text(path: Path, function: str, name: str) -> str:
    """Return a function's text under the exercise's name, after the imports that it needs."""
    text = path.read_text(encoding="utf-8")
    nodes = ast.parse(text).body
    imports = [
        ast.unparse(node)
        for node in nodes
        if isinstance(node, ast.Import)
        or (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").split(".")[0] not in _COURSE_PACKAGES
        )
    ]
    (found,) = [n for n in nodes if isinstance(n, ast.FunctionDef) and n.name == function]
    lines = text.splitlines()[found.lineno - 1 : found.end_lineno]
    lines[0] = lines[0].replace(f"def {function}(", f"def {name}(", 1)
    body = [line for line in lines if line.strip() not in _MARKERS]
    return "\n".join([*imports, "", "", *body]).lstrip()


def filled_notebook(course: Course, exercise: Exercise, answer: str | None) -> Any:
    """Return the released notebook with an answer in its stub; unsolved if the answer is None."""
    path = course.root / "release" / exercise.notebook_path
    notebook = nbformat.read(path, as_version=4)
    if answer is not None:
        solution_cell(notebook).source = answer
    return notebook


def solution_cell(notebook: Any) -> Any:
    """Return the cell that a student fills in."""
    (cell,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]
    return cell


def submit(folder: Path, student: str, exercise: Exercise, notebook: Any) -> Path:
    """Write a notebook into nbgrader's ``submitted`` folder, and return its path."""
    path = folder / student / exercise.notebook_path
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path
