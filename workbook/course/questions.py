"""The questions of the lessons and pages, as `workbook build` gathers them."""

import json
from dataclasses import dataclass
from typing import Any, Literal

from workbook.course.data_folder import data_folder

#: The file of the questions, in the folder of the course's data.
QUESTIONS_FILE = "questions.json"

#: The kinds of questions.
Kind = Literal["choice", "number", "shape", "open"]
#: What answers a question: the text of a choice, a number, a shape; nothing for an open question.
QuestionAnswer = str | float | tuple[int, ...] | None


@dataclass(frozen=True)
class ForeseenAnswer:
    """One answer that has a sentence of its own: a choice, or a right or wrong number or shape.

    Attributes
    ----------
    answer : str, float, tuple of int or None
        The answer; the text of a choice is Markdown. None in an open question.
    because : str
        What is said to it, as Markdown.
    right : bool
        Whether it is right.
    """

    answer: QuestionAnswer
    because: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes
    ----------
    name : str
        Its name, one in the whole course.
    notebook : str
        The notebook that asks it, without its suffix.
    kind : {"choice", "number", "shape", "open"}
        How it is answered; an open one has neither right nor wrong answers.
    text : str
        The question, as Markdown.
    known : tuple of ForeseenAnswer
        The answers that have a sentence: of a choice all, in their order; of a number or a shape
        the right one first; of an open question a single one, which holds for any answer.
    otherwise : str
        What is said to any other number or shape.
    tolerance : float or None
        By how much a number may differ; None for rounding alone.
    """

    name: str
    notebook: str
    kind: Kind
    text: str
    known: tuple[ForeseenAnswer, ...]
    otherwise: str = ""
    tolerance: float | None = None


def questions() -> dict[str, Question]:
    """Return the questions of the course in use by their names, in its order.

    A course that was built before there were questions has none.
    """
    try:
        text = (data_folder() / QUESTIONS_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    return {name: _question(name, entry) for name, entry in json.loads(text).items()}


def _question(name: str, entry: dict[str, Any]) -> Question:
    if entry["kind"] == "choice":
        known = [
            ForeseenAnswer(one["text"], one["because"], one["right"]) for one in entry["choices"]
        ]
    else:
        known = [ForeseenAnswer(_answer(entry.get("answer")), entry["because"], True)]
        known += [
            ForeseenAnswer(_answer(one["answer"]), one["because"]) for one in entry.get("wrong", [])
        ]
    return Question(
        name,
        entry["notebook"],
        entry["kind"],
        entry["question"],
        tuple(known),
        entry.get("otherwise", ""),
        entry.get("tolerance"),
    )


def _answer(value: Any) -> QuestionAnswer:
    return tuple(value) if isinstance(value, list) else value
