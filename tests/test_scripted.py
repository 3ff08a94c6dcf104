"""Classes that are told what to do by scripts: here, in a notebook, in the student's process."""

import json

import nbformat
import numpy as np
import pytest

from grader_tests.misconceptions.Value import NumbersNotConverted
from solutions.NeuralNetwork import NeuralNetwork
from solutions.Value import Value
from tests.machine import students_process
from tests.submissions import reference_answers
from tests.visible_checks import run_checks
from workbook import check
from workbook.course.cases import check_data
from workbook.course.exercises import find
from workbook.course.hidden_tests import AnswerError, run
from workbook.course.scripted import Scripted, as_function, as_python, data_name
from workbook.diagnosis.diagnosis import diagnose
from workbook.diagnosis.observation import observe
from workbook.grade.submissions.answers import filled_notebook, solution_cell
from workbook.grade.submissions.jobs import Job
from workbook.learn.check.check import CheckFailed
from workbook.learn.reference.answers import function_is_stub
from workbook.learn.workspace.notebooks import (
    functions_in,
    is_stub,
    load_function,
)

LAB = find("meet_the_frameworks")


class Account:
    """A class that has nothing to do with the course."""

    def __init__(self, owner, amount=0.0):
        self.history = owner
        self.amount = amount

    def __add__(self, other):
        return Account(self.history, self.amount + getattr(other, "amount", other))

    def __radd__(self, other):
        return self + other

    def __neg__(self):
        return Account(self.history, -self.amount)

    def pay(self, amount):
        self.amount -= amount
        self.history.append(amount)
        return self.amount

    def itself(self):
        return self


def of_account(*steps):
    return Scripted(Account)([["let", "list", [1.0]], ["new", "a", "list", 10.0], *steps])


# The steps


def test_every_kind_of_step():
    assert of_account(
        ["new", "b", "list", 2.0],
        ["do", "c", "+", "a", "b"],
        ["do", "d", "+", 5, "c"],
        ["do", "e", "-", "d"],
        ["call", "left", "e", "pay", 3.0],
        ["get", "left"],
        ["get", "c.amount"],
        ["set", "c", "amount", 7.5],
        ["get", "c.amount", "later"],
    ) == {"left": -20.0, "c.amount": 12.0, "later": 7.5}


@pytest.mark.parametrize(
    ("sign", "want"), [("+", 8.0), ("-", 4.0), ("*", 12.0), ("/", 3.0), ("**", 36.0)]
)
def test_every_operator(sign, want):
    script = [["new", "x", 6.0], ["do", "y", sign, "x", 2.0], ["get", "y.data"]]
    assert Scripted(Value)(script) == {"y.data": want}


def test_what_is_asked_for_is_a_copy():
    answer = of_account(["get", "a.history"], ["call", None, "a", "pay", 3.0])
    assert answer["a.history"] == [1.0]


def test_data_is_handed_over_and_an_attribute_is_set_to_a_copy():
    data = [0.0]
    script = [["let", "x", data], ["new", "a", "x"], ["call", None, "a", "pay", 1.0]]
    Scripted(Account)(script)
    assert data == [0.0, 1.0]
    script = [["let", "x", data], ["new", "a", []], ["set", "a", "history", "x"], script[2]]
    Scripted(Account)(script)
    assert data == [0.0, 1.0]


def test_only_classes_become_functions_of_a_script():
    assert as_function(np.sum) is np.sum
    assert isinstance(as_function(Account), Scripted)


def test_the_code_of_a_script():
    script = [
        *[["let", "X", np.zeros((2, 3))], ["new", "net", [2, 1], 0.5]],
        *[["set", "net", "parameters", "X"], ["call", "AL", "net", "forward", "X"]],
        *[["do", "y", "*", "net", 2], ["do", "z", "-", "y"], ["call", None, "z", "f"]],
        ["get", "AL"],
    ]
    rest = "AL = net.forward(X); y = net * 2; z = -y; z.f()"
    assert as_python(script) == rest
    assert as_python(script, "Network") == (
        f"net = Network([2, 1], 0.5); net.parameters = X; {rest}"
    )


def test_a_place_in_a_script_has_the_name_of_the_data():
    script = [["new", "a"], ["let", "start", {"W1": np.zeros(2)}]]
    assert data_name(script, (1, 2, "W1")) == "start['W1']"


