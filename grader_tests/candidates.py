"""Candidates that find_mistakes is judged by: right styles of linear_backward, and wrong ones.

Each kind of mistake stands beside right styles that a careless test of that kind refuses.

Longer than other files: one list of short functions.
"""

import numpy as np

from solutions.linear_backward import linear_backward
from workbook.course.given.candidates import Candidate

# Right, in other styles


def gradients_in_a_list(dZ, cache):
    return list(linear_backward(dZ, cache))


def unit_by_unit(dZ, cache):
    A_prev, W, b = cache
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for unit, row in enumerate(dZ):
        dA_prev += np.outer(W[unit], row)
        dW[unit] = (A_prev * row).mean(axis=1)
        db[unit] = row.mean()
    return dA_prev, dW, db


def example_by_example(dZ, cache):
    A_prev, W, b = cache
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for at in range(dZ.shape[1]):
        dz = dZ[:, at]
        dA_prev[:, at] = dz @ W
        dW += np.multiply.outer(dz, A_prev[:, at]) / dZ.shape[1]
        db[:, 0] += dz / dZ.shape[1]
    return dA_prev, dW, db


def by_tensordot(dZ, cache):
    A_prev, W, _ = cache
    share = dZ / dZ.shape[1]
    dW = np.tensordot(share, A_prev, axes=([1], [1]))
    return (
        np.tensordot(W, dZ, axes=([0], [0])),
        dW,
        np.tensordot(share, np.ones((len(share.T), 1)), 1),
    )


def bias_as_an_input(dZ, cache):
    A_prev, W, _ = cache
    inputs = np.vstack([A_prev, np.ones((1, A_prev.shape[1]))])
    both = np.einsum("im,jm->ij", dZ, inputs) / dZ.shape[1]
    return np.einsum("ij,im->jm", W, dZ), both[:, :-1], both[:, -1:]


def works_on_copies(dZ, cache):
    dZ, (A_prev, W, _) = dZ.copy(), (array.copy() for array in cache)
    A_prev /= dZ.shape[1]
    W *= 1.0
    return W.T @ dZ, dZ @ A_prev.T, dZ.sum(axis=1, keepdims=True) / dZ.shape[1]


def of_twelve_digits(dZ, cache):
    """Return gradients whose entries are rounded to twelve digits of the largest one."""
    rounded = []
    for array in linear_backward(dZ, cache):
        size = np.abs(array).max(initial=0.0) or 1.0
        rounded.append(np.round(array / size, 12) * size)
    return tuple(rounded)


def checks_its_inputs(dZ, cache):
    A_prev, W, b = cache
    if dZ.shape != (W.shape[0], A_prev.shape[1]) or b.shape != (W.shape[0], 1):
        raise ValueError("these arrays are not those of one layer")
    if not all(np.isfinite(array).all() for array in (dZ, *cache)):
        raise ValueError("the arrays hold inf or nan")
    return linear_backward(dZ, cache)


def remembering():
    """Return a candidate that remembers what it has computed, for the very same numbers."""
    known = {}

    def remembers(dZ, cache):
        key = tuple((array.shape, array.tobytes()) for array in (dZ, *cache))
        if key not in known:
            known[key] = linear_backward(dZ, cache)
        return tuple(array.copy() for array in known[key])

    return remembers


# Wrong in shapes


