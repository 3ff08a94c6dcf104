"""Where an answer goes wrong that no known mistake explains: what is said, and what is not."""

import contextlib
import io
import re

import numpy as np
import pytest

from tests.reference import COURSE
from workbook import sigmoid, sigmoid_backward
from workbook.course.cases import check_data
from workbook.course.exercises import find_function
from workbook.course.scripted import as_function
from workbook.diagnosis.diagnosis import diagnose
from workbook.diagnosis.observation import observe
from workbook.diagnosis.where.where import where_it_goes_wrong

reference = COURSE.reference


def said(name, function):
    """Return what is said of an answer, sentence by sentence; what it prints is not shown."""
    data = check_data(name)
    with contextlib.redirect_stdout(io.StringIO()):
        seen = observe(as_function(function), data.cases)
    returns = find_function(name).returns
    return list(where_it_goes_wrong(returns, data.cases, seen, arguments=data.arguments))


def linear_backward(change):
    """Return an answer whose right gradients are changed."""
    return lambda dZ, cache: change(*reference("linear_backward")(dZ, cache), dZ.shape[1])


def L_model_backward(change):
    def answer(AL, Y, caches):
        grads = reference("L_model_backward")(AL, Y, caches)
        change(grads, len(caches))
        return grads

    return answer


def all_layers(letters, change):
    """Change every array of grads whose key begins so."""

    def changed(grads, L):
        for key in grads:
            if key.startswith(letters):
                grads[key] = change(grads[key])

    return changed


def one_layer_lower(grads, L):
    for letters in ("dW", "db"):
        arrays = [grads.pop(f"{letters}{l}") for l in range(1, L + 1)]
        grads.update({f"{letters}{l}": array for l, array in enumerate(arrays)})


def dA0_everywhere(grads, L):
    grads.update({f"dA{l}": grads["dA0"] for l in range(L)})


def without_a_cache_of_one_layer(X, parameters):
    AL, caches = reference("L_model_forward")(X, parameters)
    return AL, caches if len(caches) > 1 else []


def without_a_key(key):
    return lambda grads, L: grads.pop(key)


def cost(change):
    return lambda AL, Y: change(reference("compute_cost")(AL, Y), AL.shape[1])


def swapped_cache(A, W, b):
    Z, (A, W, b) = reference("linear_forward")(A, W, b)
    return Z, (b, A, W)


