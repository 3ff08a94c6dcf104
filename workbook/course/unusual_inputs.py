"""What is unusual about the inputs of a call, in words: many layers or examples, another order."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

# From here on, layer numbers have two digits.
_MANY = 10
# Visible checks and lessons have fewer examples than these in an array of examples alone.
_MANY_EXAMPLES = 1000


def unusual(args: Any) -> str:
    """Return what a mistake may have to do with in the inputs of a call; empty if nothing is known.

    It tells no number of an input but that of the layers, or of the examples.

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
    # Gradients come so from the way back.
    elif any(map(_is_parameters_from_the_end, _dictionaries(args))):
        said.append("whose parameters come in the dictionary from the last layer on")
    network = f"this was a network {', '.join(said)}" if said else ""
    examples = next(_columns(args), 0)
    if examples <= _MANY_EXAMPLES:
        return network
    return f"{network}{', with' if said else 'these were'} {examples} examples"


def _columns(value: Any) -> Iterator[int]:
    """Yield the number of columns of each matrix outside dictionaries.

    Those of the first one are the examples: weights come after it, or in a dictionary.
    """
    if isinstance(value, np.ndarray) and value.ndim > 1:
        yield value.shape[1]
    if isinstance(value, list | tuple):
        for part in value:
            yield from _columns(part)


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


def _is_parameters_from_the_end(dictionary: dict[Any, Any]) -> bool:
    found = _layers(dictionary)
    return "W1" in dictionary and len(found) > 1 and found == sorted(found, reverse=True)
