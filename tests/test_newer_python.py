"""A notebook that was written with a newer Python than the one that grades it."""

import sys

import pytest

from tests.reference import COURSE
from tests.submissions import to_bytes
from workbook.course.exercises import find
from workbook.course.newer_python import alias_in, hint_at_version
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job

NEWER = {
    'print(f"{grads["dW1"]}")': (3, 12),
    """print(f'{n} {", "} {', '.join(a)} b', end='')""": (3, 12),
    'x = rf"{{{d["k"]:.2f}"': (3, 12),
    r"""x = f"{'\n'.join(a)}" """: (3, 12),
    "type Array = np.ndarray": (3, 12),
    "type Array[T] = list[T]": (3, 12),
    "def first[T](x: list[T]) -> T: pass": (3, 12),
    "class Stack[T]: pass": (3, 12),
    "try: pass\nexcept ValueError, TypeError: pass": (3, 14),
    'print(t"{x}")': (3, 14),
}
WRONG = [
    "x = = 2",
    "def f(x)",
    "type(x) = 3",
    "type of layer",
    "type of x = 3",
    "type x = = 3",
    "  type = 3",
    "def f[A, W, b]:\n    pass",
    "class C[T]",
    'print("a)',
    'print(f"cost {cost}"',
    'print(f"cost {cost}',
    'print(f"cost {cost")',
    'print(f"cost {cost", {"a": 1})',
    'print(f"cost {cost:{"a"}")',
    'print(f"cost" cost)',
    'print(f"{a b}")',
    'print(f"{cost!}", "a")',
    'print(f"cost}", {"a": 1})',
    '  print(f"cost {cost}")',
    "try: pass\nexcept ValueError, TypeError as error: pass",
]


def error_in(text):
    with pytest.raises(SyntaxError) as caught:
        compile(text, "cell", "exec")
    return caught.value


@pytest.mark.parametrize(("text", "since"), NEWER.items(), ids=NEWER)
def test_what_a_newer_python_reads_is_said_to_be_newer(text, since):
    if sys.version_info >= since:
        compile(text, "cell", "exec")
    else:
        assert "is too old for this line" in hint_at_version(error_in(text))


@pytest.mark.parametrize("text", WRONG)
def test_what_no_python_reads_is_not_said_to_be_newer(text):
    assert hint_at_version(error_in(text)) == hint_at_version(SyntaxError()) == ""


def test_an_alias_is_known_by_its_name():
    error = SyntaxError("invalid syntax", ("cell", 1, 1, "type Array[T] = list[T]"))
    assert alias_in(error) == "Array"
    assert alias_in(error_in("types = = 3")) == alias_in(SyntaxError()) == ""


def test_an_alias_costs_nothing_where_only_annotations_use_it(judge):
    answer = (
        "type Array = np.ndarray\ndef linear_forward(A: Array, W: Array, b: Array) -> Array:\n"
        "    return W @ A + b, (A, W, b)"
    )
    exercise = find("linear_forward")
    notebook = filled_notebook(COURSE, exercise, {"linear_forward": answer})
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert (result.points, result.status) == (8, "graded")
    if sys.version_info < (3, 12):
        (note,) = result.notes
        assert "line 1, `type Array = np.ndarray`, failed: SyntaxError: invalid syntax, or" in note
