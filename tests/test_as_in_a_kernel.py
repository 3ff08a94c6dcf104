"""What a kernel's shell, its `__main__` and its loop make of cells counts in checks and grading."""

import asyncio
import builtins
import sys
import time
from contextlib import closing

import numpy as np
import pytest

from tests.cells_that_count import LAMBDA, NAME, RIGHT, defined, scaled
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.learn.check.check import make_card
from workbook.learn.workspace.check_process import Checker
from workbook.learn.workspace.lab import check_notebook
from workbook.learn.workspace.notebooks import load_function

MADE = "async def made():\n    await asyncio.sleep(0)\n    return 1"
PUT = "k = [3]\nasync def put():\n    await asyncio.sleep(0)\n    k[0] = 1"

# Cells above the check; all are right answers when they have run in a kernel.
COUNTS = {
    "an attribute of __main__": [f"import __main__\n__main__.{NAME} = {LAMBDA}"],
    "setattr of __main__": ["import __main__\nsetattr(__main__, 'k', 1)", scaled("k")],
    "vars of __main__": [f"import __main__\nvars(__main__)['{NAME}'] = {LAMBDA}"],
    "__main__ of sys.modules": [
        "import sys\nsetattr(sys.modules['__main__'], 'k', 1)",
        scaled("k"),
    ],
    "__main__ by another name": [
        f"import __main__ as me\nme.{NAME} = {LAMBDA}",
    ],
    "its own module by a name": [
        f"import sys\nme = sys.modules[__name__]\nme.{NAME} = {LAMBDA}",
    ],
    "a name that __main__ is asked for in a call": [
        "def times(a, b):\n    return a @ b",
        "import __main__",
        defined("return getattr(__main__, 'ti' + 'mes')(W, A) + b, (A, W, b)"),
    ],
    "push of a shell with a name": ["ip = get_ipython()\nip.push({'k': 1})", scaled("k")],
    "pylab": ["%pylab inline", defined("return dot(W, A) + np.add(b, 0), (A, W, b)")],
    "push": ["get_ipython().push({'k': 1})", scaled("k")],
    "push of a function": [f"f = {LAMBDA}\nget_ipython().push(dict({NAME}=f))"],
    "user_ns": [f"get_ipython().user_ns['{NAME}'] = {LAMBDA}"],
    "user_ns of a shell with a name": [
        "ip = get_ipython()\nip.user_ns.update(k=1)",
        scaled("k"),
    ],
    "user_global_ns": ["get_ipython().user_global_ns['k'] = 1", scaled("k")],
    "a text that the shell runs": ["text = 'k = 1'\nget_ipython().ex(text)", scaled("k")],
    "an answer that is registered": [
        f"from functools import singledispatch\n@singledispatch\n{defined('raise TypeError')}",
        f"import numpy as np\n@{NAME}.register(np.ndarray)\n"
        "def _(A, W, b):\n    return W @ A + b, (A, W, b)",
    ],
    "a task that is awaited below": [
        f"import asyncio\n{MADE}\ntask = asyncio.create_task(made())",
        "v = await task",
        scaled("v"),
    ],
    "a loop of its own": [f"import asyncio\n{MADE}\nv = asyncio.run(made())", scaled("v")],
    "ensure_future": [
        f"import asyncio\n{MADE}\ntask = asyncio.ensure_future(made())",
        "v = await task",
        scaled("v"),
    ],
    "a task of a loop": [
        f"import asyncio\n{MADE}\ntask = asyncio.get_event_loop().create_task(made())",
        "v = await task",
        scaled("v"),
    ],
    "a task that nobody awaits": [
        f"import asyncio\n{PUT}\nasyncio.create_task(put())",
        scaled("k[0]"),
    ],
    "a task in the answer's own cell": [
        f"import asyncio\n{PUT}\nt = asyncio.create_task(put())\n{scaled('k[0]')}"
    ],
    "a task that needs some time": [
        "import asyncio\nk = [3]\nasync def put():\n    await asyncio.sleep(0.1)\n    k[0] = 1",
        "t = asyncio.create_task(put())",
        "await asyncio.sleep(0.3)",
        scaled("k[0]"),
    ],
    "a setting beside a loop": [
        "import asyncio\nimport numpy as np\nnp.seterr(all='raise')",
        defined("assert np.geterr()['over'] == 'raise'; return W @ A + b, (A, W, b)"),
    ],
    "a loop that is closed": [
        f"import asyncio\n{MADE}\nloop = asyncio.get_event_loop()",
        "v = loop.run_until_complete(made())\nloop.close()",
        f"w = asyncio.run(made())\n{scaled('v * w')}",
    ],
    "a loop in a loop": [
        f"import asyncio\n{MADE}\nk = 0\nfor _ in range(1):\n    k += 1\n    asyncio.run(made())",
        scaled("k"),
    ],
    "a task that would end Python": [
        "import asyncio\nasync def end():\n    raise SystemExit\nt = asyncio.create_task(end())",
        scaled("1"),
    ],
    "a task that takes long": [
        "import asyncio, time\nasync def late():\n    await asyncio.sleep(0.1)\n    time.sleep(60)",
        f"k = 1\nt = asyncio.create_task(late())\n{scaled('k')}",
    ],
    "a task that does not end": [
        "import asyncio\nk = [3]\nasync def on():\n    k[0] = 1\n    while True:\n        try:\n"
        "            await asyncio.sleep(9)\n        except asyncio.CancelledError:\n"
        "            pass",
        "t = asyncio.create_task(on())",
        scaled("k[0]"),
    ],
    "a task of IPython's last line": [
        f"import asyncio\n{PUT}\nasyncio.create_task(put())",
        "await asyncio.sleep(0)",
        scaled("k[0]"),
    ],
    "what a cell has printed": ["%%capture out\nprint(1)", scaled("float(out.stdout)")],
    "what a cell has printed, with options": [
        "%%capture out --no-stderr\nn = 1\nprint(n)",
        "k = int(out.stdout)",
        scaled("k * n"),
    ],
    "the time of an expression": [
        "r = %timeit -o -n 1 -r 1 sum([1])",
        "k = int(r.best >= 0)",
        scaled("k"),
    ],
    "the time of a function": [
        "def f():\n    return 1",
        "r = %timeit -n1 -r1 -q -o f()\nk = len(r.all_runs)",
        scaled("k"),
    ],
    "what a cell has shown": ["2 - 1", "k = _", scaled("k")],
    "what a cell has shown before one that shows nothing": [
        "x = 3\nx - 2", "print(x)", "None", "x - 2\ny = x", "k = _", scaled("k")
    ],
    "what a cell has shown before one that ends with a semicolon": [
        "6 - 5", "7;", "k = _", scaled("k")
    ],
    "a setting that ends a cell, where one asks for what was shown": [
        "import numpy as np\nnp.seterr(all='raise')",
        "1 + 1",
        "print(_)",
        scaled("(1 if np.geterr()['over'] == 'raise' else 2)"),
    ],
    "an underscore of the student's own": ["for _ in (0, 1):\n    pass", "9", "k = _", scaled("k")],
    "a name of Python's": ["import builtins\nbuiltins.k = 1", scaled("k")],
    "a name of Python's by another": [
        "import builtins as names", "setattr(names, 'k', 1)", scaled("k")
    ],
    "a method that is called later": [
        "import asyncio\nks = []\nasyncio.get_event_loop().call_soon(ks.append, 1)",
        scaled("ks[0]"),
    ],
    "a method that is called while a cell waits": [
        "import asyncio\nks = {}\nloop = asyncio.get_event_loop()",
        "loop.call_later(0.05, ks.setdefault, 'k', 1)",
        "await asyncio.sleep(0.2)",
        scaled("ks['k']"),
    ],
    "a method that another function calls": [
        "ks = []", "done = list(map(ks.append, [1, 2]))", scaled("ks[0]")
    ],
    "a method that a thread calls": [
        "from threading import Thread\nks = {}",
        "t = Thread(target=ks.update, kwargs={'k': 1})\nt.start()\nt.join()",
        scaled("ks['k']"),
    ],
    "a method with a name of its own": ["ks = []\nadd = ks.append", "add(1)", scaled("ks[0]")],
    "questions with a star": [f"import numpy as np\nnp.*?\nnp.li*.*?\n{RIGHT}"],
    "a name in a text": ["k = 1", scaled("globals()['k']")],
    "a name in a text of another cell": ["k = 1", "rule = 'k * 1'", scaled("eval(rule)")],
    "a name in a text to be computed": ["k = 2", scaled("eval('k - 1')")],
}  # fmt: skip


