"""What counts of code that names a package which is not installed, and what stays as it is."""

import numpy as np
import pytest

from workbook.course.missing_packages import executing, run_without_missing

MISSING = "import not_installed as torch\n"
RUN = {
    "a decorator": "@torch.jit\ndef f(x):\n    return x\n",
    "an annotation": "def f(x: torch.Tensor) -> torch.Tensor:\n    return x\n",
    "a default": "def f(x, of=torch.float64):\n    return x\n",
    "a default of the same name": (
        "device = torch.device()\ndef f(x, device=device):\n    return x\n"
    ),
    "inside of a function": (
        "def f(x):\n    def g(y: torch.Tensor):\n        return y\n    return g(x)\n"
    ),
    "inside of a class": (
        "class C:\n    def g(self, y: torch.Tensor):\n        return y\nf = C().g\n"
    ),
    # A name that has a value where it stands is not missing.
    "a loop in a function": (
        "for key in torch.load():\n    print(key)\n"
        "def f(x):\n    for key in [x]:\n        g = lambda k=key: k\n    return g()\n"
    ),
    "a loop in a list": (
        "for k in torch.load():\n    pass\nf = [lambda x, k=k: x * k for k in [1]][0]\n"
    ),
    "a name in a class": (
        "class C:\n    torch = 0\n    def g(self, x, k=torch):\n        return x + k\nf = C().g\n"
    ),
    "a name of the function's own": (
        "def f(x):\n    torch = x\n    def g(y=torch):\n        return y\n    return g()\n"
    ),
}


@pytest.mark.parametrize("code", RUN.values(), ids=RUN)
def test_a_definition_counts_without_the_package(code):
    names: dict[str, object] = {}
    assert run_without_missing(MISSING + code, "mine.py", names)
    assert names["f"](5) == 5


def test_each_statement_runs_once():
    names: dict[str, object] = {"count": 0}
    assert run_without_missing("count += 1\n" + MISSING, "mine.py", names)
    assert names["count"] == 1
    assert not run_without_missing("count += 1\n", "mine.py", names)


@pytest.mark.parametrize("before", ["", "from math import *\n"])
def test_a_name_that_no_import_would_give_is_an_error(before):
    with pytest.raises(NameError, match="epsilonn"):
        run_without_missing(before + MISSING + "def f(x, eps=epsilonn):\n    pass\n", "mine.py", {})


@pytest.fixture
def missed():
    return []


@pytest.fixture
def names(missed):
    return {"exec": executing(lambda: missed.append(1))}


def test_definitions_that_are_executed_do_without_the_package_and_any_other_text_is_run_as_ever(
    names, missed
):
    names["text"] = f"{MISSING}def f():\n    pass\nx = 1\ncount += 1"
    exec("count = 0\nexec(text)\nassert (x, count) == (1, 1)", names)
    assert missed == [1]
    exec("own = {}\nexec('y = 2', own)\nassert own['y'] == 2 and 'y' not in globals()", names)
    exec("own = {}\nexec('y = 2', None, own)\nassert own == {'y': 2}", names)
    exec("def f():\n    z = 3\n    exec('assert z == 3')\nf()", names)
    with pytest.raises(SyntaxError):
        exec("exec('import nothing_there; x = = 2')", names)
    assert missed == [1]


def test_a_text_that_finds_out_about_a_package_finds_out(names, missed):
    names["text"] = f"{MISSING}on = True"
    exec("try:\n    exec(text)\nexcept ImportError:\n    on = False", names)
    assert (names["on"], missed) == (False, [])


def test_namespaces_are_told_apart_by_which_they_are(names, missed):
    names["text"] = f"{MISSING}def f():\n    pass"
    exec("x = inner = None", names)
    # To compare them would be to compare arrays, which is an error.
    names["x"], inner = np.zeros(2), {**names, "x": np.ones(2)}
    names["inner"] = inner
    with pytest.raises(ModuleNotFoundError):
        exec("exec(text, globals(), inner)", names)
    assert missed == []


@pytest.mark.parametrize("before", ["", MISSING])
def test_what_the_caller_has_of_the_future_holds_for_the_text(names, before):
    names["text"] = f"{before}def f(x: not_there):\n    return x"
    exec("from __future__ import annotations\nexec(text)\nassert f(1) == 1", names)
    with pytest.raises(NameError, match="not_there"):
        exec("exec(text)", names)
