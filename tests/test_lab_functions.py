"""The labs' functions against sums done by hand and finite differences."""

import numpy as np
import pytest

from benchmarks.labs import one_pass_a_parameter
from grader_tests.support import random_network, zero_state
from tests.reference import reference
from workbook.course.given.landscapes import bowl, cubes, ravine, waves


@pytest.fixture
def rng():
    return np.random.default_rng(12)


def one_number(value):
    """Return the parameters, or gradients, of a network with one weight and one bias."""
    return {"W1": np.array([[value]]), "b1": np.array([[0.0]])}


def one_gradient(value):
    return {"dW1": np.array([[value]]), "db1": np.array([[0.0]])}


def close(got, want, **room):
    np.testing.assert_allclose(got, want, **({"rtol": 1e-12, "atol": 1e-14} | room))


# Check it


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (bowl, lambda x: x),
        (ravine, lambda x: np.array([1.0, 25.0]) * x),
        (waves, lambda x: np.array([np.cos(x[0]) * x[1], np.sin(x[0])])),
    ],
)
def test_the_gradient_of_a_landscape_is_measured(f, slope):
    theta = np.array([0.7, -0.4])
    close(reference.numerical_gradient(f, theta, 1e-5), slope(theta), rtol=1e-8)


def test_a_central_difference_of_cubes_is_off_by_the_square_of_the_step():
    theta = np.array([[0.5, -2.0], [1.0, 0.25]])
    close(reference.numerical_gradient(cubes, theta, 0.1), 3 * theta**2 + 0.01, rtol=1e-10)


def test_the_relative_difference_of_two_vectors_by_hand():
    # Distance 5, lengths 3 and 4.
    one, other = np.array([3.0, 0.0]), np.array([0.0, 4.0])
    assert reference.gradient_difference(one, other) == pytest.approx(5 / 7)


@pytest.mark.parametrize("layer_dims", [(4, 1), (4, 3, 1), (3, 5, 4, 2, 1)], ids=str)
def test_one_stacked_pass_is_the_same_as_one_pass_a_parameter(rng, layer_dims):
    X, Y, parameters, AL, caches = random_network(rng, layer_dims, 7)
    true = reference.L_model_backward(AL, Y, caches)
    wrong = {key: value + 0.1 * rng.standard_normal(value.shape) for key, value in true.items()}
    stacked = reference.gradient_check(parameters, wrong, X, Y)
    loop = one_pass_a_parameter(parameters, wrong, X, Y)
    assert stacked.keys() == loop.keys()
    for key, value in loop.items():
        assert stacked[key] == pytest.approx(value, rel=1e-6)
    assert max(reference.gradient_check(parameters, true, X, Y).values()) < 1e-6


# Initialise it


def test_he_keeps_the_size_of_the_signal_through_relu_layers():
    # Wide and not too deep: chance moves the logarithm of the ratio by about a fifth. Weights whose
    # variance lacks the 2 of the rule would bring the ratio down to 1 / 512.
    X = np.random.default_rng(0).standard_normal((500, 50))
    parameters = reference.initialize_he([500] * 11 + [1])
    _, caches = reference.L_model_forward(X, parameters)
    ratio = np.mean(caches[-1][0][0] ** 2) / np.mean(caches[1][0][0] ** 2)
    assert 0.1 < ratio < 10


def test_clipping_by_hand():
    # The length of (3, 4) is 5.
    grads = {"dW1": np.array([[3.0]]), "db1": np.array([[4.0]]), "dA0": np.array([[100.0]])}
    clipped = reference.clip_by_norm(grads, 2.5)
    assert (clipped["dW1"].item(), clipped["db1"].item()) == (1.5, 2.0)
    assert reference.clip_by_norm(grads, 5.0)["dW1"].item() == 3.0


# Descend better


