"""Inputs of the hidden tests: designed once, then moved a little by every draw.

No verdict of a test may depend on the draw. So what decides is built into the inputs, from seeds
that never change: pre-activations on both sides of every threshold, large and small, and answers
that an epsilon changes much or not at all. The draw then moves each number, by enough for another
answer and by too little to carry anything across a threshold.
"""

import zlib
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward

#: Numbers that decide, the most important ones first: far beyond where an activation is cut off, on
#: both sides of 0 and close to it, and between the thresholds that learners choose.
DECIDING = (
    12.0, -0.05, 0.05, -12.0, 0.3, -0.3, 0.8, -0.8, 1.5, -1.5, 2.5, -2.5, 4.0, -4.0, 5.5, -5.5,
    7.0, -7.0, 0.2, -0.2, 0.6, -0.6, 3.3, -3.3, 9.0, -9.0,
)  # fmt: skip

#: How far a draw moves a number, relative to it. An answer to the unmoved input is wrong by about
#: as much, far more than a test allows.
MOVE = 0.01

#: The sizes of a network of 12 layers, and its number of examples: keys such as "W10" have two
#: digits, and stand before "W2" where keys are sorted.
DEEP = ((4, 2) * 6 + (1,), 5)

#: More examples than any limit that an answer may have, such as 100 or 1000. No usual number of
#: examples divides it: where a few are repeated, those within a limit have another mean.
MANY = 1103

#: More units, or inputs, than most such limits. Of a wrong product, a square may come back.
WIDTH = 307

#: Sizes (n_prev, n_l, m) of layers with so many inputs, and with so many units.
WIDE = ((WIDTH, 2, 3), (2, WIDTH, 3))

# The logarithms of the odds of a network's answers: AL from 0.22 to 0.78, where 1e-7 in a logarithm
# changes less than a test sees; and, of a network that is sure, from 3e-5 to 1 - 3e-5, where 1e-4
# changes much.
_USUAL = 1.2657
_SURE = 10.4

# An epsilon that changes nothing.
_HARMLESS = 1e-7


