"""The mutants: what each rule makes, that the hidden tests refuse them, and what is said."""

import ast
import signal
import time

import numpy as np
import pytest

from tests.mutants import (
    EQUAL,
    KILLED,
    PROVED,
    SURVIVED,
    TimeUpError,
    differences,
    fate,
    limited,
    mutants_of,
    reference_text,
)
from tests.mutants_inputs import inputs
from tests.reference import COURSE, by_commit, sample
from tests.test_gates import secrets_of, squeezed
from workbook.build.mutants import Mutant, make, mutants
from workbook.course.exercises import FUNCTIONS

pytestmark = [
    pytest.mark.filterwarnings("ignore::RuntimeWarning"),
    pytest.mark.skipif(not hasattr(signal, "SIGPROF"), reason="limits need POSIX"),
]


def source_of(name):
    return COURSE.solution(name).read_text(encoding="utf-8")


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize("name", ["compute_cost", "L_model_backward", "Value"])
def test_mutants_are_always_the_same(name):
    found = mutants(source_of(name), name)
    assert list(mutants_of(name)[: len(found)]) == found


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize("name", sample(FUNCTIONS, 3))
def test_mutants_are_different(name):
    found = mutants_of(name)
    assert len({one.source for one in found} | {reference_text(name)}) == len(found) + 1
    assert len({one.name for one in found}) == len(found)
    assert len(found) > 10


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("name", sample(FUNCTIONS, 3))
def test_no_sentence_prints_the_right_code(name):
    code = {one for one in secrets_of(COURSE.solution(name)) if len(one) > 8}
    said = {one.sentence for one in mutants_of(name)} - {""}
    for sentence in said:
        assert len(sentence) < 200
        assert sentence.endswith("."), sentence
        assert " as if" in sentence, sentence
        assert not [one for one in code if one in squeezed(sentence)], sentence


@pytest.mark.parametrize("rule", make.RULES)
def test_every_rule_makes_mutants(rule, monkeypatch):
    monkeypatch.setattr(make, "RULES", (rule,))
    assert any(mutants(source_of(name), name) for name in FUNCTIONS)


def test_only_the_solution_is_changed():
    text = "def f(x):\n    y = x + 1\n    ### BEGIN SOLUTION\n    return y\n    ### END SOLUTION\n"
    assert all("y = x + 1" in one.source for one in mutants(text, "f"))


W, B = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]]), np.array([[1.0], [2.0]])
A = np.array([[1.0, -2.0, 0.5, 3.0], [2.0, 1.0, 1.0, -1.0], [0.0, 4.0, 2.0, 1.0]])
D = np.array([[1.0, -1.0, 2.0, 0.5], [0.5, 2.0, -3.0, 1.0]])
Y, AL = np.array([[1.0, 0.0, 0.0, 1.0]]), np.array([[0.9, 0.2, 0.6, 0.3]])
NET = {"W1": W, "b1": B, "W2": np.array([[1.0, -1.0]]), "b2": np.array([[0.5]])}
GRADS = {f"d{key}": 0.1 * array + 1.0 for key, array in NET.items()}
STEP = {key: array - 0.3 * GRADS[f"d{key}"] for key, array in NET.items()}
LOSS = Y * np.log(AL) + (1 - Y) * np.log(1 - AL)
CASES = {
    "linear_forward": (A, W, B),
    "linear_backward": (D, (A, W, B)),
    "compute_cost": (AL, Y),
    "update_parameters": (NET, GRADS, 0.3),
    "linear_activation_forward": (A, W, B, "relu"),
    "L_model_forward": (A, NET),
    "decayed_learning_rate": (0.5, 1.0, 7, 3),
    "early_stopping": ([3.0, 2.0, 2.0, 2.0, 1.0], 2),
    "relu_derivative": (np.array([[-1.0, 0.0, 2.0]]),),
}
RIGHT = {name: COURSE.reference(name)(*args) for name, args in CASES.items()}
HIDDEN, CACHE = np.maximum(W @ A + B, 0), ((A, W, B), W @ A + B)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def gradients(**changed):
    right = dict(zip(("dA_prev", "dW", "db"), RIGHT["linear_backward"], strict=True))
    return tuple((right | changed).values())


