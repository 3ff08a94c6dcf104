"""A verdict: what one check or one hidden test found."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Verdict:
    """The outcome of one visible check or hidden test.

    Attributes
    ----------
    name : str
        Identifier, unique within the exercise.
    title : str
        The property that was looked at, as a sentence for the learner.
    passed : bool
        Whether the answer has the property.
    points, max_points : float
        What it earned and could earn; both 0 for a visible check.
    message : str
        What is wrong and where; empty if it passed.
    diagnosis : str or None
        The sentence of the known misconception that the answer matches.
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
        What its message puts in quotes: a key, a name, a type.
    message : str
        Its message.
    """

    kind: str
    names: tuple[str, ...] = ()
    message: str = ""


def earned(verdicts: Iterable[Verdict]) -> float:
    """Return the sum of the points, as a plain float."""
    return float(sum(verdict.points for verdict in verdicts))


def verdict_text(verdict: Verdict) -> str:
    """Return a hidden test's outcome as text: its title, and below it what is wrong."""
    word = "passed" if verdict.passed else "FAILED"
    lines = [f"{word}  {verdict.points:g} of {verdict.max_points:g}  {verdict.title}"]
    mistake = verdict.diagnosis and f"This looks like a known mistake: {verdict.diagnosis}"
    for message in filter(None, (verdict.message, mistake)):
        # Wrapped: a notebook and a web page show such text as it is, and cut long lines.
        lines += textwrap.wrap(message, 88, initial_indent="        ", subsequent_indent="        ")
    return "\n".join(lines)


def without_repeats(verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
    """Yield the verdicts, each diagnosis only where it comes first."""
    said: set[str | None] = set()
    for verdict in verdicts:
        yield replace(verdict, diagnosis=None) if verdict.diagnosis in said else verdict
        said.add(verdict.diagnosis)
