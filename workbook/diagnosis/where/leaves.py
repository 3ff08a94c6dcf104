"""The arrays and numbers of an answer beside the right ones, with their layer and their family."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.compare import NormalArray, alike
from workbook.course.effects import InputPlace
from workbook.course.kinds import plain_number
from workbook.course.random_order import as_in_right_order
from workbook.course.words import ordinal
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.parts import LINEAR_CACHE, MISSING

Array = np.ndarray[Any, Any]
Mask = np.ndarray[Any, np.dtype[np.bool_]]

# The letter of a parameter in the name of a family, as in "W" and "dW in grads".
_LETTER = re.compile(r"\b(d?)([Wb])\b")
#: What stands for it in the name that such a family of W and that of b have in common.
ANY_LETTER = "§"

# What stands where in the cache of a layer, ((A_prev, W, b), Z). The function that makes its linear
# part calls that (A, W, b).
_IN_CACHE: dict[tuple[int, ...], str] = {
    **{(0, index): name for index, name in enumerate(LINEAR_CACHE)},
    (1,): "Z",
}
_IN_LINEAR_CACHE: dict[tuple[int, ...], str] = {
    (index,): name for index, name in enumerate(("A", *LINEAR_CACHE[1:]))
}


@dataclass(frozen=True, eq=False)
class Leaf:
    """One array or number of the right answer of a case, and what the learner's answer has there.

    Attributes
    ----------
    case : PublicCase
        The case.
    place : tuple
        Where it is in the answer: keys and indices.
    got, right : object
        The two values.
    family : str
        What it has in common with the same array of other layers, such as "dW".
    label : str
        Its own name, such as "dW1".
    layer : int or None
        Number of its layer, from 1.
    layers : int
        Number of layers in this case; 0 if its family has none.
    """

    case: PublicCase
    place: InputPlace
    got: Any
    right: Any
    family: str
    label: str
    layer: int | None = None
    layers: int = 0

    @property
    def is_random(self) -> bool:
        """Whether only a distribution is fixed of the right array."""
        return isinstance(self.right, NormalArray)

    @cached_property
    def is_right(self) -> bool:
        """Whether the learner's value is the right one; of random numbers, the shape."""
        if self.is_random:
            return bool(getattr(self.got, "shape", None) == self.right.shape)
        return alike(self.got, self.right)

    @cached_property
    def array(self) -> Array | None:
        """The learner's numbers, if they have the right shape; whole numbers count."""
        if self.is_random or not is_number(self.got) or np.shape(self.got) != self.shape:
            return None
        return np.asarray(self.got, float)

    @property
    def is_finite(self) -> bool:
        """Whether all of the learner's numbers are finite."""
        return bool(np.isfinite(np.asarray(self.got, float)).all())

    @cached_property
    def wanted(self) -> Array:
        """The right numbers."""
        return np.asarray(self.right, float)

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The right shape."""
        return self.right.shape if self.is_random else np.shape(self.right)

    @cached_property
    def letter(self) -> str:
        """The letter of the parameter that it is, or of which it is the gradient; else ""."""
        found = _LETTER.search(self.family)
        return found[2] if found else ""

    def as_kin(self, family: str) -> str:
        """Return the name of a family with `ANY_LETTER` in the place of this array's letter.

        What is "dW in grads" for W is "db in grads" for b, so they have one name in common.
        """
        return _LETTER.sub(
            lambda found: found[1] + (ANY_LETTER if found[2] == self.letter else found[2]), family
        )


def is_number(value: Any) -> bool:
    """Return whether a value is a real number or an array of such; truth values are none."""
    known = isinstance(value, np.ndarray | np.generic | float | int)
    return bool(known and np.asarray(value).dtype.kind in "iuf")


def leaves(returns: Sequence[str], cases: Sequence[PublicCase], seen: Observation) -> list[Leaf]:
    """Return every array and number of the right answers, case by case, where a call answered.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    """
    found = []
    for case, outcome in zip(cases, seen.outcomes, strict=True):
        if outcome.raised is None:
            answer = as_in_right_order(outcome.answer, case.expected, case)
            counts = key_counts(case.expected)
            inside = [
                Leaf(case, place, got, right, *names_of(*_named(place, returns, case), counts))
                for place, got, right in _walk((), answer, case.expected)
            ]
            layers = max((leaf.layer or 0 for leaf in inside), default=0)
            found += [replace(leaf, layers=layers if leaf.layer else 0) for leaf in inside]
    return found


def _named(place: InputPlace, returns: Sequence[str], case: PublicCase) -> tuple[InputPlace, Any]:
    """Return a place with the name of the returned value in front, and this right value."""
    if len(returns) == 1:
        return (returns[0], *place), case.expected
    return (returns[int(place[0])], *place[1:]), case.expected[place[0]]


def is_in(place: InputPlace, places: Collection[InputPlace] | None) -> bool:
    """Return whether a part, or what holds it, is among these; None stands for all parts."""
    return places is None or any(place[:length] in places for length in range(len(place) + 1))


def _walk(place: InputPlace, got: Any, right: Any) -> Iterator[tuple[InputPlace, Any, Any]]:
    if isinstance(right, dict):
        for key, value in right.items():
            inner = got.get(key, MISSING) if isinstance(got, dict) else MISSING
            yield from _walk((*place, key), inner, value)
    elif is_series(right):
        numbers = is_series(got) or (isinstance(got, np.ndarray) and got.ndim == 1)
        yield place, np.array(got) if numbers else got, np.array(right)
    elif isinstance(right, tuple | list):
        fits = isinstance(got, tuple | list) and _begins_alike(got, right)
        for index, value in enumerate(right):
            inner = got[index] if fits and index < len(got) else MISSING
            yield from _walk((*place, index), inner, value)
    else:
        yield place, plain_number(got), right


def _begins_alike(got: Sequence[Any], right: Sequence[Any]) -> bool:
    """Return whether the entries of two sequences stand beside each other.

    If there are more or fewer than there should be, only equal beginnings show that they do.
    """
    if len(got) == len(right):
        return True
    return isinstance(right, list) and len(got) > 0 and alike(_first(got), _first(right))


def _first(value: Any) -> Any:
    while isinstance(value, tuple | list) and value:
        value = value[0]
    return value


def is_series(value: Any) -> bool:
    """Return whether a value is a list of numbers, such as costs."""
    if not isinstance(value, list) or not value:
        return False
    return all(isinstance(one, float | int | np.generic) and is_number(one) for one in value)


def names_of(
    place: InputPlace, value: Any, counts: Mapping[str, int]
) -> tuple[str, str, int | None]:
    """Return the family, the label and the layer of an array.

    Parameters
    ----------
    place : tuple
        Where it is: the name of an argument or of a returned value, then keys and indices.
    value : object
        That argument or returned value.
    counts : mapping of str to int
        How many dictionaries have a key; one that several have does not tell where it is.
    """
    name, path = str(place[0]), place[1:]
    if not path:
        return name, name, None
    key = path[-1]
    if not isinstance(key, str):
        return _in_sequence(name, [i for i in path if isinstance(i, int)], value)
    family, layer = of_key(key)
    # What a script asks for has a name of its own, which says of what it is.
    is_asked_for = len(path) > 1 and isinstance(path[0], str)
    if counts.get(key, 0) < 2 and not is_asked_for:
        return family, key, layer
    inside = path[0] if is_asked_for else name + "".join(f"[{step}]" for step in path[:-1])
    return f"{family} in {inside}", f"{inside}[{key!r}]", layer


def key_counts(value: Any) -> dict[str, int]:
    """Return how many dictionaries of arrays in a value have each key."""
    found: dict[str, int] = {}
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict):
        for key, one in value.items():
            if not isinstance(one, dict | list | tuple):
                found[key] = 1
    if isinstance(value, dict | list | tuple):
        for one in inner:
            for key, count in key_counts(one).items():
                found[key] = found.get(key, 0) + count
    return found


def by_layer(name: str) -> str:
    """Return the name of an array of a layer; the key of dA has the number of the layer before."""
    keys = {
        "dA of layer 1": "dA0",
        "dA of the last layer": "the dA that the last layer passes back",
    }
    return keys.get(name, name)


@lru_cache(maxsize=1024)
def of_key(key: str) -> tuple[str, int | None]:
    """Return the letters of a key such as "dW1", and its layer; dA0 belongs to layer 1."""
    match = re.fullmatch(r"([A-Za-z]+)(\d+)", key)
    if match is None:
        return key, None
    return match[1], int(match[2]) + (match[1] == "dA")


def _in_sequence(name: str, path: Sequence[int], value: Any) -> tuple[str, str, int | None]:
    """Return family, label and layer of an array in a tuple or a list."""
    whole = name + "".join(f"[{index}]" for index in path)
    if name == "cache":
        known = _IN_LINEAR_CACHE if len(value) == len(_IN_LINEAR_CACHE) else _IN_CACHE
        what = f"{known[tuple(path)]} in the cache" if tuple(path) in known else whole
        return what, what, None
    if name == "caches" and tuple(path[1:]) in _IN_CACHE:
        what = _IN_CACHE[tuple(path[1:])]
        return f"{what} in the caches", f"{what} in the cache of layer {path[0] + 1}", path[0] + 1
    if len(path) > 1:
        return f"the {ordinal(path[1])} array of every entry of {name}", whole, None
    return whole, whole, None
