"""Marks of one notebook in the gradebook."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


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
    kept : mapping of str to (float, float, float)
        The cells whose mark was given by hand and stays, although the hidden tests now give
        others than before: the points before, now, and by hand.
    """

    scores: Mapping[str, tuple[float, float]]
    comments: Mapping[str, str | None]
    penalty: float = 0.0
    kept: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """A hash of what a student's page shows of them."""
        return digest({cell: score for cell, (score, _) in self.scores.items()},
                      self.comments, self.penalty)  # fmt: skip


def digest(scores: Mapping[str, float], comments: Mapping[str, str | None], penalty: float) -> str:
    """Return a hash of the marks of one notebook, as `Marks` describes them."""
    said = {cell: comment for cell, comment in comments.items() if comment}
    shown = json.dumps([dict(scores), said, penalty], sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def end_of_page(hash: str) -> str:
    """Return what a student's page ends with: the hash of the marks that it shows."""
    return f"<!-- marks {hash} -->\n</html>\n"
