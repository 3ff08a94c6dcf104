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
    "The rise is multiplied by h, and not divided by it: without parentheses, `/ 2 * h` divides by "
    "2 and then multiplies by h.",
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
    "An entry that was moved stays a step below its place while the next ones move. It is put back "
    "first.",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def copy_not_put_back(f, theta, h):
    return theta_not_put_back(f, theta.astype(float), h)


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
    "For whole numbers in theta every slope is a whole number, as in an array made like theta: it"
    " loses what stands behind the decimal point.",
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
    "The slopes are nearly exact whatever h is, as with a step of 1e-5 that is written out, or with"
    " more than two places. Asked for is the central difference of the caller's h, with its error.",
    caught_by="test_gradient_is_central",
)
def step_written_out(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = 1e-5
        gradient[index] = (f(theta + step) - f(theta - step)) / 2e-5
    return gradient


@misconception(
    "The difference is one-sided: from h below theta to theta. Its error is of the order h, that "
    "of a central difference of the order of h squared.",
    caught_by="test_gradient_is_central",
)
def backward_difference(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta) - f(theta - step)) / h
    return gradient


@misconception(
    "The rise from theta to h above it is divided by twice the step, so the slope is half of what "
    "it is. A central difference goes from h below to h above.",
    caught_by="test_gradient_is_central",
)
def one_sided_over_2h(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta)) / (2 * h)
    return gradient


@misconception(
    "The rise from h below theta to theta is divided by twice the step, so the slope is half of "
    "what it is. A central difference goes from h below to h above.",
    caught_by="test_gradient_is_central",
)
def backward_over_2h(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta) - f(theta - step)) / (2 * h)
    return gradient


@misconception(
    "The difference goes half a step up and half a step down. Each entry moves by the whole h, "
    "both ways.",
    caught_by="test_gradient_is_central",
)
def half_a_step(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step / 2) - f(theta - step / 2)) / h
    return gradient


@misconception(
    "The difference goes two steps up and two steps down. Each entry moves by h, once up and once "
    "down.",
    caught_by="test_gradient_is_central",
)
def twice_the_step(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + 2 * step) - f(theta - 2 * step)) / (4 * h)
    return gradient


