"""What a checker finds: a list of which only one thing counts, whether it is empty.

Whoever tests a candidate may say in any words, and any number of them, what is wrong with it.
"""

from typing import Any

_SOMETHING = "a mistake"


class Findings(list[str]):
    """Stands for every list of findings that holds some, or for the empty list.

    Parameters
    ----------
    some : bool
        Whether anything is to be found.
    """

    def __init__(self, some: bool) -> None:
        super().__init__([_SOMETHING] if some else [])


def in_brief(answer: Any, right: Any) -> Any:
    """Return an answer without its words, where the right answer is a `Findings`.

    Parameters
    ----------
    answer : object
        What a function returned.
    right : object
        The right answer. If it is no `Findings`, the answer is returned as it is.
    """
    if isinstance(right, Findings) and isinstance(answer, list | tuple):
        return list(Findings(len(answer) > 0))
    return answer
