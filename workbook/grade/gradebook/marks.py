"""Marks of one notebook in the gradebook."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """The marks of one notebook.

    Attributes
    ----------
    scores : mapping of str to (float, float)
        Points earned in each graded cell, and the most points it can earn.
    comments : mapping of str to str or None
        The comment on each cell for an answer.
    penalty : float
        Points deducted because the work was late.
    """

    scores: Mapping[str, tuple[float, float]]
    comments: Mapping[str, str | None]
    penalty: float = 0.0
