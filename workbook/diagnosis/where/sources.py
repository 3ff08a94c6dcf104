"""Relations of wrong arrays to other known arrays: equal, added, left out, a factor too much."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.diagnosis.where.fits import (
    CLOSE,
    Factor,
    Fit,
    Quantities,
    common_factor,
    distinct,
    factors,
    fit,
    own_entries,
    own_numbers,
)
from workbook.diagnosis.where.functions import PLAIN, is_smooth
from workbook.diagnosis.where.known import Knowledge, Known, can_be
from workbook.diagnosis.where.leaves import ANY_LETTER, Array, Leaf, by_layer
from workbook.diagnosis.where.relations import Numbers, Relation

KnowledgeOf = Callable[[Leaf], Knowledge]

# So many numbers must agree before a factor without a name is believed.
_MANY = 2
# Of these functions of a known array, terms are made that are missing or too much.
_TERMS = (PLAIN, "the sign of {0}", "the absolute value of {0}", "the square of {0}")
# So many signs agree with those of an array by no chance.
_SIGNS = 8
# From more inputs than these, no products are made.
_MOST_FACTORS = 4
# If more known arrays than these fit, it is by chance.
_MOST_FITTING = 30

# Where an array of a layer stands to that of another: the layer, of its own and the last one.
_BESIDE: dict[str, Callable[[int, int], int]] = {
    "": lambda own, last: own,
    " of the layer before": lambda own, last: own - 1,
    " of the layer after": lambda own, last: own + 1,
    " of layer 1": lambda own, last: 1,
    " of the last layer": lambda own, last: last,
}


# The same for an array of no layer.
_ENDS = (" of layer 1", " of the last layer")


@dataclass(frozen=True)
class _Other:
    """A known array, by where it stands to each array of a group."""

    family: str
    beside: str
    text: str
    is_input: bool

    @property
    def name(self) -> str:
        """Its name, with what is made of it."""
        family = self.family.removesuffix(" in the caches") if self.beside else self.family
        return self.text.format(by_layer(family + self.beside))

    def of(self, leaf: Leaf, known: Knowledge) -> Array | None:
        """Return it for one array of the group, in this array's shape."""
        shape = np.shape(leaf.got)
        layer = _BESIDE[self.beside](leaf.layer or 0, known.layers)
        family = self.family.replace(ANY_LETTER, leaf.letter)
        for at in (None, layer):
            row = known.row(shape, (family, at, self.text, self.is_input))
            if row is not None:
                return row.reshape(shape)
        return None


# A known array, and what it is for each array of a group.
_Start = tuple[_Other, list[Array]]


def _places(one: Known, leaf: Leaf, known: Knowledge) -> list[str]:
    own = one.family == leaf.family and not one.is_input
    if one.layer is None:
        return [] if own else [""]
    if leaf.layer is None:
        return [text for text in _ENDS if _BESIDE[text](0, known.layers) == one.layer]
    return [
        text
        for text, layer in _BESIDE.items()
        if layer(leaf.layer or 0, known.layers) == one.layer
        and not (own and one.layer == leaf.layer)
    ]


def to_known(group: Sequence[Leaf], knowledge: KnowledgeOf, numbers: Numbers) -> Iterator[Relation]:
    """Yield the relations of some wrong arrays to known arrays, the most pointed first.

    Parameters
    ----------
    group : sequence of Leaf
        Wrong arrays, of any shape.
    knowledge : callable
        Returns what is known of the case of an array.
    numbers : callable
        Returns the quantities of a case and an array, by their names.
    """
    ordered = sorted(group, key=lambda leaf: -np.size(leaf.got))
    if not all(np.isfinite(np.asarray(leaf.got, float)).all() for leaf in group):
        return
    search = _Search(ordered, knowledge, [numbers(leaf) for leaf in ordered])
    got = [np.asarray(leaf.got, float) for leaf in ordered]
    for other, factor in search.fitting(got):
        yield Relation(_equal(other, factor))
    if any(leaf.array is None for leaf in group):
        return
    starts = list(search.starts())
    yield from search.sums(got, starts)
    yield from search.products(got, starts)
    yield from search.beside_right(got)


