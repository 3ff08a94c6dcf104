"""What a picture costs in a warm kernel: `python benchmarks/pictures.py` prints a table."""

import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

RUNS = 7


class Moved:
    """What `flow` shows after its slider was moved to a moment of the backward pass."""

    def __init__(self, box: Any) -> None:
        box.followed[0].value = 1
        box.followed[0].value = 14
        self._box = box

    def html(self) -> str:
        """Return the HTML that goes to the page."""
        return str(self._box.shown.value)


class Redrawing:
    """A picture that is redrawn at each move, as the page of a slider or of the playground does."""

    def __init__(self, canvas: Any, draw: Callable[[Any], object]) -> None:
        self._canvas, self._draw = canvas, draw

    def again(self) -> Any:
        """Draw it anew, and return it."""
        self._draw(self._canvas)
        return self._canvas


def pictures() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what each picture is of, and a function that makes it."""
    import numpy as np

    import workbook
    from solutions.compute_cost import compute_cost
    from solutions.L_model_forward import L_model_forward
    from tests.trained import first_parameters, moons, train
    from workbook.figures.plots.arrays import draw_arrays
    from workbook.figures.plots.product_drawing import draw_product
    from workbook.figures.plots.product_shapes import check_product
    from workbook.figures.sliders.learning_rate import RatePicture, four_rates
    from workbook.learn.flow.learner_functions import own_functions
    from workbook.learn.flow.moments.recorded_step import recorded_walkthrough
    from workbook.learn.flow.moments.slider import moments_box
    from workbook.learn.playground.canvas import Canvas
    from workbook.learn.playground.choice import NetworkChoice
    from workbook.learn.playground.training import Training

    X, Y = moons(200)
    history, costs, grads = train(first_parameters([2, 8, 4, 1]), X, Y, iterations=300)
    last, moments = history[-1], history[::60]
    network = last, X, L_model_forward
    W, big = np.ones((5, 4)), np.random.default_rng(0).standard_normal((500, 2000))
    shapes = [("W", (5, 4)), ("A", (4, 6)), ("b", (5, 1))]
    cost = compute_cost
    yield "`show`, 5 by 4", lambda: draw_arrays(W, "W1")
    yield "`show`, 500 by 2000", lambda: draw_arrays(big, "X")
    yield "`show`, parameters of three layers", lambda: draw_arrays(last, "parameters")
    yield "`show_product`", lambda: draw_product(check_product(shapes))
    yield "`cost_curve`, 300 costs", lambda: workbook.cost_curve(costs)
    yield (
        "`decision_boundary`, one",
        lambda: workbook.decision_boundary(last, X, Y, L_model_forward),
    )
    yield (
        "`decision_boundary`, six moments",
        lambda: workbook.decision_boundary(moments, X, Y, L_model_forward),
    )
    yield "`activation_histograms`", lambda: workbook.activation_histograms(*network)
    yield "`gradient_histograms`", lambda: workbook.gradient_histograms(grads)
    yield "`weight_changes`, 301 moments", lambda: workbook.weight_changes(history)
    yield "`gradient_descent_bowl`", lambda: workbook.gradient_descent_bowl()
    yield (
        "`cost_surface`, 41 by 41",
        lambda: workbook.cost_surface(history, X, Y, L_model_forward, cost, resolution=41),
    )
    yield (
        "`learning_rate_slider`, one move",
        Redrawing(RatePicture(30), lambda canvas: canvas.draw(0.1)).again,
    )
    yield "slider, the four panels", lambda: four_rates(30)
    box = moments_box(recorded_walkthrough())
    yield "`flow`, one move of the slider", lambda: Moved(box)
    for choice in (NetworkChoice(), NetworkChoice(hidden_layers=4, units=16)):
        training = Training(own_functions(reference=True), choice)
        training.advance(choice, 20, 5.0)
        layers = " -> ".join(map(str, choice.layers))
        yield (
            f"`playground`, a frame of {layers}",
            Redrawing(Canvas(), lambda canvas, it=training: canvas.draw(it, 2000)).again,
        )


def measure(make: Callable[[], Any]) -> tuple[list[float], list[float], int]:
    """Return the seconds to make a picture, those to its HTML as well, and the HTML's size."""
    # The first one also loads fonts and parts of matplotlib: a warm kernel has done so.
    size = len(make().html())
    made, shown = [], []
    for _ in range(RUNS):
        begin = time.perf_counter()
        picture = make()
        made.append(time.perf_counter() - begin)
        picture.html()
        shown.append(time.perf_counter() - begin)
    return made, shown, size


def main() -> None:
    """Measure every picture and print the table."""
    import matplotlib

    versions = f"Python {platform.python_version()}, matplotlib {matplotlib.__version__}"
    print(f"{versions}, {platform.system()}, {os.cpu_count()} processors.")
    print(f"Milliseconds, of {RUNS} runs in a warm kernel.\n")
    print("| picture | drawn, median | in the notebook, median | range | kB |")
    print("|---|---|---|---|---|")
    for what, make in pictures():
        made, shown, size = measure(make)
        low, high = 1000 * min(shown), 1000 * max(shown)
        print(
            f"| {what} | {1000 * median(made):.0f} | {1000 * median(shown):.0f} | "
            f"{low:.0f} to {high:.0f} | {size / 1000:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