def update(change):
    return lambda params, grads, rate: {
        key: change(key, array, grads[f"d{key}"], rate, len(params) // 2)
        for key, array in params.items()
    }


def activated(change):
    def answer(A_prev, W, b, activation):
        A, cache = reference("linear_activation_forward")(A_prev, W, b, activation)
        return change(A, cache, activation)

    return answer


def stop_late(costs, patience):
    best, stop = reference("early_stopping")(costs, patience)
    return best, stop + 1


#: What is done to the right gradients of `linear_backward`, and what is said of it.
CHANGES = [
    (lambda dA, dW, db, m: (m * dA, dW, db), "dA_prev is exactly m times too large, where m is"),
    (lambda dA, dW, db, m: (dA, dW / m, db), "dW is exactly m times too small, where m is the"),
    (lambda dA, dW, db, m: (dA, dW, -db), "db is right but for the sign"),
    (lambda dA, dW, db, m: (dA.T, dW, db), "dA_prev is transposed: rows and columns have changed"),
    (lambda dA, dW, db, m: (dA, dW, db.T), "db is a row, of shape (1, n), where a column"),
    (lambda dA, dW, db, m: (dA, dW, db[:, 0]), "db is flat, with a single axis"),
    (lambda dA, dW, db, m: (dA, db, dW), "The values are right, but the order should be: dA_prev"),
    (lambda dA, dW, db, m: (dA, dW, 3 * db), "db is 3 times what should be there, in every"),
    (lambda dA, dW, db, m: (dA, dW + 2, db), "dW is too large by 2, the same in every entry."),
    (lambda dA, dW, db, m: (dA, dW**2, db), "dW is the square of the right value"),
    (lambda dA, dW, db, m: (0 * dA, dW, db), "dA_prev is 0 in every entry, whatever the inputs"),
    (
        lambda dA, dW, db, m: (dA, dW, 0 * db - 1),
        "db is -1 in every entry, where more belongs each time.",
    ),
    (lambda dA, dW, db, m: (dA, None, db), "dW is None, where an array of numbers belongs"),
    (lambda dA, dW, db, m: (dA, (dW, db), db), "dW is a tuple of 2, of which the first entry is"),
    (lambda dA, dW, db, m: (dA, dW), "The function returns 2 values where 3 belong: db is missing"),
    (lambda dA, dW, db, m: dW, "The function returns only dW: dA_prev and db are missing."),
    (
        lambda dA, dW, db, m: (m, m, m, m, (dA, dW, db)),
        "The function returns a tuple of 5, of which the fifth entry is what belongs there.",
    ),
    (lambda dA, dW, db, m: None, "The function returns None: its `return` line is missing"),
    (lambda dA, dW, db, m: {"dW": 1}, "The function returns a dict, where dA_prev, dW and db"),
    (lambda dA, dW, db, m: (dA, dW + 1e-3 * dW**2, db), "dW is nearly right"),
]
FACTS = [
    *(("linear_backward", linear_backward(change), start) for change, start in CHANGES),
    ("linear_forward", swapped_cache, "cache holds the right values in another order."),
    (
        "linear_forward",
        lambda A, W, b: (W @ A - b, (A, W, b)),
        "Z is the right value minus 2 times b.",
    ),
    ("linear_forward", lambda A, W, b: (W @ A, (A, W, b)), "Z is W @ A."),
    (
        "L_model_backward",
        L_model_backward(all_layers("db", np.ravel)),
        "Every db is flat, with a single axis",
    ),
    (
        "L_model_backward",
        L_model_backward(one_layer_lower),
        "The keys of dW and db are one layer off: dW0 holds the value of dW1.",
    ),
    (
        "L_model_backward",
        L_model_backward(all_layers("d", lambda array: 2 * array)),
        "Every dA, dW and db is 2 times what should be there",
    ),
    ("L_model_backward", L_model_backward(without_a_key("db1")), "grads lacks `db1`."),
    ("compute_cost", cost(lambda J, m: J * 2), "cost is 2 times what should be there"),
    ("compute_cost", cost(lambda J, m: J / m), "cost is exactly m times too small"),
    ("compute_cost", cost(lambda J, m: J + 1e-4 * J**2), "cost is nearly right"),
    ("compute_cost", cost(lambda J, m: 0.9), "cost is 0.9, whatever the inputs are."),
    ("compute_cost", cost(lambda J, m: np.full((1, 1), J)), "cost is an array of one entry"),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W + rate * dW),
        "Every W is W plus learning_rate times dW.",
    ),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W if key[1:] == str(L) else W - rate * dW),
        "W of the output layer is W as it came in.",
    ),
    (
        "linear_activation_forward",
        activated(lambda A, cache, kind: (np.tanh(cache[1]), cache)),
        "A is tanh of Z in the cache.",
    ),
    (
        "linear_activation_forward",
        activated(lambda A, cache, kind: (A, (*cache[0], cache[1]))),
        "cache holds the right values, all in one flat sequence",
    ),
    ("early_stopping", stop_late, "stop_epoch is too late by 1."),
]


@pytest.mark.parametrize(("name", "function", "start"), FACTS, ids=range(len(FACTS)))
def test_what_is_wrong_is_said_first(name, function, start):
    assert said(name, function)[0].startswith(start)


def with_dZ(change):
    """Return a backward pass through a layer whose dZ is another one."""

    def answer(dA, cache, activation):
        linear, Z = cache
        return reference("linear_backward")(change(dA, Z, activation), linear)

    return answer


