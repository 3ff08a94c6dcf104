"""What of a notebook counts for a function: what it needs runs, experiments do not."""

import ast
import asyncio
import json
import signal
import sys
import threading
import warnings

import numpy as np
import pytest

from tests.cells_that_count import COUNTS, MISSING, NAME, RIGHT, SPOILS, defined, scaled
from workbook.course.definitions import bound_names, needed
from workbook.course.event_loop import NotebookLoop
from workbook.learn.check.check import make_card
from workbook.learn.workspace.no_kernel import apart
from workbook.learn.workspace.notebooks import functions_in, is_stub, load_function

EXPERIMENTS = {
    "endless": "while True:\n    pass",
    "slow": "costs = [sum(range(10**9)) for _ in range(10**9)]",
    "the end": "raise SystemExit",
    "a check": f"check({NAME})",
    "a question": "from workbook import quiz\nquiz('mine')\nraise SystemExit",
    "a call": f"import numpy as np\nZ, cache = {NAME}(np.ones((10**9, 10**9)), 1, 2)",
    "a local name": "while True:\n    Z = 1\n    A = W = b = Z",
    "print": f"print({NAME}(1, 2, 3), [sum(range(10**9)) for _ in range(10**9)])",
    "a plot": "import numpy as np\nxs = iter(int, 1)\nnp.testing.assert_equal(list(xs), 1)",
}  # fmt: skip


@pytest.fixture
def notebook(tmp_path, write_notebook):
    return lambda *cells: write_notebook(tmp_path / f"03_{NAME}.ipynb", *cells)


def failing(path):
    return [
        one.verdict.message
        for one in make_card(load_function(path, NAME, settings=True), NAME).failed
    ]


@pytest.mark.parametrize("cells", COUNTS.values(), ids=COUNTS)
def test_what_the_function_needs_counts(cells, notebook):
    path = notebook(*cells)
    assert functions_in(path) == (NAME,)
    assert not is_stub(path, NAME)
    assert not failing(path)


@pytest.mark.parametrize("cells", MISSING.values(), ids=MISSING)
def test_a_package_that_is_missing_costs_only_what_computes_with_it(cells, notebook):
    assert not failing(notebook(*cells))


@pytest.mark.parametrize("cells", SPOILS.values(), ids=SPOILS)
def test_what_spoils_it_in_a_kernel_spoils_it_here(cells, notebook):
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
        "def g(Z):\n    return (Z > 0).astype(float)\ncheck(g)\nprint(g(1))\n"
        "def f(Z):\n    return np.exp(float(Z))\ncheck(f)\nhint('f')\nx = np.linspace(0, 1)\nf(x)\n"
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


def test_an_earlier_notebook_may_await_something_in_a_kernel(notebook):
    path = notebook(*COUNTS["await"])

    async def imported():
        return load_function(path, NAME)

    # A kernel runs a cell in its own loop.
    assert not make_card(asyncio.run(imported()), NAME).failed


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_what_an_earlier_notebook_awaits_can_be_interrupted():
    cancelled = threading.Event()

    async def endless():
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        try:
            await asyncio.sleep(2)
        except asyncio.CancelledError:
            cancelled.set()
            raise

    async def interrupted():
        # A kernel leaves it to Python what an interrupt does; asyncio does not.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with pytest.raises(KeyboardInterrupt):
            loop.run(endless())

    loop = NotebookLoop(apart)
    asyncio.run(interrupted())
    assert cancelled.wait(2)
    loop.close()


def test_an_earlier_notebook_leaves_the_settings_of_a_kernel_alone(notebook):
    path = notebook("import numpy as np\nnp.seterr(all='raise')\nnp.random.seed(1)", RIGHT)
    before = np.geterr(), np.random.get_state()[1][0]
    load_function(path, NAME)
    assert (np.geterr(), np.random.get_state()[1][0]) == before


@pytest.mark.parametrize(
    ("writes", "reads", "counts"),
    [
        ("Path('mine.py').write_text('k = 1')", "from mine import k", True),
        ("Path('src/mine.py').write_text('k = 1')", "from src.mine import k", True),
        ("with open('a/k.json', 'w') as f:\n    f.write('1')", "k = load('a/k.json')", True),
        ("def save(n):\n    open('k.txt', 'w').write(n)\nsave('1')", "k = load('k.txt')", True),
        ("name = 'k.txt'\nopen(name, 'w').write('1')", "k = load(name)", True),
        ("with open('own.json', 'w') as file:\n    file.write('1')", "k = load('a/k.json')", False),
        ("plt.title('relu')", "k = {'relu': 1}['relu']", False),
        ("print('k is 0.5.')", "k = float('0.25')", False),
    ],
)
def test_what_writes_a_file_counts_where_the_function_needs_the_file(writes, reads, counts):
    statements = ast.parse(f"{writes}\n{reads}\ndef f():\n    return k").body
    assert (len(needed("f", statements)) == len(statements)) is counts


def test_what_calls_a_method_of_a_builtin_does_not_count():
    statements = ast.parse("dict.fromkeys('ab')\ndef f():\n    return dict()").body
    assert needed("f", statements) == statements[1:]
