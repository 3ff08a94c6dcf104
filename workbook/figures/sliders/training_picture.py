"""The picture of a recorded training at one step: boundary, network and cost."""

from matplotlib.artist import Artist

from workbook.course.words import counted
from workbook.figures.picture import style
from workbook.figures.plots.training_panels import BoundaryPanel, CostPanel
from workbook.figures.redrawn import Redrawn
from workbook.figures.sliders.network_panel import NetworkPanel
from workbook.figures.sliders.recorded_runs import EVERY, STEPS, RecordedRun

_SIZE = (9.0, 4.1)
# The least height of the cost's axis: a little more than the cost of guessing.
_HEIGHT = 0.75


class TrainingPicture(Redrawn):
    """What a network answers, its weights, and its cost so far."""

    def __init__(self) -> None:
        super().__init__(_SIZE)
        self._run: RecordedRun | None = None
        with style():
            self._plane = BoundaryPanel(self.picture.place_axes(0.5, 0.85, 2.75, 2.75))
            self._network = NetworkPanel(self.picture.place_axes(3.85, 0.85, 2.2, 2.5))
            self._curve = CostPanel(self.picture.place_axes(6.8, 0.85, 2.05, 2.75))

    def draw(self, run: RecordedRun, step: int) -> None:
        """Draw a run as it is after a step, of which there is a picture."""
        at = step // EVERY
        if run is not self._run:
            with style():
                self._plane.set_up(run.X, run.Y)
                self._network.set_up(run.units)
                self._curve.set_up(STEPS, max(_HEIGHT, float(run.costs.max())))
            self.keep_background(self._moving())
            self._run = run
        self._plane.update(run.answers[at], run.right[at])
        self._network.update(run.first[at], run.second[at])
        self._curve.update(run.costs[: step + 1])
        self.redraw(self._moving())
        self.picture.alt = (
            f"After step {step} of {STEPS}. Left, the points of two classes: {run.right[at]:.0%} "
            "lie on the right side of the network's boundary. Middle, the network: 2 inputs, "
            f"{counted(run.units, 'hidden unit')}, 1 output, and a line for each weight. Right, "
            f"the cost: from {run.costs[0]:.3f} to {run.costs[step]:.3f}."
        )

    def _moving(self) -> list[Artist]:
        return [*self._plane.moving(), *self._network.moving(), *self._curve.moving()]
