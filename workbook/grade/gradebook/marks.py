"""What the gradebook holds of one notebook."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """What the gradebook holds of one notebook.

    Attributes
    ----------
    scores : mapping of str to (float, float)
        Points earned in each graded cell, and points that could be.
    comments : mapping of str to str or None
        What is said about each cell for an answer.
    penalty : float
        Points taken away because the work was late.
    """

    scores: Mapping[str, tuple[float, float]]
    comments: Mapping[str, str | None]
    penalty: float = 0.0
