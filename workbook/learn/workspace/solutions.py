"""Show a reference solution to a learner whose own function passes, or who has tried enough."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.course.exercises import FUNCTIONS, is_class
from workbook.course.folder import without_markers
from workbook.course.formulas import HINTS
from workbook.figures.html import Html, element
from workbook.learn.check.display import View, function_meant, show_view
from workbook.learn.finding import find_notebook, learners_folder
from workbook.learn.quiet import quiet
from workbook.learn.reference.at_hand import definition, reference_text, why_missing
from workbook.learn.reference.attempts import ENOUGH, failed_answers, is_open

_SECONDS = 10.0


def solution(function: str | Callable[..., Any] | None = None) -> None:
    """Show the reference solution of one of your functions.

    It opens once your own passes, or after three different answers of yours that failed a check.

    Parameters
    ----------
    function : str or callable
        Your function as it is now, or its name; then it is read from your saved notebook.
    """
    name = function_meant(function, "solution")
    code = _solution(name)
    if code is None:
        message = (
            f"There is no solution of `{name}` here. {why_missing(name, Path.cwd())} "
            f'`check({name})` tells you whether yours is right; `hint("{name}")` helps.'
        )
        show_view(_said(message))
        return
    closed = _why_closed(name, function if callable(function) else None)
    if not closed:
        show_view(_after_a_pass(name, code))
    elif is_open(name, Path.cwd()):
        show_view(_after_failures(name, code))
    else:
        show_view(_said(closed))


def _said(message: str) -> View:
    return View(message.replace("`", ""), message)


def _why_closed(name: str, own: Callable[..., Any] | None) -> str:
    """Return why the solution stays closed and what to do, or nothing if the function passes."""
    # Slow to import, and only this needs it.
    from workbook.learn.check.check import tried
    from workbook.learn.workspace import check_process, check_server

    exercise, here = FUNCTIONS[name], Path.cwd()
    notebook = f"{exercise.notebook}.ipynb"
    kind = "class" if is_class(name) else "function"
    rule = (
        f"The solution of `{name}` opens when your own {kind} passes its visible checks, or after "
        f"{ENOUGH} different answers of yours have failed them."
    )
    helps = f'`hint("{name}")` helps.'
    if own is None:
        path = find_notebook(exercise, here)
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
            checked = check_server.from_card(tried(own, name, here))
    if not checked.written:
        return f"{rule} In your saved notebook {notebook} it is not written yet. {helps}"
    if checked.kind == "too slow":
        return f"{rule} Whether yours passes is not known: {checked.problem}"
    if not checked.passed:
        shows = f"`check({name})` shows all; {helps}"
        return f"{rule} Yours does not pass yet: {checked.problem}\n\n{_count(name)}{shows}"
    return ""


def _count(name: str) -> str:
    """Return how many different answers have failed, as far as that is kept here."""
    if learners_folder(Path.cwd()) is None:
        return ""
    failed = failed_answers(name, Path.cwd())
    return f"Different answers that have failed so far: {failed} of {ENOUGH}. "


def _after_a_pass(name: str, code: str) -> View:
    head = f"Your {name} passes its visible checks. This is one way to write it:"
    return View(f"{head}\n\n{code}", f"{head}\n\n{_block(code)}")


def _after_failures(name: str, code: str) -> View:
    """Return the view after failed answers: a word on what one gives up, and the code, folded."""
    head = (
        f"{ENOUGH} different answers of yours have failed the check of `{name}`, so you may look. "
        "What you give up is finding it yourself: what you have found you can write again, and "
        f'what you have only read often not. `hint("{name}")` has {HINTS} hints, if there is one '
        f'that you have not read; `catch_up("{name}")` (`from workbook import catch_up`) '
        "lets you go on with the next notebook and come back to this one."
    )
    then = "Afterwards close it, and write your own from memory until `check` passes."
    # Between empty lines it is Markdown again, which escapes the code.
    block = Html(f"\n\n{_block(code)}\n\n")
    folded = element("details", element("summary", "Show the solution"), block)
    text = f"{head} {then}".replace("`", "")
    return View(
        f"{text}\n\nThis is one way to write it:\n\n{code}", f"{head}\n\n{folded}\n\n{then}"
    )


def _block(code: str) -> str:
    # A fenced block takes its colours from JupyterLab's theme; IPython's Code brings its own, for
    # a light page only.
    return f"```python\n{code}\n```"


def _solution(name: str) -> str | None:
    """Return the reference solution without the markers of the course, or None."""
    text = reference_text(name, Path.cwd())
    node = definition(text, name) if text is not None else None
    if text is None or node is None:
        return None
    return without_markers("\n".join(text.splitlines()[node.lineno - 1 : node.end_lineno]))
