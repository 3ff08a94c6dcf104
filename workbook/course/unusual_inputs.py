"""What is unusual about the inputs of a call, in words: so many layers, or keys out of order."""

import re
from collections.abc import Iterator
from typing import Any

# From here on, layer numbers have two digits.
_MANY = 10


def unusual(args: Any) -> str:
    """Return what a mistake may have to do with in the inputs of a call; empty if nothing is known.

    It tells no number of an input but that of the layers.

    Parameters
    ----------
    args : object
        The arguments, in any nesting of containers.
    """
    numbers = [found for one in _dictionaries(args) if (found := _layers(one))]
    said = []
    most = max(map(max, numbers), default=0)
    if most >= _MANY:
        said.append(f"of {most} layers")
    if any(found not in (sorted(found), sorted(found, reverse=True)) for found in numbers):
        said.append("whose dictionary has its keys in another order")
    return f"this was a network {', '.join(said)}" if said else ""


def _dictionaries(value: Any) -> Iterator[dict[Any, Any]]:
    if isinstance(value, dict):
        yield value
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _dictionaries(part)


def _layers(dictionary: dict[Any, Any]) -> list[int]:
    """Return the layers of the weights in a dictionary, by keys such as "W1" or "dW1"."""
    keys = (re.fullmatch(r"d?W(\d+)", key) for key in dictionary if isinstance(key, str))
    return [int(key[1]) for key in keys if key]