# What goes wrong is told in the code of the script


@pytest.mark.parametrize(
    ("step", "kind", "place"),
    [
        (["get", "a.balance"], AttributeError, "a.balance"),
        (["do", "b", "*", "a", 2], TypeError, "b = a * 2"),
        (["call", None, "a", "earn", 5.0], AttributeError, "a.earn(5.0)"),
        (["new", "b"], TypeError, "b = Account()"),
        (["call", "b", "a", "pay", "list"], TypeError, "b = a.pay(list)"),
    ],
)
def test_an_exception_says_where(step, kind, place):
    with pytest.raises(kind) as caught:
        of_account(step)
    assert caught.value.__notes__ == [f"in `{place}`"]


def test_an_instance_is_no_data():
    with pytest.raises(ValueError, match="b is a Account; it should be plain data"):
        of_account(["call", "b", "a", "itself"], ["get", "b"])


def test_a_step_that_is_none():
    with pytest.raises(ValueError, match="a script has no step 'jump'"):
        of_account(["jump", "a"])


# In the notebook


def test_a_right_class_passes_its_checks(capsys):
    for answer in (Value, NeuralNetwork):
        check(answer)
    said = capsys.readouterr().out
    assert "  pass  y.data, z.data, z.grad, y.grad, x.grad," in said
    assert "called again, it gives the same answer" in said


def test_the_card_names_the_line_of_the_script(capsys):
    with pytest.raises(CheckFailed, match="fail"):
        check(type("Value", (NumbersNotConverted,), {}))
    said = " ".join(capsys.readouterr().out.split())
    assert "'int' object has no attribute 'data'; in `y = x * 2`" in said
    assert "Where it goes wrong: A plain number has no `data`" in said


def test_a_method_that_is_not_written_is_named(capsys):
    class HalfWritten(Value):
        def relu(self):
            raise NotImplementedError

    HalfWritten.__name__ = "Value"
    with pytest.raises(CheckFailed):
        check(HalfWritten)
    said = " ".join(capsys.readouterr().out.split())
    assert "Value.relu is not written yet: NotImplementedError" in said
    assert "not checked yet: first the class must give an answer" in said


def test_a_class_that_changes_its_inputs_is_told_so():
    class Normalizes(NeuralNetwork):
        def forward(self, X):
            X -= X.mean()
            return super().forward(X)

    Normalizes.__name__ = "NeuralNetwork"
    messages = {v.message for v in run_checks(Normalizes) if not v.passed}
    assert any(one.startswith("the class changes the numbers in `X1`") for one in messages)
    seen = observe(Scripted(Normalizes), check_data("NeuralNetwork").cases)
    assert "The class changes its inputs `X1` and `X2`" in diagnose("NeuralNetwork", seen)


@pytest.fixture
def saved(course, tmp_path):
    """Write the lab with these answers, and return its path."""

    def save(answers):
        path = tmp_path / f"{LAB.notebook}.ipynb"
        nbformat.write(filled_notebook(course, LAB, answers), path)
        return path

    return save


def test_a_saved_class_is_found_and_loaded(course, saved):
    path = saved(reference_answers(course, LAB))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("from workbook.earlier import", "from solutions import"))
    assert functions_in(path) == LAB.functions
    value = load_function(path, "Value")
    assert isinstance(value, type)
    assert not is_stub(path, "Value")
    assert all(verdict.passed for verdict in run_checks(value))


def test_a_class_is_a_stub_as_long_as_any_method_is(course, saved):
    released = course.root / "release" / LAB.notebook_path
    assert is_stub(released, "Value")
    assert is_stub(released, "NeuralNetwork")
    half = reference_answers(course, LAB)["Value"].replace(
        "slope = 1.0 if self.data > 0 else 0.0", "raise NotImplementedError()"
    )
    half = half.replace('return Value(max(self.data, 0.0), (self,), (slope,), "relu")', "")
    assert is_stub(saved({"Value": half}), "Value")
    assert function_is_stub(Value) is False


def test_a_syntax_error_in_a_class_is_named(saved):
    path = saved({"Value": "class Value:\n    def f(self:\n        pass"})
    with pytest.raises(Exception, match="the cell that defines Value is not valid Python"):
        load_function(path, "Value")