class _Search:
    """The search for a known array to which all arrays of a group stand in one relation."""

    def __init__(
        self, group: Sequence[Leaf], knowledge: KnowledgeOf, numbers: Sequence[Mapping[str, float]]
    ) -> None:
        self.group = group
        self.known = [knowledge(leaf) for leaf in group]
        self.numbers = {id(leaf): one for leaf, one in zip(group, numbers, strict=True)}
        self.quantities: dict[tuple[int, ...], Quantities] = {}

    def quantities_of(self, fits: Sequence[Fit]) -> Quantities:
        """Return the quantities that these arrays have."""
        key = tuple(id(one.leaf) for one in fits)
        if key not in self.quantities:
            self.quantities[key] = Quantities([self.numbers[at] for at in key])
        return self.quantities[key]

    def family(self, one: Known) -> str:
        """Return the family of a known array; with W and b in the group, what it is for both."""
        several = len({leaf.letter for leaf in self.group}) > 1
        return self.group[0].as_kin(one.family) if several else one.family

    def fitting(
        self, targets: Sequence[Array], times: Sequence[Array] | None = None
    ) -> Iterator[tuple[_Other, Factor]]:
        """Yield the known arrays of which all targets are the same multiple.

        Parameters
        ----------
        targets : sequence of ndarray
            An array for each of the group.
        times : sequence of ndarray, optional
            Arrays by which the known ones are multiplied first.
        """
        first = self.group[0]
        # A single number is a multiple of anything.
        if sum(target.size for target in targets) < _MANY:
            return
        found, rows = self.known[0].derived(targets[0].shape)
        if not len(rows) or not targets[0].size:
            return
        bases = rows if times is None else rows * times[0].ravel()
        values = factors(targets[0].ravel(), bases)
        some = [found[at] for at in np.flatnonzero(np.isfinite(values))]
        fitting = [one for one in (array.through(text) for array, text in some) if one.is_telling]
        # Of few numbers, such as one, nearly every array is a multiple: then functions say nothing.
        telling = distinct(targets[0]) > 1 and len(fitting) <= _MOST_FITTING
        for one in fitting if telling else [one for one in fitting if one.text == PLAIN]:
            for beside in _places(one, first, self.known[0]):
                other = _Other(self.family(one), beside, one.text, one.is_input)
                factor = self._common(other, targets, times)
                if factor is not None and not (times is not None and one.array.size == 1):
                    yield other, factor

    def _common(
        self, other: _Other, targets: Sequence[Array], times: Sequence[Array] | None
    ) -> Factor | None:
        fits: list[Fit] = []
        bases: list[Array] = []
        for at, (leaf, target) in enumerate(zip(self.group, targets, strict=True)):
            basis = other.of(leaf, self.known[at])
            if basis is None:
                return None
            if not basis.any() and not target.any():
                continue
            found = fit(target, basis if times is None else basis * times[at], leaf)
            if found is None or not all(_may_be_one_factor(one, found) for one in fits[-1:]):
                return None
            fits.append(found)
            bases.append(basis)
        if not fits or (times is not None and not _may_tell(other, bases)):
            return None
        # A number that has no name may be chance where there is little to compare.
        factor = common_factor(
            fits, self.quantities_of(fits), sum(one.evidence for one in fits) > _MANY
        )
        m = self.numbers[id(fits[0].leaf)].get("m", 1.0)
        if factor is not None and m > 1 and factor.text == f"{1 / m:.4g}":
            return Factor("1 / m", factor.sign, "m", -1)
        return factor

    def sums(self, got: Sequence[Array], starts: Sequence[_Start]) -> Iterator[Relation]:
        """Yield the sums of an input and a known array, with a factor, that all arrays are."""
        several = len({id(leaf.case) for leaf in self.group}) > 1
        for start, arrays in starts:
            rest = [a - b for a, b in zip(got, arrays, strict=True)]
            for other, factor in self.fitting(rest):
                if other.family != start.family and (several or _is_named(factor)):
                    sign = "plus" if factor.sign > 0 else "minus"
                    yield Relation(
                        f"{{names}} {{verb}} {start.name} {sign} {_times(factor, other.name)}."
                    )

    def products(self, got: Sequence[Array], starts: Sequence[_Start]) -> Iterator[Relation]:
        """Yield the products, entry by entry, of two inputs or functions of them."""
        # With many inputs, a product of two of them would be chance.
        for start, arrays in starts if len(starts) <= _MOST_FACTORS else ():
            for other, factor in self.fitting(got, arrays):
                if other.is_input and other.family != start.family and _is_named(factor):
                    minus = "minus " if factor.sign < 0 else ""
                    what = f"{start.name} times ({other.name})"
                    yield Relation(f"{{names}} {{verb}} {minus}{_times(factor, what)}.")

    def beside_right(self, got: Sequence[Array]) -> Iterator[Relation]:
        """Yield what the right arrays are multiplied by, or what is added, too often or not."""
        wanted = [leaf.wanted for leaf in self.group]
        errors = [one - right for one, right in zip(got, wanted, strict=True)]
        for other, factor in self.fitting(errors):
            if other.is_input and other.text in _TERMS:
                sign = "plus" if factor.sign > 0 else "minus"
                what = _times(factor, other.name)
                yield Relation(f"{{names}} {{verb}} the right value {sign} {what}.")
        for other, factor in self.fitting(got, wanted):
            # A product may be the right array itself, and signs agree by chance.
            if " @ " in other.family or not other.is_input or other.text.startswith("the sign"):
                continue
            sign = ", and {has} the wrong sign" if factor.sign < 0 else ""
            what = _times(factor, _as_factor(other.name))
            yield Relation(f"{{names}} {{verb}} the right value times {what}{sign}.")
        for other, factor in self.fitting(wanted, got):
            if not factor.text and factor.sign > 0 and other.is_input and is_smooth(other.text):
                yield Relation(
                    f"{{names}} would be right if multiplied by {other.name}, entry by entry."
                )

    def starts(self) -> Iterator[_Start]:
        """Yield each input that can have the shape of the arrays, and what it is for each."""
        first = self.group[0]
        for one in self.known[0].plain:
            if one.is_input and can_be(one.array.shape, first.shape):
                for beside in _places(one, first, self.known[0])[:1]:
                    start = _Other(self.family(one), beside, PLAIN, True)
                    arrays: list[Array] = []
                    for leaf, known in zip(self.group, self.known, strict=True):
                        array = start.of(leaf, known)
                        if array is None:
                            break
                        arrays.append(array)
                    if len(arrays) == len(self.group):
                        yield start, arrays


