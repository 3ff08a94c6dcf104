"""What the hidden tests of the lab on overfitting share: penalties of the weights, and dropout."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

import numpy as np

from grader_tests.draws import (
    DEEP,
    answers,
    deciding,
    grads_like,
    moved,
    network,
    rescaled,
    wrong_answers,
)
from grader_tests.lab_support import assert_computes, mixed
from grader_tests.support import (
    Case,
    assert_gradient,
    entry,
    network_cost,
    numerical_gradient,
    random_network,
    random_parameters,
    rounded,
    where,
)
from solutions.compute_cost import compute_cost
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind

# The cost with a penalty


def cost_case(rng, layer_dims: Sequence[int] = (4, 3, 1), m: int = 6):
    """Return AL, Y and parameters whose biases are as large as the weights."""
    _, Y, parameters, AL, _ = network(rng, layer_dims, m)
    biases = {key: 3 * b for key, b in parameters.items() if key.startswith("b")}
    return AL, Y, {**parameters, **biases}


def cost_cases(rng) -> Iterator[Case]:
    """Return public cases of a cost with a penalty."""
    for title, layer_dims, lambd, m in (
        ("4 examples, 2 layers, lambd 0.7", (5, 3, 1), 0.7, 4),
        ("5 examples, 3 layers, lambd 1.7", (6, 2, 4, 1), 1.7, 5),
        ("6 examples, lambd 0", (3, 2, 1), 0.0, 6),
    ):
        AL = np.round(rng.uniform(0.1, 0.9, (1, m)), 2)
        Y = rng.integers(0, 2, (1, m)).astype(float)
        yield Case(title, (AL, Y, rounded(random_parameters(rng, layer_dims)), lambd))
    parameters = rounded(random_parameters(rng, (3, 2, 1)))
    yield Case("20 answers that are sure and wrong", (*wrong_answers(), parameters, 0.3))


def deep_cost_case(rng):
    """Return the same of more examples than a product of answers can hold, and of 12 layers.

    The labels are whole numbers, the parameters in another order, and one weight is large.
    """
    AL, Y = answers(rng, 1200)
    parameters = random_parameters(rng, DEEP[0])
    parameters["W3"][0, 0] = 12.0
    return AL, Y.astype(int), mixed(parameters, 0)


def cost_of(student, *case: Any) -> Any:
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(*case), ("cost",))[0]


def assert_cost(student, reference, rng) -> None:
    """Raise AssertionError unless the cost with its penalty is right."""
    for case, lambd in (
        # Several: a small cost that is rounded may happen to be near the right one.
        *((cost_case(rng, (4, 1), m), 0.1) for m in range(5, 10)),
        (cost_case(rng, (4, 3, 1), 6), 1.5),
        # One input: its weights have the shape of biases.
        (cost_case(rng, (1, 4, 3, 1), 7), 12.0),
        (deep_cost_case(rng), 3000.0),
    ):
        assert_same("the cost", cost_of(student, *case, lambd), reference(*case, lambd))
    # Small weights count as the others do, and large ones with a small lambd: so that it shows.
    AL, Y, parameters = cost_case(rng)
    for size, words in ((1e-4, "small weights"), (1e4, "large weights, with a small lambd,")):
        some = {key: (size if key[0] == "W" else 1.0) * one for key, one in parameters.items()}
        lambd = 1.0 / (reference(AL, Y, some, 1.0) - compute_cost(AL, Y))
        got = cost_of(student, AL, Y, some, lambd)
        assert_same(f"the cost of {words}", got, reference(AL, Y, some, lambd))
    # Answers that are sure, to 3e-5; that far out, 1e-7 beside AL shows.
    _, Y, parameters, AL, _ = network(rng, (4, 1), 8, sure=True)
    got, want = cost_of(student, AL, Y, parameters, 0.1), reference(AL, Y, parameters, 0.1)
    assert np.shape(got) == (), f"the cost has shape {np.shape(got)}; it should be a number"
    error = abs(float(got) / want - 1)
    # Written so that an error of nan fails, too.
    assert error <= 1e-2, f"the cost of very sure answers is not right: it is off by {error:.2g}"


def assert_cost_without_penalty(student, rng) -> None:
    """Raise AssertionError unless the cost with lambd = 0 is the cross-entropy cost."""
    # Several: a cost that is rounded may happen to be near the right one.
    for m in range(4, 12):
        AL, Y, parameters = cost_case(rng, m=m)
        assert_same("the cost", cost_of(student, AL, Y, parameters, 0.0), compute_cost(AL, Y))
    # A cost of 1.05e-5, halfway between two numbers of six decimals.
    AL, Y = moved(rng, np.full((1, 8), 1.05e-5)), np.zeros((1, 8))
    got = cost_of(student, AL, Y, parameters, 0.0)
    assert_same("the cost of answers that are very sure", got, compute_cost(AL, Y))


def assert_penalty_grows(student, rng, growth: float) -> None:
    """Raise AssertionError unless twice the weights have ``growth`` times the penalty.

    Larger biases must not change it.
    """
    # Two, for one cost without a penalty may have few decimals by chance.
    cases = cost_case(rng), cost_case(rng)
    # Small penalties, too, not all of which a cost of five decimals can hold, but one of six does.
    for (AL, Y, parameters), lambd in product(cases, (8.0, 0.06, 0.14, 0.26)):
        twice = {key: 2 * value if key[0] == "W" else value for key, value in parameters.items()}
        free = {key: 2 * value if key[0] == "b" else value for key, value in parameters.items()}
        bare = compute_cost(AL, Y)
        costs = [cost_of(student, AL, Y, given, lambd) for given in (parameters, twice, free)]
        penalty, larger, same = (array_of_numbers("the cost", cost, ()) - bare for cost in costs)
        assert abs(penalty) > 1e-6, "the penalty does not change the cost"
        assert_same("the penalty of weights of twice the size", larger, growth * penalty)
        assert_same("the penalty with larger biases", same, penalty)


# Gradients of the cost with a penalty


def gradients_cases(case: Callable[..., Any], rng) -> Iterator[Case]:
    """Return public cases; ``case`` draws gradients and parameters of a network."""
    for title, layer_dims, lambd, m in (
        ("2 layers, lambd 0.7, 5 examples", (4, 3, 1), 0.7, 5),
        ("3 layers, lambd 1.7, 8 examples", (6, 2, 4, 1), 1.7, 8),
    ):
        grads, parameters = case(rng, layer_dims)
        yield Case(title, (rounded(grads), rounded(parameters), lambd, m))


def assert_entries(student, reference, case: tuple[Any, ...], letter: str) -> None:
    """Raise AssertionError unless the gradients of all weights, or of all biases, are right."""
    (grads,) = split(student(*case), ("grads",))
    want = {key: value for key, value in reference(*case).items() if key[1] == letter}
    assert_same("grads", grads, want)


def assert_weight_gradients(student, reference, case: Callable[..., Any], rng) -> None:
    """Raise AssertionError unless each dW is right in networks of several depths."""
    # One input: its weights have the shape of biases.
    assert_entries(student, reference, (*case(rng, (1, 4, 1)), 5e-4, 1), "W")
    # In other orders, with some large gradients and a large weight.
    _, parameters = case(rng, DEEP[0])
    parameters["W3"][0, 0] = 12.0
    grads = mixed(grads_like(rng, parameters), 1)
    assert_entries(student, reference, (grads, mixed(parameters, 0), 30, 64), "W")
    # Two of the same shapes, and square matrices, in which rows may stand for columns.
    for lambd, words in (
        (2.0, "where W1 and W2 are square"),
        (0.6, "in a second call with these shapes"),
    ):
        with where(words):
            assert_entries(student, reference, (*case(rng, (4, 4, 4, 1)), lambd, 5), "W")


def assert_bias_gradients(student, reference, case: Callable[..., Any], rng) -> None:
    """Raise AssertionError unless each db is right."""
    for layer_dims in ((4, 1), (5, 4, 3, 1)):
        grads, parameters = case(rng, layer_dims)
        # In other orders, which differ: what belongs together has the same name.
        inputs = mixed(grads, 1), mixed(parameters, 0), 0.8, 6
        assert_entries(student, reference, inputs, "b")
    grads = split(student(*inputs), ("grads",))[0]
    weights = [f"d{key}" for key in inputs[1] if key[0] == "W"]
    free = all(np.array_equal(entry("grads", grads, key), inputs[0][key]) for key in weights)
    assert not free, "the weights are free as well"


def assert_new_gradients(student, case: Callable[..., Any], rng) -> None:
    """Raise AssertionError unless inputs stay, and new arrays come back, with lambd = 0, too."""
    one, other = (*case(rng), 0.5, 4), (*case(rng), 0.5, 4)
    assert_computes(student, one, other, "the gradients or the parameters")
    student(*case(rng), 0.0, 4)


@cache
def _without_small_weights(m: int):
    """Return X, Y and parameters of a network none of whose weights is near 0.

    There, the absolute value of one of the penalties has its kink.
    """
    rng = np.random.default_rng(6)
    while True:
        X, Y, parameters, _, _ = random_network(rng, (4, 3, 1), m)
        if all(np.abs(parameters[key]).min() > 5e-2 for key in ("W1", "W2")):
            return X, Y, parameters


def assert_penalised_gradients(student, size: Callable[[np.ndarray], Any], rng) -> None:
    """Raise AssertionError unless the gradients are the derivatives, by finite differences.

    The penalty is lambd / m times the sum of the ``size`` of each weight matrix.
    """
    lambd, m = 3.0, 6
    X, Y, parameters = _without_small_weights(m)
    X, parameters = rescaled(rng, X, parameters)
    AL, caches = L_model_forward(X, parameters)
    grads = split(student(L_model_backward(AL, Y, caches), parameters, lambd, m), ("grads",))[0]
    assert isinstance(grads, dict), (
        f"the function returned {kind(grads)}; it should return a dictionary, grads"
    )

    def cost(key, array):
        moved = {**parameters, key: array}
        penalty = sum(size(W) for k, W in moved.items() if k[0] == "W")
        return network_cost(X, Y, moved) + lambd * penalty / m

    wrong = []
    for key in ("W1", "W2"):
        numerical = numerical_gradient(lambda a, key=key: cost(key, a), parameters[key])
        try:
            got = entry("grads", grads, f"d{key}")
            assert_gradient(f"d{key}", got, numerical, "the derivative of the cost")
        except AssertionError as error:
            wrong.append(error)
    # That each layer has its penalty, another test asks.
    if len(wrong) == 2:
        raise wrong[0]


# Dropout


def dropout_case(rng, shape: tuple[int, int] = (4, 6), keep_prob: float = 0.7):
    """Return numbers, keep_prob and a mask that keeps some and silences others.

    Whatever the mask is, it keeps the first number, which is large.
    """
    array, size = deciding(rng, *shape), int(np.prod(shape))
    mask = (rng.permutation(size) < keep_prob * size).astype(float).reshape(shape)
    mask.flat[0] = 1.0
    array.flat[0] = 3.0 * np.abs(array).max()
    return array, keep_prob, mask


def dropout_cases(rng) -> Iterator[Case]:
    """Return public cases of a pass through dropout, forward or backward."""
    for title, shape, keep_prob in (
        # So many units that no relation with a line of the mask holds by chance.
        ("7 units, 4 examples, keep_prob 0.8", (7, 4), 0.8),
        ("2 units, 5 examples, keep_prob 0.5", (2, 5), 0.5),
        ("everything kept", (2, 3), 1.0),
    ):
        size = int(np.prod(shape))
        mask = (rng.permutation(size) < keep_prob * size).astype(float).reshape(shape)
        # The first unit and the first example are silenced in part: what is taken from them shows.
        while keep_prob < 1 and not 0 < mask[0].mean() < 1 > mask[:, 0].mean() > 0:
            mask = (rng.permutation(size) < keep_prob * size).astype(float).reshape(shape)
        yield Case(title, (np.round(rng.standard_normal(shape), 2), keep_prob, mask))


def assert_scaled(student, reference, rng, returns) -> None:
    """Raise AssertionError unless what is kept is divided by keep_prob, for masks of any kind."""
    for keep_prob, kind_of_mask in ((0.9, float), (0.5, bool), (0.05, int)):
        array, _, mask = dropout_case(rng, keep_prob=keep_prob)
        case = array, keep_prob, mask.astype(kind_of_mask)
        words = ", where few numbers are kept," if keep_prob < 0.5 else ""
        (found,), (wanted,) = split(student(*case), returns), split(reference(*case), returns)
        assert_same(f"{returns[0]}{words}", found, wanted)


def assert_new_array(student, rng, what: str) -> None:
    """Raise AssertionError unless inputs stay and a new array comes back, all kept or not."""
    array, _, mask = dropout_case(rng)
    # Something is silenced, and one unit and one example are kept whole: who silences whole ones
    # has an answer left, which follows from the inputs in every draw.
    mask[0], mask[:, 0], mask[1, 1] = 1.0, 1.0, 0.0
    assert_computes(student, (array, 0.7, mask), (-array, 0.7, mask), what)
    student(array, 1.0, np.ones_like(mask))


def assert_mask(student, rng, name: str) -> None:
    """Raise AssertionError unless what comes back, ``name``, is 0 exactly where the mask is."""
    # A square one, in which rows may stand for columns.
    for shape in ((4, 6), (1, 8), (5, 5)):
        case = dropout_case(rng, shape)
        (got,) = split(student(*case), (name,))
        mask, there = case[2], array_of_numbers(name, got, shape) != 0
        wrong = int(np.sum(there != (mask == 1)))
        assert not wrong, f"{wrong} of {mask.size} entries do not follow the mask"
