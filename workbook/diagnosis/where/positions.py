"""Dictionaries whose entries are paired by their position, where they belong together by key."""

from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase
from workbook.course.compare import alike
from workbook.diagnosis.observation import Observation, Outcome
from workbook.diagnosis.shapes_told import fit_by_entry, shapes_told
from workbook.diagnosis.where.fits import CLOSE
from workbook.diagnosis.where.leaves import Array, is_number, of_key
from workbook.diagnosis.where.names import titles

Arrays = dict[str, Array]
#: For each key of a dictionary the key of another one with which it is paired.
Pairs = dict[str, str]


def on_positions(
    cases: Sequence[PublicCase], seen: Observation, arguments: Sequence[str]
) -> Iterator[str]:
    """Yield that two dictionaries are paired by position, if that explains every case.

    Parameters
    ----------
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    arguments : sequence of str
        Names of the function's arguments.
    """
    held = [at for at, value in enumerate(cases[0].args) if _is_of_arrays(value)]
    for one, other in permutations(held, 2):
        owns = [_owns(case.args[one], case.args[other]) for case in cases]
        if not all(all(own.values()) for own in owns):
            # Some have no partner at all.
            continue
        for pairing in _PAIRINGS:
            paired = [
                _paired(pairing, case.args[one], case.args[other], own)
                for case, own in zip(cases, owns, strict=True)
            ]
            if None in paired or not any(paired):
                continue
            found = []
            for wrong, case, outcome in zip(paired, cases, seen.outcomes, strict=True):
                explained = _explains(wrong or {}, case.args[one], case.args[other], case, outcome)
                if explained is None:
                    break
                found.append(explained)
            if len(found) < len(cases) or not any(found):
                continue
            case, pair = next((c, p) for c, p in zip(cases, found, strict=True) if p)
            names = arguments[one], arguments[other]
            yield (
                f"The entries of {names[0]} and {names[1]} are paired by their position: "
                f"{titles([case])} `{pair[0]}` meets `{pair[1]}`. The keys of a dictionary may "
                "come in any order, so look up each entry by its key."
            )
            return


def _is_of_arrays(value: Any) -> bool:
    arrays = isinstance(value, dict) and all(isinstance(one, np.ndarray) for one in value.values())
    return bool(arrays and value)


def _own(key: str, other: Arrays) -> str:
    """Return the key of another dictionary that belongs to a key: W1 and dW1 belong together."""
    return next((one for one in (key, f"d{key}", key[1:]) if one in other), "")


def _owns(first: Arrays, second: Arrays) -> Pairs:
    """Return for each key of a dictionary the one of another that belongs to it, or ""."""
    return {key: _own(key, second) for key in first}


def _letters(key: str) -> str:
    return of_key(key)[0]


def _by_letter(first: Arrays, second: Arrays, turned: bool = False) -> Pairs:
    """Return the keys of each letter paired with those of its partners, as they come."""
    pairs: Pairs = {}
    for letters in dict.fromkeys(map(_letters, first)):
        own = [key for key in first if _letters(key) == letters]
        partner = _letters(_own(own[0], second))
        others = [key for key in second if _letters(key) == partner]
        pairs |= dict(zip(own, others[::-1] if turned else others, strict=False))
    return pairs


def _partners(first: Arrays, second: Arrays) -> list[str]:
    """Return the keys of the second dictionary that belong to keys of the first, as they come."""
    belong = {_own(key, second) for key in first}
    return [key for key in second if key in belong]


_PAIRINGS: tuple[Callable[[Arrays, Arrays], Pairs], ...] = (
    lambda first, second: dict(zip(first, second, strict=False)),
    lambda first, second: dict(zip(first, _partners(first, second), strict=False)),
    lambda first, second: dict(zip(first, sorted(second), strict=False)),
    lambda first, second: dict(zip(sorted(first), sorted(second), strict=False)),
    lambda first, second: dict(zip(first, [*second][::-1], strict=False)),
    _by_letter,
    lambda first, second: _by_letter(first, second, turned=True),
)


def _paired(
    pairing: Callable[[Arrays, Arrays], Pairs], first: Arrays, second: Arrays, owns: Pairs
) -> Pairs | None:
    """Return the pairs that do not belong together; None if some entries meet no other."""
    pairs = pairing(first, second)
    return {k: to for k, to in pairs.items() if to != owns[k]} if len(pairs) == len(first) else None


def _explains(
    wrong: Pairs, first: Arrays, second: Arrays, case: PublicCase, outcome: Outcome
) -> tuple[str, str] | tuple[()] | None:
    """Return the first wrong pair; () if there is none, None if they explain nothing."""
    if outcome.raised is not None:
        shapes = shapes_told(outcome.raised.message)[:2]
        for key, to in wrong.items():
            if not fit_by_entry(np.shape(first[key]), np.shape(second[to])):
                meet = [first[key].shape, second[to].shape]
                return (key, to) if shapes in (meet, meet[::-1]) else None
        return None
    steps = {key: _step(second, to, _own(key, second)) for key, to in wrong.items()}
    found = [_follows(*both, steps) for both in _dictionaries(outcome.answer, case.expected)]
    if not found or not all(found):
        return None
    return next(iter(wrong.items()), ())


def _step(second: Arrays, to: str, own: str) -> Array | None:
    """Return by what the entry in the place of another one is too large; None if it never fits."""
    shapes = np.shape(second[to]), np.shape(second[own])
    return second[to] - second[own] if fit_by_entry(*shapes) else None


def _dictionaries(got: Any, right: Any) -> Iterator[tuple[Any, Arrays]]:
    """Yield each dictionary of the right answer, with what the answer has there."""
    if isinstance(right, dict):
        yield got, right
    elif isinstance(right, tuple | list):
        others = got if isinstance(got, tuple | list) and len(got) == len(right) else [None] * 9
        for one, other in zip(others, right, strict=False):
            yield from _dictionaries(one, other)


def _follows(got: Any, right: Arrays, steps: dict[str, Array | None]) -> bool:
    """Return whether every error in a dictionary is the same multiple of its step."""
    if not isinstance(got, dict) or not all(is_number(got.get(key)) for key in right):
        return False
    got = {key: np.asarray(got[key], float) for key in right}
    errors, bases = [np.zeros(0)], [np.zeros(0)]
    for key, value in right.items():
        step = next((steps[one] for one in (key, key[1:], f"d{key}") if one in steps), 0.0)
        if step is None or not fit_by_entry(got[key].shape, np.shape(value)):
            return False
        error = np.asarray(got[key] - value)
        basis = np.broadcast_to(step, error.shape) if _reaches(step, error) else None
        if basis is None:
            return False
        errors.append(error.ravel())
        bases.append(basis.ravel())
    error, basis = np.concatenate(errors), np.concatenate(bases)
    if not basis.any():
        return alike(error, np.zeros_like(error))
    factor = float(error @ basis) / float(basis @ basis)
    largest = float(np.max(np.abs(error)))
    return bool(largest > 0 and np.all(np.abs(error - factor * basis) <= CLOSE * largest))


def _reaches(step: Array | float, error: Array) -> bool:
    return bool(np.broadcast_shapes(np.shape(step), error.shape) == error.shape)
