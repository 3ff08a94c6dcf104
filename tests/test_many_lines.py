"""Cells with thousands of lines that only IPython knows: what is Python in them counts, at once."""

import ast
import time

import pytest

from workbook.course.cell_magics import without_many_lines
from workbook.learn.workspace.cells import _parsed

BELOW = "\ndef f():\n    return 1\n"


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("!ls", "pass"),
        ("%time y = 1", "pass"),
        ("?print", "pass"),
        ("names = !ls", "names = []"),
        ("x = %time 1", "x = None"),
        ("!ls \\\n   -l", "pass\n"),
        ("print??", "pass"),
        ("np.*?", "pass"),
        ("a[0].b?", "pass"),
        ("/print 1", "pass"),
        (",print a b", "pass"),
        (";print a b", "pass"),
        ("a, b = !ls", "pass"),
        ("d[1] = !ls", "d[1] = []"),
        ("if d:\n    d['k=1'] = %time 1", "if d:\n    d['k=1'] = None"),
    ],
)
def test_of_too_many_lines_each_has_a_plain_one_in_its_place(line, plain):
    few, many = ("\n".join([line] * number) + "\n" for number in (5, 3000))
    assert without_many_lines(few + BELOW) == few + BELOW
    found = without_many_lines(many + BELOW)
    assert found == "\n".join([plain] * 3000) + "\n" + BELOW
    assert found.count("\n") == (many + BELOW).count("\n")
    ast.parse(found)


def test_a_long_cell_with_some_of_them_is_read_as_it_is():
    cell = "%time x = 1\n" * 20 + "# a remark\n" * 1500 + BELOW
    assert without_many_lines(cell) == cell
    plain = "x = [\n" + "    5 % 3,\n" * 3000 + "]\n" + BELOW
    assert without_many_lines(plain) == plain


def test_a_line_that_goes_on_with_a_percent_sign_is_python():
    told = 'print("a %s"\n      % 1)\n'
    for cell in (
        told * 500 + BELOW,
        "%time y = 1\n" + "print('%s=%d' % (x, 1), end='=!')\n" * 500 + BELOW,
        "%time y = 1\n" + "x = 5 \\\n  / 3\nx %= 2\nx = y == 1\nx != 3\n# a =! b\n" * 500,
        "%time y = 1\n" + told * 500 + BELOW,
        "%%writefile a\n" + "!ls\n" * 500,
    ):
        assert without_many_lines(cell) == cell


@pytest.mark.parametrize("quotes", ['"""', "'''"])
def test_a_text_of_several_lines_stays_as_it_is(quotes):
    text = f"T = {quotes}\n" + "% a remark\nWhy?\n" * 450 + quotes + "\n"
    assert without_many_lines(text + BELOW) == text + BELOW
    assert without_many_lines("!ls\n" + text + BELOW) == "!ls\n" + text + BELOW
    assert without_many_lines("!ls\n" * 450 + text) == "pass\n" * 450 + text


@pytest.mark.parametrize(
    "line",
    ["!ls", "names = !ls", "%time y = 1", "/print 1", "print?", "d[1] = !ls", "a, b = !ls",
     "np.*?", ",print a", ";print a"],
)  # fmt: skip
def test_a_learners_notebook_is_read_in_time(line):
    began = time.process_time()
    parsed = _parsed("a", "\n".join([line] * 600) + BELOW, "")
    # IPython gives up after some seconds, with an error that is no SyntaxError.
    assert time.process_time() - began < 20
    assert isinstance(parsed.body[-1], ast.FunctionDef)


@pytest.mark.parametrize(
    "part", ["(", "a ", '"', "'", '"a" ', "=", "a=", '"""', "'''\n", "/\n", " "]
)
def test_the_lines_are_found_at_once(part):
    began = time.process_time()
    without_many_lines(part * 60_000)
    assert time.process_time() - began < 2
