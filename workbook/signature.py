"""What can be said of an array of random numbers, whatever the numbers are.

Two draws of the same distribution have the same signature: each statement is either exact or
leaves room for more than chance will ever use. A signature is plain data, texts by name.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from workbook.cases import PublicCase
from workbook.compare import NormalArray, alike
from workbook.observation import Observation
from workbook.structure import listed

Signature = dict[str, str]

# Room for chance, in standard errors of a statistic: it is exceeded once in 10**14 draws.
_STANDARD_ERRORS = 8.0
# From so many numbers on, chance does not give all of them the same sign.
_MANY = 50
# From so many numbers on, the share within one standard deviation tells normal from uniform.
_VERY_MANY = 2000
_WITHIN_ONE_SIGMA = 0.6827
# How many numbers at the start of two arrays are compared.
_BEGINNING = 20


def signed(answer: Any, expected: dict[str, Any]) -> Any:
    """Return an initialiser's answer with the signature of each array in its place.

    Parameters
    ----------
    answer : object
        What the function returned, or the right answer.
    expected : dict
        The right answer: arrays, and ``NormalArray`` where numbers are random.
    """
    if not isinstance(answer, dict):
        return {"": type(answer).__name__}
    found: dict[str, Signature] = {}
    for key, value in answer.items():
        if isinstance(value, NormalArray):
            found[key] = _of_normal(value)
        elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            found[key] = _of_array(value.astype(float), _inputs(value, expected.get(key)))
            found[key]["begins like"] = _twin(value, key, answer)
        else:
            found[key] = {"kind": type(value).__name__}
    return found


def _inputs(array: np.ndarray[Any, Any], right: Any) -> int:
    shape = getattr(right, "shape", array.shape)
    return int(shape[1]) if len(shape) == 2 else 1


def _of_normal(right: NormalArray) -> Signature:
    size = int(np.prod(right.shape))
    return {
        "shape": str(right.shape),
        "kind": "normal" if size >= _VERY_MANY else "random",
        "scale": f"{right.standard_deviation:g}",
        "begins like": "",
    }


def _of_array(array: np.ndarray[Any, Any], inputs: int) -> Signature:
    kind = _kind(array)
    return {"shape": str(array.shape), "kind": kind, "scale": _scale(array, kind, inputs)}


def _kind(array: np.ndarray[Any, Any]) -> str:
    if not np.isfinite(array).all():
        return "not finite"
    if not array.any():
        return "zeros"
    if array.size == 1:
        return "one number"
    if float(np.ptp(array)) == 0.0:
        return "constant"
    if array.size >= _MANY and array.min() >= 0:
        return "positive"
    if array.size < _VERY_MANY:
        return "random"
    within = float(np.mean(np.abs(array) < _root_mean_square(array)))
    error = np.sqrt(_WITHIN_ONE_SIGMA * (1 - _WITHIN_ONE_SIGMA) / array.size)
    is_normal = abs(within - _WITHIN_ONE_SIGMA) <= _STANDARD_ERRORS * error
    return "normal" if is_normal else "not normal"


def _scale(array: np.ndarray[Any, Any], kind: str, inputs: int) -> str:
    """Return which of the scales that learners use the numbers have."""
    if kind in ("not finite", "zeros", "one number"):
        return ""
    # The upper end of numbers that are uniform from 0 on is twice their mean.
    scale = 2 * float(array.mean()) if kind == "positive" else _root_mean_square(array)
    known = {
        "0.01": 0.01,
        "1": 1.0,
        "1/sqrt(inputs)": 1 / np.sqrt(inputs),
        "sqrt(2/inputs)": np.sqrt(2 / inputs),
    }
    name = min(known, key=lambda name: float(abs(np.log(scale / known[name]))))
    room = _STANDARD_ERRORS / np.sqrt(2 * array.size)
    return name if abs(scale / known[name] - 1) <= room else "other"


def _root_mean_square(array: np.ndarray[Any, Any]) -> float:
    return float(np.sqrt(np.mean(array**2)))


def _twin(array: np.ndarray[Any, Any], key: str, answer: dict[str, Any]) -> str:
    """Return the key of an earlier array that begins with the same numbers, but for a factor."""
    for name, other in answer.items():
        if name == key:
            break
        if isinstance(other, np.ndarray) and other.dtype.kind in "iuf":
            one, two = (a.ravel()[:_BEGINNING].astype(float) for a in (array, other))
            size = min(one.size, two.size)
            one, two = one[:size], two[:size]
            random = size > 1 and all(np.ptp(a) > 0 and a[0] != 0 for a in (one, two))
            if random and alike(one / one[0], two / two[0]):
                return str(name)
    return ""


def faults(cases: Sequence[PublicCase], seen: Observation) -> Iterator[str]:
    """Yield what is wrong with numbers that should be random.

    Parameters
    ----------
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the function did on them.
    """
    found: dict[str, list[str]] = {}
    for case, outcome in zip(cases, seen.outcomes, strict=True):
        marks = {} if outcome.raised else signed(outcome.answer, case.expected)
        again = set(repeated(case, seen)) if outcome is seen.outcomes[0] else set()
        for key, right in case.expected.items():
            if not isinstance(right, NormalArray) or "scale" not in marks.get(key, {}):
                continue
            for fault in _faults(marks[key], key in again):
                names = found.setdefault(fault, [])
                names += [key] if key not in names else []
    for fault, names in found.items():
        yield fault.format(names=listed(names), verb="is" if len(names) == 1 else "are")


def repeated(first: PublicCase, seen: Observation) -> list[str]:
    """Return which arrays of random numbers hold the same ones after a second call."""
    one, other = seen.outcomes[0].answer, seen.second.answer
    if not isinstance(one, dict) or not isinstance(other, dict):
        return []
    weights = [key for key, right in first.expected.items() if isinstance(right, NormalArray)]
    return [key for key in weights if key in one and alike(other.get(key), one[key])]


def _faults(mark: Signature, again: bool) -> Iterator[str]:
    """Yield the sentences that fit one array, with a place for the names."""
    if mark["kind"] in ("zeros", "constant"):
        yield "The same number is everywhere in {names}: units that start alike stay alike."
        return
    if again:
        yield "Every call gives the same {names}: a random seed is set inside the function."
    if mark["begins like"]:
        yield "{names} {verb} drawn from the same numbers as an earlier layer: a seed is set again."
    if mark["kind"] == "positive":
        yield "{names} {verb} positive everywhere: normal numbers lie below 0 as often as above."
    elif mark["kind"] == "not normal":
        yield "{names} {verb} not normal: the numbers come from another distribution."
    if mark["scale"] == "1":
        yield "{names} {verb} 100 times too large."
    elif mark["scale"] in ("1/sqrt(inputs)", "sqrt(2/inputs)"):
        yield (
            "The size of {names} depends on the number of inputs, as in the rules of Xavier and "
            "He: a good idea for a later lab, but the rule here is one fixed factor."
        )
