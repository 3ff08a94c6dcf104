"""The gradient check of lab 12, timed: `python benchmarks/labs.py` prints a Markdown table.

Stacked, all neighbours of a network go through one forward pass; otherwise each number of the
parameters takes two passes of its own.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from grader_tests.support import network_cost, numerical_gradient, random_network  # noqa: E402
from solutions.gradient_check import gradient_check  # noqa: E402
from solutions.gradient_difference import gradient_difference  # noqa: E402
from solutions.L_model_backward import L_model_backward  # noqa: E402

NETWORKS = ((2, 4, 1), (4, 8, 1), (8, 12, 6, 1), (16, 24, 8, 1))
EXAMPLES, RUNS = 20, 7


def one_pass_a_parameter(parameters, grads, X, Y) -> dict[str, float]:
    """Check the gradients with two forward passes for every number of the parameters."""
    found = {}
    for key, array in parameters.items():
        measured = numerical_gradient(
            lambda a, key=key: network_cost(X, Y, {**parameters, key: a}), array
        )
        found[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return found


def milliseconds(call: Callable[[], object]) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        call()
        times.append(1000 * (time.perf_counter() - begin))
    return median(times)


def main() -> None:
    """Print the table."""
    print("| network | numbers | one pass a parameter, ms | stacked, ms | times faster |")
    print("|---|---|---|---|---|")
    for layer_dims in NETWORKS:
        X, Y, parameters, AL, caches = random_network(
            np.random.default_rng(1), layer_dims, EXAMPLES
        )
        case = parameters, L_model_backward(AL, Y, caches), X, Y
        loop = milliseconds(lambda case=case: one_pass_a_parameter(*case))
        stacked = milliseconds(lambda case=case: gradient_check(*case))
        count = sum(array.size for array in parameters.values())
        row = f"| {layer_dims} | {count} | {loop:.1f} | {stacked:.2f} | {loop / stacked:.0f} |"
        print(row)


if __name__ == "__main__":
    main()