def test_momentum_by_hand():
    v = zero_state(one_number(1.0))
    params, v = reference.update_with_momentum(one_number(1.0), one_gradient(2.0), v, 0.1, 0.9)
    # v = 0.1 * 2 = 0.2, step 0.02; then v = 0.18 + 0.1 * (-1) = 0.08, step 0.008.
    assert (v["dW1"].item(), params["W1"].item()) == pytest.approx((0.2, 0.98))
    params, v = reference.update_with_momentum(params, one_gradient(-1.0), v, 0.1, 0.9)
    assert (v["dW1"].item(), params["W1"].item()) == pytest.approx((0.08, 0.972))


def test_rmsprop_by_hand():
    s, rest = zero_state(one_number(1.0)), (0.1, 0.75, 0.5)
    params, s = reference.update_with_rmsprop(one_number(1.0), one_gradient(2.0), s, *rest)
    # s = 0.25 * 4 = 1, step 0.1 * 2 / (1 + 0.5); then s = 0.75 + 0.25 * 5 = 2, step
    # 0.1 * sqrt(5) / (sqrt(2) + 0.5).
    first = 1 - 0.2 / 1.5
    assert (s["dW1"].item(), params["W1"].item()) == pytest.approx((1.0, first))
    params, s = reference.update_with_rmsprop(params, one_gradient(5**0.5), s, *rest)
    second = first - 0.1 * 5**0.5 / (2**0.5 + 0.5)
    assert (s["dW1"].item(), params["W1"].item()) == pytest.approx((2.0, second))


def test_adam_by_hand():
    v = s = zero_state(one_number(1.0))
    rest = (0.1, 0.5, 0.75, 0.5)
    params, v, s = reference.update_with_adam(one_number(1.0), one_gradient(2.0), v, s, 1, *rest)
    # v = 1, v_hat = 2; s = 1, s_hat = 4: the step is 0.1 * 2 / (2 + 0.5).
    assert (v["dW1"].item(), s["dW1"].item()) == (1.0, 1.0)
    assert params["W1"].item() == pytest.approx(0.92)
    params, v, s = reference.update_with_adam(params, one_gradient(-3.0), v, s, 2, *rest)
    # v = 0.5 - 1.5 = -1, v_hat = -1 / 0.75; s = 0.75 + 0.25 * 9 = 3, s_hat = 3 / 0.4375.
    assert (v["dW1"].item(), s["dW1"].item()) == (-1.0, 3.0)
    step = 0.1 / 0.75 / ((3 / 0.4375) ** 0.5 + 0.5)
    assert params["W1"].item() == pytest.approx(0.92 + step)


def test_the_learning_rate_falls_in_stairs_by_hand():
    assert [reference.decayed_learning_rate(0.6, 1.0, epoch, 10) for epoch in (0, 9, 10, 25)] == [
        pytest.approx(rate) for rate in (0.6, 0.6, 0.3, 0.2)
    ]


def test_accumulated_gradients_are_those_of_the_large_batch(rng):
    X, Y, parameters, AL, caches = random_network(rng, (4, 5, 1), 10)
    whole = reference.L_model_backward(AL, Y, caches)
    parts, sizes = [], [4, 4, 2]
    for part in np.split(np.arange(10), [4, 8]):
        some, these = reference.L_model_forward(X[:, part], parameters)
        parts.append(reference.L_model_backward(some, Y[:, part], these))
    for key, value in reference.accumulate_gradients(parts, sizes).items():
        close(value, whole[key], atol=1e-15)


# Generalise


def test_dropout_leaves_the_mean_as_it_is(rng):
    A = np.ones((1, 200_000))
    mask = (rng.random(A.shape) < 0.3).astype(float)
    assert reference.dropout_forward(A, 0.3, mask).mean() == pytest.approx(1.0, abs=0.03)


def test_early_stopping_by_hand():
    costs = [0.9, 0.7, 0.8, 0.6, 0.65, 0.6, 0.7, 0.1]
    assert reference.early_stopping(costs, 1) == (1, 2)
    assert reference.early_stopping(costs, 3) == (3, 6)
    assert reference.early_stopping(costs, 5) == (7, 7)