#: A function, a sentence on it, and what it says that the function gives on the case above.
SAYS = [
    ("linear_forward", "`Z` comes out as if b were left out.", (W @ A, (A, W, B))),
    ("linear_forward", "`Z` comes out as if b were subtracted, not added.", (W @ A - B, (A, W, B))),
    (
        "linear_forward",
        "`cache` comes out as if cache were put together in the order W, A, b.",
        (W @ A + B, (W, A, B)),
    ),
    ("linear_forward", "`Z` comes out as if A stood in the place of W.", None),
    ("linear_backward", "`dW` and `db` come out as if m were taken from the shape of b.", None),
    (
        "linear_backward",
        "`dW` comes out as if the division by m were left out.",
        gradients(dW=D @ A.T),
    ),
    (
        "linear_backward",
        "`db` comes out as if the sum had lost an axis.",
        gradients(db=np.sum(D, axis=1) / 4),
    ),
    (
        "linear_backward",
        "`db` comes out as if the sum went over everything.",
        gradients(db=np.sum(D) / 4),
    ),
    (
        "linear_backward",
        "`dW` and `db` come out as if m were the number of rows of A_prev.",
        gradients(dW=D @ A.T / 3, db=np.sum(D, axis=1, keepdims=True) / 3),
    ),
    (
        "linear_backward",
        "`dA_prev` comes out as if W were not transposed.",
        "ValueError",
    ),
    (
        "linear_backward",
        "`dA_prev` comes out as if it had the other sign.",
        gradients(dA_prev=-W.T @ D),
    ),
    (
        "linear_backward",
        "The answer comes out as if what is returned were put together in the order dW, db, "
        "dA_prev.",
        (*gradients()[1:], gradients()[0]),
    ),
    ("compute_cost", "`cost` comes out as if the minus were left out.", np.mean(LOSS)),
    ("compute_cost", "`cost` comes out as if the division by m were left out.", -np.sum(LOSS)),
    (
        "compute_cost",
        "`cost` comes out as if Y times the logarithm of AL were left out.",
        -np.mean((1 - Y) * np.log(1 - AL)),
    ),
    (
        "compute_cost",
        "`cost` comes out as if Y stood where 1 minus Y belongs.",
        -np.mean(Y * np.log(AL) + Y * np.log(1 - AL)),
    ),
    (
        "compute_cost",
        "`cost` comes out as if the first example were left out of the sum.",
        -np.sum(LOSS[:, 1:]) / 4,
    ),
    (
        "update_parameters",
        "`parameters` comes out as if the factor learning_rate were left out.",
        {key: array - GRADS[f"d{key}"] for key, array in NET.items()},
    ),
    (
        "update_parameters",
        "`parameters` comes out as if, for the biases, learning_rate times the gradient were "
        "added, not subtracted.",
        STEP | {key: NET[key] + 0.3 * GRADS[f"d{key}"] for key in ("b1", "b2")},
    ),
    (
        "update_parameters",
        "`parameters` comes out as if the last layer of params were left out.",
        {key: STEP[key] for key in ("W1", "b1")},
    ),
    (
        "linear_activation_forward",
        "`A` comes out as if relu were never applied.",
        (W @ A + B, CACHE),
    ),
    (
        "linear_activation_forward",
        "`A` comes out as if the sigmoid were used for relu.",
        (sigmoid(W @ A + B), CACHE),
    ),
    (
        "linear_activation_forward",
        "`A` and `cache` come out as if the two cases were exchanged.",
        (sigmoid(W @ A + B), CACHE),
    ),
    (
        "L_model_forward",
        "`caches` comes out as if caches kept only its last entry.",
        (RIGHT["L_model_forward"][0], RIGHT["L_model_forward"][1][1:]),
    ),
    (
        "L_model_forward",
        "`caches` comes out as if caches stood in reversed order.",
        (RIGHT["L_model_forward"][0], RIGHT["L_model_forward"][1][::-1]),
    ),
    (
        "L_model_forward",
        '`AL` comes out as if "relu" stood in the place of "sigmoid".',
        (
            np.maximum(NET["W2"] @ HIDDEN + NET["b2"], 0),
            RIGHT["L_model_forward"][1],
        ),
    ),
    ("decayed_learning_rate", "`learning_rate` comes out as if nothing were rounded down.", 0.15),
    (
        "early_stopping",
        "The answer comes out as if stop_epoch minus best_epoch were never equal to patience.",
        (4, 4),
    ),
    (
        "relu_derivative",
        "`slope` comes out as if Z of exactly 0 counted as above it.",
        np.array([[0.0, 1.0, 1.0]]),
    ),
]


