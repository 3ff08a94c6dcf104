"""How a misconceptions file declares its wrong answers, and the right ones often refused."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any


@dataclass(frozen=True)
class Misconception:
    """A wrong answer that learners really write.

    Attributes
    ----------
    name : str
        Name of the wrong function.
    sentence : str
        What a good tutor says: names the mistake, never prints the right code.
    caught_by : str
        The hidden test whose title fits the mistake; it must fail.
    function : callable
        The wrong answer.
    """

    name: str
    sentence: str
    caught_by: str
    function: Callable[..., Any]


@dataclass(frozen=True)
class Accepted:
    """A right answer that graders often refuse; it gets full marks."""

    name: str
    why: str
    function: Callable[..., Any]


def misconception(sentence: str, caught_by: str) -> Callable[[Callable[..., Any]], Any]:
    """Declare the decorated function a wrong answer."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.declared = Misconception(function.__name__, sentence, caught_by, function)  # type: ignore[attr-defined]
        return function

    return declare


def accepted(why: str) -> Callable[[Callable[..., Any]], Any]:
    """Declare the decorated function a right answer in another style."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        function.declared = Accepted(function.__name__, why, function)  # type: ignore[attr-defined]
        return function

    return declare


def declared(module: ModuleType, kind: type) -> list[Any]:
    """Return what a misconceptions file declares of one kind, in the file's order."""
    found = [getattr(value, "declared", None) for value in vars(module).values()]
    return [entry for entry in found if isinstance(entry, kind)]
