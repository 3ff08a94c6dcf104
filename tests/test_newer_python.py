"""A notebook that was written with a newer Python than the one that grades it."""

import ast
import inspect
import sys

import pytest

from tests.reference import COURSE
from tests.submissions import to_bytes
from workbook.course.exercises import find
from workbook.course.newer_python import alias_in, hint_at_version
from workbook.course.older_python import for_this_python
from workbook.course.parsable import parsable
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.beside import files_beside
from workbook.grade.submissions.jobs import Job
from workbook.learn.workspace.lab import check_notebook

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
TEXT = "'''\nclass A[T]:\ntry: 1\nexcept A, B:\nx = f'{d['a']}'\n'''"
# As a newer Python reads it, and as every one does.
SAME = {
    'x = f"{d["a"]}"': """x = f'{d["a"]}'""",
    "x = F'{', '.join(a)}{d['b']!r:>{w['k']}}'": """x = f"{', '.join(a)}{d['b']!r:>{w['k']}}" """,
    'x = rf"{{{d["k"]:.2f}\\\\d"': """x = rf'{{{d["k"]:.2f}\\\\d'""",
    'x = f"{\n  y\n}"': "x = f'{y}'",
    'x = f"{f"{y}"}: {z:%H:%M}"': """x = f'{f"{y}"}: {z:%H:%M}'""",
    r"""x = f"it's \"{d["a"]}\""  # f"{""": r"""x = f'it\'s "{d["a"]}"' """,
    "def f[T: (int, str), *Ts](x: T) -> T: pass": "def f(x: T) -> T: pass",
    "class Stack[T](list[T]): pass": "class Stack(list[T]): pass",
    "class Stack[\n  T,  # (\n  S,\n](list[T]): pass": "class Stack(list[T]): pass",
    "def f[\n  T\n](x: T): pass": "def f(x: T): pass",
    "def f[T: dict[str, list[int]]](x): pass": "def f(x): pass",
    """x = 1 if'{'in y or'}'in f'{d['a']}' else 2""": """\
x = 1 if '{' in y or '}' in f'{d["a"]}' else 2""",
    """x = rf'\\{d['a']} and', f'\\N{BULLET}{d['b']}'""": """\
x = rf'\\{d["a"]} and', f'\\N{BULLET}{d["b"]}'""",
    f"class A[T]:\n  {TEXT}": f"class A:\n  {TEXT}",
    f"x = {TEXT}\ny = f'{{d['a']}}' # class A[T]:": f"""x = {TEXT}\ny = f'{{d["a"]}}'""",
    "try: pass\nexcept OSError, np.Error: pass": "try: pass\nexcept (OSError, np.Error): pass",
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


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it as it is")
@pytest.mark.parametrize(("text", "same"), SAME.items(), ids=SAME)
def test_what_a_newer_python_reads_means_the_same_here(text, same):
    error_in(text)
    written, _ = for_this_python(text)
    assert written.count("\n") == text.count("\n")
    assert ast.dump(ast.parse(written)) == ast.dump(ast.parse(same))


def test_what_every_python_reads_keeps_its_meaning():
    for module in (ast, inspect, pytest):
        text = inspect.getsource(module)
        assert ast.dump(ast.parse(for_this_python(text)[0])) == ast.dump(ast.parse(text))


@pytest.mark.parametrize("text", [*WRONG, 'f"{' * 10_000, 'f"{x:{' * 10_000])
def test_what_no_python_reads_is_not_made_readable(text):
    error_in(for_this_python(text)[0])


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it as it is")
def test_only_parts_that_can_be_read_then_are_rewritten():
    good, bad = "def f[T](x):\n    return x\n", "def g[T](x) return f'{d['a']}'\n"
    written, _ = for_this_python(f"{TEXT}\n{good}{bad}{good}print(1")
    good = good.replace("[T]", "")
    assert written == f"{TEXT}\n{good}{bad}{good}print(1"
    assert for_this_python(bad) == (bad, set())


BY_BRACES = """def linear_forward(A, W, b):
    s = '{'
    ok = 1 if'{'in s or'}'in s else 0
    return ok * (W @ A) + b, (A, W, b)"""
BY_TEXT = f"""s = {TEXT}
def linear_forward(A, W, b):
    return W @ A + b if len(s) == {len(ast.literal_eval(TEXT))} else None, (A, W, b)"""

ANSWERS = {
    "a brace with IPython": f"%matplotlib inline\n{BY_BRACES}",
    "a text with IPython": f"!pip list\n{BY_TEXT}",
    "a brace with quotes": f"{BY_BRACES}\nd = {{'a': 1}}\nprint(f'{{d['a']}}')",
    "a text with an open bracket": f"{BY_TEXT}\ndef g[T](x): pass\nprint(1",
    "below an apostrophe": "!echo it's\ndef linear_forward[T](A: T, W: T, b: T) -> T:\n"
    "    return W @ A + b, (A, W, b)",
    "type parameters": "def linear_forward[T](A: T, W: T, b: T) -> T:\n"
    "    return W @ A + b, (A, W, b)",
    "quotes": "def linear_forward(A, W, b):\n    d = {'A': A.shape}\n"
    "    print(f'A is {d['A']}')\n    return W @ A + b, (A, W, b)",
    "with IPython": "%matplotlib inline\ndef linear_forward[T](A: T, W: T, b: T) -> T:\n"
    "    return W @ A + b, (A, W, b)",
    "a magic that runs its cell": "%%capture out\ndef linear_forward[T](A: T, W: T, b: T) -> T:\n"
    "    return W @ A + b, (A, W, b)",
    "a magic that keeps nothing": "%%timeit\ndef linear_forward[T](A: T, W: T, b: T) -> T:\n"
    "    return W @ A + b, (A, W, b)",
    "a demo": "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\n"
    "print(f'{'\\n'.join('ab')}')",
    "a file": "from helpers import linear_forward",
    "a file that is run": "%run helpers.py",
    "a file with type parameters": "from generic import linear_forward",
    "an open bracket": "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\nprint(1",
}


@pytest.mark.parametrize("label", ANSWERS)
def test_the_check_and_grading_read_the_same_of_a_cell(label, judge, tmp_path, monkeypatch):
    exercise = find("linear_forward")
    data = to_bytes(filled_notebook(COURSE, exercise, {"linear_forward": ANSWERS[label]}))
    (path := tmp_path / f"{exercise.notebook}.ipynb").write_bytes(data)
    (tmp_path / "helpers.py").write_text(ANSWERS["quotes"], encoding="utf-8")
    (tmp_path / "generic.py").write_text(ANSWERS["type parameters"], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (card,) = check_notebook(path)
    result = judge.judge(Job("s", exercise, data, beside=files_beside(tmp_path, data)))
    assert (card.failed, result.points) == ((), 8)
    assert not any("package" in note for note in result.notes)
    if label == "a text with an open bracket":
        assert ", line 10: '(' was never closed. It was passed over here" in card.last
        return
    is_read = label not in ("a demo", "an open bracket") or (
        label == "a demo" and sys.version_info >= (3, 12)
    )
    assert (", line 3: " in card.last and "It was passed over here" in card.last) != is_read


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads it as it is")
def test_the_check_says_what_this_python_refuses(tmp_path):
    python_2 = (
        "\n\ndef linear_forward(A, W, b):\n    try:\n        return W @ A + b, (A, W, b)\n"
        "    except ValueError, e:\n        print(e)"
    )
    last = []
    for answer in (ANSWERS["quotes"], python_2, ANSWERS["a brace with IPython"]):
        exercise = find("linear_forward")
        data = to_bytes(filled_notebook(COURSE, exercise, {"linear_forward": answer}))
        (path := tmp_path / f"{exercise.notebook}.ipynb").write_bytes(data)
        last.append(check_notebook(path)[0].last)
    refused = f"but Python 3.{sys.version_info[1]} refuses the whole cell: "
    assert ", line 3: f-string: " in last[0]
    assert f"as a newer Python reads it, {refused}write the line for that version" in last[0]
    assert ", line 6: multiple exception types must be parenthesized, or Python 3." in last[1]
    assert f"{refused}if `e` names the exception, write `except ValueError as e:`." in last[1]
    assert "refuses" not in last[2]


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
        assert "`type` for the name of a type came with Python 3.12" in note


def test_a_null_character_costs_its_own_line_only():
    source, errors = parsable("x = 1\n\0\ny = 2\n")
    assert source == "x = 1\n\ny = 2\n"
    assert [error.lineno for error in errors] == [2]


@pytest.mark.parametrize("line", ["@a\n", "a + \\\n", "if a: \\\n"])
def test_a_text_of_which_each_line_wants_another_one_is_not_parsed_without_end(line, monkeypatch):
    parsed, parse = [], ast.parse
    monkeypatch.setattr(ast, "parse", lambda text: parsed.append(text) or parse(text))
    source, errors = parsable(line * 5000)
    assert errors
    assert not source.strip()
    assert sum(map(len, parsed)) < 50 * len(line * 5000)


def test_a_long_text_with_many_errors_is_read_around_them():
    lines = [f"x{number} = [{number}] * 1000  # {'a' * 50}" for number in range(1000)]
    for number in range(0, 1000, 60):
        lines[number] = "x = = 1"
    source, errors = parsable("\n".join(lines))
    assert len(errors) == 17
    assert source.split("\n") == ["" if line == "x = = 1" else line for line in lines]
