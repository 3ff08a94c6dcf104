"""Inputs on which a mutant is compared with its reference: those of the tests, varied."""

import contextlib
import copy
import inspect
import itertools
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np

from tests.reference import COURSE
from workbook.course.cases import check_data
from workbook.course.hidden_tests import generator
from workbook.course.scripted import as_function

#: Seeds of the hidden tests, whose inputs are taken.
_SEEDS = range(2)
#: How large numbers may become that may be of any size.
_SIZES = (0.0, 1e-9, 1e-3, 0.1, 1.0, 3.0, 30.0)
#: Layers of a deep network: the number of the last ones has two digits.
_DEEP = 12


def inputs(name: str, number: int) -> Iterator[tuple[Any, ...]]:
    """Yield arguments of a function: as the tests have them, and varied in ways that are valid.

    Where all arguments are functions, there is nothing to vary: those of the tests are all.
    """
    known = _of_the_tests(name)
    if all(map(callable, itertools.chain(*known))):
        number = min(number, len(known))
    rng = np.random.default_rng(0)
    optional, limits = _optional(name), _bounded(name)
    for at in range(number):
        args = known[at % len(known)]
        if at >= len(known):
            args = tuple(
                varied(one, rng, bounded=two) for one, two in zip(args, limits, strict=False)
            )
            # The shapes of a layer, a list of sizes or a cache are not known from one array.
            args = deepened(args, rng) if at % 7 == 0 else args
            args = reordered(args, rng) if at % 3 == 0 else args
            args = in_integers(args) if at % 11 == 0 else args
            args = zeroed(args) if at % 13 == 0 else args
        yield args[: len(args) - at % (optional + 1)] if optional else args


def _bounded(name: str) -> list[bool]:
    """Return of each argument whether its numbers are at most 1, by the docstring."""
    reference = COURSE.reference(name)
    if isinstance(reference, type):
        return [False]
    kinds = types_of_arguments(reference)
    limits = r"between 0 and 1|at most 1|below 1"
    return [
        bool(re.search(limits, kinds.get(one, "")))
        for one in inspect.signature(reference).parameters
    ]


def types_of_arguments(reference: Callable[..., Any]) -> dict[str, str]:
    """Return the type of each argument and result, with what the docstring says of it."""
    doc = inspect.getdoc(reference) or ""
    found: dict[str, str] = {}
    for names, kind in re.findall(r"^(\w[\w, ]*) : (.+(?:\n    .*)*)", doc, re.M):
        for one in names.split(", "):
            found.setdefault(one, kind)
    return found


def _optional(name: str) -> int:
    """Return how many of the last arguments may be left out."""
    reference = COURSE.reference(name)
    if isinstance(reference, type):
        return 0
    parameters = inspect.signature(reference).parameters.values()
    return sum(one.default is not one.empty for one in parameters)


