"""What an autograder's zip says of itself."""

import json
from dataclasses import asdict, dataclass

from workbook.course.exercises import EXERCISES, NOTEBOOKS, Exercise

#: The file in the zip.
FILE = "settings.json"

#: When students see the outcomes of tests, as Gradescope calls it; the first one is the default.
VISIBILITIES = ("after_due_date", "visible", "after_published", "hidden")


@dataclass(frozen=True)
class Settings:
    """What is graded, and who sees it when.

    Attributes
    ----------
    assignment : str
        The assignment whose notebooks are graded; "" for all.
    visibility : str
        One of `VISIBILITIES`.
    """

    assignment: str = ""
    visibility: str = VISIBILITIES[0]

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """What is graded. A lab counts only if it was handed in."""
        return tuple(one for one in NOTEBOOKS if self.assignment in ("", one.assignment))

    @property
    def points(self) -> float:
        """What can be earned without a bonus."""
        return sum(one.points for one in EXERCISES if one in self.exercises)

    def to_json(self) -> str:
        """Return the text of the file."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Settings":
        """Read the file's text."""
        return cls(**json.loads(text))
