"""The near misses of each function, made of the kinds in `tests.near_misses`."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from tests.near_misses import (
    HARMFUL,
    HARMLESS,
    SMALL,
    Answer,
    activations,
    backwards,
    costs,
    in_layers,
    initialisers,
    layers,
    limited,
    one_layer_more,
    slopes,
    small_is_zero,
    turned,
    with_other,
    with_text,
)
from tests.reference import COURSE


def thresholds(name: str, old: str, news: tuple[str, ...]) -> Iterator[Answer]:
    for new in news:
        yield new, with_text(name, old, new)


def near_misses(name: str) -> list[Answer]:
    """Return the near misses of a function, each with what it does."""
    if name in ("initialize_parameters", "initialize_parameters_deep"):
        make = layers if name.endswith("deep") else one_layer_more
        turned_matrices = ("a matrix is the last one transposed", partial(turned, make, 0.01))
        return [*initialisers(make, lambda n, p: 0.01), turned_matrices]
    if name == "initialize_he":
        return list(initialisers(layers, lambda n, p: (2 / p) ** 0.5))
    if name == "initialize_xavier":
        return list(initialisers(layers, lambda n, p: (2 / (n + p)) ** 0.5))
    make = _MAKERS.get(name)
    return [] if make is None else list(make())


def _compute_cost():
    yield from limited("compute_cost")
    yield from costs()


def _linear_forward():
    yield from limited("linear_forward")
    reference = COURSE.reference("linear_forward")
    for least in SMALL:
        yield (
            f"inputs below {least} are 0",
            lambda A, W, b, e=least: reference(small_is_zero(A, e), W, b),
        )


def _linear_backward():
    yield from limited("linear_backward")
    reference = COURSE.reference("linear_backward")
    for least in HARMFUL[:1]:
        yield (
            f"gradients below {least} are 0",
            lambda dZ, cache, e=least: small_is_zero(reference(dZ, cache), e),
        )


def _linear_activation_forward():
    yield from limited("linear_activation_forward")
    reference = COURSE.reference("linear_activation_forward")

    def masked(A_prev: Any, W: Any, b: Any, activation: str) -> Any:
        A, cache = reference(A_prev, W, b, activation)
        if activation == "relu" and A.shape == A_prev.shape:
            A = cache[1] * (A_prev > 0)
        return A, cache

    yield "ReLU by the sign of A_prev in a square", masked
    for title, others in activations():
        yield title, with_other("linear_activation_forward", **others)


def _linear_activation_backward():
    yield from limited("linear_activation_backward")
    for title, others in slopes():
        yield title, with_other("linear_activation_backward", **others)


def _l_model_forward():
    yield from limited("L_model_forward")
    yield from in_layers("L_model_forward", "linear_activation_forward", activations())


def _l_model_backward():
    yield from limited("L_model_backward")
    yield from backwards()
    yield from in_layers("L_model_backward", "linear_activation_backward", slopes())


def _with_cost(name: str) -> Iterator[Answer]:
    for title, cost in costs():
        yield title, with_other(name, compute_cost=cost)


def _trained(name: str) -> Iterator[Answer]:
    yield from _with_cost(name)
    for title, back in backwards():
        yield f"backward: {title}", with_other(name, L_model_backward=back)
    for title, forward in in_layers("L_model_forward", "linear_activation_forward", activations()):
        yield title, with_other(name, L_model_forward=forward)


def _l_layer_model():
    yield from _with_cost("L_layer_model")
    for title, draw in (("weights 0.1", 0.1), ("weights 0.001", 0.001), ("weights 0", 0.0)):
        start = partial(layers, lambda n, p, s=draw: s * np.random.randn(n, p))
        yield title, with_other("L_layer_model", initialize_parameters_deep=start)


def _predict():
    yield from thresholds("predict", "AL > 0.5", (
        "AL > 0.4", "AL > 0.45", "AL > 0.49", "AL > 0.51", "AL > 0.55", "AL > 0.6", "AL > 0.9",
        "AL > 0.1", "AL >= 0.5", "np.round(AL, 1) > 0.5", "AL > AL.mean()", "AL > np.median(AL)",
    ))  # fmt: skip
    for title, forward in in_layers("L_model_forward", "linear_activation_forward", activations()):
        yield title, with_other("predict", L_model_forward=forward)


def _relu_derivative():
    yield from thresholds("relu_derivative", "Z > 0", (
        "Z >= 0", "Z >= 1", "Z > 1", "Z >= 2", "Z > 0.5", "Z > 0.1", "Z > 1e-3", "Z > 1e-6",
        "Z > -0.1", "Z > -0.5", "Z > -1", "(Z > 0) & (Z < 1)", "(Z > 0) & (Z < 6)",
        "(Z > 0) & (Z < 10)",
    ))  # fmt: skip
    for slope in (0.01, 0.1, 1e-4):
        yield f"leaky {slope}", with_text("relu_derivative", "1.0, 0.0", f"1.0, {slope}")


def _smooth_derivative(name: str):
    reference = COURSE.reference(name)
    for most in (1, 2, 3, 5, 10):
        yield f"Z clipped at {most}", lambda Z, m=most: reference(np.clip(Z, -m, m))
        yield f"0 beyond {most}", lambda Z, m=most: reference(Z) * (np.abs(Z) < m)
        yield f"0 below {-most}", lambda Z, m=most: reference(Z) * (-m < Z)
    for least in (1e-3, 1e-2, 0.1):
        yield f"at least {least}", lambda Z, e=least: np.maximum(reference(Z), e)
    yield "of the absolute value", lambda Z: reference(np.abs(Z))
    yield "rounded to 4 decimals", lambda Z: np.round(reference(Z), 4)


def _clip_by_norm():
    yield from thresholds("clip_by_norm", "norm <= max_norm", (
        "norm <= max_norm + 1e-6", "norm <= 1.1 * max_norm", "norm <= 2 * max_norm",
        "norm < 5 * max_norm", "norm <= 1", "max_norm > 1", "norm <= max_norm * 0.9",
    ))  # fmt: skip
    yield from thresholds("clip_by_norm", "max_norm / norm", (
        "max_norm / (norm + 1e-8)", "max_norm / (norm + 1e-6)", "max_norm / (norm + 1e-3)",
        "max(max_norm / norm, 0.1)",
    ))  # fmt: skip


def _normalize():
    for eps in ("1e-12", "1e-8", "1e-3", "1e-2"):
        yield f"deviation + {eps}", with_text("normalize", "1.0, spread", f"1.0, spread + {eps}")
    for least in ("1e-8", "0.1", "1.0"):
        yield (
            f"deviation at least {least}",
            with_text("normalize", "1.0, spread", f"1.0, np.maximum(spread, {least})"),
        )
    yield "divided by m - 1", with_text("normalize", "std(axis=1", "std(ddof=1, axis=1")


def _early_stopping():
    yield from thresholds("early_stopping", "cost < costs[best_epoch]", (
        "cost <= costs[best_epoch]", "cost < costs[best_epoch] - 1e-3",
        "cost < costs[best_epoch] - 1e-4", "cost < costs[best_epoch] - 1e-7",
        "cost < costs[best_epoch] - 1e-2", "cost < 0.99 * costs[best_epoch]",
        "cost < 0.999 * costs[best_epoch]", "cost < costs[max(epoch - 1, 0)]",
        "cost < min(costs)  + 1e-12",
    ))  # fmt: skip
    yield from thresholds("early_stopping", "== patience", ("> patience", ">= patience - 1"))


def _optimiser(name: str):
    reference = COURSE.reference(name)

    def keys(chosen: str, params: Any, grads: Any, *rest: Any) -> Any:
        less = {k: v if k.startswith(chosen) else 0 * v for k, v in grads.items()}
        return reference(params, less, *rest)

    for chosen in ("dW", "db"):
        yield f"only {chosen}", partial(keys, chosen)


def _eps(name: str):
    yield from _optimiser(name)
    for eps in ("1e-10", "1e-3"):
        yield f"a further {eps}", with_text(name, "+ eps)", f"+ eps + {eps})")


def _penalised(name: str):
    old = "np.sign(array)" if "l1" in name else "* array"
    news = ("np.where(array > 0, 1, -1)", "np.clip(array, -1, 1)", "np.tanh(100 * array)") if (
        "l1" in name) else ("* np.clip(array, -1, 1)", "* np.abs(array)")  # fmt: skip
    for new in news:
        yield new, with_text(name, old, new)


def _gradient_difference():
    reference = COURSE.reference("gradient_difference")
    for eps in ("1e-16", "1e-12", "1e-8", "1e-7", "1e-3"):
        yield f"lengths + {eps}", with_text("gradient_difference", "distance / lengths",
                                            f"distance / (lengths + {eps})")  # fmt: skip
    yield "at most 0.9", lambda a, b: min(reference(a, b), 0.9)


def _gradient_check():
    for h in ("1e-3", "1e-4", "1e-6", "1e-12"):
        yield f"h = {h}", with_text("gradient_check", "h = 1e-5", f"h = {h}")
    text = "np.log(A) + (1 - Y) * np.log(1 - A)"
    for eps in (*HARMLESS, *HARMFUL):
        new = f"np.log(A + {eps}) + (1 - Y) * np.log(1 - A + {eps})"
        yield f"log(AL + {eps})", with_text("gradient_check", text, new)
        clipped = f"np.clip(A, {eps}, 1 - {eps})"
        yield f"AL clipped by {eps}", with_text(
            "gradient_check", text, text.replace("log(A)", f"log({clipped})").replace(
                "1 - A)", f"1 - {clipped})"))  # fmt: skip
    for title, others in activations():
        yield title, with_other("gradient_check", **others)


def _numerical_gradient():
    for new in ("2 * h + 1e-8", "2 * h + 1e-4", "max(2 * h, 0.01)"):
        yield new, with_text("numerical_gradient", "2 * h", new)
    yield "zero below 1e-3", lambda f, theta, h: (
        lambda g: np.where(np.abs(g) < 1e-3, 0, g))(
        COURSE.reference("numerical_gradient")(f, theta, h))  # fmt: skip


def _dropout(name: str):
    word = "A" if name.endswith("forward") else "dA"
    for least in ("0.5", "0", "0.9"):
        yield f"mask > {least}", with_text(name, "* mask", f"* (mask > {least})")
    for most in (1, 3):
        yield f"clipped at {most}", lambda A, k, mask, m=most: np.clip(A * mask / k, -m, m)
    yield "keep_prob at least 0.5", lambda A, k, mask: A * mask / max(k, 0.5)
    yield f"only positive {word}", lambda A, k, mask: np.maximum(A, 0) * mask / k


def _decayed():
    for new in ("max(epoch - 1, 0) // time_interval", "round(epoch / time_interval)",
                "min(epoch // time_interval, 10)"):  # fmt: skip
        yield new, with_text("decayed_learning_rate", "(epoch // time_interval)", f"({new})")
    yield "at least 0.01", lambda *a: max(COURSE.reference("decayed_learning_rate")(*a), 0.01)
    yield "at most 0.5", lambda *a: min(COURSE.reference("decayed_learning_rate")(*a), 0.5)


def _update():
    yield from _optimiser("update_parameters")
    reference = COURSE.reference("update_parameters")
    for least in HARMFUL[:2]:
        yield (
            f"gradients below {least} are 0",
            lambda p, g, rate, e=least: reference(p, small_is_zero(g, e), rate),
        )
    yield (
        "steps below 1e-6 are 0",
        lambda p, g, rate: {k: p[k] - small_is_zero(rate * g[f"d{k}"], 1e-6) for k in p},
    )
    yield (
        "ten columns",
        lambda p, g, rate: {k: v - rate * g[f"d{k}"] * (np.arange(v.shape[1]) < 10)
                            for k, v in p.items()},
    )  # fmt: skip
    yield (
        "rate at most 0.1",
        lambda p, g, rate: COURSE.reference("update_parameters")(p, g, min(rate, 0.1)),
    )


def _value():
    for old, new in (
        ("self.data > 0", "self.data >= 0"), ("self.data > 0", "self.data > 1"),
        ("self.data > 0", "self.data > 0.5"),
        ("max(self.data, 0.0)", "min(max(self.data, 0.0), 1)"),
        ("max(self.data, 0.0)", "min(max(self.data, 0.0), 6)"),
        ("max(self.data, 0.0)", "max(self.data, 0.01 * self.data)"),
    ):  # fmt: skip
        yield new, with_text("Value", old, new)


def _rotated(X: Any, Y: Any, size: int, rng: Any) -> Any:
    m = X.shape[1]
    order = (np.arange(m) + np.random.default_rng(rng).integers(m)) % m
    return [(X[:, order[i : i + size]], Y[:, order[i : i + size]]) for i in range(0, m, size)]


_MAKERS: dict[str, Callable[[], Iterator[Answer]]] = {
    "linear_forward": _linear_forward,
    "linear_backward": _linear_backward,
    "compute_cost": _compute_cost,
    "linear_activation_forward": _linear_activation_forward,
    "L_model_forward": _l_model_forward,
    "linear_activation_backward": _linear_activation_backward,
    "L_model_backward": _l_model_backward,
    "update_parameters": _update,
    "L_layer_model": _l_layer_model,
    "NeuralNetwork": partial(_trained, "NeuralNetwork"),
    "cost_with_l1": partial(_with_cost, "cost_with_l1"),
    "cost_with_l2": partial(_with_cost, "cost_with_l2"),
    "l1_gradients": partial(_penalised, "l1_gradients"),
    "l2_gradients": partial(_penalised, "l2_gradients"),
    "predict": _predict,
    "normalize": _normalize,
    "relu_derivative": _relu_derivative,
    "sigmoid_derivative": partial(_smooth_derivative, "sigmoid_derivative"),
    "tanh_derivative": partial(_smooth_derivative, "tanh_derivative"),
    "clip_by_norm": _clip_by_norm,
    "early_stopping": _early_stopping,
    "update_with_momentum": partial(_optimiser, "update_with_momentum"),
    "update_with_rmsprop": partial(_eps, "update_with_rmsprop"),
    "update_with_adam": partial(_eps, "update_with_adam"),
    "gradient_difference": _gradient_difference,
    "gradient_check": _gradient_check,
    "numerical_gradient": _numerical_gradient,
    "dropout_forward": partial(_dropout, "dropout_forward"),
    "dropout_backward": partial(_dropout, "dropout_backward"),
    "decayed_learning_rate": _decayed,
    "Value": _value,
    "random_mini_batches": lambda: iter([("only rotated", _rotated)]),
}
