"""Tracks how far the tests of a submission have come, in case the judge dies before their end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from workbook.course.verdicts import Verdict
from workbook.grade.submissions.faults import JudgeLostError

#: Takes the verdicts so far, or None where they are of no more use.
Note = Callable[[tuple[Verdict, ...] | None], None]


@dataclass
class Progress:
    """The verdicts so far, and whether the judge may die of what it has in hand.

    Attributes
    ----------
    note : callable
        Called with the verdicts so far when the student's process sends more than any right answer
        holds, and after each further verdict; with None when the tests are over.
    verdicts : list of Verdict
        Those of the tests that have been run.
    is_large : bool
        Whether the process has sent so much for the function that is being judged.
    """

    note: Note
    verdicts: list[Verdict] = field(default_factory=list)
    is_large: bool = False

    def tell(self, verdict: Verdict) -> None:
        """Note a verdict."""
        self.verdicts.append(verdict)
        if self.is_large:
            self.note(tuple(self.verdicts))

    def large(self) -> None:
        """Note that something large arrives."""
        if not self.is_large:
            self.is_large = True
            self.note(tuple(self.verdicts))

    @contextmanager
    def function(self) -> Iterator[None]:
        """Go on to the tests of another function.

        Raises
        ------
        JudgeLostError
            If there is not enough memory for them here.
        """
        try:
            yield
        except MemoryError as error:
            earned = tuple(self.verdicts) if self.is_large else None
            raise JudgeLostError("the judge has run out of memory", earned) from error
        finally:
            if self.is_large:
                self.is_large = False
                self.note(None)
