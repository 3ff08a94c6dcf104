"""Answers as a student would submit them: the released notebook with its stub filled in."""

import ast
import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from workbook.course.exercises import Exercise
from workbook.course.folder import COURSE_PACKAGES, Course, without_markers
from workbook.grade.submissions.identify import is_answer
from workbook.grade.submissions.notebooks import course_notebook


def reference_answer(course: Course, name: str) -> str:
    """Return the reference solution of a function as a student would have written it."""
    return _function_text(course.solution(name), name, name)


_Defining = ast.FunctionDef | ast.ClassDef | ast.Assign


def catalogue_answer(course: Course, name: str, variant: str) -> str:
    """Return an answer of a misconceptions file as a student would have written it.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        Name of the function that the student is asked for.
    variant : str
        Name of the function or class in ``grader_tests/misconceptions/<name>.py``. With it comes
        what it uses of that file, such as base classes.
    """
    path = course.root / "grader_tests" / "misconceptions" / f"{name}.py"
    return _function_text(path, variant, name)


def _function_text(path: Path, function: str, name: str) -> str:
    """Return the text of a function or class, renamed, with its imports and what it uses."""
    text = path.read_text(encoding="utf-8")
    nodes = ast.parse(text).body
    imports = [
        ast.unparse(node)
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        and (getattr(node, "module", None) or "").partition(".")[0] not in COURSE_PACKAGES
    ]
    defined: dict[str, _Defining] = {
        n.name: n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)
    }
    defined |= {ast.unparse(n.targets[0]): n for n in nodes if isinstance(n, ast.Assign)}
    found = defined[function]
    # A decorated function is another answer, whose name may be that of a variable here.
    answers = {
        name for name, n in defined.items() if isinstance(n, ast.FunctionDef) and _decorators(n)
    }
    needed = _needed(found, {name: n for name, n in defined.items() if name not in answers})
    # In the order of the file, each thing stands above what needs it.
    both = [node for node in nodes if node in needed or node is found]
    own = "\n\n\n".join(ast.get_source_segment(text, node) or "" for node in both)
    if isinstance(found, ast.ClassDef):
        # A class also uses its own name, to make another instance.
        own = re.sub(rf"\b{function}\b", name, own)
    own = own.replace(f"def {function}(", f"def {name}(", 1)
    return "\n".join([*imports, "", "", without_markers(own)]).lstrip()


def _needed(found: "_Defining", defined: Mapping[str, "_Defining"]) -> "list[_Defining]":
    """Return what else of a file something uses, directly or not."""
    needed: list[_Defining] = []
    waiting = [found]
    while waiting:
        node = waiting.pop()
        # Its decorators declare it to the tests.
        parts = [part for part in ast.iter_child_nodes(node) if part not in _decorators(node)]
        names = {n.id for part in parts for n in ast.walk(part) if isinstance(n, ast.Name)}
        new = [defined[name] for name in names & defined.keys()]
        waiting += [one for one in new if one is not found and one not in needed]
        needed += waiting
    return needed


def _decorators(node: "_Defining") -> list[ast.expr]:
    return [] if isinstance(node, ast.Assign) else node.decorator_list


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
    cells = filter(is_answer, notebook.cells)
    (cell,) = [c for c in cells if name is None or c.metadata.nbgrader.grade_id == name]
    return cell


def submit(folder: Path, student: str, exercise: Exercise, notebook: Any) -> Path:
    """Write a notebook into nbgrader's ``submitted`` folder, and return its path."""
    path = folder / student / exercise.notebook_path
    path.parent.mkdir(parents=True, exist_ok=True)
    # The build has validated the notebook: to do it again would take most of the time.
    path.write_text(nbformat.v4.writes(notebook) + "\n", encoding="utf-8")
    return path
