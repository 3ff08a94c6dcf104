"""A student's function that one of the course's functions gets as an argument.

It cannot cross, and the judge runs no code of a student. So the course's function is run twice.
First it notes what it asks, and the student's process answers that; then it runs with these
answers. That is enough where what is asked does not depend on them, as in a finite difference.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

import numpy as np

from workbook.course.cases import check_data

# Numbers in all that is asked together: neighbours of a thousand parameters.
_MOST_NUMBERS = 2**21


class TooMuchAskedError(MemoryError):
    """It would ask the student's process too much, however much memory there is."""


class Asked:
    """Stands for the student's function: notes what it is asked, and gives the answers there are.

    Attributes
    ----------
    asked : list of object
        What it was called with, call by call.
    """

    def __init__(self, answers: Sequence[Any]) -> None:
        self.answers = answers
        self.asked: list[Any] = []
        self._numbers = 0

    def __call__(self, given: Any) -> Any:
        """Return the answer to this call, or 0 if there is none yet."""
        self._numbers += np.size(given)
        if self._numbers > _MOST_NUMBERS:
            raise TooMuchAskedError("the arrays are too large for the course's own function")
        self.asked.append(np.array(given))
        at = len(self.asked) - 1
        return _number(self.answers[at]) if at < len(self.answers) else 0.0

    @property
    def is_answered(self) -> bool:
        """Whether there was an answer to each call."""
        return len(self.asked) <= len(self.answers)

    @property
    def has_more_answers(self) -> bool:
        """Whether there were more answers than calls."""
        return len(self.answers) > len(self.asked)


def _number(answer: Any) -> float:
    # Arrays would be broadcast with each other, to any size. The types come first: of a container
    # NumPy would look at each part.
    if isinstance(answer, np.ndarray | np.generic):
        if answer.size == 1 and answer.dtype.kind in "biuf":
            return float(answer.reshape(()))
    elif isinstance(answer, int | float):
        return float(answer)
    raise TypeError("what the function returns is not one real number")


@cache
def _place(name: str) -> int | None:
    """Return the place of the argument of a function that is a function, if it has one."""
    args = check_data(name).cases[0].args
    return next((at for at, one in enumerate(args) if callable(one)), None)


def with_asked(
    name: str, function: Callable[..., Any], answers: Any
) -> tuple[Callable[..., Any], Asked] | None:
    """Return a function that has one of its arguments already, and what stands for that.

    Parameters
    ----------
    name : str
        Its name.
    function : callable
        One of the course's own.
    answers : object
        What the student's process has sent as the answers; empty before anything was asked.

    Returns
    -------
    function : callable
        It takes the other arguments.
    asked : Asked
        Stands for the student's function.
    """
    if _place(name) != 0 or not isinstance(answers, list):
        return None
    asked = Asked(answers)
    return partial(function, asked), asked
