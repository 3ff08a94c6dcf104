"""The reply to an answer: whether it is right, and the sentence that belongs to it."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Literal

from workbook.course.questions import ForeseenAnswer, Question
from workbook.course.text import shorten
from workbook.course.words import counted
from workbook.figures.markup import plain_text
from workbook.learn.questions import reading

# Two numbers are the same to a learner if they differ by no more than this part of them, and a
# number is 0 if it is no larger than this.
_SAME, _ZERO = 1e-6, 1e-12
#: A tolerance holds at its very end, too, where rounding would decide.
_ROUNDING = 1e-9
#: So much of what is no answer is repeated.
_LONGEST = 40


@dataclass(frozen=True)
class Reply:
    """The reply to an answer.

    Attributes
    ----------
    outcome : {"right", "wrong", "shown", "unread"}
        ``shown`` is for an open question; ``unread`` is for what is no answer, which costs nothing.
    because : str
        The sentence, as Markdown.
    answer : str
        The answer as text, by which it is kept; of a choice its text, as Markdown.
    letter : str
        The letter of a choice.
    """

    outcome: Literal["right", "wrong", "shown", "unread"]
    because: str
    answer: str = ""
    letter: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is an answer, to be kept."""
        return self.outcome != "unread"

    @property
    def done(self) -> bool:
        """Whether there is nothing more to answer."""
        return self.outcome in ("right", "shown")


def reply(question: Question, given: Any) -> Reply:
    """Return the reply to an answer.

    Parameters
    ----------
    question : Question
        The question.
    given : object
        The answer as the learner has given it, typed or as a value of Python's.
    """
    kinds: dict[str, Callable[[Question, Any], Reply]] = {
        "choice": _to_choice, "number": _to_number, "shape": _to_shape, "open": _to_words,
    }  # fmt: skip
    return kinds[question.kind](question, given)


def lettered(question: Question) -> list[tuple[str, ForeseenAnswer]]:
    """Return the choices of a question, each with its letter."""
    return list(zip(ascii_uppercase, question.known, strict=False))


def _to_choice(question: Question, given: Any) -> Reply:
    text = str(given).strip()
    choices = lettered(question)
    # A letter is a letter, even if it is also the text of a choice.
    for is_meant in (_has_letter, _has_text):
        for letter, known in choices:
            if is_meant(text, letter, str(known.answer)):
                return _known(known, f"{letter}. {known.answer}", letter)
    letters = [letter for letter, _ in choices]
    said = f"{', '.join(letters[:-1])} or {letters[-1]}"
    return Reply("unread", f"{_quoted(given)} is not one of the choices: answer with {said}.")


def _has_letter(text: str, letter: str, _: str) -> bool:
    return text.strip("().").upper() == letter


def _has_text(text: str, _: str, choice: str) -> bool:
    # An answer that was kept has its letter before it, which may be another one by now.
    return choice in (text, text.partition(". ")[2]) or text == plain_text(choice)


def _to_number(question: Question, given: Any) -> Reply:
    values = reading.possible_numbers(given)
    if not values:
        said = (
            f"{_quoted(given)} is not a number" if str(given).strip() else "There is no number yet"
        )
        return Reply("unread", f"{said}. Write one such as 19, 0.5, 1/2 or -3.")
    written = str(given).strip()
    for known in question.known:
        if any(_is_same(value, known.answer, question.tolerance) for value in values):
            return _known(known, written)
    return Reply("wrong", question.otherwise, written)


def _is_same(value: float, other: Any, tolerance: float | None) -> bool:
    if tolerance is None:
        return math.isclose(value, other, rel_tol=_SAME, abs_tol=_ZERO)
    return bool(abs(value - other) <= tolerance * (1 + _ROUNDING))


def _to_shape(question: Question, given: Any) -> Reply:
    sizes = reading.shape(given)
    if sizes is None:
        said = f"{_quoted(given)} is not a shape" if str(given).strip() else "There is no shape yet"
        example = "Write the sizes of all axes, such as (2, 5); with a single axis, (5,)."
        return Reply("unread", f"{said}. {example}")
    for known in question.known:
        if sizes == known.answer:
            return _known(known, str(sizes))
    right = question.known[0].answer
    return Reply("wrong", _about_axes(sizes, right) or question.otherwise, str(sizes))


def _about_axes(sizes: tuple[int, ...], right: Any) -> str:
    """Return a sentence for a shape that differs only in axes of size 1, as (3,) and (3, 1)."""
    if len(sizes) == len(right) or [n for n in sizes if n != 1] != [n for n in right if n != 1]:
        return ""
    axes, size = counted(len(sizes), "axis", "axes"), max(sizes, default=1)
    return (
        f"`{sizes}` has {axes}, and the right shape has {len(right)}. NumPy distinguishes "
        f"`({size},)`, which has a single axis, the column `({size}, 1)` and the row `(1, {size})`."
    )


def _to_words(question: Question, given: Any) -> Reply:
    text = str(given).strip()
    if not text:
        return Reply("unread", "Write down what you think first, in a few words.")
    return Reply("shown", question.known[0].because, text)


def _quoted(given: Any) -> str:
    said = " ".join(str(given).replace("`", "'").split())
    return f"`{shorten(said, _LONGEST)}`"


def _known(known: ForeseenAnswer, answer: str, letter: str = "") -> Reply:
    return Reply("right" if known.right else "wrong", known.because, answer, letter)