def db_flat(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW, db.ravel()


def dW_turned(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW.T, db


def db_repeated(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW, db + np.zeros(dZ.shape)


def dW_with_an_axis(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW[np.newaxis], db


# Wrong in numbers


def dW_as_a_sum(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW * dZ.shape[1], db


def db_of_all_but_one(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW, db - dZ[:, -1:] / dZ.shape[1]


def divided_by_the_units(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    factor = dZ.shape[1] / len(dZ)
    return dA_prev, dW * factor, db * factor


def with_an_epsilon(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    factor = dZ.shape[1] / (dZ.shape[1] + 1e-3)
    return dA_prev, dW * factor, db * factor


def dW_upside_down(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW[::-1].copy(), db


def dA_prev_as_a_mean(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev / dZ.shape[1], dW, db


def dW_of_the_other_sign(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, -dW, db


def dA_prev_of_positive_weights(dZ, cache):
    A_prev, W, b = cache
    return linear_backward(dZ, (A_prev, np.abs(W), b))


def dA_prev_of_positive_dZ(dZ, cache):
    _, dW, db = linear_backward(dZ, cache)
    return linear_backward(np.maximum(dZ, 0.0), cache)[0], dW, db


def dA_prev_with_the_bias(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev + cache[2].mean() * dZ.sum(axis=0), dW, db


# Wrong with one example, one unit or one input


def squeezed_with_one_example(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return (dA_prev, dW, db.squeeze()) if dZ.shape[1] == 1 else (dA_prev, dW, db)


def refuses_one_example(dZ, cache):
    spread = np.linalg.inv(np.eye(dZ.shape[1])[1:, 1:])[0, 0]
    return tuple(spread * array for array in linear_backward(dZ, cache))


def halved_with_one_example(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    m = dZ.shape[1]
    return dA_prev, dW * m / max(m, 2), db


def nan_with_one_example(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    spread = dZ.std(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        return dA_prev, dW, db / spread * spread


def number_with_one_unit(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW, db if len(db) > 1 else float(db.item())


def flat_with_one_unit(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, dW if len(dW) > 1 else dW[0], db


def row_lost_with_one_input(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev if len(dA_prev) > 1 else dA_prev[0], dW, db


# Right, but for what they do to their inputs


def dZ_divided_late(dZ, cache):
    answer = linear_backward(dZ, cache)
    dZ /= 2
    return answer


def dZ_divided_by_m(dZ, cache):
    answer = linear_backward(dZ, cache)
    dZ /= dZ.shape[1]
    return answer


def b_moved(dZ, cache):
    answer = linear_backward(dZ, cache)
    cache[2][...] -= 0.1 * answer[2]
    return answer


def A_prev_sorted(dZ, cache):
    answer = linear_backward(dZ, cache)
    cache[0].sort(axis=1)
    return answer


# Right at first


def kept_by_shapes():
    """Return a candidate that returns again what it has returned for these shapes."""
    known = {}

    def keeps(dZ, cache):
        key = tuple(array.shape for array in (dZ, *cache))
        return known.setdefault(key, linear_backward(dZ, cache))

    return keeps


def gradients_added_up():
    """Return a candidate whose gradients are added to those of earlier calls, as in a training."""
    sums = {}

    def adds(dZ, cache):
        dA_prev, dW, db = linear_backward(dZ, cache)
        sums[dW.shape] = sums.get(dW.shape, 0.0) + dW
        return dA_prev, sums[dW.shape].copy(), db

    return adds


def one_call_late():
    """Return a candidate that works with the weights of the call before, if they fit."""
    last = {}

    def late(dZ, cache):
        A_prev, W, b = cache
        used = last.get(W.shape, W)
        last[W.shape] = W.copy()
        return linear_backward(dZ, (A_prev, used, b))

    return late


# Right for ordinary numbers


def clipped(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return dA_prev, np.clip(dW, -1e4, 1e4), db


def capped(dZ, cache):
    return linear_backward(np.clip(dZ, -1e4, 1e4), cache)


def rounded_gradients(dZ, cache):
    return tuple(np.round(array, 7) for array in linear_backward(dZ, cache))


def rounded_to_a_billionth(dZ, cache):
    return tuple(np.round(array, 9) for array in linear_backward(dZ, cache))


def small_to_zero(dZ, cache):
    dA_prev, dW, db = linear_backward(dZ, cache)
    return np.where(np.abs(dA_prev) < 1e-4, 0.0, dA_prev), dW, db


#: The wrong ones of each kind, and right ones that a careless test of it refuses.
KINDS = {
    "shapes": (
        (db_flat, dW_turned, db_repeated, dW_with_an_axis),
        (gradients_in_a_list, by_tensordot),
    ),
    "dW and db": (
        (
            *(dW_as_a_sum, db_of_all_but_one, divided_by_the_units, dW_of_the_other_sign),
            *(dW_upside_down, with_an_epsilon),
        ),
        (bias_as_an_input, example_by_example, of_twelve_digits),
    ),
    "dA_prev": (
        (
            *(dA_prev_as_a_mean, dA_prev_of_positive_weights, dA_prev_with_the_bias),
            dA_prev_of_positive_dZ,
        ),
        (unit_by_unit, by_tensordot),
    ),
    "one example": (
        (
            *(squeezed_with_one_example, refuses_one_example, halved_with_one_example),
            nan_with_one_example,
        ),
        (checks_its_inputs, example_by_example),
    ),
    "one unit": (
        (number_with_one_unit, flat_with_one_unit, row_lost_with_one_input),
        (bias_as_an_input, checks_its_inputs),
    ),
    "inputs": (
        (dZ_divided_late, dZ_divided_by_m, b_moved, A_prev_sorted),
        (works_on_copies, example_by_example),
    ),
    "calls": (
        (kept_by_shapes, gradients_added_up, one_call_late),
        (remembering, gradients_in_a_list),
    ),
    "sizes": (
        (clipped, capped, rounded_gradients, rounded_to_a_billionth, small_to_zero),
        (unit_by_unit, bias_as_an_input),
    ),
}

#: All right styles, and a few that are wrong whatever is looked at.
ALL_RIGHT = (
    linear_backward, gradients_in_a_list, unit_by_unit, example_by_example, by_tensordot,
    bias_as_an_input, works_on_copies, checks_its_inputs, remembering, of_twelve_digits,
)  # fmt: skip
PLAINLY_WRONG = (db_flat, dW_as_a_sum, dA_prev_of_positive_weights)

#: These are made anew for each candidate, for they keep something from call to call.
MAKERS = (remembering, kept_by_shapes, gradients_added_up, one_call_late)


def candidate_of(function):
    """Return a candidate that has not been called."""
    return Candidate(function if function in MAKERS else lambda: function)
