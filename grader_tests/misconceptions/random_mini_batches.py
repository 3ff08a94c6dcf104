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
    "The examples are not shuffled. Data often come sorted, and then a mini-batch holds one kind "
    "only.",
    caught_by="test_batches_order_inputs_unchanged",
)
def not_shuffled(X, Y, mini_batch_size, rng):
    starts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, i : i + mini_batch_size], Y[:, i : i + mini_batch_size]) for i in starts]


@misconception(
    "A seed of its own is set inside, and rng is not used: every epoch then has the same order.",
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
    "The last mini-batch is filled up with examples that were in the one before: they count twice "
    "in this epoch.",
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
    "The `return` stands inside the loop: only the first mini-batch comes back.",
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
