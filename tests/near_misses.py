"""Answers that are wrong in a few places of their domain only, and right ones that look like them.

Whether a test meets such a place must not depend on the draw. The answers are made from the
reference: one of the functions that it calls, or a number in it, is another.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any

import numpy as np

from tests.reference import COURSE
from workbook import relu_backward, sigmoid, sigmoid_backward

Answer = tuple[str, Callable[..., Any]]

#: Small numbers in a logarithm that cost nothing, and others that do.
HARMLESS = (1e-12, 1e-8, 1e-7)
HARMFUL = (1e-4, 1e-3, 1e-2, 0.05)
#: What somebody may take for zero where it is compared with that.
SMALL = (0.01, 0.001)
#: So many examples, or so many columns, are treated as they should be.
LIMITS = (100, 1000)


@cache
def _code(name: str) -> Any:
    return compile(COURSE.solution(name).read_text(encoding="utf-8"), name, "exec")


def with_other(name: str, **others: Any) -> Callable[..., Any]:
    """Return the reference of this name, calling other functions in place of some."""
    namespace: dict[str, Any] = {"__name__": name}
    exec(_code(name), namespace)
    namespace.update(others)
    return namespace[name]


def with_text(name: str, old: str, new: str) -> Callable[..., Any]:
    """Return the reference of this name with another text in one place of its code."""
    text = COURSE.solution(name).read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {name}"
    namespace: dict[str, Any] = {"__name__": name}
    exec(text.replace(old, new), namespace)
    return namespace[name]


# Logarithms


def cost_of(p1: Callable[[Any], Any], p0: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return a cost that takes the logarithms of ``p1(AL)`` and ``p0(AL)``."""

    def compute_cost(AL: Any, Y: Any) -> float:
        return float(-np.mean(Y * np.log(p1(AL)) + (1 - Y) * np.log(p0(AL))))

    return compute_cost


def costs() -> Iterator[Answer]:
    for eps in (*HARMLESS, *HARMFUL):
        yield f"log(AL + {eps})", cost_of(lambda p, e=eps: p + e, lambda p, e=eps: 1 - p + e)
        clip = partial(np.clip, a_min=eps, a_max=1 - eps)
        yield f"AL clipped by {eps}", cost_of(clip, lambda p, c=clip: 1 - c(p))
    for eps in HARMFUL:
        yield f"log(AL + {eps}), label 1", cost_of(lambda p, e=eps: p + e, lambda p: 1 - p)
        clip = partial(np.clip, a_min=eps, a_max=1 - eps)
        yield f"AL clipped by {eps}, label 0", cost_of(lambda p: p, lambda p, c=clip: 1 - c(p))
        yield f"AL clipped by {eps}, label 1", cost_of(clip, lambda p: 1 - p)
    yield "maximum(AL, 0.02)", cost_of(lambda p: np.maximum(p, 0.02), lambda p: 1 - p)
    reference = COURSE.reference("compute_cost")
    for most in (1, 2, 3, 5):
        yield f"loss at most {most}", lambda AL, Y, most=most: float(np.mean(np.minimum(
            -np.log(np.where(Y == 1, AL, 1 - AL)), most)))  # fmt: skip
    yield "rounded to 3 decimals", lambda AL, Y: round(reference(AL, Y), 3)


def backwards() -> Iterator[Answer]:
    reference = COURSE.reference("L_model_backward")

    def clipped(eps: float, AL: Any, Y: Any, caches: Any) -> Any:
        return reference(np.clip(AL, eps, 1 - eps), Y, caches)

    def shifted(eps: float, AL: Any, Y: Any, caches: Any) -> Any:
        return reference(np.where(Y == 1, AL + eps, AL - eps), Y, caches)

    def sure(edge: float, AL: Any, Y: Any, caches: Any) -> Any:
        return reference(np.where(1 - edge < AL, 1 - edge, AL), Y, caches)

    for eps in (*HARMLESS, *HARMFUL, 0.1):
        yield f"AL clipped by {eps}", partial(clipped, eps)
        yield f"{eps} in the denominators", partial(shifted, eps)
    for edge in (0.1, 0.05, 0.01):
        yield f"AL at most 1 - {edge}", partial(sure, edge)


