"""What of a notebook counts for a function: what it needs runs, experiments do not."""

import ast

import pytest

from workbook.course.definitions import bound_names, needed
from workbook.learn.check.check import examine
from workbook.learn.workspace.notebooks import functions_in, is_stub, load_function

NAME = "linear_forward"


def defined(body="return W @ A + b, (A, W, b)"):
    return f"def {NAME}(A, W, b):\n    {body}"


def scaled(factor):
    """Return a definition that is right if the factor is 1."""
    return defined(f"return {factor} * (W @ A) + b, (A, W, b)")


RIGHT = defined()
LAMBDA = "lambda A, W, b: (W @ A + b, (A, W, b))"

# Cells above the check; all are right answers when they have run in a kernel.
COUNTS = {
    "a value from a call": ['EPS = float("1e-12")', scaled("(1 + EPS)")],
    "a value from another": [
        "from math import sqrt\na = sqrt(4)\nb2 = a - 1",
        scaled("b2"),
    ],
    "a table that a loop fills": [
        "table = {}\nfor i in range(3):\n    table[i] = float(i)",
        scaled("table[1]"),
    ],
    "a list that grows": [
        "ones = []",
        "while len(ones) < 3:\n    ones.append(len(ones) / len(ones) if ones else 1)",
        scaled("ones[2]"),
    ],
    "an augmented assignment": ["k = 3", "k -= 2", scaled("k")],
    "a name deleted and given anew": [
        "k = 5",
        "del k\nk = 1",
        scaled("k"),
    ],
    "a guard": ["if 1 < 2:\n    k = 1\nelse:\n    k = 2", scaled("k")],
    "__main__": [f"if __name__ == '__main__':\n    {NAME} = {LAMBDA}"],
    "a package that may be missing": [
        "try:\n    import no_such_package as xp\nexcept ImportError:\n    import numpy as xp",
        defined("return xp.dot(W, A) + b, (A, W, b)"),
    ],
    "a package that is missing and not used": [
        f"import no_such_package\n{defined('return W @ A + b, (A, W, b)')}",
        "no_such_package.plot()",
    ],
    "a package that is missing where it is not called": [
        "import no_such_package",
        defined("return (no_such_package.dot(W, A) if A is None else W @ A + b), (A, W, b)"),
    ],
    "a lambda": [f"{NAME} = {LAMBDA}"],
    "an alias": [f"def mine(A, W, b):\n    return W @ A + b, (A, W, b)\n{NAME} = mine"],
    "partial": [
        "from functools import partial\ndef of(k, A, W, b):\n    return k * W @ A + b, (A, W, b)",
        f"{NAME} = partial(of, 1)",
    ],
    "a decorator without wraps": [
        "def loud(f):\n    def inner(*args):\n        return f(*args)\n    return inner",
        f"@loud\n{RIGHT}",
    ],
    "a decorator that counts": [
        "calls = [0]\ndef counted(f):\n    def inner(*args):\n        calls[0] += 1\n"
        "        return f(*args)\n    return inner",
        f"@counted\n{RIGHT}",
    ],
    "a callable object": [
        "class Layer:\n    def __call__(self, A, W, b):\n        return W @ A + b, (A, W, b)",
        f"{NAME} = Layer()",
    ],
    "a method": [
        "class Layer:\n    def go(self, A, W, b):\n        return W @ A + b, (A, W, b)",
        f"layer = Layer()\n{NAME} = layer.go",
    ],
    "a method set later": [
        "class Layer:\n    pass",
        "setattr(Layer, 'go', staticmethod(lambda A, W, b: (W @ A + b, (A, W, b))))",
        defined("return Layer.go(A, W, b)"),
    ],
    "an attribute set later": [
        "class Layer:\n    k = 2",
        "Layer.k = 1",
        scaled("Layer.k"),
    ],
    "a metaclass": [
        "class Meta(type):\n    def __getattr__(cls, name):\n        return 1",
        "class K(metaclass=Meta):\n    pass",
        scaled("K.any"),
    ],
    "a dataclass with postponed annotations": [
        "from __future__ import annotations",
        "import dataclasses\n@dataclasses.dataclass\nclass Pair:\n    Z: Array\n    k: float = 1.0",
        "def linear_forward(A: Array, W: Array, b: Array) -> Pair:\n"
        "    return Pair(W @ A + b).Z, (A, W, b)",
    ],
    "a name that a function sets": [
        "def set_up():\n    global k\n    k = 1",
        "set_up()",
        scaled("k"),
    ],
    "globals": ["globals()['k'] = 1", scaled("k")],
    "exec": ["exec('k = 1')", scaled("k")],
    "a star": ["from math import *", scaled("cos(0)")],
    "with": [
        "import io\nwith io.StringIO('1') as file:\n    k = int(file.read())",
        scaled("k"),
    ],
    "unpacking and a walrus": [
        "k, *rest = 1, 2\nif (n := 1):\n    pass",
        scaled("k * n"),
    ],
    "a helper in place": [
        "def fill(table):\n    table[0] = 1\ntable = [0]",
        "fill(table)",
        scaled("table[0]"),
    ],
    "timed": ["%%time\nk = 1", "%time n = 1", scaled("k * n")],
    "below what fails": [f"1 / 0\n{RIGHT}"],
    "below a shell line": [f"!pip install -q numpy\n%matplotlib inline\n{RIGHT}"],
    "a module that a cell writes": [
        "%%writefile my_linear.py\nK = 0\n",
        f"%%writefile -a my_linear.py\n{RIGHT}",
        f"from my_linear import {NAME}",
    ],
    "a nested function and a comprehension": [
        "def outer(A, W, b):\n    def inner():\n        return [k * one for one in W]\n"
        "    return inner()\nimport numpy as np\nk = np.float64(1)",
        defined("return np.array(outer(A, W, b)) @ A + b, (A, W, b)"),
    ],
}  # fmt: skip

