"""What the frameworks find for one network and some numbers, kept for machines without them.

``python -m tests.record_frameworks`` writes the record anew, where all three are installed.
"""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from grader_tests.support import random_network
from workbook import framework
from workbook.build.lessons import read_lesson
from workbook.course.exercises import find
from workbook.course.folder import Course

COURSE = Course(Path(__file__).parents[1])
PATH = Path(__file__).with_name("recorded_frameworks.json")

#: The frameworks, by their names in Python.
NAMES = {"torch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}

#: Expressions of a and b, and where.
EXPRESSIONS = [
    "(a * 2) ** 2",
    "a * b + a",
    "(a * b + b ** 3).relu() * a",
    "(a * a + a) * (a * a) * b",
    "1 - 3 * a / b",
    "(a - b).relu() + (b - a).relu() ** 2",
]
NUMBERS = [(1.5, -0.5), (-0.75, 1.25), (2.0, 3.0)]


def network(seed=16):
    """Return X, Y and the parameters of a network with two hidden layers."""
    return random_network(np.random.default_rng(seed), (3, 5, 4, 1), 7)[:3]


def by_the_lesson(name, X, Y, parameters):
    """Return the gradients that the lesson's cell finds with this framework; None without it."""
    lesson = read_lesson(COURSE.lesson(find("meet_the_frameworks")))
    (cell,) = [cell for cell in lesson.cells if f'framework("{name}")' in cell.source]
    given = {"batch_X": X, "batch_Y": Y, "net": SimpleNamespace(parameters=parameters)}
    space = {"np": np, "framework": framework, "found": {}, **given}
    exec(compile(cell.source, f"the lesson's cell of {name}", "exec"), space)
    return space["found"].get(NAMES[name])


def slopes_by_pytorch(torch, expression, numbers):
    """Return what PyTorch finds for an expression: its value, and its slopes."""
    a, b = (torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in numbers)
    result = eval(expression, {"a": a, "b": b})
    result.backward()
    return [result.item(), a.grad.item(), 0.0 if b.grad is None else b.grad.item()]


def record():
    """Return the record."""
    X, Y, parameters = network()
    found = {}
    for name, title in NAMES.items():
        grads = by_the_lesson(name, X, Y, parameters)
        version = framework(name).__version__
        grads = {key: grad.tolist() for key, grad in grads.items()}
        found[title] = {"version": version, "gradients": grads}
    torch = framework("torch")
    slopes = {e: [slopes_by_pytorch(torch, e, at) for at in NUMBERS] for e in EXPRESSIONS}
    arrays = {"X": X, "Y": Y, **parameters}
    return {
        "network": {key: array.tolist() for key, array in arrays.items()},
        "found": found,
        "slopes": slopes,
    }


if __name__ == "__main__":
    PATH.write_text(json.dumps(record(), indent=1) + "\n", encoding="utf-8")
