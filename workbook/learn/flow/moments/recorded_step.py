"""A training step that was recorded, to be seen before the functions are written.

The reference solutions made it, by ``python -m tests.record_runs``. The file holds no program and
no formula, only the numbers of one step.
"""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from workbook.learn.flow.moments.moment import Moment, Walkthrough
from workbook.learn.flow.moments.one_step import moments_of
from workbook.learn.flow.moments.values import values_of_step
from workbook.learn.flow.moments.walkthrough import notebook_file
from workbook.learn.flow.steps import Setup, TrainingStep

#: The file of the step.
FILE = Path(__file__).with_name("recorded_step.json")
#: Significant digits of its numbers.
DIGITS = 6

_DATA = "4 points of 2 numbers each; the point nearest to the origin has the label 1."
_START = "weights of a size at which the numbers are easy to follow; the biases are 0."


@dataclass(frozen=True)
class Base:
    """A training step with all its numbers, which a function can be shown on.

    Attributes
    ----------
    setting : Setup
        The setup of the step.
    values : mapping of str to array or float
        Its numbers, by name.
    source : str
        Whose numbers these are, for a sentence.
    """

    setting: Setup
    values: dict[str, Any]
    source: str


@cache
def recorded_step() -> Base:
    """Return the recorded step."""
    held = json.loads(FILE.read_text(encoding="utf-8"))
    numbers = held["values"]
    values = {key: np.array(one) if isinstance(one, list) else one for key, one in numbers.items()}
    layers, rate = tuple(held["layers"]), held["learning_rate"]
    setting = Setup(layers, values["A0"], values["Y"], _DATA, _START, rate, 1)
    return Base(setting, values, "recorded numbers")


def pack_step(setting: Setup, step: TrainingStep, file: Path) -> None:
    """Write a step into a file."""
    values = {key: _rounded(one) for key, one in values_of_step(setting, step).items()}
    made = {name for moment in moments_of(len(setting.layers) - 1) for name in moment.makes}
    held = {
        "layers": setting.layers,
        "learning_rate": setting.learning_rate,
        "values": {name: values[name] for name in sorted(made)},
    }
    file.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


def _rounded(numbers: Any) -> Any:
    if isinstance(numbers, np.ndarray):
        return [[_rounded(float(one)) for one in row] for row in numbers]
    return float(f"{numbers:.{DIGITS}g}")


def recorded_walkthrough() -> Walkthrough:
    """Return the moments of the recorded step."""
    base = recorded_step()
    moments = moments_of(len(base.setting.layers) - 1)
    facts = (
        "Functions: these numbers were recorded. You write the functions in the notebooks; then "
        "flow() shows your own.",
        *setting_in_words(base.setting),
    )
    return walkthrough_on(base, facts, tuple(_recorded(one, base) for one in moments))


def _recorded(moment: Moment, base: Base) -> Moment:
    notebook = notebook_file(moment.function)
    note = f"You write {moment.function} in {notebook}."
    return replace(moment, values=base.values, standing="recorded", note=note)


def setting_in_words(setting: Setup) -> tuple[str, ...]:
    """Return sentences on the data, the start and the learning rate."""
    return (f"Data: {setting.data}", f"Start: {setting.start}",
            f"Learning rate: {setting.learning_rate:.4g}.")  # fmt: skip


def walkthrough_on(
    base: Base, facts: tuple[str, ...], moments: tuple[Moment, ...], first: int = 0
) -> Walkthrough:
    """Return the moments of one step as a walkthrough."""
    layers = base.setting.layers
    heading = f"One training step of the network {' -> '.join(map(str, layers))}"
    return Walkthrough(heading, facts, layers, base.setting.learning_rate, moments, first)
