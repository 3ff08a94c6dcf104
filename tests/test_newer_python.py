"""A notebook that was written with a newer Python than the one that grades it."""

import sys

import pytest

from tests.reference import COURSE
from tests.submissions import to_bytes
from workbook.course.exercises import find
from workbook.course.newer_python import alias_in, hint_at_version
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job


def read(text):
    return SyntaxError("invalid syntax", ("cell", 1, 1, text))


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="nothing is newer")
@pytest.mark.parametrize(
    ("text", "may_be_newer"),
    [
        ('print(f"{grads["dW1"]}")', True),
        ("type Array = np.ndarray", True),
        ("def first[T](x: list[T]) -> T:", True),
        ("class Stack[T]:", True),
        ("except ValueError, TypeError:", True),
        ('print(t"{x}")', True),
        ("x = = 2", False),
        ("def f(x)", False),
        ("type(x) = 3", False),
        ('print("a)', False),
        (None, False),
    ],
)
def test_what_may_be_newer_is_said_to_be(text, may_be_newer):
    assert ("is too old for this line" in hint_at_version(read(text))) is may_be_newer


def test_an_alias_is_known_by_its_name():
    assert alias_in(read("type Array[T] = list[T]")) == "Array"
    assert alias_in(read("types = = 3")) == alias_in(read(None)) == ""


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
