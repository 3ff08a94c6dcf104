"""Trainings that were recorded, so that a network can be seen to learn before one is written.

The reference solutions made them, by ``python -m tests.record_runs``. The file holds no program and
no formula: only the points, and for each run the cost at each step and, at every fifth, the
weights and what the network answers on a grid.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from workbook.figures.validation import Array

#: The file of the runs.
FILE = Path(__file__).with_name("recorded_runs.npz")

#: Numbers of hidden units and learning rates; each pair is a run.
UNITS = (1, 2, 3, 8)
RATES = (0.01, 1.0, 10.0)

#: Steps of a run, and steps from one picture to the next.
STEPS, EVERY = 200, 5
#: Points along each side of the grid on which the network answers.
SIDE = 33

# Numbers are kept as whole ones: so many make 1. Where they are rounded, no machine's last digit
# shows, and the file is a tenth of the size.
_SCALES = {"X": 1000, "Y": 1, "costs": 10_000, "answers": 127, "right": 100}
_WEIGHTS = 100
_KINDS = {"answers": np.uint8, "Y": np.uint8, "right": np.uint8}


@dataclass(frozen=True)
class RecordedRun:
    """A recorded training of a network with two inputs, a hidden layer and one output.

    Attributes
    ----------
    units : int
        Number of hidden units.
    rate : float
        Learning rate.
    X, Y : ndarray, shapes (2, m) and (1, m)
        The points and their classes.
    costs : ndarray, shape (STEPS + 1,)
        Cost before each step, and after the last one.
    answers : ndarray, shape (pictures, SIDE, SIDE)
        The network's answers on the grid, in each picture.
    right : ndarray, shape (pictures,)
        Share of the points that the network gets right.
    first, second : ndarray, shapes (pictures, units, 3) and (pictures, 1, units + 1)
        Weights of the hidden and of the output layer, a row for each unit, its bias last.
    """

    units: int
    rate: float
    X: Array
    Y: Array
    costs: Array
    answers: Array
    right: Array
    first: Array
    second: Array


@cache
def recorded() -> dict[tuple[int, float], RecordedRun]:
    """Return the recorded runs by their number of hidden units and their learning rate."""
    with np.load(FILE) as packed:
        held = {name: packed[name] for name in packed.files}
    shared = {name: held[name] / _SCALES[name] for name in ("X", "Y")}
    # Differences from picture to picture are mostly 0, which packs well.
    moved = np.cumsum(held["answers"], axis=1, dtype=np.uint8) / _SCALES["answers"]
    found = {}
    for number, (units, rate) in enumerate((u, r) for u in UNITS for r in RATES):
        found[units, rate] = RecordedRun(
            units, rate, **shared, answers=moved[number],
            costs=held["costs"][number] / _SCALES["costs"],
            right=held["right"][number] / _SCALES["right"],
            first=held[f"first_{number}"] / _WEIGHTS, second=held[f"second_{number}"] / _WEIGHTS,
        )  # fmt: skip
    return found


def pack_runs(runs: dict[tuple[int, float], RecordedRun], file: Path) -> None:
    """Write runs, one for each pair of `UNITS` and `RATES`, into a file."""
    every = [runs[units, rate] for units in UNITS for rate in RATES]
    held: dict[str, Any] = {name: _whole(getattr(every[0], name), name) for name in ("X", "Y")}
    for name in ("costs", "right", "answers"):
        held[name] = np.stack([_whole(getattr(run, name), name) for run in every])
    held["answers"] = np.diff(held["answers"], axis=1, prepend=np.uint8(0))
    for number, run in enumerate(every):
        for name in ("first", "second"):
            scaled = np.rint(getattr(run, name) * _WEIGHTS)
            held[f"{name}_{number}"] = scaled.astype(np.int16)
    np.savez_compressed(file, **held)


def _whole(numbers: Array, name: str) -> Any:
    return np.rint(numbers * _SCALES[name]).astype(_KINDS.get(name, np.int32))