def starting_with(dAL):
    """Return a backward pass that starts with another gradient of the cost."""

    def answer(AL, Y, caches):
        grads, dA, kind = {}, dAL(AL, Y), "sigmoid"
        for l in range(len(caches), 0, -1):
            dA, dW, db = reference("linear_activation_backward")(dA, caches[l - 1], kind)
            grads |= {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
            kind = "relu"
        return grads

    return answer


def every_layer_from_X(X, parameters):
    A, caches = X, []
    for l in range(1, len(parameters) // 2 + 1):
        kind = "sigmoid" if f"W{l + 1}" not in parameters else "relu"
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        A, cache = reference("linear_activation_forward")(X, W, b, kind)
        caches.append(cache)
    return A, caches


def mask_of_last(dA, Z, kind):
    return dA * (Z[:, -1:] > 0) if kind == "relu" else sigmoid_backward(dA, Z)


def without_last_in_db(dZ, cache):
    dA_prev, dW, db = reference("linear_backward")(dZ, cache)
    return dA_prev, dW, db if dZ.shape[1] == 1 else db - dZ[:, -1:] / dZ.shape[1]


def last_not_activated(A_prev, W, b, activation):
    A, (linear, Z) = reference("linear_activation_forward")(A_prev, W, b, activation)
    return np.hstack([A[:, :-1], Z[:, -1:]]), (linear, Z)


def small_bias_gradients_are_0(grads, L):
    for l in range(1, L + 1):
        grads[f"db{l}"] = np.where(np.abs(grads[f"db{l}"]) < 1e-4, 0.0, grads[f"db{l}"])


def loss_of(labels):
    def answer(AL, Y):
        losses = -Y * np.log(AL) - (1 - Y) * np.log(1 - AL)
        return float(np.sum(losses[labels == Y]) / Y.shape[1])

    return answer


def one_layer_too_many(params, grads, rate):
    return {f"W{l}": params[f"W{l}"] - rate * grads[f"dW{l}"] for l in range(1, len(params))}


FOUND_BEHIND = [
    (
        "linear_activation_backward",
        with_dZ(lambda dA, Z, kind: dA),
        "dZ is dA as it came in, as dA_prev, dW and db tell.",
    ),
    (
        "linear_activation_backward",
        with_dZ(lambda dA, Z, kind: dA * (1 - np.tanh(Z) ** 2)),
        "dZ is dA times (tanh's slope at Z), as dA_prev, dW and db tell.",
    ),
    (
        "L_model_backward",
        starting_with(lambda AL, Y: AL - Y),
        "dZ of the output layer is the right value times AL (1 - AL)",
    ),
    (
        "L_model_backward",
        starting_with(lambda AL, Y: -Y / AL - (1 - Y) / (1 - AL)),
        "dZ of the output layer is wrong only where Y is 0",
    ),
    (
        "linear_backward",
        without_last_in_db,
        "db is the right value minus 1 / m times the last column of dZ.",
    ),
    (
        "linear_activation_forward",
        last_not_activated,
        # Where ReLU leaves Z as it is, nothing is wrong.
        "A is wrong only in the last column.",
    ),
    ("L_model_forward", every_layer_from_X, "A_prev in the cache of layer 2, A_prev in"),
    ("compute_cost", loss_of(1), "cost is 1 / m times the losses of the examples with label 1"),
    ("update_parameters", one_layer_too_many, "`W3` is asked for, but there is no such layer"),
    (
        "update_parameters",
        lambda params, grads, rate: {k: v - rate * grads[f"D{k}"] for k, v in params.items()},
        "There is no key `DW1`: did you mean `dW1`, of grads?",
    ),
    (
        "update_parameters",
        lambda *args: {k.lower(): v for k, v in reference("update_parameters")(*args).items()},
        "parameters has the key `w1`: did you mean `W1`?",
    ),
]


@pytest.mark.parametrize(("name", "function", "start"), FOUND_BEHIND, ids=range(len(FOUND_BEHIND)))
def test_what_lies_behind_is_found(name, function, start):
    assert said(name, function)[0].startswith(start)


#: Answers that look like one of which something is said, and what must not be said of them.
NEAR_MISSES = [
    # A factor in all entries but one.
    (
        "linear_backward",
        linear_backward(lambda dA, dW, db, m: (dA, 3 * dW + 1e-3 * (dW == dW.max()), db)),
        "times what should be there",
    ),
    # A factor of another size in each case is no factor of all.
    (
        "linear_backward",
        linear_backward(lambda dA, dW, db, m: (dA, m**3 * dW, db)),
        "exactly m times",
    ),
    # In a network of one unit a layer all gradients are multiples of each other.
    ("L_model_backward", starting_with(lambda AL, Y: AL), "times what"),
    ("compute_cost", cost(lambda J, m: J + 0.1 * m), "times what should be there"),
    ("compute_cost", loss_of(0), "with label 1"),
    ("linear_activation_backward", with_dZ(lambda dA, Z, kind: dA + Z), "dA as it came in"),
    # Where all are squares, signs of another array agree by chance.
    (
        "linear_activation_backward",
        with_dZ(mask_of_last),
        "where W is",
    ),
    # One number that is 0 for another reason.
    ("L_model_backward", L_model_backward(small_bias_gradients_are_0), "ReLU"),
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W - 2 * rate * dW if key[0] == "W" else W - rate * dW),
        "Every b",
    ),
    # One number of an input is the mean of the labels by chance.
    (
        "L_model_backward",
        starting_with(lambda AL, Y: -(Y.mean() / AL) + (1 - Y.mean()) / (1 - AL)),
        "column of A_prev",
    ),
    # The gradient that layer 1 passes back is called dA0.
    ("L_model_backward", L_model_backward(dA0_everywhere), "dA of layer 1"),
    # Only without a hidden layer.
    ("L_model_forward", without_a_cache_of_one_layer, "ever put"),
    # To four digits both are 0.3.
    (
        "update_parameters",
        update(lambda key, W, dW, rate, L: W - float(np.float16(rate)) * dW),
        "is W minus 0.3 times dW, where W minus 0.3 times dW",
    ),
]


