"""Sizes of a network's layers as a learner writes them."""

import itertools
import re
from collections.abc import Iterable, Sequence

from workbook.learn.check.display import AskedWronglyError

#: The numbers of a larger network would fill hundreds of pages.
MOST_LAYERS = 20
MOST_PARAMETERS = 50_000

_NUMBER = re.compile(r"-?[\d.,]+")
_EXAMPLE = "such as 2 4 3 1 for two inputs, hidden layers of 4 and 3 units, and one output unit"


def layer_dims(sizes: str | Iterable[int]) -> list[int]:
    """Return the number of units of every layer, the input first.

    Parameters
    ----------
    sizes : str or iterable of int
        Such as ``"2 4 3 1"``, ``"2,4,3,1"`` or ``[2, 4, 3, 1]``.

    Raises
    ------
    AskedWronglyError
        If the sizes do not describe a network of this course, or one too large to be shown.
    """
    dims = _numbers(sizes)
    if len(dims) < 2:
        raise AskedWronglyError(
            f"layers must name at least the inputs and the output, {_EXAMPLE}; "
            f"there {'is one number' if dims else 'are none'}"
        )
    bad = next((n for n in dims if n < 1), None)
    if bad is not None:
        raise AskedWronglyError(
            f"every layer must have at least one unit; {bad} is not a number of units"
        )
    if dims[-1] != 1:
        raise AskedWronglyError(
            f"the last layer has {dims[-1]} units, but the network of this course has one output "
            f"unit: end the layers with 1, {_EXAMPLE}"
        )
    if len(dims) - 1 > MOST_LAYERS:
        raise AskedWronglyError(
            f"{len(dims) - 1} layers are too many to be shown call by call; use at most "
            f"{MOST_LAYERS}"
        )
    parameters = parameter_count(dims)
    if parameters > MOST_PARAMETERS:
        raise AskedWronglyError(
            f"this network has {parameters} weights and biases, too many to compare each gradient "
            f"with finite differences; use at most {MOST_PARAMETERS}"
        )
    return dims


def join_layers(words: Sequence[str]) -> list[str]:
    """Return a command's words with the numbers after ``--layers`` joined into one word."""
    found: list[str] = []
    for word in words:
        is_number = _NUMBER.fullmatch(word) is not None
        if is_number and len(found) > 1 and found[-2] == "--layers" and _NUMBER.match(found[-1]):
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
    return found


def parameter_count(dims: Sequence[int]) -> int:
    """Return the number of weights and biases of a network."""
    return sum((n + 1) * k for n, k in itertools.pairwise(dims))


def _numbers(sizes: str | Iterable[int]) -> list[int]:
    try:
        entries = sizes.replace(",", " ").split() if isinstance(sizes, str) else list(sizes)
    except TypeError:
        raise AskedWronglyError(f"layers must be a list of numbers, {_EXAMPLE}") from None
    found = []
    for entry in entries:
        try:
            number = int(entry)
        except (TypeError, ValueError, OverflowError):
            number = None
        if number is None or isinstance(entry, bool) or float(entry) != number:
            raise AskedWronglyError(
                f"layers must be whole numbers, {_EXAMPLE}; {entry!r} is not one"
            ) from None
        found.append(number)
    return found
