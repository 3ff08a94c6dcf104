"""`quiz("name")`: ask a question of the lesson, and say what an answer shows."""

from dataclasses import replace
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Any

from workbook.course.questions import Question, questions
from workbook.learn.check.buttons import has_buttons, show_buttons
from workbook.learn.check.display import View, show_view
from workbook.learn.finding import learners_folder
from workbook.learn.questions import views
from workbook.learn.questions.replies import Reply, reply
from workbook.learn.workspace.answers import ANSWERS_FILE, answers_in, keep_answer

_NOT_KEPT = (
    f"This answer is not kept: `{ANSWERS_FILE}` in the folder of your notebooks cannot be written, "
    "or is of a newer version."
)


def quiz(name: str | None = None, answer: Any = None) -> None:
    """Ask a question of the lesson, or answer it: ``quiz("name", "B")``, ``quiz("name", 19)``.

    Nothing of it is graded. Your answers are kept beside your notebooks, so that `progress` can
    count them.

    Parameters
    ----------
    name : str
        Name of the question.
    answer : object, optional
        Your answer: the letter of a choice, a number, a shape such as ``(3, 4)``, or a text. If not
        given, the question is asked; in a notebook, with buttons.
    """
    known = questions()
    question = known.get(name) if isinstance(name, str) else None
    if question is None:
        message = _which(name, known)
        show_view(View(message, f"```text\n{message}\n```"))
    elif answer is not None:
        show_view(views.answered(_replied(question, answer)))
    else:
        _ask(question)


def _ask(question: Question) -> None:
    last = _last(question)
    view = views.asked(question, last)
    if not has_buttons():
        show_view(view)
        return
    from workbook.learn.questions.widgets import Buttons

    show_buttons(Buttons(question, lambda given: _replied(question, given), last).box, view)


def _replied(question: Question, given: Any) -> Reply:
    """Keep an answer, and return the reply to it."""
    said = reply(question, given)
    folder = learners_folder(Path.cwd())
    if folder is None or not said.counts:
        return said
    if keep_answer(folder, question.name, said.answer, said.done):
        return said
    return replace(said, because=f"{said.because}\n\n{_NOT_KEPT}")


def _last(question: Question) -> Reply | None:
    """Return the reply to the last answer, if it fits the question as it is now."""
    folder = learners_folder(Path.cwd())
    given = answers_in(folder).get(question.name) if folder else None
    said = reply(question, given.last) if given else None
    return said if said is not None and said.counts else None


def _which(name: Any, known: dict[str, Question]) -> str:
    """Return a message that says which questions there are."""
    if not known:
        return "This version of the course has no questions: the notebook is of a newer one."
    if not isinstance(name, str):
        said = f'Say which question is meant, such as quiz("{next(iter(known))}").'
    else:
        near = get_close_matches(name, known, n=1)
        said = f"There is no question {name!r}."
        said += f" Did you mean {near[0]!r}?" if near else ""
    groups = groupby(known.values(), lambda one: one.notebook)
    lines = [
        f"  {notebook}: {', '.join(one.name for one in theirs)}" for notebook, theirs in groups
    ]
    return "\n".join([said, "The questions are:", *lines])
