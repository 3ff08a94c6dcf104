"""The arrays in a value: what they are called, their shapes and ranges, what is not finite."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.figures.validation import PictureError, counted, real_array

# Caches in caches; a list that holds itself ends here.
_DEEPEST = 6


@dataclass(frozen=True)
class NamedArray:
    """One array that is drawn.

    Attributes
    ----------
    name : str
        What the learner calls it, such as ``caches[0][1]``.
    values : ndarray or None
        Its numbers as floats; None where it holds no real numbers.
    what : str
        Its shape in words, or what it is instead of an array.
    """

    name: str
    values: NDArray[np.float64] | None
    what: str

    @property
    def marks(self) -> tuple[tuple[str, str, NDArray[np.bool_]], ...]:
        """Sign, name and places of what is not finite, each kind that is there."""
        if self.values is None:
            return ()
        kinds = (
            ("✕", "nan", np.isnan(self.values)),
            ("▲", "inf", np.isposinf(self.values)),
            ("▼", "-inf", np.isneginf(self.values)),
        )
        return tuple(kind for kind in kinds if kind[2].any())

    @property
    def range(self) -> str:
        """The smallest and the largest number, in words."""
        if self.values is None or not self.values.size:
            return ""
        finite = self.values[np.isfinite(self.values)]
        if not finite.size:
            return "no finite number in it"
        low, high = float(finite.min()), float(finite.max())
        if self.values.ndim == 0:
            return f"{low:.6g}"
        return f"from {low:.4g} to {high:.4g}" if low < high else f"every number is {low:.4g}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is not finite, and where it is first, a line a kind."""
        lines = []
        for sign, name, places in self.marks:
            first = [int(i) for i in np.argwhere(places)[0]]
            at = f", {'first ' if places.sum() > 1 else ''}at {first}" if first else ""
            lines.append(f"{sign} {name}: {counted(int(places.sum()), 'entry', 'entries')}{at}")
        return tuple(lines)

    @property
    def words(self) -> str:
        """Everything that is to be said of it, on one line."""
        parts = (self.what, self.range, *self.warnings)
        return f"{self.name}: {', '.join(part for part in parts if part)}"


def named_arrays(value: Any, name: str) -> list[NamedArray]:
    """Return every array in a value, one by one, each with the name that reaches it."""
    if not _holds_arrays(value):
        array = real_array(value, name)
        return [NamedArray(name, array, _shape(array))]
    found = list(_inside(value, name, 0))
    if not any(item.values is not None for item in found):
        raise PictureError(f"{name} holds no array: there is nothing in it to draw.")
    return found


def _holds_arrays(value: Any) -> bool:
    """Return whether a value is drawn part by part, not as one array."""
    if isinstance(value, Mapping):
        return True
    return isinstance(value, tuple | list) and any(
        isinstance(one, np.ndarray | Mapping | tuple) for one in value
    )


def _inside(value: Any, name: str, depth: int) -> Iterator[NamedArray]:
    if depth < _DEEPEST and _holds_arrays(value):
        is_dict = isinstance(value, Mapping)
        for key, one in value.items() if is_dict else enumerate(value):
            # The keys of parameters and gradients are names by themselves.
            own = str(key) if is_dict and not depth else f"{name}[{key!r}]"
            yield from _inside(one, own, depth + 1)
        return
    try:
        array = real_array(value, name)
    except PictureError:
        what = f"the text {value[:20]!r}" if isinstance(value, str) else type(value).__name__
        yield NamedArray(name, None, f"no array of numbers: {what}")
    else:
        yield NamedArray(name, array, _shape(array))


def _shape(array: NDArray[np.float64]) -> str:
    """Return what the shape of an array says."""
    if array.ndim == 0:
        return "a single number, shape ()"
    text = f"shape {array.shape}"
    if not array.size:
        return f"{text}, empty"
    if array.ndim == 1:
        return f"{text}: one axis, so neither a row nor a column"
    return text if array.ndim == 2 else f"{text}: {array.ndim} axes, the first slice is drawn"
