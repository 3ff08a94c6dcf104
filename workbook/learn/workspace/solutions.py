"""Show a reference solution to a learner whose own function passes."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.course.exercises import FUNCTIONS, is_class
from workbook.learn.check.display import View, function_meant, show_view
from workbook.learn.quiet import quiet
from workbook.learn.workspace.finding import find_notebook

if TYPE_CHECKING:
    from workbook.course.folder import Course

_SECONDS = 10.0


def solution(function: str | Callable[..., Any] | None = None) -> None:
    """Show the reference solution of one of your functions, once your own passes.

    Parameters
    ----------
    function : str or callable
        Your function as it is now, or its name; then it is read from your saved notebook.
    """
    name = function_meant(function, "solution")
    reference = _reference(name)
    if reference is None:
        message = (
            f"There is no solution of `{name}` here. Solutions come with the whole course, which "
            "a class does not get. "
            f'`check({name})` tells you whether yours is right; `hint("{name}")` helps.'
        )
    else:
        message = _refusal(name, function if callable(function) else None)
    if message:
        show_view(View(message.replace("`", ""), message))
    else:
        show_view(_opened(name, str(reference)))


def _refusal(name: str, own: Callable[..., Any] | None) -> str:
    """Return why the solution stays closed and what to do, or nothing if the function passes."""
    # Slow to import, and only this needs it.
    from workbook.learn.check.check import examine
    from workbook.learn.workspace import check_process, check_server

    exercise = FUNCTIONS[name]
    notebook = f"{exercise.notebook}.ipynb"
    kind = "class" if is_class(name) else "function"
    rule = f"The solution of `{name}` opens when your own {kind} passes its visible checks."
    helps = f'`hint("{name}")` helps.'
    if own is None:
        path = find_notebook(exercise, Path.cwd())
        if path is None:
            return (
                f"{rule} Your notebook {notebook} is neither in this folder nor in the folder "
                f"{exercise.assignment} beside or below it. Run this where your notebooks are, or "
                f"hand over the function itself: `solution({name})`."
            )
        with check_process.Checker(_SECONDS) as checker:
            (checked,) = checker.check(path, name)
    else:
        with quiet():
            checked = check_server.from_card(examine(own, name))
    if not checked.written:
        return f"{rule} In your saved notebook {notebook} it is not written yet. {helps}"
    if checked.kind == "too slow":
        return f"{rule} Whether it does is not known: {checked.problem}"
    if not checked.passed:
        return f"{rule} It does not yet: {checked.problem}\n\n`check({name})` shows all; {helps}"
    return ""


def _opened(name: str, code: str) -> View:
    head = f"Your {name} passes its visible checks. This is one way to write it:"
    # A fenced block takes its colours from JupyterLab's theme; IPython's Code brings its own, for
    # a light page only.
    return View(f"{head}\n\n{code}", f"{head}\n\n```python\n{code}\n```")


def _reference(name: str) -> str | None:
    """Return the text of the reference solution, or None where the course is not installed."""
    for course in courses_around(Path.cwd()):
        code = _function_in(course.solution(name), name)
        if code is not None:
            return code
    return None


def courses_around(folder: Path) -> Iterator["Course"]:
    """Return the whole courses to which a folder, or this program, belongs.

    Parameters
    ----------
    folder : Path
        Where the learner works.
    """
    from workbook.course.folder import courses_in

    here = folder.resolve()
    return courses_in([here, *here.parents, Path(__file__).resolve().parents[3]])


def _function_in(path: Path, name: str) -> str | None:
    """Return the text of one function or class of a file, without the markers of the course."""
    from workbook.course.folder import without_markers

    try:
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return None
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return without_markers("\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno]))
    return None
