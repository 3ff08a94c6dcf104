"""The trainings and the step that notebook 0 shows, recorded with the reference solutions.

``python -m tests.record_runs`` writes the records anew, and leaves one alone that says the same: a
last digit that another machine rounds otherwise makes no new file.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.reference import reference
from workbook.figures.plots.training_panels import plane_points
from workbook.figures.sliders import recorded_runs
from workbook.figures.sliders.recorded_runs import (
    EVERY,
    FILE,
    RATES,
    SIDE,
    STEPS,
    UNITS,
    RecordedRun,
    pack_runs,
)
from workbook.learn.flow.datasets import plane_dataset, random_points
from workbook.learn.flow.learner_functions import own_functions
from workbook.learn.flow.moments import recorded_step
from workbook.learn.flow.steps import Setup, train

_POINTS, _SEED_OF_POINTS, _SEED = 100, 1, 4
# The step: its network, and the seed of its weights, with which every layer has units at work.
_LAYERS, _STEP_SEED = (2, 4, 3, 1), 6


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
    return RecordedRun(units, rate, X, Y, *map(np.array, (costs, answers, right, first, second)))


def record(file):
    """Write all runs into a file."""
    pack_runs({(units, rate): run(units, rate) for units in UNITS for rate in RATES}, file)


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


def step():
    """Train one step of the reference's, and return its setup and what was recorded of it."""
    X, Y = random_points(_LAYERS[0], 4, 1)
    np.random.seed(_STEP_SEED)
    parameters = reference.initialize_parameters_deep(list(_LAYERS))
    for key, array in parameters.items():
        # Weights of one digit, and large ones: a reader follows the numbers with a pencil.
        scale = 100 * np.sqrt(2 / array.shape[1]) if key.startswith("W") else 1
        parameters[key] = np.round(array * scale, 1) + 0.0
    setting = Setup(_LAYERS, np.round(X, 1), Y, "", "", 1.0, 1)
    (one,) = train(own_functions(reference=True), setting, parameters).steps
    return setting, one


def record_step(file):
    """Write the step into a file."""
    recorded_step.pack_step(*step(), file)


def differences_of_steps(one, other):
    """Return how far two records of a step are apart: the largest difference of each array."""
    first, second = (json.loads(file.read_text(encoding="utf-8")) for file in (one, other))
    values = [held.pop("values") for held in (first, second)]
    if first != second or sorted(values[0]) != sorted(values[1]):
        return {"names": np.inf}
    a, b = ({name: np.array(held[name]) for name in held} for held in values)
    return {
        name: np.abs(a[name] - b[name]).max() if a[name].shape == b[name].shape else np.inf
        for name in a
    }


def renewed(file, write, apart, most):
    """Write a record, if it says something else than the one that is there."""
    with TemporaryDirectory() as scratch:
        made = Path(scratch) / file.name
        write(made)
        if file.is_file() and max(apart(made, file).values()) <= most:
            print(f"{file.name} is what the reference solutions give; it is left as it is.")
            return
        file.write_bytes(made.read_bytes())
    print(f"{file.name} was written: {file.stat().st_size:,} bytes.")


def main():
    """Write the records."""
    renewed(FILE, record, differences, 1)
    renewed(recorded_step.FILE, record_step, differences_of_steps, 1e-4)
    recorded_runs.recorded.cache_clear()
    recorded_step.recorded_step.cache_clear()


if __name__ == "__main__":
    main()
