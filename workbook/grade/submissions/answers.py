"""Answers as a student would submit them: the released notebook with its stub filled in."""

import ast
import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from workbook.course.exercises import Exercise
from workbook.course.folder import PACKAGES, Course, without_markers
from workbook.grade.submissions.identify import is_manual
from workbook.grade.submissions.notebooks import course_notebook


def reference_answer(course: Course, name: str) -> str:
    """Return the reference solution of a function as a student would have written it."""
    return _function_text(course.solution(name), name, name)


def catalogue_answer(course: Course, name: str, variant: str) -> str:
    """Return an answer of a misconceptions file as a student would have written it.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        Name of the function that the student is asked for.
    variant : str
        Name of the function or class in ``grader_tests/misconceptions/<name>.py``. With a class
        come its base classes from that file.
    """
    path = course.root / "grader_tests" / "misconceptions" / f"{name}.py"
    return _function_text(path, variant, name)


def _function_text(path: Path, function: str, name: str) -> str:
    """Return the text of a function or class, renamed, with its imports and base classes."""
    text = path.read_text(encoding="utf-8")
    nodes = ast.parse(text).body
    imports = [
        ast.unparse(node)
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        and (getattr(node, "module", None) or "").partition(".")[0] not in PACKAGES
    ]
    defined = {n.name: n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    found = defined[function]
    bases = found.bases if isinstance(found, ast.ClassDef) else []
    needed = [defined[b.id] for b in bases if isinstance(b, ast.Name) and b.id in defined]
    own = "\n\n\n".join(ast.get_source_segment(text, node) or "" for node in (*needed, found))
    if isinstance(found, ast.ClassDef):
        # A class also uses its own name, to make another instance.
        own = re.sub(rf"\b{function}\b", name, own)
    own = own.replace(f"def {function}(", f"def {name}(", 1)
    return "\n".join([*imports, "", "", without_markers(own)]).lstrip()


def filled_notebook(
    course: Course, exercise: Exercise, answer: str | Mapping[str, str] | None
) -> Any:
    """Return the released notebook with answers in its stubs.

    Parameters
    ----------
    course : Course
        The course.
    exercise : Exercise
        The exercise.
    answer : str, mapping of str to str, or None
        The answer to an exercise of one function, or answers by function. A stub without an
        answer stays as it is.
    """
    notebook = copy.deepcopy(course_notebook(course, "release", exercise))
    answers = {exercise.name: answer} if isinstance(answer, str) else answer or {}
    for name, text in answers.items():
        solution_cell(notebook, name).source = text
    return notebook


def solution_cell(notebook: Any, name: str | None = None) -> Any:
    """Return the cell that a student fills in: the only one, or that of the named function."""
    cells = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution") and not is_manual(cell)
    ]
    (cell,) = [c for c in cells if name is None or c.metadata.nbgrader.grade_id == name]
    return cell


def submit(folder: Path, student: str, exercise: Exercise, notebook: Any) -> Path:
    """Write a notebook into nbgrader's ``submitted`` folder, and return its path."""
    path = folder / student / exercise.notebook_path
    path.parent.mkdir(parents=True, exist_ok=True)
    # The build has validated the notebook: to do it again would take most of the time.
    path.write_text(nbformat.v4.writes(notebook) + "\n", encoding="utf-8")
    return path