# What waits for somebody, where there is nobody.
NOBODY = {
    "a question": ["k = float(input('k? ') or 1)", scaled("k")],
    "a question for a secret": ["from getpass import getpass\nk = getpass() or 1", scaled("k")],
    "a question in a loop": ["k = 1\nwhile not input('Ready? '):\n    pass", scaled("k")],
    "a breakpoint": [defined("breakpoint(); return W @ A + b, (A, W, b)")],
    "a debugger": [defined("import pdb; pdb.set_trace(); return W @ A + b, (A, W, b)")],
    "IPython's debugger": [
        "from IPython.core.debugger import set_trace",
        defined("set_trace(); return W @ A + b, (A, W, b)"),
    ],
}


@pytest.fixture(scope="module")
def everything():
    """A warm process with everything at hand."""
    with WarmProcess(Limits(), UNCONFINED) as warm:
        yield warm


@pytest.fixture(autouse=True)
def settings():
    """What a notebook sets here is set back."""
    with np.errstate():
        yield
    vars(builtins).pop("k", None)


@pytest.fixture
def notebook(tmp_path, write_notebook):
    return lambda *cells: write_notebook(tmp_path / f"03_{NAME}.ipynb", *cells)


@pytest.mark.parametrize("cells", COUNTS.values(), ids=COUNTS)
def test_it_counts_in_a_check(cells, notebook):
    (card,) = check_notebook(notebook(*cells), NAME)
    assert not card.failed