@pytest.mark.parametrize(("name", "sentence", "expected"), SAYS, ids=range(len(SAYS)))
def test_a_mutant_does_what_its_sentence_says(name, sentence, expected):
    said = [one for one in mutants_of(name) if one.sentence == sentence]
    assert said, sentence
    outcomes = [outcome(one.function(), CASES[name]) for one in said]
    if expected is not None:
        assert any(same(one, expected) for one in outcomes), outcomes


def outcome(function, args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__


def same(one, other):
    if isinstance(other, str):
        return one == other
    if isinstance(other, dict):
        return (
            isinstance(one, dict)
            and one.keys() == other.keys()
            and same([*one.values()], [*other.values()])
        )
    if isinstance(other, tuple | list):
        return (
            isinstance(one, tuple | list) and len(one) == len(other) and all(map(same, one, other))
        )
    return np.shape(one) == np.shape(other) and np.allclose(one, other)


def mutant_of(name, change):
    text = ast.unparse(ast.parse(source_of(name)))
    assert change[0] in text
    return Mutant("by hand", "", text.replace(*change), name)


def test_a_mutant_is_killed_or_equal_or_survives():
    wrong = mutant_of("tanh_derivative", ("** 2", "** 3"))
    assert fate("tanh_derivative", wrong).fate == KILLED
    other = mutant_of("tanh_derivative", ("np.tanh(Z)", "np.tanh(-Z)"))
    assert fate("tanh_derivative", other, number=500).fate == EQUAL
    # Wrong for numbers that no test would ever take.
    rare = mutant_of("tanh_derivative", ("np.tanh(Z)", "(np.tanh(Z) + (Z == 0))"))
    assert fate("tanh_derivative", rare, number=500).fate in (KILLED, SURVIVED)
    answers = [other.function(), rare.function()]
    assert [one is None for one in differences("tanh_derivative", answers, 500)] == [True, False]
    draws = next(one for one in mutants_of("initialize_he") if one.name.startswith("turned"))
    assert fate("initialize_he", draws).fate == PROVED


def test_an_endless_mutant_ends():
    with pytest.raises(TimeUpError), limited(0.05):
        exec("while True: pass")


def test_a_mutant_that_is_endless_for_an_input_differs_there(monkeypatch):
    monkeypatch.setattr("tests.mutants.LIMIT", 0.05)
    endless: dict = {}
    exec("def endless(Z):\n    while True: pass", endless)
    assert differences("tanh_derivative", [endless["endless"]], 5) != [None]


def test_what_waits_for_a_busy_machine_is_not_ended():
    with limited(0.05):
        time.sleep(0.1)


#: Every so many-th mutant is tried here; `python -m tests.mutants` tries them all.
STEP_OF_SAMPLE = 60


@pytest.mark.in_turns(4)
@pytest.mark.slow
@pytest.mark.parametrize("name", by_commit(FUNCTIONS, 3))
def test_no_mutant_of_a_sample_survives(name):
    some = mutants_of(name)[FUNCTIONS[name].number % STEP_OF_SAMPLE :: STEP_OF_SAMPLE]
    found = [fate(name, one, number=100) for one in some]
    assert not [one.mutant.name for one in found if one.fate == SURVIVED]


def test_there_are_no_more_inputs_than_functions_that_differ():
    known = list(inputs("find_mistakes", 10_000))
    assert 50 < len(known) == len({id(candidate) for (candidate,) in known}) < 1000
    assert len(list(inputs("numerical_gradient", 500))) == 500
