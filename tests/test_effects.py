"""What a call does besides its answer is seen alike in a check and across the processes."""

import copy

import numpy as np
import pytest

from tests.machine import students_process
from tests.reference import COURSE
from tests.visible_checks import run_checks
from workbook.course.effects_in_words import changes_in_words, input_name
from workbook.course.hidden_tests import run
from workbook.course.watched import Watched

ARGUMENTS = ("layer_dims", "params", "caches", "W")


def given():
    """Return a list of numbers, a dictionary of arrays, a list of tuples and an array."""
    params = {"W1": np.ones((2, 3)), "b1": np.zeros((2, 1))}
    caches = [((np.full((2, 2), float(n)), np.ones(2)), np.arange(2.0)) for n in range(3)]
    return [4, 3, 1], params, caches, np.arange(6.0).reshape(2, 3)


def test_an_answer_that_comes_back_again_is_not_said_to_be_another_one():
    made = {}

    def remembered(X, parameters):
        """Keep every answer, by the sizes."""
        if X.shape not in made:
            made[X.shape] = COURSE.reference("L_model_forward")(X, parameters)
        return made[X.shape]

    messages = [v.message for v in run(COURSE.hidden_tests("L_model_forward"), remembered, 0)]
    (said,) = (one for one in messages if "very object" in one)
    assert "what changes one answer changes the other" in said
    assert "anew" not in said


# A line that changes the arguments `d`, `p`, `c`, `W`: what the sentence says, or "".
LINES = {
    "W[0, 0] += 1e-9": "changes the numbers in `W` of its caller",
    "W *= 0": "changes the numbers in `W` of its caller",
    "W.shape = (3, 2)": "changes the shape of `W` of its caller",
    "p['W1'] -= 1; p['b1'] += 1": "changes the numbers in `params['W1']` and `params['b1']` of",
    "c[1][0][0][:] = 7": "changes the numbers in `caches[1][0][0]` of its caller",
    "d.reverse()": "reorders the list `layer_dims` of its caller",
    "d.sort()": "reorders the list `layer_dims` of its caller",
    "c.reverse()": "reorders the list `caches` of its caller",
    "c[0], c[2] = c[2], c[0]": "reorders the list `caches` of its caller",
    "c[1] = None": "puts something else in the place of `caches[1]` of its caller",
    "c[1] = zip()": "puts something else in the place of `caches[1]` of its caller",
    "c[0] = c[1]": "puts something else in the place of `caches[0]` of its caller",
    "d[0] = 5": "puts something else in the place of `layer_dims[0]` of its caller",
    "p['W1'] = p['W1'] - 1": "puts something else in the place of `params['W1']` of its caller",
    "p['W1'], p['b1'] = p['b1'], p['W1']": "puts something else in the place of `params['W1']` and",
    "p['W1'] = np.matrix(p['W1'])": "puts something else in the place of `params['W1']`",
    "p.update({k: v * 2 for k, v in p.items()})": "puts something else in the place of",
    "c.pop()": "removes entries from the list `caches` of its caller",
    "del d[0]": "removes entries from the list `layer_dims` of its caller",
    "c.append(1)": "adds entries to the list `caches` of its caller",
    "d.insert(0, 9)": "adds entries to the list `layer_dims` of its caller",
    "c.clear()": "empties `caches` of its caller",
    "p.clear()": "empties `params` of its caller",
    "p.pop('b1')": "removes `params['b1']` from what its caller holds",
    "p['L'] = 2": "adds `params['L']` to what its caller holds",
    "p[1] = 2": "adds `params[1]` to what its caller holds",
    "p[(1, 2)] = 2": "adds `params['a tuple']` to what its caller holds",
    "p['W' * 10**6] = 2": "adds `params['a str']` to what its caller holds",
    "p[2**100] = 2": "adds `params['an integer of more than 64 bits']` to what its caller holds",
    "c.reverse(); W += 1": "changes the numbers in `W` of its caller and reorders the list `c",
    # What is put back, or equal, harms nobody.
    "c.reverse(); c.reverse()": "",
    "W += 1; W -= 1": "",
    "p['W1'] = p['W1'].copy()": "",
    "old = dict(p); p.clear(); p.update(old)": "",
    "c[0] = (c[0][0], c[0][1].copy())": "",
    "d[0] = d[0]": "",
    "d = d[::-1]; c = sorted(p)": "",
    "q = dict(p); q['W1'] = q['W1'] * 2": "",
}


@pytest.fixture(scope="module")
def session():
    with students_process() as session:
        yield session


