"""What learners write for find_mistakes: checkers that miss or refuse, and good ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception

#: Sizes of layers, n_prev, n_l and m, and the size of dZ, that make a complete test. No shapes come
#: twice.
ALL_SIZES = (
    *((2, 4, 3, 1.0), (3, 2, 1, 1.0), (2, 1, 3, 1.0), (1, 2, 3, 1.0)),
    *((4, 2, 3, 1e6), (3, 2, 4, 1e-6)),
)


def layer_of(n_prev, n_l, m, size, seed=1):
    """Return dZ and the cache of a layer."""
    draw = np.random.default_rng(seed).normal
    return size * draw(size=(n_l, m)), (
        draw(size=(n_prev, m)),
        draw(size=(n_l, n_prev)),
        draw(size=(n_l, 1)),
    )


def slopes_of(dZ, cache):
    """Return the gradients as they are measured, by steps of 1 to one side."""

    def cost(A_prev, W, b):
        return np.vdot(dZ, W @ A_prev + b) / dZ.shape[1]

    slopes, before = [], cost(*cache)
    for place in range(3):
        slope = np.zeros_like(cache[place])
        for i in range(slope.shape[0]):
            for j in range(slope.shape[1]):
                arrays = [array.copy() for array in cache]
                arrays[place][i, j] += 1
                slope[i, j] = cost(*arrays) - before
        slopes.append(slope)
    slopes[0] *= dZ.shape[1]
    return slopes


#: Slopes of layers, by size and seed; nearly all candidates are asked of the same ones.
MEASURED = {}


def slopes_of_layer(size, seed):
    """Return the slopes of a layer of this size; measure them once."""
    if (size, seed) not in MEASURED:
        MEASURED[size, seed] = slopes_of(*layer_of(*size, seed))
    return MEASURED[size, seed]


def are_right(answer, slopes, shapes=True, atol=0.0):
    """Return whether three gradients have the shapes and numbers of these slopes."""
    for got, want in zip(answer, slopes, strict=True):
        if shapes and np.shape(got) != np.shape(want):
            return False
        try:
            error = np.abs(got - want).max()
        except ValueError:
            return False
        if not error <= max(1e-6 * np.abs(want).max(), atol):
            return False
    return True


def complaints(candidate, sizes=ALL_SIZES, numbers=True, inputs=True, again=True, **how):
    """Return what is found when only some things are looked at."""
    remarks = []
    for size in sizes:
        for seed in (1, 2, 1) if again else (1,):
            dZ, cache = layer_of(*size, seed)
            given = copy.deepcopy((dZ, cache))
            try:
                answer = candidate(*given)
                if numbers and not are_right(answer, slopes_of_layer(size, seed), **how):
                    remarks.append(f"{size}: not right")
                if not numbers and [np.shape(got) for got in answer] != [a.shape for a in cache]:
                    remarks.append(f"{size}: a shape")
            except Exception as error:
                remarks.append(f"{size}: {error}")
            if inputs and not all(map(np.array_equal, (given[0], *given[1]), (dZ, *cache))):
                remarks.append(f"{size}: an input")
    return remarks


@misconception(
    "All candidates of the visible check are refused, the right ones, too. Does a right one pass"
    " each of your tests, to a tolerance, and within the budget of calls and numbers?",
    caught_by="test_lets_right_candidates_pass",
)
def all_wrong(candidate):
    return ["this looks wrong"]


@misconception(
    "Every list that comes back is empty, whatever the candidate. Is what is found added to the "
    "list that you return, and not only printed or asserted?",
    caught_by="test_lets_right_candidates_pass",
)
def all_right(candidate):
    complaints(candidate)
    return []


@misconception(
    "Shapes are looked at, and nothing else. An array of the right shape can hold any numbers: "
    "compare them with slopes that you measure.",
    caught_by="test_finds_wrong_dW_and_db",
)
def only_shapes(candidate):
    return complaints(candidate, numbers=False, inputs=False, again=False)


@misconception(
    "Only what changes from call to call is found: the candidate is compared with itself. A wrong "
    "answer that stays the same needs another way to the same numbers.",
    caught_by="test_finds_wrong_dW_and_db",
)
def compared_with_itself(candidate):
    dZ, cache = layer_of(4, 3, 5, 1.0)
    first = [np.array(one) for one in candidate(dZ.copy(), copy.deepcopy(cache))]
    second = candidate(dZ.copy(), copy.deepcopy(cache))
    return [] if all(map(np.array_equal, first, second)) else ["another answer"]


@misconception(
    "A db that has a column for each example passes: the numbers are compared, and NumPy repeats "
    "a column where the shapes differ. Compare the shapes first.",
    caught_by="test_finds_wrong_shapes",
)
def shapes_not_compared(candidate):
    return complaints(candidate, shapes=False)


@misconception(
    "What goes wrong with one example alone is not found. Test a layer with m = 1, too.",
    caught_by="test_finds_mistakes_with_one_example",
)
def never_one_example(candidate):
    return complaints(candidate, [size for size in ALL_SIZES if size[2] > 1])


@misconception(
    "What goes wrong with one unit alone is not found. Test a layer with a single unit, too.",
    caught_by="test_finds_mistakes_with_one_unit",
)
def never_one_unit(candidate):
    return complaints(candidate, [size for size in ALL_SIZES if size[0] > 1 and size[1] > 1])


@misconception(
    "Only layers with one example are tested. There, 1/m is 1: a gradient that is m times too "
    "large looks right. Test several examples, too.",
    caught_by="test_finds_wrong_dW_and_db",
)
def always_one_example(candidate):
    return complaints(candidate, [(*size[:2], 1, size[3]) for size in ALL_SIZES])


@misconception(
    "Inputs that have changed are not found. Keep copies of the arrays, and compare them after the "
    "call: two names of one array are always equal.",
    caught_by="test_finds_changed_inputs",
)
def inputs_not_compared(candidate):
    return complaints(candidate, inputs=False)


@misconception(
    "A candidate that is right at its first call passes, whatever it does later. Call it again: "
    "with other numbers of the same shapes, then with the first ones.",
    caught_by="test_finds_what_earlier_calls_leave",
)
def called_once(candidate):
    return complaints(candidate, again=False)


@misconception(
    "Mistakes with large or small numbers are not found. Try a dZ of 1e6 and one of 1e-6, and let "
    "the tolerance grow and shrink with the numbers.",
    caught_by="test_finds_lost_large_and_small_numbers",
)
def ordinary_numbers_only(candidate):
    return complaints(candidate, ALL_SIZES[:4])


@misconception(
    "Mistakes with small numbers are not found: in the tolerance stands a fixed number, beside "
    "which they are nothing. Let it shrink with the numbers.",
    caught_by="test_finds_lost_large_and_small_numbers",
)
def fixed_tolerance(candidate):
    return complaints(candidate, atol=1e-4)


@misconception(
    "A right candidate is refused that returns a list. Whoever calls it unpacks three gradients, "
    "and a list will do.",
    caught_by="test_lets_right_candidates_pass",
)
def lists_refused(candidate):
    if not isinstance(candidate(*layer_of(4, 3, 5, 1.0)), tuple):
        return ["it returns no tuple"]
    return complaints(candidate)


@misconception(
    "Where a candidate ends with an exception, your test ends with it. Catch it: it is a mistake "
    "that you have found.",
    caught_by="test_finds_mistakes_with_one_example",
)
def exceptions_not_caught(candidate):
    for size in ALL_SIZES:
        candidate(*layer_of(*size, seed=3))
    return complaints(candidate)


@misconception(
    "A truth comes back, True or False. Return a list of what was found: it is empty if the "
    "candidate is right.",
    caught_by="test_lets_right_candidates_pass",
)
def truth_returned(candidate):
    return not complaints(candidate)


@misconception(
    "A text comes back. Return a list of what was found: it is empty if the candidate is right.",
    caught_by="test_lets_right_candidates_pass",
)
def text_returned(candidate):
    return "; ".join(complaints(candidate))


@misconception(
    "None comes back. Return the list of what was found: to print it is not enough.",
    caught_by="test_lets_right_candidates_pass",
)
def printed(candidate):
    for line in complaints(candidate):
        print(line)


@misconception(
    "A single layer decides: what goes wrong with one example, with one unit, with large and with "
    "small numbers is not found. Try several layers, and return when all of them have been tried.",
    caught_by="test_finds_mistakes_with_one_example",
)
def returns_after_the_first_layer(candidate):
    return complaints(candidate, ALL_SIZES[:1])


@accepted("a right version of its own to compare with, beside copies, calls and sizes")
def version_of_its_own(candidate):
    def right(dZ, A_prev, W):
        return [W.T @ dZ, dZ @ A_prev.T / len(dZ.T), dZ.mean(axis=1)[:, None]]

    remarks = []
    for n_prev, n_l, m in ((4, 3, 5), (2, 3, 1), (3, 1, 2), (1, 2, 3)):
        for size in (1e-6, 1, 1e6):
            for seed in (1, 2, 1):
                dZ, (A_prev, W, b) = layer_of(n_prev, n_l, m, size, seed)
                arrays = [dZ.copy(), A_prev.copy(), W.copy(), b.copy()]
                try:
                    answer = candidate(arrays[0], tuple(arrays[1:]))
                    for got, want in zip(answer, right(dZ, A_prev, W), strict=True):
                        np.testing.assert_allclose(got, want, rtol=1e-5, strict=True)
                    for got, want in zip(arrays, (dZ, A_prev, W, b), strict=True):
                        np.testing.assert_array_equal(got, want)
                except Exception as error:
                    remarks.append(repr(error))
    return remarks


@accepted("slopes along a few directions, of other numbers in each call")
def by_properties(candidate):
    draw = np.random.RandomState(4).standard_normal
    remarks = set()

    def look(n_prev, n_l, m, size):
        cache = draw((n_prev, m)), draw((n_l, n_prev)), draw((n_l, 1))
        dZ = size * draw((n_l, m))
        kept = [array.copy() for array in (dZ, *cache)]
        gradients = candidate(dZ, cache)
        if not all(map(np.array_equal, kept, (dZ, *cache))):
            remarks.add("an input")
        for place, got in enumerate(gradients):
            if got.shape != cache[place].shape:
                remarks.add("a shape")
            for _ in range(4):
                ways = [draw(got.shape) if at == place else 0 for at in range(3)]
                heights = []
                for step in (-1, 1):
                    A, W, b = (one + step * way for one, way in zip(kept[1:], ways, strict=True))
                    heights.append(np.vdot(kept[0], W @ A + b))
                slope = (heights[1] - heights[0]) / 2 / (m if place else 1)
                if not abs(np.vdot(got, ways[place]) - slope) <= 1e-6 * size:
                    remarks.add("a slope")

    for sizes in ((6, 4, 3), (6, 4, 1), (6, 1, 3), (1, 4, 3)):
        for size in (1.0, 1.0, 1e-6, 1e6):
            try:
                look(*sizes, size)
            except Exception as error:
                remarks.add(type(error).__name__)
    return sorted(remarks)


@accepted("unseeded numbers, other words each time, a tuple, prints and annotations")
def unseeded(candidate: object) -> tuple:
    remarks: list = []
    for sizes in ALL_SIZES:
        layers = [layer_of(*sizes, seed=None) for _ in range(2)]
        for dZ, cache in (*layers, layers[0]):
            given = copy.deepcopy((dZ, cache))
            try:
                if not are_right(candidate(*given), slopes_of(dZ, cache)):
                    remarks.append(np.random.rand())
            except Exception:
                remarks.append("an exception")
            same = map(np.array_equal, (given[0], *given[1]), (dZ, *cache))
            remarks += ["an input"] * (not all(same))
    print(len(remarks), "remarks")
    return tuple(remarks)


@accepted("the first mistake ends it")
def first_mistake_ends_it(candidate):
    for sizes in ALL_SIZES:
        remarks = complaints(candidate, [sizes])
        if remarks:
            return remarks[:1]
    return []