@pytest.mark.parametrize(("name", "function", "untrue"), NEAR_MISSES, ids=range(len(NEAR_MISSES)))
def test_what_does_not_hold_is_not_said(name, function, untrue):
    sentences = said(name, function)
    assert sentences
    assert untrue not in " ".join(sentences)


@pytest.mark.parametrize(
    "answer",
    [
        lambda dZ, cache: dZ @ dZ,
        lambda dZ, cache: (sigmoid, object(), "text"),
        lambda dZ, cache: (10**400, True, np.array(["a"])),
        lambda dZ, cache: tuple(np.random.default_rng(0).random((k, k)) for k in (1, 2, 3)),
    ],
)
def test_whatever_comes_back_can_be_looked_at(answer):
    assert said("linear_backward", answer) == said("linear_backward", answer)


@pytest.mark.slow
def test_a_list_that_holds_itself_ends():
    endless = []
    endless.extend([endless, endless, endless])
    assert said("linear_backward", lambda dZ, cache: endless)


# What is said is checked again, by other means than those by which it was found.


#: Random changes of a right array, by a number that is drawn.
CORRUPTIONS = {
    "factor": lambda a, x: a * x,
    "offset": lambda a, x: a + x,
    "sign": lambda a, x: -a,
    "square": lambda a, x: a**2,
    "constant": lambda a, x: np.full_like(a, x),
    "transposed": lambda a, x: a.T,
    "first column": lambda a, x: np.where(np.arange(a.shape[1]) == 0, a + x, a),
    "last row": lambda a, x: np.where(np.arange(len(a))[:, None] == len(a) - 1, a * 2 + x, a),
    "clipped twice": lambda a, x: np.clip(a, -abs(x) / 10, abs(x) / 10),
    "a little more": lambda a, x: a + 1e-3 * a**2,
    "doubled where positive": lambda a, x: np.where(a > 0, a * (2 + x), a),
    "clipped": lambda a, x: np.minimum(a, x / 10),
    "reversed": lambda a, x: a[::-1],
    "shuffled": lambda a, x: a[:, np.random.default_rng(3).permutation(a.shape[1])],
    "rounded": lambda a, x: np.round(a, 3),
    "flat": lambda a, x: a.ravel(),
    "noise": lambda a, x: a + np.random.default_rng(int(abs(x) * 99)).normal(size=a.shape),
    "nan": lambda a, x: np.where(a > 0, a, np.nan),
}

