"""The activations that the course gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from workbook import relu, relu_backward, sigmoid, sigmoid_backward

LAYERS = array_shapes(min_dims=2, max_dims=2, max_side=4)
ANY = arrays(float, LAYERS, elements=st.floats(-1e300, 1e300))


@given(ANY)
def test_sigmoid_never_overflows_and_stays_in_range(Z):
    A, cache = sigmoid(Z)
    assert cache is Z
    assert A.shape == Z.shape
    assert np.all((A >= 0) & (A <= 1))


@pytest.mark.parametrize(
    ("forward", "backward"), [(sigmoid, sigmoid_backward), (relu, relu_backward)]
)
def test_backward_is_the_derivative_of_forward(forward, backward):
    rng = np.random.default_rng(11)
    Z, dA = rng.standard_normal((3, 40)), rng.standard_normal((3, 40))
    Z[np.abs(Z) < 1e-3] = 0.5  # a finite difference means nothing at ReLU's kink
    step = 1e-6
    slope = (forward(Z + step)[0] - forward(Z - step)[0]) / (2 * step)
    np.testing.assert_allclose(backward(dA, Z), dA * slope, rtol=1e-6, atol=1e-9)


def test_relu_has_derivative_0_at_0():
    np.testing.assert_array_equal(
        relu_backward(np.ones((1, 3)), np.array([[-1.0, 0.0, 1.0]])), [[0, 0, 1]]
    )
