"""What can be said of an array of random numbers, whatever the numbers are.

Two draws of the same distribution have the same signature: each statement is either exact or
leaves room for more than chance will ever use. A signature is plain data, texts by name.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from workbook.course.cases import PublicCase, holds_random
from workbook.course.compare import STANDARD_ERRORS, NormalArray, alike
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.structure import listed

Signature = dict[str, str]

# From so many numbers on, chance does not give all of them the same sign.
_MANY = 50
# From so many numbers on, the share within one standard deviation tells normal from uniform.
_VERY_MANY = 2000
_WITHIN_ONE_SIGMA = 0.6827
# The standard deviation in the first two exercises; later ones have rules that look at the layer.
_FIXED_SCALE = 0.01
# How many numbers at the start of two arrays are compared.
_BEGINNING = 20


def with_signatures(answer: Any, expected: Any) -> Any:
    """Return an answer with the signature of each array in the place of random numbers.

    Parameters
    ----------
    answer : object
        What the function returned, or the right answer.
    expected : dict or tuple
        The right answer: arrays, and ``NormalArray`` where numbers are random; or a tuple in which
        such a dictionary stands beside other values.
    """
    if isinstance(expected, tuple):
        if not isinstance(answer, tuple | list) or len(answer) != len(expected):
            return {"": type(answer).__name__}
        pairs = zip(answer, expected, strict=True)
        return tuple(
            with_signatures(one, right) if holds_random(right) else one for one, right in pairs
        )
    if not isinstance(answer, dict):
        return {"": type(answer).__name__}
    found: dict[str, Any] = {}
    for key, value in answer.items():
        if isinstance(value, NormalArray):
            found[key] = _of_normal(value)
        elif _is_known(expected.get(key)):
            found[key] = value
        elif isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
            found[key] = _of_array(value.astype(float), expected.get(key))
            found[key]["begins like"] = _twin(value, key, answer)
        else:
            found[key] = {"kind": type(value).__name__}
    return found


def _is_known(right: Any) -> bool:
    """Return whether an array has entries that are not random, and tell more than zeros do."""
    return isinstance(right, np.ndarray) and bool(right.any())


def random_part(answer: Any, expected: Any) -> tuple[Any, dict[str, Any]]:
    """Return what should hold random numbers: that part of an answer, and of the right one."""
    if not isinstance(expected, tuple):
        return answer, expected
    at = next(i for i, part in enumerate(expected) if holds_random(part))
    fits = isinstance(answer, tuple | list) and len(answer) == len(expected)
    return (answer[at] if fits else None), expected[at]


def _scales(array: np.ndarray[Any, Any], right: Any) -> dict[str, float]:
    """Return the standard deviations that learners give such an array, the right one first."""
    shape = getattr(right, "shape", array.shape)
    units, inputs = shape if len(shape) == 2 else (1, 1)
    known = {
        "0.01": 0.01,
        "1": 1.0,
        "1/sqrt(inputs)": 1 / np.sqrt(inputs),
        "sqrt(2/inputs)": np.sqrt(2 / inputs),
    }
    if not isinstance(right, NormalArray) or right.standard_deviation == _FIXED_SCALE:
        return known
    sigma = right.standard_deviation
    return (
        {f"{sigma:g}": sigma}
        | known
        | {
            "variance": sigma**2,
            "sqrt(2/units)": np.sqrt(2 / units),
            "sqrt(2/both)": np.sqrt(2 / (inputs + units)),
            "sqrt(1/both)": np.sqrt(1 / (inputs + units)),
        }
    )


def _of_normal(right: NormalArray) -> Signature:
    size = int(np.prod(right.shape))
    return {
        "shape": str(right.shape),
        "kind": "normal" if size >= _VERY_MANY else "random",
        "scale": f"{right.standard_deviation:g}",
        "begins like": "",
    }


def _of_array(array: np.ndarray[Any, Any], right: Any) -> Signature:
    kind = _kind(array)
    scale = _scale(array, kind, _scales(array, right))
    return {"shape": str(array.shape), "kind": kind, "scale": scale}


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
    is_normal = abs(within - _WITHIN_ONE_SIGMA) <= STANDARD_ERRORS * error
    return "normal" if is_normal else "not normal"


def _scale(array: np.ndarray[Any, Any], kind: str, known: dict[str, float]) -> str:
    """Return which of the known scales the numbers have."""
    if kind in ("not finite", "zeros", "one number"):
        return ""
    # The upper end of numbers that are uniform from 0 on is twice their mean.
    scale = 2 * float(array.mean()) if kind == "positive" else _root_mean_square(array)
    name = min(known, key=lambda name: float(abs(np.log(scale / known[name]))))
    room = STANDARD_ERRORS / np.sqrt(2 * array.size)
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


def random_faults(cases: Sequence[PublicCase], seen: Observation) -> Iterator[str]:
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
        part, wanted = random_part(outcome.answer, case.expected)
        marks = {} if outcome.raised else with_signatures(part, wanted)
        again = set(repeated_arrays(case, seen)) if outcome is seen.outcomes[0] else set()
        for key, right in wanted.items():
            if not isinstance(right, NormalArray) or "scale" not in marks.get(key, {}):
                continue
            for fault in _faults(marks[key], key in again, right.standard_deviation):
                names = found.setdefault(fault, [])
                names += [key] if key not in names else []
    for fault, names in found.items():
        yield fault.format(names=listed(names), verb="is" if len(names) == 1 else "are")


def repeated_arrays(first: PublicCase, seen: Observation) -> list[str]:
    """Return which arrays of random numbers hold the same ones after a second call."""
    one, wanted = random_part(seen.outcomes[0].answer, first.expected)
    other, _ = random_part(seen.second.answer, first.expected)
    if not isinstance(one, dict) or not isinstance(other, dict):
        return []
    weights = [key for key, right in wanted.items() if isinstance(right, NormalArray)]
    return [key for key in weights if key in one and alike(other.get(key), one[key])]


def _faults(mark: Signature, again: bool, sigma: float) -> Iterator[str]:
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
    if sigma != _FIXED_SCALE:
        if mark["scale"] not in ("", f"{sigma:g}"):
            yield "The size of {names} is not what the rule of this exercise asks for."
    elif mark["scale"] == "1":
        yield "{names} {verb} 100 times too large."
    elif mark["scale"] in ("1/sqrt(inputs)", "sqrt(2/inputs)"):
        yield (
            "The size of {names} depends on the number of inputs, as in the rules of Xavier and "
            "He: a good idea for a later lab, but the rule here is one fixed factor."
        )
