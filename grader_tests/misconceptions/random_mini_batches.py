"""What learners write for random_mini_batches: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The last, shorter mini-batch is missing: the examples in it are left out of this epoch.",
    caught_by="test_batches_sizes",
)
def last_one_dropped(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(rng).permutation(X.shape[1])
    X, Y = X[:, order], Y[:, order]
    batches = []
    for k in range(X.shape[1] // mini_batch_size):
        part = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        batches.append((X[:, part], Y[:, part]))
    return batches


@misconception(
    "X and Y are shuffled in two different orders, so the examples carry the labels of others. "
    "Draw one order, and use it for both.",
    caught_by="test_batches_keep_pairs",
)
def two_orders(X, Y, mini_batch_size, rng):
    rng = np.random.default_rng(rng)
    m = X.shape[1]
    X, Y = X[:, rng.permutation(m)], Y[:, rng.permutation(m)]
    starts = range(0, m, mini_batch_size)
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]


@misconception(
    "X is shuffled and Y is not: the examples carry the labels of others.",
    caught_by="test_batches_keep_pairs",
)
def only_X_shuffled(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    X = X[:, np.random.default_rng(rng).permutation(m)]
    starts = range(0, m, mini_batch_size)
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]


@misconception(
    "The examples come in the order in which they were given. Data often come sorted, and then a "
    "mini-batch holds one kind only.",
    caught_by="test_batches_order_inputs_unchanged",
)
def not_shuffled(X, Y, mini_batch_size, rng):
    starts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]


@misconception(
    "The order is that of the seed 0 in every call, and rng is not used: every epoch then has the "
    "same order.",
    caught_by="test_batches_order_inputs_unchanged",
)
def seed_inside(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(seed=0).permutation(X.shape[1])
    starts = range(0, X.shape[1], mini_batch_size)
    return [
        (X[:, order[i : i + mini_batch_size]], Y[:, order[i : i + mini_batch_size]]) for i in starts
    ]


@misconception(
    "Examples are drawn with replacement: some come twice, and others never. A permutation holds "
    "each number once.",
    caught_by="test_batches_hold_each_example_once",
)
def with_replacement(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).integers(0, m, m)
    starts = range(0, m, mini_batch_size)
    return [
        (X[:, order[i : i + mini_batch_size]], Y[:, order[i : i + mini_batch_size]]) for i in starts
    ]


@misconception(
    "The last mini-batch is full, where it should hold only the examples that are left over. If it "
    "is filled up with others, these count twice in this epoch.",
    caught_by="test_batches_hold_each_example_once",
)
def last_one_filled_up(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[max(0, min(i, m - mini_batch_size)) : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "There is an empty mini-batch at the end when mini_batch_size divides the number of examples: "
    "its mean is 0 divided by 0.",
    caught_by="test_batches_sizes",
)
def empty_one_at_the_end(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for k in range(m // mini_batch_size + 1):
        chosen = order[k * mini_batch_size : (k + 1) * mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "mini_batch_size is taken for the number of mini-batches. It is how many examples each one "
    "holds.",
    caught_by="test_batches_sizes",
)
def size_taken_for_number(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(rng).permutation(X.shape[1])
    parts = np.array_split(order, mini_batch_size)
    return [(X[:, part], Y[:, part]) for part in parts if len(part)]


@misconception(
    "The labels have lost an axis: Y_batch is a row of shape (1, k), not a flat array.",
    caught_by="test_batches_keep_pairs",
)
def flat_labels(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(rng).permutation(X.shape[1])
    starts = range(0, X.shape[1], mini_batch_size)
    return [
        (X[:, order[i : i + mini_batch_size]], Y[0, order[i : i + mini_batch_size]]) for i in starts
    ]


@misconception(
    "Only the first mini-batch comes back. Does `return` stand inside the loop?",
    caught_by="test_batches_sizes",
)
def return_in_the_loop(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(rng).permutation(X.shape[1])
    batches = []
    for i in range(0, X.shape[1], mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
        return batches


@misconception(
    "The caller's own arrays are shuffled in place: X and Y are in another order after the call.",
    caught_by="test_batches_order_inputs_unchanged",
)
def shuffled_in_place(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(rng).permutation(X.shape[1])
    X[:], Y[:] = X[:, order], Y[:, order]
    starts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]


@misconception(
    "Only as many examples are dealt out as there are features: X.shape[0] counts the rows, and an "
    "example is a column.",
    caught_by="test_batches_hold_each_example_once",
)
def m_from_the_rows(X, Y, mini_batch_size, rng):
    m = X.shape[0]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "There is one mini-batch, of a single example. Y has one row, whatever the number of examples: "
    "they are its columns.",
    caught_by="test_batches_hold_each_example_once",
)
def m_from_the_rows_of_Y(X, Y, mini_batch_size, rng):
    m = len(Y)
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "Each mini-batch holds the labels of all examples, in the order in which they were given. Y is "
    "to be cut like X.",
    caught_by="test_batches_keep_pairs",
)
def all_labels_in_each(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y))
    return batches


@misconception(
    "The mini-batches hold examples without their labels. Each is a pair: X_batch and Y_batch.",
    caught_by="test_batches_keep_pairs",
)
def labels_not_dealt_out(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append(X[:, chosen])
    return batches


@misconception(
    "In each pair the labels come first. It is X_batch, and then Y_batch.",
    caught_by="test_batches_keep_pairs",
)
def labels_first(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((Y[:, chosen], X[:, chosen]))
    return batches


@misconception(
    "The examples of a mini-batch stand in rows. They are columns, as in X.",
    caught_by="test_batches_keep_pairs",
)
def examples_in_rows(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen].T, Y[:, chosen].T))
    return batches


@misconception(
    "The mini-batches overlap: each begins one example after the one before, and not "
    "mini_batch_size examples after it.",
    caught_by="test_batches_hold_each_example_once",
)
def start_not_multiplied(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range((m + mini_batch_size - 1) // mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "Each mini-batch ends one example too late, with the first of the next one: it holds one more "
    "than mini_batch_size. A slice leaves out its end already.",
    caught_by="test_batches_sizes",
)
def one_example_too_many(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size + 1]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "The last example of every full mini-batch is missing. A slice leaves out its end already.",
    caught_by="test_batches_sizes",
)
def one_example_too_few(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size - 1]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "The examples are shared out evenly. Every mini-batch is full, but for the last one.",
    caught_by="test_batches_sizes",
)
def even_sizes(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    number = -(-m // mini_batch_size)
    return [(X[:, chosen], Y[:, chosen]) for chosen in np.array_split(order, number)]


@misconception(
    "What is left over is put into the last full mini-batch, which becomes too large. It is a "
    "mini-batch of its own.",
    caught_by="test_batches_sizes",
)
def rest_joined_to_the_last(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches, number = [], max(m // mini_batch_size, 1)
    for k in range(number):
        end = (k + 1) * mini_batch_size if k < number - 1 else m
        chosen = order[k * mini_batch_size : end]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "A new order is drawn for each mini-batch: some examples come twice, and others never. Draw "
    "one order, and cut it up.",
    caught_by="test_batches_hold_each_example_once",
)
def drawn_anew_for_each(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    rng = np.random.default_rng(rng)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = rng.permutation(m)[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "Each mini-batch takes the first examples of an order of its own: some examples come twice, "
    "and others never. Draw one order, and cut it up.",
    caught_by="test_batches_hold_each_example_once",
)
def the_first_ones_of_each_order(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    rng = np.random.default_rng(rng)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = rng.permutation(m)[:mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "Every mini-batch holds the same examples, those at the beginning of the order. Each begins "
    "where the one before has ended.",
    caught_by="test_batches_hold_each_example_once",
)
def the_same_one_again(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[:mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "Each mini-batch is drawn by itself from all examples, by `choice`: some examples come twice, "
    "and others never. Draw one order, and cut it up.",
    caught_by="test_batches_hold_each_example_once",
)
def drawn_by_choice(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    rng = np.random.default_rng(rng)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = rng.choice(m, min(mini_batch_size, m - i), replace=False)
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "The order of the mini-batches is random, and the examples in each are still neighbours. "
    "Shuffle the examples first, and cut them up afterwards.",
    caught_by="test_batches_order_inputs_unchanged",
)
def only_the_batches_shuffled(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    starts = range(0, m, mini_batch_size)
    batches = [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]
    order = np.random.default_rng(rng).permutation(len(batches))
    return [batches[k] for k in order]


@misconception(
    "The features have changed places, and the examples have not: without an axis NumPy's "
    "`permutation` and `shuffle` go along the rows.",
    caught_by="test_batches_order_inputs_unchanged",
)
def rows_shuffled(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    X = np.random.default_rng(rng).permutation(X)
    starts = range(0, m, mini_batch_size)
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]


@misconception(
    "The rows have changed places, the row of the labels among them, and the examples have not: "
    "without an axis NumPy's `permutation` and `shuffle` go along the rows.",
    caught_by="test_batches_keep_pairs",
)
def rows_shuffled_with_labels(X, Y, mini_batch_size, rng):
    both = np.random.default_rng(rng).permutation(np.vstack([X, Y]))
    starts = range(0, X.shape[1], mini_batch_size)
    return [
        (both[:-1, i : i + mini_batch_size], both[-1:, i : i + mini_batch_size]) for i in starts
    ]


@misconception(
    "All examples are in one mini-batch: they are shuffled, and never cut up.",
    caught_by="test_batches_sizes",
)
def one_batch_of_all(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    return [(X[:, order], Y[:, order])]


@misconception(
    "The order is that of the seed 42 in every call, and rng is not used: every epoch then has the "
    "same order.",
    caught_by="test_batches_order_inputs_unchanged",
)
def seed_42_inside(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(42).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "The last mini-batch lacks its last example: a slice leaves out its end, so -1 is one too few.",
    caught_by="test_batches_hold_each_example_once",
)
def last_one_cut_short(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    X, Y = X[:, order], Y[:, order]
    batches, full = [], m // mini_batch_size
    for k in range(full):
        part = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        batches.append((X[:, part], Y[:, part]))
    if m % mini_batch_size != 0:
        batches.append((X[:, full * mini_batch_size : -1], Y[:, full * mini_batch_size : -1]))
    return batches


@misconception(
    "Two lists come back, one with the parts of X and one with those of Y. One list of pairs is"
    " wanted.",
    caught_by="test_batches_keep_pairs",
)
def two_lists(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    chosen = [order[i : i + mini_batch_size] for i in range(0, m, mini_batch_size)]
    return [X[:, one] for one in chosen], [Y[:, one] for one in chosen]


@misconception(
    "The order is that of `np.random.seed(0)` in every call, and rng is not used: every epoch"
    " then has the same order.",
    caught_by="test_batches_order_inputs_unchanged",
)
def old_seed_inside(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.RandomState(0).permutation(m)
    batches = []
    for i in range(0, m, mini_batch_size):
        chosen = order[i : i + mini_batch_size]
        batches.append((X[:, chosen], Y[:, chosen]))
    return batches


@misconception(
    "The last, shorter mini-batch holds the first examples again, and those that are left are "
    "never seen. It begins where the full ones end.",
    caught_by="test_batches_hold_each_example_once",
)
def last_one_from_the_front(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = np.random.default_rng(rng).permutation(m)
    full = m // mini_batch_size
    parts = [order[k * mini_batch_size : (k + 1) * mini_batch_size] for k in range(full)]
    if m % mini_batch_size:
        parts.append(order[: m % mini_batch_size])
    return [(X[:, part], Y[:, part]) for part in parts]


@accepted("numbers shuffled in place, and np.array_split at the borders")
def numbers_shuffled(X, Y, mini_batch_size, rng):
    order = np.arange(X.shape[1])
    np.random.default_rng(rng).shuffle(order)
    borders = list(range(mini_batch_size, len(order), mini_batch_size))
    return [(X[:, part], Y[:, part]) for part in np.split(order, borders)]


@accepted("full mini-batches first, and then the rest; lists for tuples")
def rest_at_the_end(X, Y, mini_batch_size, rng):
    m = X.shape[1]
    order = list(np.random.default_rng(seed=rng).permutation(m))
    full = m // mini_batch_size
    batches = []
    for k in range(full):
        chosen = order[k * mini_batch_size : (k + 1) * mini_batch_size]
        batches.append([X[:, chosen], Y[:, chosen]])
    if m % mini_batch_size != 0:
        batches.append(
            [X[:, order[full * mini_batch_size :]], Y[:, order[full * mini_batch_size :]]]
        )
    return batches


@accepted("another random order of the same seed")
def another_order(X, Y, mini_batch_size, rng):
    order = np.argsort(np.random.default_rng(rng).random(X.shape[1]))
    starts = range(0, X.shape[1], mini_batch_size)
    return [
        (X[:, order[i : i + mini_batch_size]], Y[:, order[i : i + mini_batch_size]]) for i in starts
    ]