@pytest.mark.parametrize("line", LINES)
@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_changes_of_inputs_are_told_apart_here_and_across_the_processes(line, session):
    source = f"import numpy as np\n\ndef f(d, p, c, W):\n    {line}\n"
    names = {}
    exec(source, names)
    _, here = Watched(names["f"])(*given())
    session.run_cell(1, source)
    args = given()
    before = copy.deepcopy(args)
    value, there = session.call("f", args, {}, watched=True)
    assert value is None
    assert set(here.changes) == set(there.changes)
    changes = [(change.what, input_name(change.place, ARGUMENTS)) for change in here.changes]
    assert bool(changes) == bool(LINES[line])
    if changes:
        assert changes_in_words(changes).startswith(f"the function {LINES[line]}")
    # The judge's own arguments are what they were.
    assert Watched(lambda *_: None)(*args)[1].changes == ()
    np.testing.assert_equal(args, before)


SHARING = {
    "return d, p['W1']": {((1,), "input", (1, "W1"))},
    "return {'a': p['W1'].T, 'b': W[:1]}": {
        (("a",), "input", (1, "W1")),
        (("b",), "input", (3,)),
    },
    "x = np.zeros(4)\n    return {'a': x, 'b': x[1:]}": {(("b",), "answer", ("a",))},
    "return KEPT": {((), "earlier call", (0,))},
    "return {'W' * 10**6: p['W1']}": {(("a str",), "input", (1, "W1"))},
    "return {2**100: W}": {(("an integer of more than 64 bits",), "input", (3,))},
    "return W + 0, np.zeros(0)": set(),
    "x = np.zeros(4)\n    return x[::2], x[1::2]": set(),
    "return W.copy(), p['W1'] * 1": set(),
    "return zip(W), object()": set(),
}


@pytest.mark.parametrize("line", SHARING)
def test_memory_that_is_shared_is_told_here_and_across_the_processes(line, session):
    source = f"import numpy as np\nKEPT = np.ones(3)\n\ndef f(d, p, c, W):\n    {line}\n"
    names = {}
    exec(source, names)
    here = Watched(names["f"])
    session.run_cell(1, source)
    for _ in range(2):
        _, mine = here(*given())
        _, theirs = session.call("f", given(), {}, watched=True)
    assert set(mine.sharings) == set(theirs.sharings) == SHARING[line]


def failed_of(verdicts):
    return {verdict.name: verdict.message for verdict in verdicts if not verdict.passed}


def returns_what_it_was_given(A, keep_prob, mask):
    return A if keep_prob == 1 else A * mask / keep_prob


BUFFERS = {}


def keeps_a_buffer(A, keep_prob, mask):
    out = BUFFERS.setdefault(A.shape, np.empty(A.shape))
    out[...] = A * mask / keep_prob
    return out


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        (
            "dropout_forward",
            returns_what_it_was_given,
            "`A` shares its memory with the caller's `A`",
        ),
        ("dropout_forward", keeps_a_buffer, "shares its memory with the answer of an earlier call"),
    ],
)
def test_the_check_asks_for_new_arrays_where_the_exercise_does(name, answer, said):
    answer.__name__ = name
    failed = failed_of(run_checks(answer))
    assert said in failed["inputs_unchanged"]
    assert "should be new" in failed["inputs_unchanged"]
    # The inputs are what they were.
    assert "what comes back is new" in [one.title for one in run_checks(answer) if not one.passed]


def test_the_hidden_tests_ask_for_new_arrays_too():
    failed = failed_of(run(COURSE.hidden_tests("dropout_forward"), keeps_a_buffer, 0))
    assert "the answer of an earlier call" in failed["test_forward_inputs_unchanged"]

    def of_the_caller(params, grads, learning_rate):
        found = COURSE.reference("update_parameters")(params, grads, learning_rate)
        return found | {"b1": np.subtract(params["b1"], 0.0, out=params["b1"]) * 0 + found["b1"]}

    assert not failed_of(run(COURSE.hidden_tests("update_parameters"), of_the_caller, 0))


def test_a_list_that_is_reordered_is_named_in_check_and_grading():
    def answer(AL, Y, caches):
        grads = COURSE.reference("L_model_backward")(AL, Y, caches)
        caches.reverse()
        return grads

    answer.__name__ = "L_model_backward"
    said = "the function reorders the list `caches` of its caller: it must leave its inputs as"
    assert failed_of(run_checks(answer))["inputs_unchanged"].startswith(said)
    failed = failed_of(run(COURSE.hidden_tests("L_model_backward"), answer, 0))
    assert failed["test_inputs_unchanged_and_repeatable"].startswith(said)
