"""A card: the outcome of every visible check of one function."""

from dataclasses import dataclass

from workbook.course.compare import Difference
from workbook.course.exercises import Function
from workbook.course.verdicts import Verdict
from workbook.learn.check.display import View

#: After so many checks in a row with the same mistake, a card offers a hint in a sentence.
OFTEN = 3


@dataclass(frozen=True)
class CheckOutcome:
    """The outcome of one check.

    Attributes
    ----------
    part : str
        The part of the answer that was checked, such as ``dW``.
    verdict : Verdict
        The outcome.
    differences : tuple of Difference
        Where the answer differs from the right one.
    case : str
        Title of the public case that the answer was compared on; empty if on all.
    excerpt : str
        The learner's line that raised an exception, with carets below the expression.
    """

    part: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    case: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Card:
    """Every visible check of one function.

    Attributes
    ----------
    function : Function
        The function.
    entries : tuple of CheckOutcome
        Its checks, in order.
    note : str
        Text in place of the checks while there is nothing to check yet.
    picture : str
        Code that draws why shapes do not fit; empty if that is not what is wrong.
    in_a_row : int
        How many checks in a row have ended with this mistake.
    hint : int
        Number of the hint that is for this mistake, to be offered; 0 for none.
    last : str
        What has changed for the learner by this check, in a sentence; mostly empty.
    after : View or None
        What is next, once all checks pass; its rich form is HTML.
    """

    function: Function
    entries: tuple[CheckOutcome, ...]
    note: str = ""
    picture: str = ""
    in_a_row: int = 1
    hint: int = 0
    last: str = ""
    after: View | None = None

    @property
    def failed(self) -> tuple[CheckOutcome, ...]:
        """The entries whose check failed, in order."""
        return tuple(entry for entry in self.entries if not entry.verdict.passed)

    @property
    def diagnosis(self) -> str:
        """What the answer looks like; empty if that is not known."""
        return next((e.verdict.diagnosis for e in self.failed if e.verdict.diagnosis), "")

    @property
    def heading(self) -> str:
        """How many checks pass."""
        total = len(self.entries)
        return f"{self.function.name}: {total - len(self.failed)} of {total} visible checks pass"
