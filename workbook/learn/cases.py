"""The public cases of the visible checks: inputs and right answers, stored as JSON."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.compare import NormalArray


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


def load(name: str) -> tuple[PublicCase, ...]:
    """Return the public cases of the exercise with this function name."""
    from importlib.resources import files  # slow to import, and only a check needs it

    text = files("workbook.learn").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return tuple(
        PublicCase(case["title"], from_json(case["args"]), from_json(case["expected"]))
        for case in json.loads(text)["cases"]
    )


def to_json(value: Any) -> Any:
    """Return a value as JSON can hold it, tagged so that `from_json` gives the same type back.

    Parameters
    ----------
    value : ndarray, NormalArray, float, int, str, tuple, list or dict
        The value; a tree of these is welcome. Dictionary keys are strings.

    Returns
    -------
    object
        A tree of dictionaries, lists, strings and numbers; floats keep 10 significant digits.
    """
    if isinstance(value, np.ndarray):
        return _array_to_json(value)
    if isinstance(value, NormalArray):
        return {"normal": list(value.shape), "standard_deviation": value.standard_deviation}
    if isinstance(value, tuple):
        return {"tuple": [to_json(entry) for entry in value]}
    if isinstance(value, list):
        return [to_json(entry) for entry in value]
    if isinstance(value, dict):
        return {"dict": {key: to_json(entry) for key, entry in value.items()}}
    if isinstance(value, float | np.floating):
        return _rounded(float(value))
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return value
    raise TypeError(f"a public case cannot hold a {type(value).__name__}")


def from_json(value: Any) -> Any:
    """Return the value that `to_json` was given."""
    if isinstance(value, list):
        return [from_json(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return np.array(value["array"], dtype=value["dtype"]).reshape(value["shape"])
    if "normal" in value:
        return NormalArray(tuple(value["normal"]), value["standard_deviation"])
    if "tuple" in value:
        return tuple(from_json(entry) for entry in value["tuple"])
    return {key: from_json(entry) for key, entry in value["dict"].items()}


def _array_to_json(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    if array.dtype.kind == "i":
        entries = array.ravel().tolist()
        return {"array": entries, "shape": list(array.shape), "dtype": "int64"}
    if array.dtype.kind != "f":
        raise TypeError(f"a public case cannot hold an array of {array.dtype}")
    # What is left of a sum that cancels differs between machines: it is stored as 0.
    largest = float(np.max(np.abs(array))) if array.size else 0.0
    entries = [_rounded(x if abs(x) > 1e-12 * largest else 0.0) for x in array.ravel().tolist()]
    return {"array": entries, "shape": list(array.shape), "dtype": "float64"}


def _rounded(number: float) -> float:
    # Adding 0.0 turns -0.0 into 0.0.
    return float(f"{number:.10g}") + 0.0
