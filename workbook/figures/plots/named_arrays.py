"""The arrays inside a value, with their names, shapes, ranges and warnings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.course.words import counted
from workbook.figures.validation import PictureError, real_array

# Deepest nesting, such as caches in caches; it also ends a list that holds itself.
_DEEPEST = 6


@dataclass(frozen=True)
class NamedArray:
    """One array with its name.

    Attributes
    ----------
    name : str
        The learner's name for it, such as ``caches[0][1]``.
    values : ndarray or None
        Its entries as floats; None if it does not hold real numbers.
    what : str
        Its shape in words; or its type, if it is not an array.
    """

    name: str
    values: NDArray[np.float64] | None
    what: str

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
        """One line for each kind of entry that is not finite: how many, and the first index."""
        if self.values is None:
            return ()
        lines = []
        kinds = (("✕ nan", np.isnan), ("▲ inf", np.isposinf), ("▼ -inf", np.isneginf))
        for kind, is_kind in kinds:
            places = np.argwhere(is_kind(self.values))
            if len(places):
                first = places[0].tolist()
                at = f", {'first ' if len(places) > 1 else ''}at {first}" if first else ""
                lines.append(f"{kind}: {counted(len(places), 'entry', 'entries')}{at}")
        return tuple(lines)

    @property
    def words(self) -> str:
        """Name, shape, range and warnings, on one line."""
        parts = (self.what, self.range, *self.warnings)
        return f"{self.name}: {', '.join(part for part in parts if part)}"


def named_arrays(value: Any, name: str) -> list[NamedArray]:
    """Return every array inside a value, with the expression that reaches it as its name.

    Raises
    ------
    PictureError
        If the value holds no numbers.
    """
    if not _holds_arrays(value):
        array = real_array(value, name)
        return [NamedArray(name, array, _shape_text(array))]
    found = list(_arrays_inside(value, name, 0))
    if not any(item.values is not None for item in found):
        raise PictureError(f"{name} holds no array, so there is nothing to draw.")
    return found


def _holds_arrays(value: Any) -> bool:
    """Return whether a value is drawn part by part and not as one array."""
    if isinstance(value, Mapping):
        return True
    return isinstance(value, tuple | list) and any(
        isinstance(one, np.ndarray | Mapping | tuple) for one in value
    )


def _arrays_inside(value: Any, name: str, depth: int) -> Iterator[NamedArray]:
    if depth < _DEEPEST and _holds_arrays(value):
        is_dict = isinstance(value, Mapping)
        for key, one in value.items() if is_dict else enumerate(value):
            # The keys of parameters and gradients are names already.
            own = str(key) if is_dict and not depth else f"{name}[{key!r}]"
            yield from _arrays_inside(one, own, depth + 1)
        return
    try:
        array = real_array(value, name)
    except PictureError:
        what = f"the text {value[:20]!r}" if isinstance(value, str) else type(value).__name__
        yield NamedArray(name, None, f"no array of numbers: {what}")
    else:
        yield NamedArray(name, array, _shape_text(array))


def _shape_text(array: NDArray[np.float64]) -> str:
    """Return the shape of an array in words."""
    if array.ndim == 0:
        return "a single number, shape ()"
    text = f"shape {array.shape}"
    if not array.size:
        return f"{text}, empty"
    if array.ndim == 1:
        return f"{text}: one axis, so neither a row nor a column"
    return text if array.ndim == 2 else f"{text}: {array.ndim} axes, the first slice is drawn"
