"""What counts of code that names a package which is not installed, and what stays as it is."""

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


def test_a_text_that_is_executed_runs_without_the_package_and_any_other_as_ever():
    missed: list[int] = []
    names = {"exec": executing(lambda: missed.append(1)), "text": f"{MISSING}x = 1\ncount += 1"}
    exec("count = 0\nexec(text)\nassert (x, count) == (1, 1)", names)
    assert missed == [1]
    exec("own = {}\nexec('y = 2', own)\nassert own['y'] == 2 and 'y' not in globals()", names)
    exec("def f():\n    z = 3\n    exec('assert z == 3')\nf()", names)
    with pytest.raises(SyntaxError):
        exec("exec('import nothing_there; x = = 2')", names)
    assert missed == [1]