# Activations


def capped(most: float, Z: Any) -> Any:
    return np.clip(Z, 0, most), Z


def leaky(slope: float, Z: Any) -> Any:
    return np.where(Z > 0, Z, slope * Z), Z


def from_threshold(least: float, Z: Any) -> Any:
    return np.where(least < Z, Z, 0.0), Z


def shut_sigmoid(most: float, Z: Any) -> Any:
    return sigmoid(np.clip(Z, -most, most))[0], Z


def hard_sigmoid(Z: Any) -> Any:
    return np.clip(0.25 * Z + 0.5, 0, 1), Z


def activations() -> Iterator[tuple[str, dict[str, Any]]]:
    for most in (0.5, 1, 2, 3, 5, 6, 10):
        yield f"ReLU capped at {most}", {"relu": partial(capped, most)}
    for slope in (0.01, 0.1, 1e-3):
        yield f"leaky ReLU, {slope}", {"relu": partial(leaky, slope)}
    for least in (1.0, 0.5, 0.1, *SMALL, -0.1, -0.5, -1.0):
        yield f"ReLU from {least}", {"relu": partial(from_threshold, least)}
    yield "softplus", {"relu": lambda Z: (np.logaddexp(0, Z), Z)}
    yield "absolute value", {"relu": lambda Z: (np.abs(Z), Z)}
    for most in (1, 2, 3, 5, 10, 500):
        yield f"sigmoid of Z clipped at {most}", {"sigmoid": partial(shut_sigmoid, most)}
    yield "hard sigmoid", {"sigmoid": hard_sigmoid}
    yield "tanh", {"sigmoid": lambda Z: (np.tanh(Z), Z)}


def slopes() -> Iterator[tuple[str, dict[str, Any]]]:
    def threshold(least: float, dA: Any, Z: Any) -> Any:
        return dA * (least < Z)

    def below(most: float, dA: Any, Z: Any) -> Any:
        return relu_backward(dA, Z) * (most > Z)

    def leaking(slope: float, dA: Any, Z: Any) -> Any:
        return dA * np.where(Z > 0, 1, slope)

    def clipped(most: float, backward: Any, dA: Any, Z: Any) -> Any:
        return backward(np.clip(dA, -most, most), Z)

    for least in (1.0, 0.5, 0.1, *SMALL, -0.1, -0.5, -1.0):
        yield f"ReLU's slope from {least}", {"relu_backward": partial(threshold, least)}
    for most in (0.5, 1, 6, 10):
        yield f"ReLU's slope up to {most}", {"relu_backward": partial(below, most)}
    for slope in (0.01, 0.1):
        yield f"leaky slope {slope}", {"relu_backward": partial(leaking, slope)}
    for most in (0.5, 1, 5, 10):
        yield (
            f"dA clipped at {most}, ReLU",
            {"relu_backward": partial(clipped, most, relu_backward)},
        )
        with_sigmoid = partial(clipped, most, sigmoid_backward)
        yield f"dA clipped at {most}, sigmoid", {"sigmoid_backward": with_sigmoid}
    for most in (2, 5, 10):
        yield (
            f"sigmoid's slope at Z clipped at {most}",
            {"sigmoid_backward": lambda dA, Z, m=most: sigmoid_backward(dA, np.clip(Z, -m, m))},
        )


def in_layers(name: str, layer: str, kinds: Iterator[tuple[str, dict[str, Any]]]):
    for title, others in kinds:
        yield title, with_other(name, **{layer: with_other(layer, **others)})


def limited(name: str) -> Iterator[Answer]:
    """Yield answers that go wrong after some examples, the columns of the first argument."""
    reference = COURSE.reference(name)

    def up_to(limit: int, first: Any, *rest: Any) -> Any:
        first = first.copy()
        first[:, limit:] = 0.5
        return reference(first, *rest)

    for limit in LIMITS:
        yield f"examples up to {limit}", partial(up_to, limit)


