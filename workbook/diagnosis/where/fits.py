"""Factors between arrays: whether one is a multiple of another, and of which quantity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from workbook.diagnosis.where.leaves import Array, Leaf

#: Largest error of a relation, relative to the largest entry.
CLOSE = 1e-6
# A multiple, to within CLOSE, has at least this squared cosine, even of a million numbers.
_NEARLY = 1 - 2e-6
# Numbers that are given in sentences as they are.
_SIMPLE = (2.0, 0.5)
_MOST_SIMPLE = 2.5
# Other factors without a name, and 1 by them, are in this range.
_MOST_FREE = 1e4
# Among so many formulas of two quantities, one gives fewer numbers than these by chance.
_FOR_PAIRS = 3
# So many numbers, that could have been others, decide in favour of a relation.
_ENOUGH = 2

Numbers = Mapping[str, float]


@dataclass(frozen=True)
class Factor:
    """A factor that holds for every array of a group.

    Attributes
    ----------
    text : str
        The quantity, such as "m", "1 / keep_prob" or "3"; empty for 1.
    sign : int
        1 or -1.
    name : str
        The quantity's own name if the factor is just this quantity or 1 by it, such as "m".
    power : int
        1 or -1 for such a factor, else 0.
    """

    text: str
    sign: int
    name: str = ""
    power: int = 0


@dataclass(frozen=True, eq=False)
class Fit:
    """The factor of one array.

    Attributes
    ----------
    value : float
        The factor.
    basis : ndarray
        The array of which it is a multiple.
    leaf : Leaf
        The array.
    """

    value: float
    basis: Array
    leaf: Leaf

    @cached_property
    def evidence(self) -> int:
        """How many numbers speak for the factor beyond the one from which it follows."""
        if float(np.ptp(self.basis)) == 0.0:
            # Every entry speaks for what is the same in every entry.
            return self.basis.size - 1
        return distinct(np.round(self.basis / np.max(np.abs(self.basis)), 6)) - 1


def distinct(array: Array) -> int:
    """Return how many different numbers an array holds."""
    # np.unique would import NumPy's masked arrays first, which takes longer than a diagnosis.
    return len(set(array.ravel().tolist()))


def own_entries(array: Array) -> int:
    """Return how many numbers an array has but for those that stand in all of a row or column."""
    if array.ndim != 2 or not array.size:
        return int(array.size)
    equal = [axis for axis in (0, 1) if not np.any(np.ptp(array, axis=axis))]
    return min([int(array.size), *(int(array.shape[1 - axis]) for axis in equal)])


def fit(target: Array, basis: Array, leaf: Leaf) -> Fit | None:
    """Return the factor between two arrays of one shape, or None if there is no common one."""
    if target.shape != basis.shape or not target.size:
        return None
    if target.size == 1:
        one, other = float(target.flat[0]), float(basis.flat[0])
        return Fit(one / other, basis, leaf) if one and other and np.isfinite(one) else None
    value = _multiple(target.ravel(), basis.ravel())
    return Fit(value, basis, leaf) if value else None


def _multiple(target: Array, basis: Array) -> float:
    """Return the factor between two vectors, 0 if there is none: `factors` of a single row."""
    square = float(basis @ basis)
    value = float(basis @ target) / square if square else 0.0
    if not value:
        return 0.0
    error = float(np.abs(target - value * basis).max())
    return value if error <= CLOSE * float(np.abs(target).max()) else 0.0


def factors(target: Array, bases: Array) -> Array:
    """Return the factor between a vector and each row of a matrix, nan where there is none.

    Parameters
    ----------
    target : ndarray, shape (n,)
        The vector.
    bases : ndarray, shape (k, n)
        The matrix.

    Returns
    -------
    factors : ndarray, shape (k,)
        What each row is multiplied by to give the vector, or nan.
    """
    found = np.full(len(bases), np.nan)
    with np.errstate(all="ignore"):
        products, squares = bases @ target, np.einsum("ij,ij->i", bases, bases)
        # Few rows have nearly the direction of the vector; only of these the errors are worth it.
        few = np.flatnonzero(products**2 >= _NEARLY * squares * (target @ target))
        values = products[few] / squares[few]
        errors = np.max(np.abs(target - values[:, None] * bases[few]), axis=1)
        largest = np.max(np.abs(target))
        fits = (errors <= CLOSE * largest) & (largest > 0) & (values != 0)
    found[few[fits]] = values[fits]
    return found


def common_factor(fits: Sequence[Fit], known: "Quantities", free: bool = True) -> Factor | None:
    """Return the factor that all have in common: a number, or a quantity that differs.

    Parameters
    ----------
    fits : sequence of Fit
        One for each array.
    known : Quantities
        The quantities of the case and of each array.
    free : bool
        Whether any number will do, and not only 1 and a named quantity.
    """
    values = np.array([one.value for one in fits])
    evidence = sum(one.evidence for one in fits)
    sign = 1 if values[0] > 0 else -1
    if np.any(np.sign(values) != sign):
        return None
    sizes = np.abs(values)
    if _close(sizes, 1.0):
        return Factor("", sign) if evidence + len(fits) >= _ENOUGH else None
    several = len({id(one.leaf.case) for one in fits}) > 1
    # So many examples are no chance, even if there are as many in every case.
    m = None if not several else known.equal_to(sizes)
    if m is not None and m.name == "m" and m.power and max(sizes[0], 1 / sizes[0]) > _MOST_SIMPLE:
        return replace(m, sign=sign)
    if _close(sizes, sizes[0]):
        simple = any(abs(sizes[0] - one) < CLOSE for one in _SIMPLE)
        enough = evidence + len(fits) - 1 >= _ENOUGH - simple and _is_no_chance(fits)
        sane = 1 / _MOST_FREE <= sizes[0] <= _MOST_FREE
        return Factor(f"{sizes[0]:.4g}", sign) if free and enough and sane else None
    # In one case alone, many quantities are equal by chance.
    found = known.equal_to(sizes) if several else None
    return None if found is None else replace(found, sign=sign)


def _close(one: Array, other: Array | float) -> bool:
    return bool(np.all(np.abs(one - other) <= CLOSE * np.abs(other)))


def _is_no_chance(fits: Sequence[Fit]) -> bool:
    """Return whether a number without a name is told from a coincidence.

    In a network of one unit a layer, all gradients are multiples of each other. What is the same
    everywhere is a multiple of any number, such as the bias of a single unit; to say that it is
    one of 1 names none.
    """
    constants = [float(one.basis.flat[0]) for one in fits if float(np.ptp(one.basis)) == 0.0]
    if len(constants) == len(fits) and len(set(constants)) == 1 and constants[0] != 1.0:
        return False
    if len({id(one.leaf.case) for one in fits}) > 1:
        return True
    return any(min(one.leaf.shape, default=0) > 1 for one in fits)


class Quantities:
    """The quantities that all arrays of a group have, alone and in simple formulas.

    Parameters
    ----------
    numbers : sequence of mapping
        For each array the numbers of its case and its own sizes, by name.
    """

    def __init__(self, numbers: Sequence[Numbers]) -> None:
        self._numbers = numbers

    def equal_to(self, values: Array) -> Factor | None:
        """Return the first quantity that is equal to these values, one for each array."""
        factors, table, alone = self._table
        if not factors:
            return None
        equal = np.all(np.abs(table - values) <= CLOSE * np.abs(values), axis=1)
        if distinct(np.round(values, 6)) < _FOR_PAIRS:
            equal = equal[:alone]
        return factors[int(np.argmax(equal))] if equal.any() else None

    @cached_property
    def _table(self) -> tuple[list[Factor], Array, int]:
        """Factors and their values for each array; the first so many have one quantity alone."""
        names = [name for name in self._numbers[0] if all(name in one for one in self._numbers)]
        columns = {name: np.array([one[name] for one in self._numbers]) for name in names}
        columns = {name: of for name, of in columns.items() if np.all(of > 0)}
        single = [*_single(columns)]
        found = [*single, *_pairs(columns)]
        return [factor for factor, _ in found], np.array([of for _, of in found]), len(single)


def _single(columns: Mapping[str, Array]) -> Iterator[tuple[Factor, Array]]:
    for name, of in columns.items():
        yield Factor(name, 1, name, 1), of
        yield Factor(f"1 / {name}", 1, name, -1), 1 / of
    for name, of in columns.items():
        if name == "m" and np.all(of > 1):
            yield Factor("m / (m - 1)", 1), of / (of - 1)
            yield Factor("(m - 1) / m", 1), (of - 1) / of
        yield Factor(_product("2", name), 1), 2 * of
        yield Factor(f"{name} / 2", 1), of / 2
        yield Factor(f"2 / {name}", 1), 2 / of
        yield Factor(f"1 / ({_product('2', name)})", 1), 1 / (2 * of)
        if np.all(of > 1):
            yield Factor(f"({name} - 1)", 1), of - 1
        yield Factor(_square(name), 1), of**2
        yield Factor(f"1 / {_square(name)}", 1), 1 / of**2
        yield Factor(f"sqrt({name})", 1), np.sqrt(of)
        yield Factor(f"1 / sqrt({name})", 1), 1 / np.sqrt(of)


def _pairs(columns: Mapping[str, Array]) -> Iterator[tuple[Factor, Array]]:
    for (one, a), (other, b) in combinations(columns.items(), 2):
        both = _product(one, other)
        yield Factor(both, 1), a * b
        yield Factor(f"1 / ({both})", 1), 1 / (a * b)
        for top, bottom, ratio in ((one, other, a / b), (other, one, b / a)):
            yield Factor(f"{top} / {bottom}", 1), ratio
            yield Factor(f"{_product('2', top)} / {bottom}", 1), 2 * ratio
            yield Factor(f"{top} / ({_product('2', bottom)})", 1), ratio / 2


def _product(one: str, other: str) -> str:
    """Return a product as text: side by side if both are symbols or numbers."""
    in_words = any(name.startswith("the ") for name in (one, other))
    return f"{one} times {other}" if in_words else f"{one} {other}"


def _square(name: str) -> str:
    return f"the square of {name}" if name.startswith("the ") else f"{name}**2"


def own_numbers(leaf: Leaf) -> dict[str, float]:
    """Return the sizes of an array, by their names."""
    if len(leaf.shape) != 2:
        return {}
    rows, columns = float(leaf.shape[0]), float(leaf.shape[1])
    return {
        "the number of its rows": rows,
        "the number of its columns": columns,
        "the number of its entries": rows * columns,
    }
