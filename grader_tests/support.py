"""What the hidden tests share: random layers and networks, real caches, finite differences."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from solutions.compute_cost import compute_cost
from solutions.L_model_forward import L_model_forward
from workbook.course.compare import (
    ABSOLUTE,
    TOLERANCE,
    array_of_numbers,
    split,
)
from workbook.course.compare import differences as all_differences
from workbook.course.kinds import kind
from workbook.course.precision import COARSE, precision
from workbook.course.scripted import Scripted, as_python

# Central differences with this step are good to about 1e-9 on the functions of this course.
STEP = 1e-5

#: Steps of finite differences of a student's own function, which may compute in float32: a linear
#: one has no error at any step, and others one of order h**2.
LINEAR_STEP = 0.5
STUDENT_STEP = 1e-4

#: Agreement that such a difference must reach, relative to the largest entry: of the 7 digits that
#: float32 keeps, a difference of this step loses 4. A leaky ReLU of slope 0.01 is refused.
STUDENT_TOLERANCE = 8e-3


@dataclass(frozen=True)
class Case:
    """A public input of the visible checks; the build stores it with the reference's answer.

    Attributes
    ----------
    title : str
        What is special about the input, in a few words.
    args : tuple
        Arguments of the function.
    expected : object or None
        The answer, where it is a property (`NormalArray`) and not one array.
    """

    title: str
    args: tuple[Any, ...]
    expected: Any = None


def is_real(got: Any) -> bool:
    """Return whether this is an array of real numbers."""
    return isinstance(got, np.ndarray) and got.dtype.kind in "iuf"


@contextmanager
def where(words: str) -> Iterator[None]:
    """Say in the message of an AssertionError what is special about the inputs, if anything is."""
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{words}, {error}" if words else str(error)) from None


def random_layer(rng, n_prev, n_l, m):
    """Return A_prev (n_prev, m), W (n_l, n_prev) and b (n_l, 1) of standard normal numbers."""
    return (
        rng.standard_normal((n_prev, m)),
        rng.standard_normal((n_l, n_prev)),
        rng.standard_normal((n_l, 1)),
    )


def random_parameters(rng, layer_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Return weights of size 1 / sqrt(fan-in) and small biases: a network that responds."""
    parameters = {}
    for layer in range(1, len(layer_dims)):
        shape = (layer_dims[layer], layer_dims[layer - 1])
        parameters[f"W{layer}"] = rng.standard_normal(shape) / np.sqrt(shape[1])
        parameters[f"b{layer}"] = 0.3 * rng.standard_normal((shape[0], 1))
    return parameters


def random_network(rng, layer_dims: Sequence[int], m: int):
    """Return X, Y, parameters, AL and caches of a random network after a real forward pass.

    Drawn again until no hidden pre-activation lies near ReLU's kink, where a finite difference
    means nothing, no hidden layer is silent for every example, and Y holds both labels.
    """
    while True:
        X = rng.standard_normal((layer_dims[0], m))
        Y = rng.integers(0, 2, (1, m)).astype(float)
        parameters = random_parameters(rng, layer_dims)
        AL, caches = L_model_forward(X, parameters)
        hidden = [Z for _, Z in caches[:-1]]
        if m > 1 and Y.min() == Y.max():
            continue
        if all(np.abs(Z).min() > 1e-2 and (Z > 0).any() for Z in hidden):
            return X, Y, parameters, AL, caches


def network_cost(X, Y, parameters) -> float:
    """Return the cost J of the network, from the reference functions."""
    return compute_cost(L_model_forward(X, parameters)[0], Y)


def network_costs(X, Y, parameters) -> np.ndarray:
    """Return the cost J of each of many networks, or inputs: one argument is a stack of arrays."""
    AL, _ = L_model_forward(X, parameters)
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=(-2, -1))


def gradient_of_stack(
    f: Callable[[np.ndarray], np.ndarray], x: np.ndarray, step: float = STEP
) -> np.ndarray:
    """Return the `numerical_gradient` of an f that takes all neighbours at once, in a stack.

    It returns the value of each: that takes hardly longer than one of them alone.
    """
    return central_differences(f(np.array(list(neighbours(x, step)))), x.shape, step)


def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, step: float = STEP
) -> np.ndarray:
    """Return the gradient of the scalar f at x by central differences, of x's shape.

    Source: (f(x + h e_i) - f(x - h e_i)) / 2h, with an error of order h**2.
    """
    return central_differences([f(one) for one in neighbours(x, step)], x.shape, step)


def neighbours(x: np.ndarray, step: float = STEP) -> Iterator[np.ndarray]:
    """Yield x with each entry moved by a step, up and down."""
    for index in np.ndindex(x.shape):
        moved = np.zeros_like(x, dtype=float)
        moved[index] = step
        yield x + moved
        yield x - moved


def central_differences(
    values: Sequence[float] | np.ndarray, shape: tuple[int, ...], step: float = STEP
) -> np.ndarray:
    """Return the gradient, of this shape, from the values of a scalar at the `neighbours`."""
    up, down = np.array(values, dtype=float).reshape(-1, 2).T
    return ((up - down) / (2 * step)).reshape(shape)