# In the student's process


@pytest.fixture(scope="module")
def session():
    with students_process() as session:
        yield session


def in_process(session, source, *steps):
    session.run_cell(1, source)
    return session.call("Value", ([["new", "x", 3.0], *steps],), {})


def test_a_class_works_in_the_students_process(session, course):
    source = reference_answers(course, LAB)["Value"]
    got = in_process(session, source, ["do", "y", "*", "x", 2], ["get", "y.data"])
    assert got == {"y.data": 6.0}


def test_an_error_there_says_where_it_came_up(session):
    source = "class Value:\n    def __init__(self, data):\n        self.data = data"
    with pytest.raises(AnswerError) as caught:
        in_process(session, source, ["do", "y", "*", "x", 2])
    assert str(caught.value).startswith("your class raised TypeError: unsupported operand")
    assert str(caught.value).endswith("in `y = x * 2`")


def test_a_factory_is_as_good_as_a_class(session):
    source = "class Own:\n    data = 1.0\ndef Value(data):\n    return Own()"
    assert in_process(session, source, ["get", "x.data"]) == {"x.data": 1.0}


# Hostile classes: what they return cannot cross, and no test passes by it

CLAIMS = """
class Anything:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __float__(self): return 1.0
    def __array__(self, *args, **kwargs): raise SystemExit
    def __hash__(self): return 0
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __deepcopy__(self, memo): return self
    def __iter__(self): return iter([self] * 3)
    def __getitem__(self, key): return self
    def __len__(self): return 1
for name in ("add", "radd", "mul", "rmul", "pow", "sub", "rsub", "neg", "truediv"):
    setattr(Anything, f"__{name}__", lambda self, *args: self)
"""
HOSTILE = {
    "an_instance_that_equals_everything": CLAIMS + "Value = lambda *args: Anything()",
    "attributes_that_are_anything": CLAIMS
    + "class Value(Anything):\n    def __init__(self, *args): pass",
    "a_metaclass": CLAIMS
    + """
class Meta(type):
    def __call__(cls, *args): return Anything()
    def __instancecheck__(cls, one): return True
    def __getattribute__(cls, name): return Anything()
class Value(metaclass=Meta): pass
""",
    "numbers_that_are_more": """
class Much(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __reduce__(self): return (exit, ())
    def __deepcopy__(self, memo): return self
class Value:
    def __init__(self, *args): self.data = self.grad = Much(1.0)
    def __add__(self, other): return self
    __radd__ = __mul__ = __rmul__ = __pow__ = __sub__ = __rsub__ = __truediv__ = __add__
    def relu(self): return self
    def backward(self): pass
""",
    "an_exception_with_a_mind_of_its_own": """
class Strange(Exception):
    def add_note(self, note): raise KeyboardInterrupt
    def __str__(self): return "<b>all points</b>"
    @property
    def __notes__(self): return [1, None, object()]
class Value:
    def __init__(self, *args): raise Strange
""",
    "its_own_answer": """
import workbook.course.scripted
workbook.course.scripted.Scripted.__call__ = lambda self, script: {
    step[-1]: 0.0 for step in script if step[0] == "get"
}
class Value: pass
""",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_class_gets_nothing(judge, course, source):
    answers = reference_answers(course, LAB)
    notebook = filled_notebook(course, LAB, answers)
    solution_cell(notebook, "Value").source = source
    result = judge.judge(Job("eve", LAB, nbformat.writes(notebook).encode(), 0))
    of = {test.name: test.of for test in course.all_hidden_tests(LAB)}
    passed = [v.name for v in result.tests if v.passed and of[v.name] == "Value"]
    assert passed == []
    assert all(verdict.message for verdict in result.tests if not verdict.passed)
    json.dumps([verdict.message for verdict in result.tests])


@pytest.mark.parametrize("source", list(HOSTILE.values())[:4], ids=list(HOSTILE)[:4])
def test_nor_in_the_notebook_and_in_a_plain_nbgrader(course, source):
    space = {}
    exec(source, space)
    hostile = space["Value"]
    answer = hostile if isinstance(hostile, type) else Scripted(hostile)
    verdicts = run(course.hidden_tests("Value"), answer, 0)
    assert not [verdict.title for verdict in verdicts if verdict.passed]
