"""Marks of one notebook in the gradebook, as a student's page shows them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: nbgrader's comment on a cell for an answer that is as it was released.
NO_RESPONSE = "No response."


def own_words(comment: str, said: Iterable[str]) -> str:
    """Return a comment, or nothing if it only repeats these sentences."""
    known = {NO_RESPONSE, *(" ".join(one.split()) for one in said)}
    return "" if known.issuperset(filter(None, comment.splitlines())) else comment


@dataclass(frozen=True, slots=True)
class CellMark:
    """The mark of one graded cell.

    Attributes
    ----------
    automatic : float or None
        Points that the hidden tests gave, or 0 if nothing was written where a person marks; None if
        the cell was not graded.
    by_hand : float or None
        Points that a person gave in their place, if any.
    extra : float
        Extra credit.
    is_manual : bool
        Whether a person marks it, and no test.
    """

    automatic: float | None
    by_hand: float | None = None
    extra: float = 0.0
    is_manual: bool = False

    @property
    def waits(self) -> bool:
        """Whether there is an answer that nobody has marked yet."""
        return self.is_manual and self.automatic is None and self.by_hand is None and not self.extra

    @property
    def points(self) -> float:
        """Its points; those given by hand take precedence."""
        given = self.automatic if self.by_hand is None else self.by_hand
        return (given or 0.0) + self.extra


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one notebook.

    Attributes
    ----------
    student, name : str
        The student's identifier, and the name, which may be empty.
    cells : mapping of str to CellMark
        The graded cells, by their names.
    comments : mapping of str to str
        The comments on cells for an answer, by their names.
    penalty : float
        Points deducted because the work was late.
    seconds_late : float
        How long after the due date it was handed in; 0 if it was in time.
    assignment : tuple of (float, float) or None
        Points in the whole assignment, late penalties deducted, and the most that there are; None
        while one of its notebooks is not graded.
    waiting, assignment_waiting : float
        Points of the notebook, and of the whole assignment, that are still to be given by a person.
    """

    student: str = ""
    name: str = ""
    cells: Mapping[str, CellMark] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    penalty: float = 0.0
    seconds_late: float = 0.0
    assignment: tuple[float, float] | None = None
    waiting: float = 0.0
    assignment_waiting: float = 0.0

    @property
    def automatic(self) -> float:
        """Points that the hidden tests gave."""
        return sum(cell.automatic or 0.0 for cell in self.cells.values())

    @property
    def extra(self) -> float:
        """Extra credit."""
        return sum(cell.extra for cell in self.cells.values())

    @property
    def points(self) -> float:
        """Points of the notebook; the late penalty is not yet deducted."""
        return sum(cell.points for cell in self.cells.values())

    @property
    def digest(self) -> str:
        """A hash of all marks: a page with another hash is out of date."""
        shown = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(shown.encode()).hexdigest()[:16]


def end_of_page(hash: str) -> str:
    """Return what a student's page ends with: the hash of the marks that it shows."""
    return f"\n<!-- marks {hash} -->\n"


def end_of(page: Path) -> str:
    """Return the last line of a page, which tells the marks that it shows; "" if it has none."""
    try:
        with page.open("rb") as file:
            file.seek(max(0, page.stat().st_size - len(end_of_page("0" * 16))))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""
