"""Public cases of the visible checks: inputs and right answers, stored as JSON."""

import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from workbook.course.compare import NormalArray
from workbook.course.data_folder import data_folder
from workbook.course.findings import Findings
from workbook.course.given.candidates import CANDIDATES
from workbook.course.given.landscapes import LANDSCAPES

# What a public case can hand to a function that takes a function, by name.
_FUNCTIONS: dict[str, Callable[..., Any]] = {**LANDSCAPES, **CANDIDATES}


@dataclass(frozen=True)
class PublicCase:
    """One input of a visible check, with the right answer.

    Attributes
    ----------
    title : str
        What is special about the input, in a few words.
    args : tuple
        Arguments of the function.
    expected : object
        The right answer: arrays, numbers, or ``NormalArray`` where only a distribution is fixed.
    """

    title: str
    args: tuple[Any, ...]
    expected: Any

    @property
    def is_random(self) -> bool:
        """Whether only a distribution is fixed of a part of the right answer."""
        return holds_random(self.expected)


@dataclass(frozen=True, eq=False)
class CheckData:
    """The data of a function's visible checks; never changed after loading.

    Attributes
    ----------
    arguments : tuple of str
        Names of the function's arguments, in order.
    cases : tuple of PublicCase
        The public cases.
    known : dict
        The known mistakes, for `workbook.diagnosis.known`.
    """

    arguments: tuple[str, ...]
    cases: tuple[PublicCase, ...]
    known: dict[str, Any] = field(default_factory=dict)


def check_data(name: str) -> CheckData:
    """Return the check data of a function by its name."""
    return _read(data_folder() / f"{name}.json")


@lru_cache(maxsize=64)
def _read(path: Path) -> CheckData:
    data = json.loads(path.read_text(encoding="utf-8"))
    cases = tuple(
        PublicCase(case["title"], from_json(case["args"]), from_json(case["expected"]))
        for case in data["cases"]
    )
    return CheckData(tuple(data["arguments"]), cases, data["known"])


def holds_random(value: Any) -> bool:
    """Return whether a right answer holds arrays of which only the distribution is fixed."""
    entries = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | tuple | list):
        return any(map(holds_random, entries))
    return isinstance(value, NormalArray)


def to_json(value: Any) -> Any:
    """Return a value as a tree that JSON can hold, and from which `from_json` restores it.

    Parameters
    ----------
    value : ndarray, NormalArray, Findings, float, int, str, None, function, tuple, list or dict
        The value, nested to any depth. Dictionary keys are strings. A function must be one of
        `workbook.course.given.landscapes` or of `workbook.course.given.candidates`, and is stored
        by its name.

    Returns
    -------
    object
        A tree of dictionaries, lists, strings and numbers; floats keep 10 significant digits.

    Raises
    ------
    TypeError
        If the value holds anything else.
    """
    if isinstance(value, np.ndarray):
        return _array_to_json(value)
    if isinstance(value, NormalArray):
        return {"normal": list(value.shape), "standard_deviation": value.standard_deviation}
    if isinstance(value, Findings):
        return {"findings": bool(value)}
    if isinstance(value, tuple):
        return {"tuple": [to_json(entry) for entry in value]}
    if isinstance(value, list):
        return [to_json(entry) for entry in value]
    if isinstance(value, dict):
        return {"dict": {key: to_json(entry) for key, entry in value.items()}}
    if isinstance(value, float | np.floating):
        number = _rounded(float(value))
        return number if math.isfinite(value) else {"number": number}
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, str) or value is None:
        return value
    for name, function in _FUNCTIONS.items():
        if value is function:
            return {"function": name}
    raise TypeError(f"a public case cannot hold a {type(value).__name__}")


def from_json(value: Any) -> Any:
    """Return the value that `to_json` was given."""
    if isinstance(value, list):
        return [from_json(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return np.array(value["array"], dtype=value["dtype"]).reshape(value["shape"])
    if "number" in value:
        return float(value["number"])
    if "function" in value:
        return _FUNCTIONS[value["function"]]
    if "findings" in value:
        return Findings(value["findings"])
    if "normal" in value:
        return NormalArray(tuple(value["normal"]), value["standard_deviation"])
    if "tuple" in value:
        return tuple(from_json(entry) for entry in value["tuple"])
    return {key: from_json(entry) for key, entry in value["dict"].items()}


def _array_to_json(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    if array.dtype.kind in "bi":
        entries = array.ravel().astype(int).tolist()
        dtype = "bool" if array.dtype.kind == "b" else "int64"
        return {"array": entries, "shape": list(array.shape), "dtype": dtype}
    if array.dtype.kind != "f":
        raise TypeError(f"a public case cannot hold an array of {array.dtype}")
    # The remainder of a sum that cancels differs between machines, so it is stored as 0.
    finite = np.abs(array[np.isfinite(array)])
    largest = float(finite.max()) if finite.size else 0.0
    entries = [0.0 if abs(x) <= 1e-12 * largest else _rounded(x) for x in array.ravel().tolist()]
    return {"array": entries, "shape": list(array.shape), "dtype": "float64"}


def _rounded(number: float) -> float | str:
    """Return a number with 10 significant digits; inf and nan as text, which JSON lacks."""
    if not math.isfinite(number):
        return str(number)
    # Adding 0.0 turns -0.0 into 0.0.
    return float(f"{number:.10g}") + 0.0