def _may_be_one_factor(one: Fit, other: Fit) -> bool:
    """Return whether one quantity may be both factors; in one case, only equal factors can be."""
    if (one.value > 0) != (other.value > 0):
        return False
    sizes = own_numbers(one.leaf) or own_numbers(other.leaf)
    if sizes or one.leaf.case is not other.leaf.case:
        return True
    return abs(one.value - other.value) <= CLOSE * abs(other.value)


def _may_tell(other: _Other, arrays: Sequence[Array]) -> bool:
    """Return whether a factor has enough numbers of its own: one active unit's bias fits any."""
    if not is_smooth(other.text):
        return sum(map(own_entries, arrays)) >= _SIGNS
    return len(arrays) > 1 or distinct(arrays[0][arrays[0] != 0]) != 1 or other.text == PLAIN


def _is_named(factor: Factor) -> bool:
    return not factor.text or not factor.text[0].isdigit() or " " in factor.text


def _times(factor: Factor, name: str) -> str:
    return f"{factor.text} times {_as_factor(name)}" if factor.text else name


def _as_factor(name: str) -> str:
    """Return the name of an array as it stands behind a minus, or beside a factor."""
    return f"({name})" if name.startswith(("1 - ", "1 + ")) else name


def _equal(other: _Other, factor: Factor) -> str:
    if other.is_input and other.text == PLAIN and not factor.text and factor.sign > 0:
        plain = other.family.replace(ANY_LETTER, "W")
        end = " as it came in" if plain.isidentifier() or " in " in plain else ""
        return f"{{names}} {{verb}} {other.name}{end}."
    minus = "minus " if factor.sign < 0 else ""
    what = other.name if other.is_input or other.text != PLAIN else f"what belongs in {other.name}"
    what = _as_factor(what) if minus else what
    return f"{{names}} {{verb}} {minus}{_times(factor, what)}."
