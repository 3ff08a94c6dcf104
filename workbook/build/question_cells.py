"""A question in a notebook, as text for paper and as a cell that asks it, and in the data."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook.build.text import BuildError, LessonCell


@dataclass(frozen=True)
class QuestionCell:
    """One question.

    Attributes
    ----------
    name : str
        Its name, one in the whole course.
    path : pathlib.Path
        The lesson or page that asks it.
    line : int
        The line where its cell begins.
    entry : dict
        What ``questions.json`` holds of it.
    """

    name: str
    path: Path
    line: int
    entry: dict[str, Any]

    @property
    def cells(self) -> tuple[LessonCell, LessonCell]:
        """The question as text with its answers folded away, and the cell that asks it."""
        call = f'quiz("{self.name}")'
        return (
            LessonCell(
                "markdown", _markdown(self.entry), self.line, "question", f"question-{self.name}"
            ),
            LessonCell("code", call, self.line, "quiz", f"quiz-{self.name}"),
        )


def questions_data(questions: Iterable[QuestionCell]) -> dict[str, dict[str, Any]]:
    """Return what ``questions.json`` holds: the questions by their names, in this order.

    Raises
    ------
    BuildError
        If two questions have one name.
    """
    found: dict[str, QuestionCell] = {}
    for one in questions:
        first = found.setdefault(one.name, one)
        if first is not one:
            place = f"{first.path.name}, line {first.line}"
            said = f"another question has the name {one.name!r}: see {place}"
            raise BuildError(one.path, one.line, said)
    return {name: one.entry for name, one in found.items()}


def _markdown(entry: dict[str, Any]) -> str:
    """Return a question as text with its answers folded away: for paper, and without scripts."""
    choices = entry.get("choices", [])
    lines = "\n".join(f"- **{letter}.** {one['text']}" for letter, one in _lettered(choices))
    parts = [f"**Question.** {entry['question']}", *([lines] if lines else [])]
    answers = "\n\n".join(_answers(entry))
    return "\n\n".join([*parts, "<details><summary>Answer</summary>", answers, "</details>"])


def _lettered(choices: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(chr(ord("A") + place), one) for place, one in enumerate(choices)]


def _answers(entry: dict[str, Any]) -> list[str]:
    """Return the sentences on the answers, that on the right one first."""
    if entry["kind"] == "choice":
        lettered = sorted(_lettered(entry["choices"]), key=lambda pair: not pair[1]["right"])
        said = [(f"{letter}", one["right"], one["because"]) for letter, one in lettered]
        return [f"**{name}{' is right' * right}.** {because}" for name, right, because in said]
    if entry["kind"] == "open":
        return [str(entry["because"])]
    others = [f"**{_shown(one['answer'])}.** {one['because']}" for one in entry["wrong"]]
    return [
        f"**{_shown(entry['answer'])} is right.** {entry['because']}",
        *others,
        f"**Another {entry['kind']}.** {entry['otherwise']}",
    ]


def _shown(answer: Any) -> str:
    return str(tuple(answer) if isinstance(answer, list) else answer)
