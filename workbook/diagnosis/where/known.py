"""What is known of a case: its inputs, the parts of its right answer, and its numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.effects import InputPlace
from workbook.diagnosis.where.functions import BY_TEXT, FUNCTIONS, PLAIN, Functions
from workbook.diagnosis.where.leaves import Array, Leaf, is_number, key_counts, names_of
from workbook.diagnosis.where.totals import totals

# The examples are the columns of these arguments, and of A_prev in a cache.
_WITH_EXAMPLES = ("X", "Y", "AL", "A", "A_prev", "dA", "dZ", "Z", "predictions")
# The number of examples, as the course calls it.
_EXAMPLES = "m"
# With more matrices than these, there are too many products of two.
_MOST_MATRICES = 5

# A known array, or a function of it: family, layer, text, and whether it is an input.
Key = tuple[str, int | None, str, bool]
# A known array, and the text of a function of it.
_Function = tuple["Known", str]


@dataclass(frozen=True)
class Known:
    """A known array.

    Attributes
    ----------
    family : str
        What it has in common with the same array of other layers.
    layer : int or None
        Its layer.
    text : str
        What it is; {0} stands for the family's name.
    array : ndarray
        Its numbers.
    is_input : bool
        Whether it is an input, and no part of the right answer.
    """

    family: str
    layer: int | None
    text: str
    array: Array
    is_input: bool

    @property
    def is_telling(self) -> bool:
        """Whether another array is hardly the same by chance."""
        # A function of equal numbers is equal numbers again.
        return self.text == PLAIN or self.array.size == 1 or float(np.ptp(self.array)) > 0

    def through(self, text: str) -> "Known":
        """Return it as what a function of it is known by; the array stays the same."""
        return Known(self.family, self.layer, text.format(self.text), self.array, self.is_input)


class Knowledge:
    """What is known of one case.

    Parameters
    ----------
    case : PublicCase
        The case.
    arguments : sequence of str
        Names of the function's arguments.
    leaves : sequence of Leaf
        The parts of the right answer of this case.
    """

    def __init__(self, case: PublicCase, arguments: Sequence[str], leaves: Sequence[Leaf]) -> None:
        self.case = case
        self.arguments = arguments
        self.leaves = leaves
        self._derived: dict[tuple[int, ...], tuple[list[_Function], Array]] = {}
        self._rows: dict[tuple[tuple[int, ...], Key], Array | None] = {}

    @cached_property
    def plain(self) -> list[Known]:
        """The inputs and the right parts as they are."""
        found = []
        named = dict(zip(self.arguments, self.case.args, strict=False))
        counts = key_counts(named)
        for name, value in named.items():
            for place, array in _arrays((name,), value):
                family, _, layer = names_of(place, value, counts)
                if family == "A in the cache":
                    family = "A_prev"  # as the functions call it that go backward
                family = family.removesuffix(" in the cache")
                # What stands in the script of a class has no name that a learner knows.
                if not family.startswith("the "):
                    found.append(Known(family, layer, PLAIN, array, True))
        for leaf in self.leaves:
            if not leaf.is_random and is_number(leaf.right):
                found.append(Known(leaf.family, leaf.layer, PLAIN, leaf.wanted, False))
        return found

    def derived(self, shape: tuple[int, ...]) -> tuple[list[_Function], Array]:
        """Return the functions of known arrays that can have a shape, with their numbers as rows.

        Parameters
        ----------
        shape : tuple of int
            The shape; arrays that can be broadcast to it are.
        """
        if shape not in self._derived:
            found: list[_Function] = []
            parts = [np.zeros((0, int(np.prod(shape))))]
            for group, functions in (
                (self.plain, FUNCTIONS),
                (self._other_shapes, FUNCTIONS[:1]),
                (self._totals, FUNCTIONS),
            ):
                fitting = [one for one in group if can_be(one.array.shape, shape)]
                if fitting:
                    made, rows = _functions_of(fitting, functions, shape)
                    found += made
                    parts.append(rows)
            self._derived[shape] = found, np.concatenate(parts)
        return self._derived[shape]

    def row(self, shape: tuple[int, ...], key: Key) -> Array | None:
        """Return a known array, or a function of it, as a row; None if there is none."""
        at = shape, key
        if at not in self._rows:
            self._rows[at] = self._row(shape, key)
        return self._rows[at]

    def _row(self, shape: tuple[int, ...], key: Key) -> Array | None:
        family, layer, text, is_input = key
        is_plain = key in self._by_name
        function = BY_TEXT.get(PLAIN if is_plain else text)
        own = key if is_plain else (family, layer, PLAIN, is_input)
        for array in self._by_name.get(own, []):
            if function is not None and can_be(array.shape, shape):
                with np.errstate(all="ignore"):
                    changed = function(array)
                return np.full(shape, changed).ravel() if _is_finite(changed) else None
        return None

    @cached_property
    def _by_name(self) -> dict[Key, list[Array]]:
        """The known arrays by their names, of which the last is meant if several have one name."""
        found: dict[Key, list[Array]] = {}
        for one in (*self.plain, *self._other_shapes, *self._totals):
            found.setdefault((one.family, one.layer, one.text, one.is_input), [])[:0] = [one.array]
        return found

    @cached_property
    def layers(self) -> int:
        """The number of layers of the inputs and parts that have a layer."""
        return max((one.layer or 0 for one in self.plain), default=0)

    @cached_property
    def _other_shapes(self) -> list[Known]:
        """Transposed arrays, and sums and means of the inputs."""
        found = []
        for one in self.plain:
            array = one.array
            if array.ndim != 2:
                continue
            found.append(Known(one.family, one.layer, "{0} transposed", array.T, one.is_input))
            if not one.is_input:
                continue
            for word, at in (("first", slice(0, 1)), ("last", slice(-1, None))):
                # A single number of one of many layers may be any by chance.
                if len(array) > 1 or one.layer is None:
                    line = f"the {word} column of {one.family}"
                    found.append(Known(line, one.layer, PLAIN, array[:, at], True))
            for over, axis in (("columns", 1), ("rows", 0), ("entries", None)):
                for word, of in (("sum", np.sum), ("mean", np.mean)):
                    text = f"the {word} over the {over} of {{0}}"
                    total = np.asarray(of(array, axis=axis, keepdims=True))
                    found.append(Known(one.family, one.layer, text, total, True))
        return [*found, *self._products]

    @cached_property
    def _totals(self) -> list[Known]:
        # Of such totals a cost is made, and no array.
        if len(self.leaves) > 1:
            return []
        inputs = [(one.family, one.layer, one.array) for one in self.plain if one.is_input]
        return [Known(name, None, PLAIN, np.array(of), True) for name, of in totals(inputs)]

    @cached_property
    def _products(self) -> list[Known]:
        """The matrix products of two inputs, each as it is or transposed, and terms of them."""
        matrices = [one for one in self.plain if one.is_input and one.array.ndim == 2]
        if len(matrices) > _MOST_MATRICES:
            return []
        pairs = [
            (a, x, b, y)
            for one, other in permutations(matrices, 2)
            for a, x in ((one.family, one.array), (f"{one.family}.T", one.array.T))
            for b, y in ((other.family, other.array), (f"{other.family}.T", other.array.T))
            if x.shape[1] == y.shape[0]
        ]
        whole = [Known(f"{a} @ {b}", None, PLAIN, x @ y, True) for a, x, b, y in pairs]
        # A loop that is too short leaves out one of the terms, or keeps it alone.
        return whole + [
            Known(
                f"the {word} column of {a} times the {word} row of {b}",
                None,
                PLAIN,
                x[:, at] @ y[at],
                True,
            )
            for a, x, b, y in pairs
            for word, at in (("last", slice(-1, None)), ("first", slice(0, 1)))
        ]

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The numbers of this case by their names, such as `learning_rate` and `m`."""
        found: dict[str, float] = {}
        m = self._examples
        if m is not None:
            found[_EXAMPLES] = float(m)
        for name, value in zip(self.arguments, self.case.args, strict=False):
            if is_number(value) and np.ndim(value) == 0:
                found[name] = float(value)
                if 0 < value < 1:
                    found[f"(1 - {name})"] = 1 - float(value)
            elif _are_sizes(value):
                found[f"sum({name})"] = float(sum(value))
                found[f"len({name})"] = float(len(value))
        W = [
            one.array
            for one in self.plain
            if one.is_input and (one.family, one.layer) == ("W", None)
        ]
        if len(W) == 1:
            units, inputs = W[0].shape
            found["the number of inputs"], found["the number of units"] = (
                float(inputs),
                float(units),
            )
        depth = max((leaf.layers for leaf in self.leaves), default=0)
        if depth:
            found["the number of layers"] = float(depth)
        return found

    @property
    def _examples(self) -> int | None:
        """The number of examples, from the first matrix that has a column for each."""
        for one in self.plain:
            if (
                one.is_input
                and one.family.split(" in ")[0] in _WITH_EXAMPLES
                and one.array.ndim == 2
            ):
                return int(one.array.shape[1])
        return None


