"""What a judge may ask of a student's process, to rehearse with before there is a student."""

from collections.abc import Iterator

import numpy as np

from workbook.grade.wire import Message

_CELLS = (
    """\
import matplotlib.pyplot as plt
import numpy as np

from workbook import check, hint, relu, sigmoid
from workbook.earlier import linear_forward
""",
    """\
def rehearsed(A_prev, parameters, Y):
    rng = np.random.default_rng(0)
    W1 = np.random.randn(3, 4) * 0.01 + rng.standard_normal((3, 4)) * np.sqrt(2.0 / 4)
    b1 = np.zeros((3, 1))
    Z1 = np.dot(W1, A_prev) + b1
    A1 = np.maximum(0, Z1)
    W2, b2 = parameters["W2"], parameters["b2"]
    Z2, cache = linear_forward(A1, W2, b2)
    A2 = 1 / (1 + np.exp(-Z2))
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    dZ2 = A2 - Y
    dW2 = (1 / m) * dZ2 @ A1.T
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = np.array(dA1, copy=True)
    dZ1[Z1 <= 0] = 0
    gradients = {}
    for layer, gradient in enumerate((dZ1, dZ2), 1):
        gradients["dZ" + str(layer)] = gradient
        gradients[f"A{layer}"] = np.tanh(gradient).astype(float).copy()
    caches = [((A_prev, W1, b1), Z1), (cache, Z2)]
    parameters["W2"] = W2 - 0.1 * dW2
    parameters["b2"] -= 0.1 * db2
    return np.squeeze(cost), gradients, caches
""",
)
# As often as Python runs something before it makes it faster, and twice that.
_TIMES = 16


def rehearsal() -> Iterator[Message]:
    """Yield requests, and between them what the judge replies while one is answered."""
    for number, source in enumerate(_CELLS):
        yield Message("cell", number, {"source": source, "definitions": False})
    yield Message("defined", 2, {"name": "rehearsed"})
    A, W2, b2, Y = np.ones((4, 5)), np.ones((1, 3)), np.zeros((1, 1)), np.ones((1, 5))
    for number in range(3, 3 + _TIMES):
        changes = number % 4 == 0
        args = (A, {"W2": W2, "b2": b2}, Y)
        body = {"name": "rehearsed", "args": args, "kwargs": {}, "changes": changes}
        yield Message("call", number, body)
        yield Message("returned", number, {"value": (np.full((1, 5), 0.5), (A, W2, b2))})
