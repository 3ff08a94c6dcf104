"""What learners write for numerical_gradient: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The difference is one-sided: from theta to h above it. Its error is of the order h, that of a "
    "central difference of the order of h squared.",
    caught_by="test_gradient_is_central",
)
def one_sided(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        moved = theta.astype(float)
        moved[index] += h
        gradient[index] = (f(moved) - f(theta)) / h
    return gradient


@misconception(
    "The gradient is exactly twice too large: the two places are two steps apart, so the rise is "
    "divided by twice the step.",
    caught_by="test_gradient_is_central",
)
def divided_by_h(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / h
    return gradient


@misconception(
    "The sign is turned round: the value below is to be taken from the value above.",
    caught_by="test_gradient_is_central",
)
def sign_turned(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta - step) - f(theta + step)) / (2 * h)
    return gradient


@misconception(
    "The product is missing its parentheses: dividing by `2 * h` without them divides by 2 and "
    "then multiplies by h.",
    caught_by="test_gradient_is_central",
)
def parentheses_missing(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / 2 * h
    return gradient


@misconception(
    "All entries move at once, so one slope stands everywhere: the sum of all partial derivatives. "
    "A partial derivative moves one entry and holds the others still.",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def all_at_once(f, theta, h):
    return np.full(theta.shape, (f(theta + h) - f(theta - h)) / (2 * h))


@misconception(
    "The steps add up: an entry that was moved is not put back before the next one moves.",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def steps_add_up(f, theta, h):
    gradient = np.zeros(theta.shape)
    step = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient


@misconception(
    "theta itself is moved and not put back, so the caller's array has changed and later entries "
    "are measured at another place.",
    caught_by="test_gradient_theta_unchanged_and_repeatable",
)
def theta_not_put_back(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        theta[index] += h
        above = f(theta)
        theta[index] -= 2 * h
        gradient[index] = (above - f(theta)) / (2 * h)
    return gradient


@misconception(
    "The gradient is made like theta, so of whole numbers it is made for whole numbers, and every "
    "slope loses what stands behind the decimal point.",
    caught_by="test_gradient_of_whole_numbers",
)
def whole_numbers_kept(f, theta, h):
    gradient = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient


@misconception(
    "The gradient is flat. It has the shape of theta, so that each slope stands where its entry "
    "stands.",
    caught_by="test_gradient_has_the_shape_of_theta",
)
def flat(f, theta, h):
    gradient = []
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient.append((f(theta + step) - f(theta - step)) / (2 * h))
    return np.array(gradient)


@misconception(
    "The step is written out as 1e-5, so the h that the caller passes has no effect.",
    caught_by="test_gradient_is_central",
)
def step_written_out(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = 1e-5
        gradient[index] = (f(theta + step) - f(theta - step)) / 2e-5
    return gradient


@accepted("two copies of theta for each entry, flat indices")
def copies_and_flat_indices(f, theta, h):
    gradient = np.zeros(theta.size)
    for i in range(theta.size):
        up, down = theta.astype(float).ravel(), theta.astype(float).ravel()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up.reshape(theta.shape)) - f(down.reshape(theta.shape))) / (2.0 * h)
    return gradient.reshape(theta.shape)


@accepted("rows of the unit matrix as directions")
def unit_directions(f, theta, h):
    slopes = []
    for direction in np.eye(theta.size):
        e = h * direction.reshape(theta.shape)
        slopes.append((f(theta + e) - f(theta - e)) / (2 * h))
    return np.array(slopes).reshape(theta.shape)


@accepted("np.nditer, a copy whose old value is put back, type annotations")
def nditer_and_old_value(f, theta: np.ndarray, h: float) -> np.ndarray:
    x = np.array(theta, dtype=float)
    gradient = np.empty(x.shape)
    walk = np.nditer(theta, flags=["multi_index"])
    for _ in walk:
        index = walk.multi_index
        old = x[index]
        x[index] = old + h
        above = f(x)
        x[index] = old - h
        below = f(x)
        x[index] = old
        gradient[index] = 0.5 * (above - below) / h
    return gradient
