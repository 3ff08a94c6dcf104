"""Arguments that are no plain data: functions, which stay with the judge, and generators."""

import json

import numpy as np
import pytest

from tests.machine import students_process
from tests.reference import COURSE, reference
from tests.submissions import reference_answers
from workbook.course.exercises import find
from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.reference_calls import serve_reference
from workbook.grade.submissions.answers import catalogue_answer, filled_notebook
from workbook.grade.submissions.jobs import Job

CELL = """
import numpy as np

def apply(f, x):
    return f(x)

def spoil(f, x):
    x[0] = f(x)

def look(f, x):
    return f.__code__.co_consts[0](x)

def numerical_gradient(f, theta, h=0.5):
    return "mine"

def slopes(theta, *steps):
    return numerical_gradient(lambda x: float(np.sum(x**2)), theta, *steps)

def slopes_by_name(theta, h):
    return numerical_gradient(h=h, theta=theta, f=np.sum)

def slopes_of_mixed(theta, h):
    return numerical_gradient(theta, f=np.sum, h=h)

def slopes_of_no_number(theta):
    return numerical_gradient(lambda x: None, theta, 0.5)

def slopes_of_a_text():
    return numerical_gradient(np.sum, np.ones(2), "0.5")

def relu_derivative(Z, rule=np.sign):
    return "mine"

def by_rule(Z):
    return relu_derivative(Z, rule=np.sign)

def slopes_of_what_raises(theta):
    def f(x):
        raise ZeroDivisionError("no number")
    return numerical_gradient(f, theta, 0.5)
"""


@pytest.fixture(scope="module")
def session():
    with students_process() as session:
        session.run_cell(1, CELL)
        yield session


def test_the_student_calls_a_function_of_the_judges(session):
    calls = []

    def squares(x):
        calls.append(x)
        return x**2

    got = session.call("apply", (squares, np.array([2.0, 3.0])), {})
    np.testing.assert_array_equal(got, [4.0, 9.0])
    assert len(calls) == 1


def test_two_functions_are_told_apart(session):
    x = np.array([1.0, 2.0])
    assert session.call("apply", (np.sum, x), {}) == 3.0
    assert session.call("apply", (np.max, x), {}) == 2.0


def test_changes_to_the_other_arguments_are_seen(session):
    x = np.array([1.0, 2.0])
    _, effects = session.call("spoil", (np.sum, x), {}, watched=True)
    assert effects.changes == (((1,), "numbers"),)


def test_what_the_function_raises_the_student_gets(session):
    def refuse(x):
        raise ValueError("no such place")

    with pytest.raises(AnswerError, match="ValueError: no such place"):
        session.call("apply", (refuse, np.zeros(2)), {})


def test_the_function_itself_is_out_of_reach(session):
    secret = 42.0
    with pytest.raises(AnswerError):
        session.call("look", (lambda x: secret, np.zeros(1)), {})


def test_it_is_served_only_while_the_call_lasts(session):
    session.call("apply", (np.sum, np.zeros(1)), {})
    session.run_cell(2, "import workbook.earlier\nlate = getattr(workbook.earlier, 'argument 0')")
    with pytest.raises(AnswerError, match="can be called only while the call lasts that it is for"):
        session.call("late", (np.zeros(1),), {})


def test_a_generator_goes_on_in_the_students_process_from_where_it_is(session):
    here = np.random.default_rng(5)
    one, other = np.random.default_rng(5), np.random.default_rng(6)
    session.run_cell(2, "def draw(rng, n):\n    return rng.permutation(n)\n")
    for _ in range(2):
        np.testing.assert_array_equal(session.call("draw", (one, 9), {}), here.permutation(9))
    assert not np.array_equal(session.call("draw", (other, 9), {}), here.permutation(9))


TREE = """
def seen(f):
    x, n, d, xs = np.ones((2, 2)), np.array([1, 2]), {"a": np.zeros(1), "b": 2, "c": 1}, [1, 2]
    again = x, n, d, d["a"], xs
    said = ""
    try:
        f((x, n), {"d": d}, more=xs)
    except ValueError as error:
        said = str(error)
    assert all(one is other for one, other in zip(again, (x, n, d, d["a"], xs)))
    return x, n, d, xs, said

def locked(f):
    x = np.ones(2)
    x.flags.writeable = False
    return f(x)
"""


