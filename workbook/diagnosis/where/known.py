"""What is known of a case: its inputs, the parts of its right answer, and its numbers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.effects import Place
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
#: The text of an array as it is; {0} stands for its name.
PLAIN = "{0}"

Functions = Sequence[tuple[str, Callable[[Array], Array]]]


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
    is_telling : bool
        Whether another array is hardly the same by chance.
    """

    family: str
    layer: int | None
    text: str
    array: Array
    is_input: bool
    is_telling: bool = True


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
        self._derived: dict[tuple[int, ...], tuple[list[Known], Array]] = {}
        self._index: dict[tuple[int, ...], dict[Key, Array]] = {}

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
                found.append(Known(family, layer, PLAIN, array, True))
        for leaf in self.leaves:
            if not leaf.is_random and is_number(leaf.right):
                found.append(Known(leaf.family, leaf.layer, PLAIN, leaf.wanted, False))
        return found

    def derived(self, shape: tuple[int, ...]) -> tuple[list[Known], Array]:
        """Return the known arrays that can have a shape, and functions of them, as rows.

        Parameters
        ----------
        shape : tuple of int
            The shape; arrays that can be broadcast to it are.
        """
        if shape not in self._derived:
            found: list[Known] = []
            rows: list[Array] = []
            for one in (*self.plain, *self._other_shapes, *self._totals):
                if can_be(one.array.shape, shape):
                    for other in _functions_of(one):
                        found.append(other)
                        rows.append(np.broadcast_to(other.array, shape).ravel())
            matrix = np.array(rows) if rows else np.zeros((0, int(np.prod(shape))))
            self._derived[shape] = found, matrix
        return self._derived[shape]

    def row(self, shape: tuple[int, ...], key: Key) -> Array | None:
        """Return a known array, or a function of it, as a row; None if there is none."""
        if shape not in self._index:
            found, rows = self.derived(shape)
            self._index[shape] = {
                (one.family, one.layer, one.text, one.is_input): row
                for one, row in zip(found, rows, strict=True)
            }
        return self._index[shape].get(key)

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
            for over, axis in (("columns", 1), ("rows", 0), ("entries", None)):
                for word, of in (("sum", np.sum), ("mean", np.mean)):
                    text = f"the {word} over the {over} of {{0}}"
                    total = np.asarray(of(array, axis=axis, keepdims=True))
                    found.append(Known(one.family, one.layer, text, total, True))
        return [*found, *self._products]

    @cached_property
    def _totals(self) -> list[Known]:
        inputs = [(one.family, one.layer, one.array) for one in self.plain if one.is_input]
        return [Known(name, None, PLAIN, np.array(of), True) for name, of in totals(inputs)]

    @cached_property
    def _products(self) -> list[Known]:
        """The matrix products of two inputs, each as it is or transposed."""
        matrices = [one for one in self.plain if one.is_input and one.array.ndim == 2]
        if len(matrices) > _MOST_MATRICES:
            return []
        return [
            Known(f"{a} @ {b}", None, PLAIN, x @ y, True)
            for one, other in permutations(matrices, 2)
            for a, x in ((one.family, one.array), (f"{one.family}.T", one.array.T))
            for b, y in ((other.family, other.array), (f"{other.family}.T", other.array.T))
            if x.shape[1] == y.shape[0]
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


def _functions_of(one: Known) -> Iterator[Known]:
    """Yield an array and, if it is an input or a part as it is, functions of it."""
    plain = one.text == PLAIN and " @ " not in one.family
    found = list(_applied(one.text, one.array, FUNCTIONS if plain else FUNCTIONS[:1]))
    for text, array in found:
        # A function of equal numbers is equal numbers again.
        telling = text == PLAIN or one.array.size == 1 or float(np.ptp(one.array)) > 0
        yield Known(one.family, one.layer, text, array, one.is_input, telling)


def is_smooth(text: str) -> bool:
    """Return whether a function, by its text, is not made of signs: they agree by chance."""
    return "elsewhere" not in text and "the sign of" not in text


def _applied(text: str, array: Array, functions: Functions) -> Iterator[tuple[str, Array]]:
    for outer, function in functions:
        with np.errstate(all="ignore"):
            changed = function(array)
        if np.isfinite(changed).all():
            yield outer.format(text), changed


def can_be(shape: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Return whether an array of one shape can be broadcast to another with as many axes."""
    same_axes = len(shape) == len(wanted)
    return same_axes and all(a in (1, b) for a, b in zip(shape, wanted, strict=True))


def _are_sizes(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(type(one) is int for one in value)


def _arrays(place: Place, value: Any) -> Iterator[tuple[Place, Array]]:
    """Yield the arrays in an argument with their places."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _arrays((*place, key), one)
    elif isinstance(value, tuple | list):
        for index, one in enumerate(value):
            yield from _arrays((*place, index), one)
    elif isinstance(value, np.ndarray) and is_number(value):
        yield place, value.astype(float)


def _sigmoid(array: Array) -> Array:
    return 1 / (1 + np.exp(-array))


#: Functions that learners apply, entry by entry; {0} stands for the name of an array.
FUNCTIONS: Functions = (
    (PLAIN, lambda x: x),
    ("1 - {0}", lambda x: 1 - x),
    ("1 + {0}", lambda x: 1 + x),
    ("ReLU of {0}", lambda x: np.maximum(x, 0)),
    ("the sigmoid of {0}", _sigmoid),
    ("the sigmoid of -{0}", lambda x: _sigmoid(-x)),
    ("tanh of {0}", np.tanh),
    ("the sigmoid's slope at {0}", lambda x: _sigmoid(x) * (1 - _sigmoid(x))),
    ("tanh's slope at {0}", lambda x: 1 - np.tanh(x) ** 2),
    ("1 where {0} is positive and 0 elsewhere", lambda x: (x > 0).astype(float)),
    ("1 where {0} is negative and 0 elsewhere", lambda x: (x < 0).astype(float)),
    ("the sign of {0}", np.sign),
    ("exp of {0}", np.exp),
    ("exp of -{0}", lambda x: np.exp(-x)),
    ("log of {0}", np.log),
    ("the square of {0}", np.square),
    ("the cube of {0}", lambda x: x**3),
    ("the square root of {0}", np.sqrt),
    ("the absolute value of {0}", np.abs),
    ("1 / {0}", lambda x: 1 / x),
    ("{0} (1 - {0})", lambda x: x * (1 - x)),
    ("log(1 + exp({0}))", lambda x: np.logaddexp(0, x)),
)

# Of a function of a function, the outer one; two steps or signs would be the same as one.
