"""Boxes of the steps of training, for the training cycle and for the story so far."""

from dataclasses import dataclass

from workbook.course.exercises import Exercise, of_step
from workbook.figures.diagrams.colours import BACKWARD, FORWARD, INK
from workbook.figures.diagrams.drawing import Box, Label, Line, Look

#: Height of the row of an exercise, and of the word above the rows.
ROW = 24.0


@dataclass(frozen=True)
class CycleStep:
    """A step of the training: its word, and the left edge and the width of its box."""

    word: str
    x: float
    width: float

    @property
    def colour(self) -> str:
        """Colour of its word and of its box."""
        return {"forward": FORWARD, "backward": BACKWARD}.get(self.word, INK)

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises of the step."""
        return of_step(self.word)

    def box(self, top: float, rows: int, look: Look) -> Box:
        """Return the box, with room for the word and this many rows."""
        return Box(self.x, top, self.width, ROW + rows * ROW + 6, (), look)

    def title(self, box: Box) -> Label:
        """Return the word, at the upper edge of the box."""
        word = Line(self.word, 10.0, bold=True, colour=self.colour)
        return Label(word, box.top[0], box.y + 14)

    def rows(self, box: Box) -> list[tuple[Exercise, str, float]]:
        """Return each exercise, its number and name, and the upper edge of its row."""
        spare = box.height - 6 - ROW - len(self.exercises) * ROW
        first = box.y + ROW + spare / 2
        return [
            (one, f"{one.number} {one.name}", first + i * ROW)
            for i, one in enumerate(self.exercises)
        ]
