"""Sentences on shapes that do not fit, from the message of an exception alone."""

import numpy as np
import pytest

from tests.reference import reference
from workbook.course.cases import check_data
from workbook.diagnosis.diagnosis import diagnose
from workbook.diagnosis.observation import observe


def chosen(dZ, A_prev, W):
    return np.where(dZ > 0, dZ, A_prev)


def summed_over_no_axis(dZ, A_prev, W):
    return np.einsum("ik,kj->ij", dZ, A_prev)


def put_into_a_flat_place(dZ, A_prev, W):
    found = np.zeros(W.shape)
    found[:, 0] = dZ.mean(axis=1, keepdims=True)
    return found


def paired(dZ, A_prev, W):
    return dZ @ A_prev


def told(product):
    """Return what is said of a linear_backward whose dW is made so."""

    def answer(dZ, cache):
        A_prev, W, _ = cache
        dA_prev, _, db = reference.linear_backward(dZ, cache)
        return dA_prev, product(dZ, A_prev, W), db

    return diagnose("linear_backward", observe(answer, check_data("linear_backward").cases))


@pytest.mark.parametrize(
    ("product", "said"),
    [
        (chosen, "Arrays of shapes (2, 4) and (3, 4) meet entry by entry, and do not fit,"),
        (
            summed_over_no_axis,
            "Arrays of shapes (2, 4) and (3, 4) do not fit in `einsum`, in the case “3 inputs, 2 "
            "units, 4 examples”: one letter stands for axes of different sizes.",
        ),
        (
            put_into_a_flat_place,
            "An array of shape (2, 1) is put into a place of shape (2,), in the case “3 inputs, 2 "
            "units, 4 examples”, and does not fit.",
        ),
        (paired, "Two arrays are multiplied as matrices whose inner sizes are 4 and 3,"),
    ],
)
def test_the_shapes_that_do_not_fit_are_told_with_what_is_done(product, said):
    assert said in told(product)