#: The claims that are checked again: the sentence, and what must hold for (found, right).
CLAIMS = [
    (r"is exactly m times too large", lambda f, r, m, x: np.allclose(f, m * r)),
    (r"is exactly m times too small", lambda f, r, m, x: np.allclose(m * f, r)),
    (r"is right but for the sign", lambda f, r, m, x: np.allclose(f, -r)),
    (r"is transposed", lambda f, r, m, x: np.allclose(f, r.T)),
    (
        r"is (\S+) times what should be there, in every entry\.",
        lambda f, r, m, x: np.allclose(f, x * r, rtol=1e-3),
    ),
    (r"is too large by ([\d.e+-]+), the same", lambda f, r, m, x: np.allclose(f - r, x, rtol=1e-3)),
    (r"is too small by ([\d.e+-]+), the same", lambda f, r, m, x: np.allclose(r - f, x, rtol=1e-3)),
    (r"is the square of the right value", lambda f, r, m, x: np.allclose(f, r**2)),
    (r"is (-?[\d.e+-]+) in every entry", lambda f, r, m, x: np.allclose(f, x, rtol=1e-3)),
    (r"is wrong only in the first column", lambda f, r, m, x: np.allclose(f[:, 1:], r[:, 1:])),
    (r"is wrong only in the last row", lambda f, r, m, x: np.allclose(f[:-1], r[:-1])),
    (
        r"be above (-?[\d.e+-]+), it is",
        lambda f, r, m, x: np.allclose(f, np.minimum(r, x), atol=1e-3),
    ),
    (r"has the right rows in reversed order", lambda f, r, m, x: np.allclose(f, r[::-1])),
    (r"has the right columns, but", lambda f, r, m, x: np.allclose(np.sort(f), np.sort(r))),
    (r"is too large in every entry", lambda f, r, m, x: np.all(f > r)),
    (r"is too small in every entry", lambda f, r, m, x: np.all(f < r)),
    (r"is too far from 0 in every entry", lambda f, r, m, x: np.all(abs(f) > abs(r))),
    (r"is too near to 0 in every entry", lambda f, r, m, x: np.all(abs(f) < abs(r))),
    (r"is flat", lambda f, r, m, x: f.ndim == 1),
    (
        r"cut off at both ends: no value is above (-?[\d.e+-]+)",
        lambda f, r, m, x: f.max() <= x + 1e-3 and (r.max() <= x or r.max() > f.max()),
    ),
    (
        r"wrong only where the right value is positive",
        lambda f, r, m, x: np.allclose(f[r <= 0], r[r <= 0]),
    ),
    (r"a little too large", lambda f, r, m, x: np.all(f >= r - 1e-6 * np.abs(r).max())),
    (r"a little too small", lambda f, r, m, x: np.all(f <= r + 1e-6 * np.abs(r).max())),
    (r"has nan", lambda f, r, m, x: np.isnan(f).any()),
    (r"is nearly right", lambda f, r, m, x: np.allclose(f, r, atol=0.011 * np.abs(r).max())),
]


@pytest.mark.parametrize("name", ["dA_prev", "dW", "db"])
@pytest.mark.parametrize("corruption", CORRUPTIONS)
def test_each_claim_holds_when_it_is_checked_again(name, corruption):
    place = ("dA_prev", "dW", "db").index(name)
    data = check_data("linear_backward")
    for x in np.random.default_rng(place).normal(scale=2, size=4):

        def answer(dZ, cache, x=x):
            found = list(reference("linear_backward")(dZ, cache))
            found[place] = CORRUPTIONS[corruption](found[place], x)
            return tuple(found)

        for sentence in said("linear_backward", answer):
            for text, holds in CLAIMS:
                match = re.match(rf"{name} .*?{text}", sentence)
                where = re.search("case “(.*?)”", sentence)
                if not match:
                    continue
                number = float(match[1]) if match.groups() and match[1] != "-0" else 0.0
                for case in data.cases:
                    only = "In the case" not in sentence and where
                    if (only and where[1] != case.title) or (
                        where and not only and case.title in sentence
                    ):
                        continue
                    found, right = answer(*case.args)[place], case.expected[place]
                    trivial = found.shape == right.shape and np.allclose(found, right)
                    m = case.args[0].shape[1]
                    assert trivial or holds(found, right, m, number), (sentence, case.title)


def test_keys_too_many_are_told_where_all_else_is_right():
    def answer(layer_dims):
        return reference("initialize_parameters_deep")(layer_dims) | {"L": len(layer_dims)}

    seen = observe(answer, check_data("initialize_parameters_deep").cases)
    sentence = diagnose("initialize_parameters_deep", seen)
    assert sentence is not None
    assert sentence.startswith("parameters has a further key, `L`, where only keys of `W` and `b`")


def test_a_function_without_return_is_thought_of_where_none_is_no_number():
    def loss(AL, Y):
        AL * Y

    def answer(AL, Y):
        return loss(AL, Y) / 2

    assert said("compute_cost", answer)[-1].startswith("None stands where a value is needed")
