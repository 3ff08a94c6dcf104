"""A recorded training for a page, which a script plays: the data, and the element that it fills."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from workbook.figures.html import Html, element
from workbook.figures.plots.training_panels import EDGE
from workbook.figures.sliders.recorded_runs import EVERY, RATES, STEPS, UNITS, recorded
from workbook.figures.sliders.training import state

_WEIGHTS, _COSTS = 2, 4


def player(
    units: Sequence[int], rates: Sequence[float], step: int | None = None, starts: bool = False
) -> Html:
    """Return the element in which ``learning.js`` plays trainings.

    Parameters
    ----------
    units, rates : sequence
        Numbers of hidden units and learning rates to choose from; the first ones are shown first.
    step : int, optional
        The step that is shown first.
    starts : bool
        Whether it plays by itself, where the reader has nothing against motion.
    """
    run = recorded()[units[0], rates[0]]
    # What stands here without scripts.
    said = element("p", f"A recorded training. {state(run, STEPS)}")
    return element(
        "div", said, data_units=json.dumps(list(units)), data_rates=json.dumps(list(rates)),
        data_step=step or 0, data_starts=starts, **{"class": "wb-learning"},
    )  # fmt: skip


def training_data(units: Iterable[int] = UNITS, rates: Iterable[float] = RATES) -> str:
    """Return recorded trainings as a script that ``learning.js`` reads.

    The script computes the network's answers from the weights, as the network itself does.
    """
    rates = list(rates)
    pairs = [(one, rate) for one in units for rate in rates]
    run = recorded()[pairs[0]]
    data = {
        "edge": EDGE, "steps": STEPS, "every": EVERY,
        "x": _rounded(run.X.T), "y": [int(one) for one in run.Y.ravel()],
        "runs": [_run(*pair) for pair in pairs],
    }  # fmt: skip
    return f"globalThis.workbookLearning = {json.dumps(data, separators=(',', ':'))};\n"


def _run(units: int, rate: float) -> dict[str, Any]:
    run = recorded()[units, rate]
    return {
        "units": units, "rate": rate, "right": _rounded(run.right),
        "costs": _rounded(run.costs, _COSTS),
        "first": _rounded(run.first), "second": _rounded(run.second[:, 0]),
    }  # fmt: skip


def _rounded(numbers: Any, digits: int = _WEIGHTS) -> Any:
    return numbers.round(digits).tolist()