def _functions_of(
    arrays: Sequence[Known], functions: Functions, shape: tuple[int, ...]
) -> tuple[list[_Function], Array]:
    """Return functions of each of some arrays, with their numbers as rows."""
    rows = np.array([np.full(shape, one.array).ravel() for one in arrays])
    with np.errstate(all="ignore"):
        changed = np.array([function(rows) for _, function in functions])
    finite = np.isfinite(changed).all(axis=2)
    which, at = np.nonzero(finite.T)
    found = [(arrays[i], functions[j][0]) for i, j in zip(which.tolist(), at.tolist(), strict=True)]
    return found, changed[at, which]


def can_be(shape: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Return whether an array of one shape can be broadcast to another with as many axes."""
    if len(shape) != len(wanted):
        return False
    return shape == wanted or all(a in (1, b) for a, b in zip(shape, wanted, strict=True))


def _are_sizes(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(type(one) is int for one in value)


def _arrays(place: InputPlace, value: Any) -> Iterator[tuple[InputPlace, Array]]:
    """Yield the arrays in an argument with their places."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _arrays((*place, key), one)
    elif isinstance(value, tuple | list):
        for index, one in enumerate(value):
            yield from _arrays((*place, index), one)
    elif isinstance(value, np.ndarray) and is_number(value):
        yield place, value.astype(float)


def _is_finite(array: Array) -> bool:
    return bool(np.isfinite(array).all())