@cache
def _of_the_tests(name: str) -> tuple[tuple[Any, ...], ...]:
    """Return the arguments of the public cases, and those that the hidden tests use."""
    found = [case.args for case in check_data(name).cases]
    reference = as_function(COURSE.reference(name))
    signature = inspect.signature(reference)

    def noted(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        bound.apply_defaults()
        found.append(copy.deepcopy(bound.args))
        return reference(*args, **kwargs)

    for seed in _SEEDS:
        for test in COURSE.hidden_tests(name):
            with contextlib.suppress(Exception):
                test.function(student=noted, rng=generator(seed, test.name))
    return tuple(found)


def _mapped(value: Any, leaf: Callable[[Any], Any]) -> Any:
    """Return a tree with something else in the place of each leaf."""
    if isinstance(value, dict):
        return {key: _mapped(entry, leaf) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_mapped(entry, leaf) for entry in value)
    return leaf(value)


def varied(value: Any, rng: np.random.Generator, bounded: bool = False) -> Any:
    """Return a value of the same kind and shape with other numbers in it."""
    if isinstance(value, float) and not bounded and value > 0:
        return float(rng.choice([value, np.exp(2 * rng.normal()), 0.3, 3.0]))

    def leaf(one: Any) -> Any:
        if isinstance(one, np.ndarray) and one.dtype.kind == "f":
            return _varied_array(one, rng)
        return float(_varied_array(np.array(one), rng)) if isinstance(one, float) else one

    return _mapped(value, leaf)


def _varied_array(array: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return other numbers of the kind: labels, numbers between 0 and 1, positive ones, any."""
    if rng.random() < 0.25:
        return array.copy()
    if array.ndim and np.isin(array, (0, 1)).all():
        return rng.integers(0, 2, array.shape).astype(float)
    if ((array > 0) & (array < 1)).all():
        # Often at the middle, where many conditions have their limit.
        found = rng.uniform(1e-3, 1 - 1e-3, array.shape)
        return np.where(rng.random(array.shape) < 0.1, 0.5, found)
    size = rng.choice(_SIZES)
    if (array > 0).all():
        return np.exp(rng.normal(0, 1, array.shape)) * (size or 1.0)
    found = size * rng.standard_normal(array.shape)
    return np.where(rng.random(array.shape) < 0.1, 0.0, found)


def reordered(value: Any, rng: np.random.Generator) -> Any:
    """Return a value in which the keys of dictionaries stand in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: reordered(value[key], rng) for key in keys}
    if isinstance(value, tuple | list):
        return type(value)(reordered(entry, rng) for entry in value)
    return value


def zeroed(value: Any) -> Any:
    """Return a value in which all arrays are zero, but for those of labels."""

    def leaf(one: Any) -> Any:
        is_array = isinstance(one, np.ndarray) and one.dtype.kind == "f"
        return 0.0 * one if is_array and not ((one >= 0) & (one <= 1)).all() else one

    return _mapped(value, leaf)


def in_integers(value: Any) -> Any:
    """Return a value with integers for labels."""

    def leaf(one: Any) -> Any:
        is_array = isinstance(one, np.ndarray) and one.dtype.kind == "f"
        return one.astype(int) if is_array and np.isin(one, (0, 1)).all() else one

    return _mapped(value, leaf)


def deepened(args: Any, rng: np.random.Generator) -> Any:
    """Return arguments in which each network has many layers, and the same input."""
    first = next((one["W1"] for one in _dictionaries(args) if "W1" in one), None)
    if first is None:
        first = next((one["dW1"] for one in _dictionaries(args) if "dW1" in one), np.ones((1, 2)))
    dims = [first.shape[1], *([2] * (_DEEP - 1)), 1]

    def deep(value: Any) -> Any:
        if isinstance(value, dict) and {"W1", "dW1"} & {*value}:
            return _of_layers(value, dims, rng)
        if isinstance(value, list) and value and all(type(one) is int for one in value):
            return dims
        if isinstance(value, list) and value and all(_is_cache(one) for one in value):
            m = value[0][1].shape[1]
            return [_cache(*sizes, m, rng) for sizes in itertools.pairwise(dims)]
        if isinstance(value, dict):
            return {key: deep(entry) for key, entry in value.items()}
        return type(value)(map(deep, value)) if isinstance(value, tuple | list) else value

    return deep(args)


def _dictionaries(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for entry in value if isinstance(value, tuple | list) else ():
        yield from _dictionaries(entry)


def _of_layers(value: dict[str, Any], dims: list[int], rng: np.random.Generator) -> dict[str, Any]:
    """Return arrays under the same kinds of keys for every layer of other sizes."""
    sign = np.abs if all((array >= 0).all() for array in value.values()) else np.asarray
    found = {}
    prefix = "d" if "dW1" in value else ""
    for l in range(1, len(dims)):
        for letter, shape in (("W", (dims[l], dims[l - 1])), ("b", (dims[l], 1))):
            found[f"{prefix}{letter}{l}"] = sign(rng.standard_normal(shape))
    return found


def _is_cache(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], tuple)


def _cache(n_prev: int, n_l: int, m: int, rng: np.random.Generator) -> Any:
    A, W, b = (rng.standard_normal(shape) for shape in ((n_prev, m), (n_l, n_prev), (n_l, 1)))
    return (A, W, b), W @ A + b
