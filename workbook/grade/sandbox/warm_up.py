"""Messages with which a student's process warms up before there is a student."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from workbook.grade.sandbox.wire import Message

_CELLS = (
    """\
import matplotlib.pyplot as plt
import numpy as np

from workbook import check, hint, relu, sigmoid
from workbook.earlier import lent
""",
    """\
def warmed_up(first, named, last):
    generator = np.random.default_rng(0)
    drawn = np.random.randn(3, 4) * 0.5 + generator.standard_normal((3, 4)) / np.sqrt(3.0)
    sums = np.dot(drawn, first) + np.zeros((3, 1))
    kept = np.maximum(sums, 0.25)
    left, right = named["left"], named["right"]
    served, rest = lent(kept, left, right)
    small = 1 / (2 + np.exp(-np.abs(served)))
    count = first.shape[1]
    mean = -np.sum(np.log(small) * last + np.log(1 - small) * (3 - last)) / count
    back = left.T @ (small - last)
    means = np.mean(back, axis=1, keepdims=True)
    marked = np.array(back, copy=True)
    marked[sums < 0.5] = 2
    tables = {}
    for number, table in enumerate((marked, means, small @ kept.T), 1):
        tables["table" + str(number)] = np.tanh(table)
        tables[f"other{number}"] = table.astype(float).copy()
    pairs = [((first, drawn, means), sums), (rest, served)]
    named["left"] = left - 0.125 * small.sum()
    named["right"] -= 0.125 * mean
    return float(mean), tables, pairs
""",
)
# Python fits code to the types that it meets after some runs of it; twice what 3.11 takes, eight.
_TIMES, _TOGETHER = 8, 2


def warm_up_messages() -> Iterator[Message]:
    """Yield requests and, between them, the judge's replies to what the student's process asks."""
    for number, source in enumerate(_CELLS):
        cell: dict[str, Any] = {"source": source, "stub_of": "", "passed_over": [], "seconds": None}
        cell["seed"] = 0
        yield Message("cell", number, cell)
    yield Message("defined", 2, {"name": "warmed_up", "stub": False})
    first, left, right, last = (np.ones(shape) for shape in ((4, 5), (1, 3), (1, 1), (1, 5)))
    for number in range(3, 3 + _TIMES):
        watched = number % 2 == 0
        args = (first, {"left": left, "right": right}, last)
        body = {"name": "warmed_up", "each": [args] * _TOGETHER, "kwargs": {}, "watched": watched}
        body |= {"asserts": True, "functions": [], "generators": [], "beside": []}
        yield Message("call", number, body)
        for _ in range(_TOGETHER):
            # The second part are the arrays that were lent.
            value, same = (last / 2, (None, None, None)), [0, 1, 2]
            yield Message("returned", number, {"value": value, "same": same})