def assert_gradient(
    where: str, got: Any, right: np.ndarray, meaning: str, tolerance: float = TOLERANCE
) -> None:
    """Raise AssertionError unless a gradient and its finite difference agree.

    Parameters
    ----------
    where : str
        Name of the gradient.
    got : object
        What the learner's function returned, or a difference of what it returned.
    right : ndarray
        The finite difference, or the gradient.
    meaning : str
        What it should be, such as "the derivative of the cost".
    tolerance : float, optional
        Largest error allowed, relative to the largest entry.
    """
    array = array_of_numbers(where, got, right.shape)
    scale = max(float(np.abs(right).max()), 1e-8)
    error = float(np.abs(array - right).max())
    # Written so that an error of nan fails, too.
    if error <= max(tolerance * scale, ABSOLUTE):
        return
    coarse = precision(where, np.asarray(got), right) if error < COARSE * scale else ""
    raise AssertionError(
        coarse
        or f"{where} is not {meaning}: it differs from the finite difference by "
        f"{error / scale:.2g}, relative to its largest entry"
    )


def assert_sure(where: str, got: Any, right: np.ndarray) -> None:
    """Raise AssertionError if answers that are nearly 0 or 1 are cut off before they are.

    Their log-odds, down to those of a millionth, agree as well as float32 and an epsilon of 1e-7
    let them.
    """
    probabilities = np.clip([array_of_numbers(where, got, right.shape), right], 1e-6, 1 - 1e-6)
    got_odds, odds = np.log(probabilities) - np.log1p(-probabilities)
    # Written so that an error of nan fails, too.
    assert np.abs(got_odds - odds).max() <= 0.3, (
        f"{where} is not near enough to 0 or to 1 where it should be, or too near: are small "
        "numbers, or those near 1, cut off?"
    )


def entry(name: str, answer: dict[str, Any], key: str) -> Any:
    """Return what an answer holds under a key, or raise AssertionError if it has no such key."""
    assert key in answer, f"{name} has no key {key!r}"
    return answer[key]


def parameters_in(returned: Any) -> dict[str, Any]:
    """Return an initialiser's answer, or raise AssertionError if it is no dictionary."""
    (parameters,) = split(returned, ("parameters",))
    assert isinstance(parameters, dict), (
        f"the function returned {kind(parameters)}; it should return a dictionary, parameters"
    )
    return parameters


def numbers(arrays: dict[str, Any], key: str, name: str = "parameters") -> np.ndarray:
    """Return one array of the answer, or raise AssertionError if it is no array of numbers."""
    array = array_of_numbers(key, entry(name, arrays, key))
    assert np.isfinite(array).all(), f"{key} holds entries that are not finite (inf or nan)"
    return array


def weights_of_shapes(parameters: dict[str, Any], shapes: dict[str, tuple[int, ...]]):
    """Return the weight matrices by key, or raise AssertionError if a shape is not as given."""
    weights = {}
    for key, shape in shapes.items():
        W = weights[key] = numbers(parameters, key)
        assert W.shape == shape, f"{key} has shape {W.shape}; it should have {shape}"
    return weights


def assert_rows_differ(key: str, gradient: np.ndarray) -> None:
    """Raise AssertionError if two units get the same gradient, or if no unit gets any."""
    largest = float(np.abs(gradient).max())
    assert largest > 0, f"the cost does not respond to {key}: no unit of its layer can learn"
    for i in range(len(gradient)):
        for j in range(i):
            difference = float(np.abs(gradient[i] - gradient[j]).max())
            assert difference > 1e-6 * largest, (
                f"two units have the same gradient in {key} (they differ by {difference:.2g}): "
                "they learn the same from it"
            )


def unit_scale(W: np.ndarray) -> np.ndarray:
    """Return weights of size 1 / sqrt(fan-in), in which what they have in common is kept.

    Symmetry does not depend on the scale of the weights; larger ones give gradients that stand
    clear of rounding.
    """
    return W / max(float(np.sqrt(np.mean(W**2) * W.shape[1])), 1e-300)


def random_grads_like(rng, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return a gradient for each parameter, no entry of it near zero, and a dA0 beside them."""
    grads = {
        f"d{key}": rng.choice([-1.0, 1.0], value.shape) * rng.uniform(0.5, 2, value.shape)
        for key, value in params.items()
    }
    grads["dA0"] = rng.standard_normal((params["W1"].shape[1], 6))
    return grads


def zero_state(params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the state of an optimiser before its first step: a zero for each number."""
    return {f"d{key}": np.zeros_like(value) for key, value in params.items()}


def random_state(rng, params: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return a state of an optimiser in the middle of a training, every entry positive."""
    return {f"d{key}": rng.uniform(0.2, 1.5, value.shape) for key, value in params.items()}


def rounded(values: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Return the arrays of a dictionary to two decimals, as public cases show them."""
    return {key: np.round(value, 2) for key, value in values.items()}


def answers_to(student, script: Sequence[Any]) -> dict[str, Any]:
    """Run a script on the class, and return the values that it asks for, by name."""
    (found,) = split(student(script), ("values",))
    asked = [(step[2:] or step[1:])[0] for step in script if step[0] == "get"]
    complete = isinstance(found, dict) and all(name in found for name in asked)
    assert complete, f"no values came back after `{as_python(script)}`"
    return found


def assert_script(student, reference, script: Sequence[Any]) -> None:
    """Raise AssertionError unless the class gives what the reference class gives."""
    want = Scripted(reference)(script)
    found = answers_to(student, script)
    for name, value in want.items():
        where = f"after `{as_python(script)}`, {name}"
        wrong = [difference.message for difference in all_differences(where, found[name], value)]
        # Of a dictionary, each difference names its key alone.
        inside = f"in {name}, " if isinstance(value, dict) else ""
        assert not wrong, inside + "; ".join(wrong)
