"""The trainings that notebook 0 shows, recorded with the reference solutions.

``python -m tests.record_runs`` writes the record anew, and leaves one alone that says the same: a
last digit that another machine rounds otherwise makes no new file.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.reference import reference
from workbook.figures.plots.training_panels import plane_points
from workbook.figures.sliders import recorded_runs
from workbook.figures.sliders.recorded_runs import EVERY, FILE, RATES, SIDE, STEPS, UNITS, Run, pack
from workbook.learn.flow.datasets import plane_dataset

_POINTS, _SEED_OF_POINTS, _SEED = 100, 1, 4


def run(units, rate):
    """Train a network of the reference's and return what is to be seen of it."""
    X, Y = plane_dataset("circles", _POINTS, _SEED_OF_POINTS)
    np.random.seed(_SEED)
    parameters = reference.initialize_parameters_deep([2, units, 1])
    for key in ("W1", "W2"):
        # He's rule: with weights of 0.01 nothing would be seen to move for hundreds of steps.
        parameters[key] = parameters[key] * 100 * np.sqrt(2 / parameters[key].shape[1])
    costs, answers, right, first, second = [], [], [], [], []
    for step in range(STEPS + 1):
        AL, caches = reference.L_model_forward(X, parameters)
        costs.append(reference.compute_cost(AL, Y))
        if step % EVERY == 0:
            grid, _ = reference.L_model_forward(plane_points(SIDE), parameters)
            answers.append(grid.reshape(SIDE, SIDE))
            right.append(np.mean((AL > 0.5) == (Y == 1)))
            first.append(np.hstack([parameters["W1"], parameters["b1"]]))
            second.append(np.hstack([parameters["W2"], parameters["b2"]]))
        grads = reference.L_model_backward(AL, Y, caches)
        parameters = reference.update_parameters(parameters, grads, rate)
    return Run(units, rate, X, Y, *map(np.array, (costs, answers, right, first, second)))


def record(file):
    """Write all runs into a file."""
    pack({(units, rate): run(units, rate) for units in UNITS for rate in RATES}, file)


def differences(one, other):
    """Return how far two records are apart: the largest difference of each array."""
    with np.load(one) as first, np.load(other) as second:
        if sorted(first.files) != sorted(second.files):
            return {"names": np.inf}
        found = {}
        for name in first.files:
            a, b = (held[name] for held in (first, second))
            if name == "answers":
                a, b = (np.cumsum(x, axis=1, dtype=np.uint8) for x in (a, b))
            same = a.shape == b.shape
            found[name] = np.abs(a.astype(float) - b).max() if same else np.inf
        return found


def main():
    """Write the record, if it says something else than the one that is there."""
    with TemporaryDirectory() as scratch:
        made = Path(scratch) / FILE.name
        record(made)
        if FILE.is_file() and max(differences(made, FILE).values()) <= 1:
            print(f"{FILE.name} is what the reference solutions give; it is left as it is.")
            return
        FILE.write_bytes(made.read_bytes())
    recorded_runs.recorded.cache_clear()
    print(f"{FILE.name} was written: {FILE.stat().st_size:,} bytes.")


if __name__ == "__main__":
    main()