def moved(rng, value: Any, by: float = MOVE) -> Any:
    """Return numbers, or a tuple, list or dictionary of them, each moved by up to ``by`` of it.

    A whole number, such as a size, stays as it is.
    """
    if isinstance(value, int):
        return value
    if isinstance(value, dict):
        return {key: moved(rng, one, by) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(moved(rng, one, by) for one in value)
    factor = 1.0 + by * rng.uniform(-1.0, 1.0, np.shape(value))
    return value * factor if np.ndim(value) else float(value * factor)


def steady(case: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that gives what ``case`` draws from a seed of its own, moved by ``rng``."""

    def drawn(rng, *args: Any) -> Any:
        return moved(rng, case(_steady(zlib.crc32(repr(args).encode())), *args))

    return drawn


def normal(rng, *shape: int, which: int = 0) -> np.ndarray:
    """Return standard normal numbers, moved; another ``which`` gives others of the same shape."""
    return moved(rng, _normal(shape, which))


def deciding(rng, *shape: int, which: int = 0) -> np.ndarray:
    """Return the numbers that decide, in some order, as an array of this shape, moved."""
    return moved(rng, _deciding(shape, which))


def layer(rng, n_prev: int, n_l: int, m: int, which: int = 0):
    """Return A_prev (n_prev, m), W (n_l, n_prev) and b (n_l, 1) whose W A_prev + b decides.

    Every draw gives it the same signs; its entries are moved by at most `MOVE`.
    """
    A_prev, W, b = _layer(n_prev, n_l, m, which)
    inputs, units = _factors(rng, n_prev, 0.2), _factors(rng, n_l)
    return inputs.T * A_prev, units.T * W / inputs, units.T * b


def network(rng, layer_dims: Sequence[int], m: int, sure: bool = False):
    """Return X, Y, parameters, AL and caches of a network after a real forward pass.

    In each hidden layer, pre-activations lie on both sides of 0, near to it and far from it, and no
    layer is silent for every example. Every draw gives them the same signs. No gradient is near 0.

    Parameters
    ----------
    rng : numpy.random.Generator
        Moves all numbers but the labels.
    layer_dims : sequence of int
        The sizes, of which the last one is 1.
    m : int
        Number of examples. If it is `MANY`, eight are there again and again.
    sure : bool, optional
        Whether the answers go from 3e-5 to 1 - 3e-5, right ones and wrong ones; else they go from
        0.22 to 0.78.
    """
    # Among so many different ones, something would always lie near a threshold.
    examples = np.arange(m) % (8 if m == MANY else m)
    X, Y, parameters = _network(tuple(layer_dims), int(examples.max()) + 1, sure)
    X, parameters = rescaled(rng, X, parameters)
    X = X[:, examples]
    AL, caches = L_model_forward(X, parameters)
    return X, Y[:, examples], parameters, AL, caches


def rescaled(rng, X: np.ndarray, parameters: dict[str, np.ndarray]):
    """Return X and the parameters of a network, moved so that every pre-activation keeps its sign.

    Each of a hidden layer is moved by at most `MOVE` of it, whatever it is the sum of.
    """
    # ReLU of twice the number is twice ReLU of it: a unit whose weights and bias grow by a factor
    # does the same as before if the weights that follow shrink by it.
    before = _factors(rng, len(X), 0.2)
    X, changed, L = before.T * X, {}, len(parameters) // 2
    for l in range(1, L + 1):
        units = _factors(rng, len(parameters[f"b{l}"]))
        changed[f"W{l}"] = units.T * parameters[f"W{l}"] / before
        changed[f"b{l}"] = units.T * parameters[f"b{l}"]
        before = units
    # The output has no kink, so that each of its weights may move by itself.
    changed[f"W{L}"] = moved(rng, changed[f"W{L}"], MOVE / 4)
    return X, changed


def whole_layer(rng, n_prev: int, n_l: int, m: int):
    """Return a layer whose inputs are whole numbers, such as those of a picture.

    Its W A_prev + b holds about ten times the numbers that decide, and the weights of the first
    input are large. Every draw has the same inputs, and moves weights and biases as `layer` does.
    """
    A_prev, W, b = _layer(n_prev, n_l, m, 0)
    units = _factors(rng, n_l)
    scale = np.where(np.arange(n_prev) == 0, 20.0, 0.1)
    return whole(A_prev / scale[:, None] / 10), units.T * W * scale, 10 * units.T * b


def small_layer(rng, n_prev: int, n_l: int, m: int):
    """Return a layer whose inputs and biases, and so W A_prev + b, are a thousandth of the usual.

    There, what is small beside usual numbers is all there is.
    """
    A_prev, W, b = layer(rng, n_prev, n_l, m)
    return A_prev / 1000, W, b / 1000


def whole(array: np.ndarray) -> np.ndarray:
    """Return whole numbers near to a hundred times those of an array.

    They are floats: nothing promises integers but for labels, and an answer may ask for floats.
    """
    return np.rint(100 * array)


def stretched(X: np.ndarray, parameters: dict[str, np.ndarray], by: float):
    """Return X and the parameters of a network whose hidden layers hold ``by`` times as much.

    Its answers stay as they are: the last layer's weights shrink by as much. By 100, activations
    and dW are as large as where somebody may cut them off; by 0.01, the dA are.
    """
    L, changed = len(parameters) // 2, dict(parameters)
    for l in range(1, L):
        changed[f"b{l}"] = by * changed[f"b{l}"]
    changed[f"W{L}"] = changed[f"W{L}"] / by
    return by * X, changed


def grads_like(rng, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return a gradient for each parameter, none of it near zero, one large, and each dA beside.

    From the last layer on, as `L_model_backward` finds them.
    """
    return moved(rng, _grads_like(tuple((key, value.shape) for key, value in params.items())))


def answers(rng, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Return answers AL between 0.24 and 0.76, and labels Y, of both kinds if there are several."""
    AL, Y = _answers(m)
    return moved(rng, AL), Y.copy()


def sure_answers(rng) -> tuple[np.ndarray, np.ndarray]:
    """Return answers AL that are sure, 3e-5 or 1 - 3e-5, and labels Y by which all are wrong."""
    Y = np.array([[1.0, 0.0, 1.0, 0.0]])
    error = moved(rng, np.array([[2e-5, 3e-5, 4e-5, 2e-5]]))
    return np.abs(1 - Y - error), Y


def wrong_answers() -> tuple[np.ndarray, np.ndarray]:
    """Return answers AL and labels Y for a visible check: all are wrong, two of them by 1 - 9e-5.

    There, 1e-4 in a logarithm shows; and so large are the other costs that 1e-7 does not.
    """
    AL = np.array([[9e-5, *np.resize([0.002, 0.003, 0.004], 9)]])
    return np.hstack([AL, 1 - AL]), np.repeat([[1.0, 0.0]], 10, axis=1)


def _steady(*words: int) -> np.random.Generator:
    """Return a generator that gives the same numbers in every draw."""
    return np.random.default_rng([2, *words])


def _factors(rng, n: int, by: float = MOVE) -> np.ndarray:
    """Return a row of n factors near 1."""
    return 1.0 + by * rng.uniform(-1.0, 1.0, (1, n))


@cache
def _normal(shape: tuple[int, ...], which: int) -> np.ndarray:
    return _steady(*shape, which).standard_normal(shape)


@cache
def _deciding(shape: tuple[int, ...], which: int) -> np.ndarray:
    size = int(np.prod(shape))
    numbers = np.resize(DECIDING, size)
    return _steady(*shape, which).permutation(numbers).reshape(shape)


@cache
def _layer(n_prev: int, n_l: int, m: int, which: int):
    steady = _steady(n_prev, n_l, m, which)
    A_prev = steady.standard_normal((n_prev, m))
    W, b = steady.standard_normal((n_l, n_prev)), steady.standard_normal((n_l, 1))
    return _decided(steady, A_prev, W, b)


def _decided(steady, A_prev, W, b):
    """Return inputs and biases, changed so that W A_prev + b holds the numbers that decide.

    All of its entries, where the inputs have room for that; else one of each unit.
    """
    n_l, m = W.shape[0], A_prev.shape[1]
    if W.shape[1] >= n_l:
        wanted = _deciding((n_l, m), 0)
        return A_prev + np.linalg.pinv(W) @ (wanted - W @ A_prev - b), W, b
    return A_prev, W, _one_of_each(steady, A_prev, W)


def _one_of_each(steady, A_prev, W):
    """Return biases with which each unit has a number that decides, the first ones first."""
    Z = W @ A_prev
    examples = steady.integers(0, A_prev.shape[1], len(W))
    numbers = np.resize(DECIDING, len(W))
    return np.array([[x - Z[i, k]] for i, (x, k) in enumerate(zip(numbers, examples, strict=True))])


@cache
def _network(layer_dims: tuple[int, ...], m: int, sure: bool):
    """Return X, Y and parameters as `network` describes them, not moved."""
    for attempt in range(2000):
        steady = _steady(*layer_dims, m, sure, attempt)
        X, Y, parameters = _candidate(steady, layer_dims, m, _SURE if sure else _USUAL)
        AL, caches = L_model_forward(X, parameters)
        hidden = [Z for _, Z in caches[:-1]]
        if m > 1 and Y.min() == Y.max():
            continue
        if all(_decides(Z) for Z in hidden) and _responds(AL, Y, caches, sure):
            return X, Y, parameters
    raise ValueError(f"no network of {layer_dims} was found for {m} examples")


def _candidate(steady, layer_dims, m, reach):
    """Return X, Y and parameters of a network whose answers have log-odds up to ``reach``."""
    L = len(layer_dims) - 1
    A = X = steady.standard_normal((layer_dims[0], m))
    Y = steady.integers(0, 2, (1, m)).astype(float)
    parameters = {}
    for l, (n_prev, n) in enumerate(pairwise(layer_dims), 1):
        W, b = steady.standard_normal((n, n_prev)), 0.3 * steady.standard_normal((n, 1))
        if l == L:
            Z = W @ A
            # The lowest and the highest answer are as far from 0.5, one alone lies below it.
            scale = 2 * reach / np.ptp(Z) if m > 1 else 1.0
            W = scale * W
            b = np.array([[-scale * (Z.max() + Z.min()) / 2 if m > 1 else -0.6 - Z[0, 0]]])
        elif l == 1:
            A, W, b = _decided(steady, A, W, b)
            X = A
        else:
            W = W * 12.0 / max(float(np.abs(W @ A).max()), 1e-3)
            b = _one_of_each(steady, A, W)
        parameters[f"W{l}"], parameters[f"b{l}"] = W, b
        A = np.maximum(W @ A + b, 0.0)
    return X, Y, parameters


def _decides(Z: np.ndarray) -> bool:
    """Return whether a hidden layer's pre-activations decide as `network` says."""
    near_zero = float(np.abs(Z).min())
    both = Z.size == 1 or float(Z.min()) < 0.0
    return near_zero > 0.04 and both and 10.5 < float(Z.max()) < 40.0


def _responds(AL, Y, caches, sure: bool) -> bool:
    """Return whether no gradient is near 0, nor changed by an epsilon that changes nothing."""
    grads = L_model_backward(AL, Y, caches)
    largest = {key: float(np.abs(value).max()) for key, value in grads.items()}
    # Written so that nan is refused, too.
    if not min(largest.values()) >= 0.02:
        return False
    # No dA is about as large as where somebody may cut it off.
    inner = np.concatenate([np.abs(grads[f"dA{l}"]).ravel() for l in range(1, len(caches))] or [[]])
    if any(np.any(np.abs(inner / edge - 1) < 4 * MOVE) for edge in (0.5, 1.0, 2.0, 5.0)):
        return False
    wrong = (np.abs(AL - Y) > 0.5) & (Y == 1), (np.abs(AL - Y) > 0.5) & (Y == 0)
    if sure:
        return all(bool((one & (np.abs(AL - Y) > 0.9999)).any()) for one in wrong)
    nudged = L_model_backward(np.where(Y == 1, AL + _HARMLESS, AL - _HARMLESS), Y, caches)
    return all(float(np.abs(nudged[k] - grads[k]).max()) < 5e-7 * largest[k] for k in grads)


@cache
def _grads_like(shapes: tuple[tuple[str, tuple[int, ...]], ...]) -> dict[str, np.ndarray]:
    """Return gradients as `grads_like` describes them, not moved."""
    grads = {}
    for number, (key, shape) in reversed(list(enumerate(shapes))):
        steady = _steady(*shape, number)
        grads[f"d{key}"] = steady.choice([-1.0, 1.0], shape) * steady.uniform(0.5, 2.0, shape)
        grads[f"d{key}"].flat[0] *= 400.0
        if key.startswith("W"):
            grads[f"dA{int(key[1:]) - 1}"] = steady.standard_normal((shape[1], 6))
    return grads


@cache
def _answers(m: int) -> tuple[np.ndarray, np.ndarray]:
    steady = _steady(m)
    AL = steady.uniform(0.24, 0.76, (1, m))
    # Both labels, if there are several examples.
    return AL, steady.permutation(np.arange(m) % 2).astype(float).reshape(1, m)