def test_what_the_function_does_to_its_arguments_is_done_to_the_students_own(session):
    def spoil(pair, tree, more, kind):
        pair[0][0] *= 7
        pair[1].sort()
        pair[1][:] = pair[1][::-1]
        tree["d"]["a"] += 3
        tree["d"]["new"] = np.ones(1)
        del tree["d"]["b"]
        more.append(9)
        if kind is ValueError:
            raise ValueError("half way")
        return 5

    session.run_cell(3, "import numpy as np\n" + TREE)
    for kind in (None, ValueError):
        x, n, d, xs, said = session.call(
            "seen", (lambda *args, kind=kind, **named: spoil(*args, **named, kind=kind),), {}
        )
        np.testing.assert_array_equal(x, [[7, 7], [1, 1]])
        # What was an array of whole numbers is one.
        assert (n.tolist(), n.dtype.kind) == ([2, 1], "i")
        assert (d.keys(), d["a"].tolist(), xs) == ({"a", "c", "new"}, [3.0], [1, 2, 9])
        assert said == ("half way" if kind else "")


def test_an_array_that_must_not_be_written_is_not(session):
    def spoil(x):
        x += 1

    with pytest.raises(AnswerError, match=r"ValueError: .*read-only"):
        session.call("locked", (spoil,), {})


def asked(session, name, *args):
    names = "numerical_gradient", "relu_derivative"
    beside = {name: getattr(reference, name) for name in names}
    return session.call(name, args, {}, beside=beside)


def test_a_function_of_the_students_is_asked_where_it_is(session):
    theta = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_allclose(asked(session, "slopes", theta, 0.5), 2 * theta)
    np.testing.assert_allclose(asked(session, "slopes_by_name", theta, 0.5), np.ones((2, 2)))
    np.testing.assert_allclose(asked(session, "slopes_of_mixed", theta, 0.5), np.ones((2, 2)))
    with pytest.raises(AnswerError, match="ZeroDivisionError: no number"):
        asked(session, "slopes_of_what_raises", theta)


def test_where_the_right_one_is_not_served_the_students_own_is_called(session):
    # The own one knows a step; the right one gets it.
    assert asked(session, "slopes", np.ones(2)) == "mine"
    assert asked(session, "slopes", np.ones(4000), 0.5) == "mine"
    assert asked(session, "by_rule", np.ones(2)) == "mine"
    # It has few lengths, and many neighbours.
    assert asked(session, "slopes", np.ones((40, 40)), 0.5) == "mine"


def test_where_the_right_one_is_called_wrongly_the_students_own_is_not(session):
    with pytest.raises(AnswerError, match="TypeError: what the function returns is not one real"):
        asked(session, "slopes_of_no_number", np.ones(2))
    with pytest.raises(AnswerError, match="Error: "):
        asked(session, "slopes_of_a_text")


def test_what_takes_no_function_gets_none():
    body = {"name": "relu_derivative", "args": (), "kwargs": {}, "answers": []}
    served = {"relu_derivative": reference.relu_derivative}
    assert serve_reference(served, body) == (
        "raised",
        {"type": "TypeError", "message": "relu_derivative takes no function", "refused": True},
    )


def answered(*answers):
    served = {"numerical_gradient": reference.numerical_gradient}
    body = {"name": "numerical_gradient", "args": (np.ones(1), 0.5), "kwargs": {}}
    return serve_reference(served, body | {"answers": list(answers)})


@pytest.mark.parametrize(
    "answer",
    [3, 3.0, np.float64(3), np.float32(3), np.array(3), np.array([[3.0]]), np.array([3], "u1")],
)
def test_an_answer_of_the_students_function_is_one_number(answer):
    kind, body = answered(answer, 1)
    assert (kind, body["value"].tolist()) == ("returned", [2.0])


@pytest.mark.parametrize(
    "answer",
    [
        np.ones((9, 1)), np.ones(0), 3j, np.array([3j]), [3.0], ((3.0,),), {"a": 3.0}, "3", None,
    ],
)  # fmt: skip
def test_what_is_not_one_number_is_not_reckoned_with(answer):
    said = {"type": "TypeError", "message": "what the function returns is not one real number"}
    assert answered(answer, np.ones((1, 9))) == ("raised", said)
    assert answered(np.ones(1), answer) == ("raised", said)


def test_answers_to_what_was_not_asked_are_refused():
    kind, body = answered(3, 1, 2)
    assert (kind, body["type"]) == ("raised", "TypeError")
    assert body["message"] == "there are more answers than the function was asked for"


@pytest.mark.slow
@pytest.mark.parametrize("wrong", ["sign_turned", "flat"])
def test_a_mistake_in_a_function_of_a_lab_costs_no_other_one(judge, wrong):
    lab = find("check_it")
    mine = {"numerical_gradient": wrong, "gradient_check": "by_numerical_gradient"}
    answers = {name: catalogue_answer(COURSE, name, one) for name, one in mine.items()}
    answers = reference_answers(COURSE, lab) | answers
    notebook = json.dumps(filled_notebook(COURSE, lab, answers)).encode()
    tests = judge.judge(Job("ada", lab, notebook)).tests
    of = {test.name: test.of for test in COURSE.all_hidden_tests(lab)}
    assert {of[verdict.name] for verdict in tests if not verdict.passed} == {"numerical_gradient"}