def small_is_zero(value: Any, least: float) -> Any:
    """Return an array, or a tuple or dictionary of them, with 0 for what is nearer to 0."""
    if isinstance(value, dict):
        return {key: small_is_zero(one, least) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(small_is_zero(one, least) for one in value)
    return np.where(np.abs(value) < least, 0.0, value)


# Initialisers


def layers(draw: Callable[..., Any], layer_dims: Any) -> dict[str, Any]:
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = draw(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


def one_layer_more(draw: Callable[..., Any], n_x: int, n_h: int, n_y: int) -> dict[str, Any]:
    return layers(draw, [n_x, n_h, n_y])


def _truncated(n: int, p: int) -> Any:
    """Return normal numbers, each drawn again until it is between -2 and 2."""
    numbers = np.random.randn(2 * n * p + 50)
    return numbers[np.abs(numbers) < 2][: n * p].reshape(n, p)


def _without(line: int, n: int, p: int) -> Any:
    """Return normal numbers of which the first or the last row, or column, is zero."""
    numbers = np.random.randn(n, p)
    numbers[(np.s_[0], np.s_[-1], np.s_[:, 0], np.s_[:, -1])[line]] = 0
    return numbers


def _half_again(n: int, p: int) -> Any:
    return np.resize(np.random.randn(-(-n // 2), p), (n, p))


#: Weights that are random but for one unit, or one input, or for half of the units.
NOT_EVEN = (
    "one row is zero",
    "the last row is zero",
    "one column is zero",
    "the last column is zero",
    "the second half of the rows is the first again",
)


def draws() -> Iterator[tuple[str, Callable[[int, int], Any]]]:
    """Yield ways to draw numbers of the standard deviation 1, and some near to it."""
    yield "normal of the system", lambda n, p: np.random.default_rng().standard_normal((n, p))
    for scale in (1.1, 0.9, 1.15, 0.8, 2):
        yield f"scale {scale}", lambda n, p, s=scale: s * np.random.randn(n, p)
    yield "uniform", lambda n, p: np.random.uniform(-(3**0.5), 3**0.5, (n, p))
    yield "Laplace", lambda n, p: np.random.laplace(0, 0.5**0.5, (n, p))
    yield "logistic", lambda n, p: np.random.logistic(0, 3**0.5 / np.pi, (n, p))
    yield "triangular", lambda n, p: np.random.triangular(-(6**0.5), 0, 6**0.5, (n, p))
    yield "drawn again beyond 2", _truncated
    yield "all rows equal", lambda n, p: np.tile(np.random.randn(1, p), (n, 1))
    yield "all columns equal", lambda n, p: np.tile(np.random.randn(n, 1), (1, p))
    yield "rows in pairs", lambda n, p: np.repeat(np.random.randn((n + 1) // 2, p), 2, axis=0)[:n]
    yield "product of two vectors", lambda n, p: np.random.randn(n, 1) * np.random.randn(1, p)
    yield "absolute values", lambda n, p: np.abs(np.random.randn(n, p))
    yield "mean 0.1", lambda n, p: np.random.randn(n, p) + 0.1
    for line, title in enumerate(NOT_EVEN[:-1]):
        yield title, partial(_without, line)
    yield NOT_EVEN[-1], _half_again


def turned(make: Callable[..., Any], scale: float, *sizes: Any) -> dict[str, Any]:
    """Return parameters whose matrices are the ones before, transposed, where the shapes fit."""
    parameters = make(lambda n, p: scale * np.random.randn(n, p), *sizes)
    for l in range(2, len(parameters) // 2 + 1):
        before = parameters[f"W{l - 1}"].T
        if before.shape == parameters[f"W{l}"].shape:
            parameters[f"W{l}"] = before.copy()
    return parameters


def initialisers(make: Callable[..., Any], scale: Callable[[int, int], float]) -> Iterator[Answer]:
    for title, draw in draws():
        yield title, partial(make, lambda n, p, d=draw: scale(n, p) * d(n, p))
