"""Verdicts of visible checks and hidden tests."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

#: Stands before a diagnosis.
WHERE = "Where it goes wrong:"
#: Stands in the place of a message that has just been given.
SAME = "(the same reason as above)"


@dataclass(frozen=True)
class Verdict:
    """The outcome of one visible check or hidden test.

    Attributes
    ----------
    name : str
        Identifier, unique within the exercise.
    title : str
        The property that was tested, as a sentence for the learner.
    passed : bool
        Whether the answer has the property.
    points, max_points : float
        Points earned, and points possible; both 0 for a visible check.
    message : str
        What is wrong and where; empty if the answer passed.
    diagnosis : str or None
        What seems to be wrong, a sentence a line, if anything true can be said.
    """

    name: str
    title: str
    passed: bool
    points: float = 0.0
    max_points: float = 0.0
    message: str = ""
    diagnosis: str | None = None


@dataclass(frozen=True)
class Raised:
    """An exception as data.

    Attributes
    ----------
    kind : str
        Name of its type, such as ``KeyError``.
    names : tuple of str
        The texts that its message quotes: a key, a name, a type.
    message : str
        The message.
    """

    kind: str
    names: tuple[str, ...] = ()
    message: str = ""

    @classmethod
    def with_message(cls, kind: str, message: str) -> "Raised":
        """Return an exception of this type, with the names that its message quotes."""
        return cls(kind, tuple(re.findall(r"'([^']*)'", message)), message)


def earned(verdicts: Iterable[Verdict]) -> float:
    """Return the total of the points as a float."""
    return float(sum(verdict.points for verdict in verdicts))


def verdict_text(verdict: Verdict) -> str:
    """Return the outcome of a hidden test as text: its title, and below it the message."""
    word = "passed" if verdict.passed else "FAILED"
    lines = [f"{word}  {verdict.points:g} of {verdict.max_points:g}  {verdict.title}"]
    mistake = verdict.diagnosis and f"{WHERE} {verdict.diagnosis}"
    for message in filter(None, (verdict.message, mistake)):
        # Wrapped, because notebooks and web pages do not wrap preformatted text.
        lines += textwrap.wrap(message, 88, initial_indent="        ", subsequent_indent="        ")
    return "\n".join(lines)


def without_repeats(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts, keeping only the first occurrence of each diagnosis."""
    said: set[str | None] = set()
    for verdict in verdicts:
        yield replace(verdict, diagnosis=None) if verdict.diagnosis in said else verdict
        said.add(verdict.diagnosis)
