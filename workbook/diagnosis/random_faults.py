"""Sentences on numbers that should be random, normal and of a certain size, and are not."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.numbers_in_words import STANDARD_ERRORS
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.random_arrays import (
    MANY,
    begins_alike,
    is_of_few_numbers,
    more_small,
    repeated_arrays,
    root_mean_square,
)
from workbook.diagnosis.where.leaves import Array, Leaf, is_number, leaves
from workbook.diagnosis.where.names import Subject, subject

# Of so many normal numbers, some are larger than _FAR times their size, or _FARTHER times.
_FOR_UNIFORM, _FAR = 300, 1.85
_FOR_TRUNCATED, _FARTHER = 2000, 2.35
# The first two exercises ask for this standard deviation; in the others it depends on the layer.
_FIXED = 0.01


def random_faults(
    returns: Sequence[str], cases: Sequence[PublicCase], seen: Observation
) -> Iterator[str]:
    """Yield a sentence for each fault of numbers that should be random.

    Parameters
    ----------
    returns : sequence of str
        Names of the values that the function returns.
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the function did on them.
    """
    drawn = [leaf for leaf in leaves(returns, cases, seen) if leaf.is_random]
    drawn = [leaf for leaf in drawn if is_number(leaf.got) and np.size(leaf.got)]
    bad = [leaf for leaf in drawn if not np.isfinite(_array(leaf)).all()]
    if bad:
        yield _named(bad, drawn).says("{names} {has} nan or infinite numbers in {it}.")
        return
    again = _again(cases[0], seen, drawn)
    named: set[int] = set()
    for text, holds in _EQUAL:
        equal = [leaf for leaf in drawn if id(leaf) not in named and holds(leaf)]
        if holds is _is_constant and all(leaf.shape[:1] == (1,) for leaf in equal):
            # In a single row no units are alike: that says what is said of rows below.
            continue
        if equal:
            # An array of one row or column does not show that its lines are equal.
            yield subject(equal, drawn, lambda leaf: min(leaf.shape) > 1).says(text)
            named |= set(map(id, equal))
    # Of a small array less can be told: it is like the array of the same name in other cases.
    for text, holds in _FAULTS:
        labels = {leaf.label for leaf in drawn if id(leaf) not in named and holds(leaf)}
        like = [leaf for leaf in drawn if leaf.label in labels and id(leaf) not in named]
        if like:
            yield _named(like, drawn).says(text)
            named |= set(map(id, like))
    again = [leaf for leaf in again if not _is_constant(leaf)]
    if again:
        first = [leaf for leaf in drawn if leaf.case is cases[0]]
        yield _named(again, first).says(_same_again(seen))
    yield from _twins(drawn, seen)
    yield from _sizes([leaf for leaf in drawn if id(leaf) not in named], drawn)


def _named(found: Sequence[Leaf], drawn: Sequence[Leaf]) -> Subject:
    return subject(found, drawn, lambda leaf: True)


def _array(leaf: Leaf) -> Array:
    return np.asarray(leaf.got, float)


def _is_constant(leaf: Leaf) -> bool:
    array = _array(leaf)
    return array.size > 1 and float(np.ptp(array)) == 0.0


def _has_equal_lines(axis: int) -> Callable[[Leaf], bool]:
    def holds(leaf: Leaf) -> bool:
        array = _array(leaf)
        if array.ndim != 2 or array.shape[axis] == 1:
            return False
        return bool(np.all(np.ptp(array, axis=axis) == 0))

    return holds


def _is_positive(leaf: Leaf) -> bool:
    array = _array(leaf)
    return array.size >= MANY and bool(array.min() >= 0)


def _is_off_center(leaf: Leaf) -> bool:
    array = _array(leaf)
    error = float(array.std()) / np.sqrt(array.size)
    return array.size >= MANY and abs(float(array.mean())) > STANDARD_ERRORS * error


def _has_zeros(leaf: Leaf) -> bool:
    return bool(np.count_nonzero(_array(leaf) == 0) > 1)


def _ends_at(leaf: Leaf, least: int, far: float) -> bool:
    """Return whether no number lies as far from 0 as some normal ones would."""
    array = _array(leaf)
    return array.size >= least and bool(np.abs(array).max() < far * root_mean_square(array))


# What an array shows of itself, however small it is.
_EQUAL: tuple[tuple[str, Callable[[Leaf], bool]], ...] = (
    ("{names} {has} the same number everywhere: units that start alike stay alike.", _is_constant),
    (
        "{names} {has} the same numbers in every row: units that start alike stay alike.",
        _has_equal_lines(0),
    ),
    (
        "{names} {has} the same number in all of a row: its inputs all count alike.",
        _has_equal_lines(1),
    ),
)

_FAULTS: tuple[tuple[str, Callable[[Leaf], bool]], ...] = (
    (
        "{names} {has} a few different numbers only: of normal numbers, hardly two are equal.",
        lambda leaf: is_of_few_numbers(_array(leaf)),
    ),
    (
        "{names} {verb} positive everywhere: normal numbers lie below 0 as often as above.",
        _is_positive,
    ),
    ("{names} {has} entries that are exactly 0: normal numbers hardly ever are.", _has_zeros),
    (
        "{names} {verb} not centered on 0: normal numbers lie below 0 as often as above.",
        _is_off_center,
    ),
    (
        "{names} {has} no large numbers, as if they were uniform or cut off: of normal numbers, a "
        "few are large.",
        lambda leaf: _ends_at(leaf, _FOR_UNIFORM, _FAR),
    ),
    (
        "{names} {has} numbers that are not normal: they are cut off on both sides.",
        lambda leaf: _ends_at(leaf, _FOR_TRUNCATED, _FARTHER),
    ),
    (
        "{names} {has} numbers that are not normal: too many are small, and a few far too large.",
        lambda leaf: more_small(_array(leaf)) > 0,
    ),
)


def _again(first: PublicCase, seen: Observation, drawn: Sequence[Leaf]) -> list[Leaf]:
    keys = repeated_arrays(first, seen)
    return [leaf for leaf in drawn if leaf.case is first and leaf.place[-1] in keys]


def _same_again(seen: Observation) -> str:
    if any(one.what == "earlier call" for one in seen.second.shared):
        return "{names} {verb} handed out again from an earlier call: each call should draw anew."
    return (
        "{names} {verb} the same in every call: look for a random seed that is set inside, or for "
        "numbers that are kept from an earlier call."
    )


def _twins(drawn: Sequence[Leaf], seen: Observation) -> Iterator[str]:
    """Yield a sentence on layers that begin with the same numbers, up to a factor."""
    found = []
    for at, leaf in enumerate(drawn):
        earlier = [one for one in drawn[:at] if one.case is leaf.case]
        if any(begins_alike(_array(leaf), _array(one)) for one in earlier):
            found.append(leaf)
    if not found:
        return
    named = _named(found, drawn)
    if any(one.what == "answer" for outcome in seen.outcomes for one in outcome.shared):
        yield named.says("{names} {has} the numbers of an earlier layer: they share one array.")
    else:
        yield named.says(
            "{names} {verb} drawn from the same numbers as an earlier layer: look for a seed that "
            "is set again."
        )


_NOT_THE_RULE = ", which is not what the rule of this exercise asks for."

# Factors that learners choose, and how near to one of them a factor must be to be taken for it.
_ROUND = (1.4, 1.7, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000)
_NEAR = 0.04
# Of two rules that are nearly the same, so many standard errors tell which it is.
_FEWER_ERRORS = 5.0

# So many sizes have a rule in common by chance.
_BY_CHANCE = 2

# Rules for the standard deviation of weights, by the numbers of inputs and units.
_RULES: tuple[tuple[str, Callable[[float, float], float]], ...] = (
    ("1 / sqrt(inputs)", lambda inputs, units: inputs**-0.5),
    ("sqrt(2 / inputs)", lambda inputs, units: (2 / inputs) ** 0.5),
    ("sqrt(2 / (inputs + units))", lambda inputs, units: (2 / (inputs + units)) ** 0.5),
    ("1 / sqrt(units)", lambda inputs, units: units**-0.5),
    ("sqrt(2 / units)", lambda inputs, units: (2 / units) ** 0.5),
    ("1 / inputs", lambda inputs, units: 1 / inputs),
    ("2 / inputs", lambda inputs, units: 2 / inputs),
    ("2 / (inputs + units)", lambda inputs, units: 2 / (inputs + units)),
    # A factor turned round, and parentheses that are missing.
    ("sqrt(inputs / 2)", lambda inputs, units: (inputs / 2) ** 0.5),
    ("sqrt(2 * inputs)", lambda inputs, units: (2 * inputs) ** 0.5),
    ("sqrt(1 / inputs + 1 / units)", lambda inputs, units: (1 / inputs + 1 / units) ** 0.5),
    ("sqrt(2 / inputs + units)", lambda inputs, units: (2 / inputs + units) ** 0.5),
    ("sqrt(2 / units + inputs)", lambda inputs, units: (2 / units + inputs) ** 0.5),
)


def _sizes(drawn: Sequence[Leaf], among: Sequence[Leaf]) -> Iterator[str]:
    """Yield a sentence on weights that are of another size than they should be."""
    wrong = [leaf for leaf in drawn if len(leaf.shape) == 2 and not _is_of(leaf, 1.0)]
    if not wrong:
        return
    named = subject(wrong, among, lambda leaf: True)
    ratio = _common_ratio(wrong, [leaf.right.standard_deviation for leaf in wrong])
    # Of so many rules, one fits two sizes by chance, where others do not follow it.
    told = len(wrong) > _BY_CHANCE or all(leaf in wrong for leaf in drawn if len(leaf.shape) == 2)
    fitting = [
        text for text, rule in _RULES if told and all(_is_by_rule(leaf, rule) for leaf in wrong)
    ]
    one_size = _common_ratio(wrong, [1.0] * len(wrong))
    fixed = all(leaf.right.standard_deviation == _FIXED for leaf in wrong)
    found = [f"{{names}} {{has}} the standard deviation {text}{_NOT_THE_RULE}" for text in fitting]
    if one_size:
        found.append(
            "{names} {has} one standard deviation for all sizes of a layer" + _NOT_THE_RULE
        )
    if ratio:
        yield named.says(_times(ratio))
    elif fixed and fitting:
        yield named.says(
            "The size of {names} depends on the layer, as in the rules of Xavier and He: a good "
            "idea for a later lab, but the rule here is one fixed factor."
        )
    elif len(found) == 1 and len(wrong) > 1:
        yield named.says(found[0])
    else:
        sizes = {root_mean_square(_array(one)) > one.right.standard_deviation for one in wrong}
        # By a rule of the sizes, layers that grow are off the other way than layers that shrink.
        same_way = len(sizes) == 1 and fixed
        way = {True: "too large", False: "too small"}[sizes.pop()] if same_way else "wrong"
        yield named.says(f"The standard deviation of {{names}} is {way}.")


def _times(ratio: float) -> str:
    """Return how many times numbers are too large or too small: the same words in every draw."""
    size = "large" if ratio > 1 else "small"
    times = max(ratio, 1 / ratio)
    about = [f"{value:g}" for value in _ROUND if abs(times / value - 1) < _NEAR]
    return f"{{names}} {{verb}} {f'about {about[0]} times too' if about else 'too'} {size}."


def _is_by_rule(leaf: Leaf, rule: Callable[[float, float], float]) -> bool:
    units, inputs = leaf.shape
    times = rule(float(inputs), float(units)) / leaf.right.standard_deviation
    return _is_of(leaf, times, _FEWER_ERRORS)


def _is_of(leaf: Leaf, times: float, errors: float = STANDARD_ERRORS) -> bool:
    """Return whether numbers have so many times the standard deviation that they should have."""
    array = _array(leaf)
    ratio = root_mean_square(array) / (times * leaf.right.standard_deviation)
    return bool(abs(ratio - 1) <= errors / np.sqrt(2 * array.size))


def _common_ratio(wrong: Sequence[Leaf], sizes: Sequence[float]) -> float:
    """Return the ratio of the size of all arrays to these sizes, 0 if it is not one for all."""
    counts = np.array([np.size(leaf.got) for leaf in wrong], float)
    ratios = np.array([root_mean_square(_array(leaf)) for leaf in wrong]) / np.array(sizes)
    if not np.all(np.isfinite(ratios)) or np.any(ratios == 0):
        return 0.0
    ratio = float(np.sum(ratios * counts) / np.sum(counts))
    room = _FEWER_ERRORS * (1 / np.sqrt(2 * counts) + 1 / np.sqrt(2 * np.sum(counts)))
    return ratio if np.all(np.abs(ratios / ratio - 1) <= room) else 0.0