@pytest.fixture(scope="module")
def checker():
    """A process that checks notebooks."""
    with Checker(60.0) as checker:
        yield checker


@pytest.mark.parametrize("cells", NOBODY.values(), ids=NOBODY)
def test_what_waits_for_somebody_goes_on(cells, notebook, checker, everything):
    (found,) = checker.check(notebook(*cells), NAME)
    assert found.passed, found.text
    with closing(Session(everything, Limits(), {}, time.monotonic() + 60)) as session:
        for number, cell in enumerate(cells, 1):
            session.run_cell(number, cell)
        Z, _ = session.call(NAME, (np.array([[2.0]]), np.array([[3.0]]), np.array([[1.0]])), {})
    assert Z == 7


def test_a_function_that_asks_somebody_fails(notebook, checker):
    (found,) = checker.check(notebook(defined("input(); return W @ A + b, (A, W, b)")), NAME)
    assert "nobody answers where your function is checked or graded" in found.problem


def test_a_name_of_pythons_is_that_of_one_notebook(notebook, checker):
    cells = ["import builtins\nbuiltins.k = 1\nbuiltins.sum = None", scaled("k")]
    assert checker.check(notebook(*cells), NAME)[0].passed
    (found,) = checker.check(notebook(scaled("k")), NAME)
    assert "`k`" in found.problem
    assert checker.check(notebook(scaled("sum([1])")), NAME)[0].passed


@pytest.mark.parametrize("cells", COUNTS.values(), ids=COUNTS)
def test_it_counts_in_grading(cells, everything):
    with closing(Session(everything, Limits(), {}, time.monotonic() + 60)) as session:
        for number, cell in enumerate(cells, 1):
            assert session.run_cell(number, cell) == []
        Z, _ = session.call(NAME, (np.array([[2.0]]), np.array([[3.0]]), np.array([[1.0]])), {})
    assert Z == 7


def test_what_is_awaited_for_too_long_is_interrupted_and_the_rest_of_the_cell_runs(everything):
    waits = "import asyncio\nawait asyncio.Event().wait()\nk = 1\nawait asyncio.sleep(0)\nk += 1"
    with closing(Session(everything, Limits(), {}, time.monotonic() + 60)) as session:
        (failure,) = session.run_cell(1, waits, "", (), 0.5)
        assert (failure["type"], failure["line"]) == ("TookTooLong", 2)
        assert session.run_cell(2, "assert k == 2") == []


@pytest.mark.parametrize(
    "line", ["!ls", "d = !ls", "%time y = 1", "/print 1", "print?", "np.*?", "a[0].b?", ",print a"]
)
def test_an_answer_below_many_lines_of_ipythons_counts_in_grading(line, everything):
    with closing(Session(everything, Limits(), {}, time.monotonic() + 60)) as session:
        session.run_cell(1, "\n".join([line] * 600 + [RIGHT]))
        Z, _ = session.call(NAME, (np.array([[2.0]]), np.array([[3.0]]), np.array([[1.0]])), {})
    assert Z == 7


@pytest.mark.parametrize(
    "label", ["push", "an attribute of __main__", "a text that the shell runs"]
)
def test_an_earlier_notebook_leaves_the_names_of_a_kernel_alone(label, notebook, monkeypatch):
    kernels = dict.fromkeys(["k", NAME], 0)
    shell = type("Shell", (), {"user_ns": kernels, "push": kernels.update, "ex": exec})
    monkeypatch.setattr(builtins, "get_ipython", shell, raising=False)
    main, before = sys.modules["__main__"], dict(vars(sys.modules["__main__"]))
    assert not make_card(load_function(notebook(*COUNTS[label]), NAME), NAME).failed
    assert sys.modules["__main__"] is main
    assert vars(main) == before
    assert kernels == dict.fromkeys(["k", NAME], 0)


@pytest.mark.parametrize("label", [one for one in COUNTS if "task" in one or "ensure" in one])
def test_an_earlier_notebook_may_make_tasks_in_a_kernel(label, notebook):
    path = notebook(*COUNTS[label])

    async def imported():
        return load_function(path, NAME)

    # A kernel runs a cell in its own loop.
    assert not make_card(asyncio.run(imported()), NAME).failed


def test_what_a_task_spoils_is_spoilt(notebook):
    cells = f"import asyncio\n{PUT}\nasyncio.create_task(put())", scaled("(4 - k[0])")
    assert make_card(load_function(notebook(*cells), NAME), NAME).failed


def test_a_cell_that_waits_without_any_task_is_an_experiment(notebook):
    path = notebook(f"import asyncio\n{RIGHT}", "await asyncio.sleep(1000)")
    assert not make_card(load_function(path, NAME), NAME).failed