# Above the check, too; the answer is wrong when they have run in a kernel.
SPOILS = {
    "a helper rebound": ["def k():\n    return 1", scaled("k()"), "k = lambda: 2"],
    "a name deleted": ["k = 1", scaled("k"), "del k"],
    "a second definition": [RIGHT, defined("return W @ A - b, (A, W, b)")],
    "rebound to something else": [RIGHT, f"{NAME} = lambda A, W, b: (A, (A, W, b))"],
    "strict warnings": [
        "import warnings\nwarnings.simplefilter('error')",
        defined("warnings.warn('careful')\n    return W @ A + b, (A, W, b)"),
    ],
    "strict errors": [
        "import numpy as np\nold = np.seterr(all='raise')",
        defined("np.log(np.zeros(1))\n    return W @ A + b, (A, W, b)"),
    ],
}  # fmt: skip

EXPERIMENTS = {
    "endless": "while True:\n    pass",
    "slow": "costs = [sum(range(10**9)) for _ in range(10**9)]",
    "the end": "raise SystemExit",
    "a check": f"check({NAME})",
    "a call": f"import numpy as np\nZ, cache = {NAME}(np.ones((10**9, 10**9)), 1, 2)",
    "a local name": "while True:\n    Z = 1\n    A = W = b = Z",
    "print": f"print({NAME}(1, 2, 3), [sum(range(10**9)) for _ in range(10**9)])",
    "a plot": "import numpy as np\nxs = iter(int, 1)\nnp.testing.assert_equal(list(xs), 1)",
}  # fmt: skip


@pytest.fixture
def notebook(tmp_path, write_notebook):
    return lambda *cells: write_notebook(tmp_path / f"03_{NAME}.ipynb", *cells)


def failing(path):
    return [one.verdict.message for one in examine(load_function(path, NAME), NAME).failed]


@pytest.mark.parametrize("cells", COUNTS.values(), ids=COUNTS)
def test_what_the_function_needs_counts(cells, notebook):
    path = notebook(*cells)
    assert functions_in(path) == (NAME,)
    assert not is_stub(path, NAME)
    assert not failing(path)


@pytest.mark.parametrize("cells", SPOILS.values(), ids=SPOILS)
def test_what_spoils_it_in_a_kernel_spoils_it_here(cells, notebook):
    import warnings

    import numpy as np

    with warnings.catch_warnings(), np.errstate():
        assert failing(notebook(*cells))


@pytest.mark.parametrize("cell", EXPERIMENTS.values(), ids=EXPERIMENTS)
@pytest.mark.parametrize("place", [0, 1])
def test_experiments_never_run(cell, place, notebook):
    cells = [RIGHT]
    cells.insert(place, cell)
    assert not failing(notebook(*cells, f"{cells[place]}\nused = {NAME}"))


def test_a_released_notebook_needs_its_definition_and_its_imports():
    tree = ast.parse(
        "import numpy as np\nimport math\nfrom workbook import check, hint\n"
        "def f(Z):\n    return np.exp(Z)\ncheck(f)\nhint('f')\nx = np.linspace(0, 1)\nf(x)\n"
    )
    assert [ast.unparse(one).split("\n")[0] for one in needed("f", tree.body)] == [
        "import numpy as np",
        "def f(Z):",
    ]


def test_bound_names():
    tree = ast.parse("import a.b, c as d\nx = y = 1\ndef f(): z = 1\nclass C: w = 1\ndel v")
    assert bound_names(tree.body) == {"a", "d", "x", "y", "f", "C", "v"}


def with_tests(write_notebook, path, *cells):
    """Write a notebook in which the cells that begin with `check` are nbgrader's."""
    import json

    write_notebook(path, *cells)
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        if "".join(cell["source"]).startswith("check"):
            settings = {"grade": True, "solution": False, "grade_id": f"{NAME}-check"}
            cell["metadata"] = {"nbgrader": settings}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


STUB = defined("raise NotImplementedError")


@pytest.mark.parametrize(
    ("cells", "passes"),
    [
        ([RIGHT, f"check({NAME})", defined("return 1")], True),
        ([RIGHT, f"check({NAME})", f"{NAME} = 3"], True),
        (["k = 1", scaled("k"), f"check({NAME})", "k = 2"], True),
        ([STUB, f"check({NAME})", RIGHT], True),
        ([defined("return 1"), f"check({NAME})", RIGHT], False),
    ],
)
def test_the_place_of_its_tests_decides(cells, passes, tmp_path, write_notebook):
    path = with_tests(write_notebook, tmp_path / f"03_{NAME}.ipynb", *cells)
    assert not is_stub(path, NAME)
    assert failing(path) is not passes


def test_a_module_beside_the_notebook_belongs_to_it_alone(tmp_path, write_notebook):
    answer = ["from helpers import times", defined("return times(W, A) + b, (A, W, b)")]
    for folder, code in (("a", "W @ A"), ("b", "2 * W @ A")):
        path = write_notebook(tmp_path / folder / f"03_{NAME}.ipynb", *answer)
        (path.parent / "helpers.py").write_text(f"def times(W, A):\n    return {code}\n")
    assert not failing(tmp_path / "a" / f"03_{NAME}.ipynb")
    assert failing(tmp_path / "b" / f"03_{NAME}.ipynb")
    (tmp_path / "a" / "random.py").write_text("1 / 0")
    assert not failing(tmp_path / "a" / f"03_{NAME}.ipynb")