@misconception(
    "The rise is divided by the square of the step. The two places are two steps apart: that is "
    "what it is divided by.",
    caught_by="test_gradient_is_central",
)
def divided_by_h_squared(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / h**2
    return gradient


@misconception(
    "The rise is not divided by anything. A slope is the rise over the distance of the two places.",
    caught_by="test_gradient_is_central",
)
def not_divided(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = f(theta + step) - f(theta - step)
    return gradient


@misconception(
    "The rise is divided by 2 alone. The two places are two steps apart: the step belongs to the "
    "distance.",
    caught_by="test_gradient_is_central",
)
def divided_by_2(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / 2
    return gradient


@misconception(
    "This is how the slope itself changes: the second derivative. The gradient is made of first "
    "ones, of one value above and one below.",
    caught_by="test_gradient_is_central",
)
def second_derivative(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - 2 * f(theta) + f(theta - step)) / h**2
    return gradient


@misconception(
    "The two values are added. A slope is a difference: the value below is taken from the value "
    "above.",
    caught_by="test_gradient_is_central",
)
def sum_for_difference(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) + f(theta - step)) / (2 * h)
    return gradient


@misconception(
    "Without parentheses only the second value is divided. The whole difference is divided by the "
    "distance.",
    caught_by="test_gradient_is_central",
)
def only_the_value_below_divided(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = f(theta + step) - f(theta - step) / (2 * h)
    return gradient


@misconception(
    "The slopes have lost their signs: one that falls is negative.",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def absolute_slopes(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = abs(f(theta + step) - f(theta - step)) / (2 * h)
    return gradient


@misconception(
    "The step is h times the entry, so each entry moves by another distance. It is h for all of "
    "them.",
    caught_by="test_gradient_is_central",
)
def relative_step(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h * abs(theta[index])
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h * abs(theta[index]))
    return gradient


@misconception(
    "All entries of a row move together, so a row holds one slope: the sum of its partial "
    "derivatives. Each entry moves alone.",
    caught_by="test_gradient_is_central",
)
def rows_at_once(f, theta, h):
    gradient = np.zeros(theta.shape)
    for i in range(len(theta)):
        step = np.zeros(theta.shape)
        step[i] = h
        gradient[i] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient


@misconception(
    "One number comes back. The gradient has a slope for each entry of theta.",
    caught_by="test_gradient_has_the_shape_of_theta",
)
def one_number(f, theta, h):
    return (f(theta + h) - f(theta - h)) / (2 * h)


@misconception(
    "Only the first entry has its slope, and the others are 0. Does `return` stand inside the "
    "loop?",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def first_entry_only(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient[index] = (f(theta + step) - f(theta - step)) / (2 * h)
        return gradient


@misconception(
    "Where theta holds whole numbers, so do its moved copies: what stands behind the decimal"
    " point is cut off before f sees it.",
    caught_by="test_gradient_of_whole_numbers",
)
def step_lost_in_whole_numbers(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        up, down = theta.copy(), theta.copy()
        up[index] += h
        down[index] -= h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@misconception(
    "The last slope is 0. Count the entries that the loop visits.",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def last_entry_left_out(f, theta, h):
    gradient = np.zeros(theta.size)
    for i in range(theta.size - 1):
        step = np.zeros(theta.size)
        step[i] = h
        step = step.reshape(theta.shape)
        gradient[i] = (f(theta + step) - f(theta - step)) / (2 * h)
    return gradient.reshape(theta.shape)


@misconception(
    "The other entries are at 0 while one moves, so the slope is measured somewhere else. They "
    "stay where theta has them.",
    caught_by="test_gradient_moves_one_entry_at_a_time",
)
def other_entries_at_zero(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        up, down = np.zeros(theta.shape), np.zeros(theta.shape)
        up[index], down[index] = theta[index] + h, theta[index] - h
        gradient[index] = (f(up) - f(down)) / (2 * h)
    return gradient


@misconception(
    "A flat list of slopes comes back. The gradient is an array of the shape of theta.",
    caught_by="test_gradient_has_the_shape_of_theta",
)
def a_list(f, theta, h):
    gradient = []
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        gradient.append((f(theta + step) - f(theta - step)) / (2 * h))
    return gradient


@misconception(
    "The difference is one-sided: its error is of the order h. And where theta holds whole"
    " numbers, so do its moved copies: their decimals are cut off.",
    caught_by="test_gradient_is_central",
)
def one_sided_among_whole_numbers(f, theta, h):
    gradient = np.zeros_like(theta)
    for index in np.ndindex(theta.shape):
        moved = theta.copy()
        moved[index] += h
        gradient[index] = (f(moved) - f(theta)) / h
    return gradient


@misconception(
    "The gradient is flat; it has the shape of theta. And where theta holds whole numbers, so do"
    " its moved copies: their decimals are cut off.",
    caught_by="test_gradient_has_the_shape_of_theta",
)
def flat_among_whole_numbers(f, theta, h):
    flat = theta.ravel()
    gradient = np.zeros(flat.size)
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        gradient[i] = (f(up) - f(down)) / (2 * h)
    return gradient


@misconception(
    "The step is 0.1 in every call: the h that the caller passes has no effect.",
    caught_by="test_gradient_is_central",
)
def step_of_one_tenth(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = 0.1
        gradient[index] = (f(theta + step) - f(theta - step)) / 0.2
    return gradient


@misconception(
    "All slopes are 0. Is f asked at two places, a step above theta and a step below it, that are"
    " not one and the same array?",
    caught_by="test_gradient_is_central",
)
def one_place_for_both(f, theta, h):
    return np.zeros(theta.shape)


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
