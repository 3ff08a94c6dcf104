"""The student's process, as the judge sees it: cells, calls, and every way to end."""

import copy
import os
import signal
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.fuzz.properties import is_same
from tests.processes import runs, until
from workbook.course.hidden_tests import AnswerError
from workbook.course.kinds import OfKind
from workbook.grade.judging import exchange
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox.load import Load, stalled
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.limits import UNCONFINED, Limits


@pytest.fixture(scope="module", params=["everything", "plain"])
def kept_warm(request):
    """A warm process for all sessions of this file, of each kind."""
    with WarmProcess(Limits(), UNCONFINED, request.param == "everything") as warm:
        yield warm


@pytest.fixture
def warm(kept_warm):
    """The warm process; the next test can fork from it, however this one ends."""
    yield kept_warm
    kept_warm.end_child()


@pytest.fixture
def session(warm):
    """A session without earlier exercises."""
    session = start(warm)
    yield session
    session.close()


def start(warm, limits=None, earlier=None):
    """Start a session."""
    limits = limits or Limits()
    return Session(warm, limits, earlier or {}, time.monotonic() + limits.notebook_seconds)


def define(session, source):
    """Run a cell that must not fail."""
    assert session.run_cell(1, source) == []


def ask(session, expression):
    """Return the value of an expression in the student's process."""
    define(session, f"def asked():\n    return {expression}")
    return session.call("asked", (), {})


def test_time_that_the_machine_took_between_two_calls_is_given_back(session, monkeypatch):
    define(session, "def twice(x):\n    return 2 * x")
    # As if the student's process had had to wait for its turn all the time.
    monkeypatch.setattr(WarmProcess, "load", lambda _: Load(used=0.0, waited=60.0))
    time.sleep(0.05)
    session.deadline = time.monotonic() - 0.01
    assert session.call("twice", (2,), {}) == 4
    # What the judge serves takes time as well.
    define(session, "def asked(f):\n    return f(1) + f(2)")

    def late(x):
        time.sleep(0.05)
        session._exchange.until = time.monotonic() - 0.01
        return x

    assert session.call("asked", (late,), {}) == 3


def test_time_for_which_the_machine_stood_still_is_given_back_once(session, monkeypatch):
    define(session, "def twice(x):\n    return 2 * x")
    # As if the disk had not answered since the start of the session.
    began, before = time.monotonic(), exchange.stalled()
    monkeypatch.setattr(exchange, "stalled", lambda: before + time.monotonic() - began)
    time.sleep(0.05)
    session.deadline = time.monotonic() - 0.01
    assert session.call("twice", (2,), {}) == 4
    assert session._exchange.give_back() < 0.05
    # A process that sleeps meanwhile does not go on for ever, and the grader is not to blame.
    session.deadline = time.monotonic() - 90
    monkeypatch.setattr(exchange, "stalled", lambda: before + 1e6)
    monkeypatch.setattr(session._exchange, "_began", began - 1e6)
    with pytest.raises(SessionEndedError, match="did not finish in time"):
        session.call("twice", (2,), {})


def test_all_processes_of_a_notebook_get_no_more_time_back_than_one(warm, monkeypatch):
    limits = Limits(notebook_seconds=10.0)
    # As if the disk had not answered for an hour, and there had been no core for half a minute.
    monkeypatch.setattr(exchange, "stalled", lambda: 3600.0)
    monkeypatch.setattr(WarmProcess, "load", lambda _: Load(used=0.0, waited=30.0))

    def one():
        with closing(start(warm, limits)) as session:
            session._exchange._began, session._exchange._stalled = time.monotonic() - 3600, 0.0
            yield session

    for first in one():
        assert 40 <= first._exchange.give_back() < 41
    for second in one():
        second.go_on_from(first)
        with pytest.raises(GraderError, match=r"the machine is too busy.* 60 seconds"):
            second._exchange.give_back()
        monkeypatch.setattr(WarmProcess, "load", lambda _: Load(used=0.0, waited=5.0))
        second._exchange.give_back()
        assert second._exchange._in_all[1] == 10.0


def test_the_time_of_a_stalled_machine_grows():
    before = stalled()
    assert before >= 0
    assert stalled() >= before


def test_cells_share_a_namespace(session):
    define(session, "import numpy as np\nsize = 3")
    define(session, "def ones():\n    return np.ones(size)")
    define(session, "size = 4")
    assert session.defines("ones")
    assert not session.defines("size")
    assert not session.defines("twos")
    np.testing.assert_array_equal(session.call("ones", (), {}), np.ones(4))


def test_a_call_takes_keywords_and_gives_plain_values(session):
    define(session, "def f(a, *, b):\n    return {'sum': a + b, 'pair': (a, [b, None, 'x', True])}")
    assert session.call("f", (1,), {"b": 2}) == {"sum": 3, "pair": (1, [2, None, "x", True])}


def test_a_part_that_is_not_plain_data_costs_that_part_alone(session):
    source = (
        "class Odd(dict):\n    def __len__(self):\n        raise ValueError('odd')\n"
        "def f(a):\n    return a, Odd(x=1), {1: f, 'z': zip(), 'long': [0.123456789] * 199_000}"
    )
    define(session, source)
    a = np.arange(3.0)
    got = session.call("f", (a,), {})
    assert is_same(got, OfKind("a value that is too large to be handed over"))
    define(session, "def g(a):\n    return [*f(a)[:2], {1: f, 'z': zip()}]")
    want = [a, {"x": 1}, {1: OfKind("a function"), "z": OfKind("a zip")}]
    assert is_same(session.call("g", (a,), {}), want)
    assert is_same(session.call("g", (a,), {}, watched=True)[0], want)


def test_what_is_printed_goes_nowhere_and_is_counted(session):
    define(session, "print('hello')")
    assert session.reached == set()
    define(session, "import sys\nprint('x' * 2_000_000, file=sys.stderr)")
    assert session.reached == {"output_characters"}
    session.reached.clear()
    define(session, "print('hello')")
    assert session.reached == set()
    define(session, "def loud():\n    print('y' * 2_000_000)\n    return 1")
    assert session.call("loud", (), {}) == 1


@pytest.mark.parametrize(
    ("cell", "kind", "message", "line", "source"),
    [
        ("x = 1\n\n1 / 0", "ZeroDivisionError", "division by zero", 3, "1 / 0"),
        ("def f():\n    return g(1)\n\nf()", "NameError", "name 'g' is not", 2, "return g(1)"),
        ("raise SystemExit('bye')", "SystemExit", "bye", 1, "raise SystemExit('bye')"),
        # The last line of the student's own, not NumPy's.
        ("import numpy as np\nnp.linalg.inv(np.eye(2) * 0)", "LinAlgError", "Singular", 2, "np.l"),
        ("import nothing_like_this", "ModuleNotFoundError", "No module named", 1, "import nothing"),
    ],
    ids=range(5),
)
def test_an_error_in_a_cell_names_the_students_own_line(session, cell, kind, message, line, source):
    define(session, "before = 1")
    (error,) = session.run_cell(1, cell)
    # The line of the cell's own statement; that of the function it calls stands beside it.
    assert (error["type"], error["line"]) == (kind, 4 if kind == "NameError" else line)
    assert error["message"].startswith(message)
    assert error["source"].startswith(source)
    # What was defined before stays.
    assert ask(session, "before") == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x = a\n    return x / 0", "ZeroDivisionError: division by zero (line 3 of its cell: "
                                    "return x / 0)"),
        ("return {}['W1']", "KeyError: 'W1' (line 2 of its cell: return {}['W1'])"),
        ("raise SystemExit", "SystemExit (line 2 of its cell: raise SystemExit)"),
        ("raise KeyboardInterrupt('x')", "KeyboardInterrupt: x (line 2 of its cell: raise "
                                         "KeyboardInterrupt('x'))"),
        ("return f(a)", "RecursionError: maximum recursion depth exceeded"),
        ("return bytearray(2**40)", "MemoryError (line 2 of its cell: return bytearray(2**40))"),
        ("return b.W", "NameError: name 'b' is not defined (line 2 of its cell: return b.W)"),
    ],
    ids=range(7),
)  # fmt: skip
def test_an_error_in_a_call_is_a_message_and_the_session_goes_on(session, body, message):
    define(session, f"def f(a):\n    {body}")
    define(session, "def g(a):\n    return a + 1")
    with pytest.raises(AnswerError) as error:
        session.call("f", (1,), {})
    assert str(error.value).startswith(f"your function raised {message}")
    assert session.ended is None
    assert session.call("g", (1,), {}) == 2


def test_text_that_no_file_can_hold_arrives_mended(session):
    define(session, r"def f():" "\n" r"    raise ValueError('\ud800')")
    with pytest.raises(AnswerError) as error:
        session.call("f", (), {})
    assert str(error.value).startswith("your function raised ValueError: ?")
    str(error.value).encode("utf-8")


def test_changes_in_place_are_made_in_our_arguments(session):
    source = (
        "def change(array, params, caches, cache):\n"
        "    array *= 2\n"
        "    params['W1'] -= 1\n"
        "    params['new'] = params.pop('old')\n"
        "    caches[0][0][...] = 7\n"
        "    caches.append('more')\n"
        "    cache[1][:] = 0\n"
        "    return array\n"
    )
    define(session, source)
    args = (
        np.ones(3),
        {"W1": np.zeros(2), "old": np.arange(2)},
        [(np.ones(2), "Z")],
        ("A", np.ones(2)),
    )
    before = copy.deepcopy(args)
    returned, effects = session.call("change", args, {}, watched=True)
    np.testing.assert_array_equal(returned, 2 * np.ones(3))
    assert {(change.place, change.what) for change in effects.changes} == {
        ((0,), "numbers"),
        ((1, "W1"), "numbers"),
        ((1, "old"), "removed"),
        ((1, "new"), "added"),
        ((2, 0, 0), "numbers"),
        ((2,), "lengthened"),
        ((3, 1), "numbers"),
    }
    assert effects.sharings == (((), "input", (0,)),)
    # The judge's own arguments are as they were.
    assert is_same(args, before)


@pytest.fixture
def with_earlier(warm):
    """A session with one earlier exercise, and the list of its calls."""
    calls = []

    def linear_forward(A, W, b):
        calls.append((A, W, b))
        if W.shape[1] != A.shape[0]:
            raise ValueError("shapes do not fit")
        return W @ A + b, (A, W, b)

    session = start(warm, earlier={"linear_forward": linear_forward})
    yield session, calls
    session.close()


def test_earlier_exercises_are_served_by_the_judge(with_earlier):
    session, calls = with_earlier
    define(session, "import numpy as np\nfrom workbook.earlier import linear_forward as lf")
    define(session, "def f(A):\n    return [lf(A, np.eye(2), b=np.zeros((2, 1)))[0], len(A)]")
    A = np.arange(4.0).reshape(2, 2)
    Z, length = session.call("f", (A,), {})
    np.testing.assert_array_equal(Z, A)
    assert length == 2
    assert len(calls) == 1
    # An error of the earlier exercise is raised where the student called it.
    define(session, "def g(A):\n    return lf(A, np.eye(3), 0)")
    with pytest.raises(AnswerError, match=r"ValueError: shapes do not fit \(line 2 of its cell"):
        session.call("g", (A,), {})


def test_a_cell_may_call_an_earlier_exercise_too(with_earlier):
    session, calls = with_earlier
    define(session, "import numpy as np\nimport workbook.earlier")
    define(session, "Z, _ = workbook.earlier.linear_forward(np.ones((1, 1)), np.ones((1, 1)), 1.0)")
    assert ask(session, "float(Z[0, 0])") == 2.0
    assert len(calls) == 1


def test_a_cache_holds_the_arrays_of_the_call_as_in_one_process(with_earlier):
    session, _ = with_earlier
    define(session, "import numpy as np\nfrom workbook.earlier import linear_forward as lf")
    define(session, "A, W = np.ones((2, 3)), np.eye(2)\nZ, cache = lf(A, W, b=np.zeros((2, 1)))")
    assert ask(session, "[cache[0] is A, cache[1] is W, Z is A, type(cache) is tuple]") == [
        True, True, False, True,
    ]  # fmt: skip


def test_a_seed_holds_for_earlier_exercises_too(warm):
    draws = {"draw": lambda: float(np.random.rand())}
    session = start(warm, earlier=draws)
    define(session, "import numpy as np\nfrom workbook.earlier import draw")
    define(session, "def f(seed):\n    np.random.seed(seed)\n    return [draw(), draw()]")
    one, again, other = (session.call("f", (seed,), {}) for seed in (1, 1, 2))
    assert one == again
    assert len({*one, *other}) == 4
    session.close()


def test_only_earlier_exercises_are_served(with_earlier):
    session, _ = with_earlier
    define(session, "from workbook.earlier import compute_cost")
    define(session, "def f():\n    return compute_cost(1, 2)")
    with pytest.raises(AnswerError, match="ImportError: compute_cost is not an earlier exercise"):
        session.call("f", (), {})


def test_what_is_for_the_learner_does_nothing_here(session):
    define(session, "from workbook import check\ndef linear_forward(): pass\ncheck(linear_forward)")
    define(
        session,
        "from workbook import *\nflow()\nplayground()\nquiz(1 / 3)\nimport numpy as np, sys",
    )
    define(session, "show(np.eye(2))\nshow_product(np.eye(2), np.eye(3))")
    loaded = ask(session, "[m for m in sys.modules if m.startswith('workbook.figures')]")
    # What asks for the shell draws nothing.
    assert set(loaded) <= {"workbook.figures", "workbook.figures.ipython"}


def test_nothing_of_the_instructor_is_in_reach(monkeypatch):
    monkeypatch.setenv("WORKBOOK_CANARY", "secret-of-the-instructor")
    with WarmProcess(Limits(), UNCONFINED, with_ipython=False) as warm:
        session = start(warm)
        define(session, "import os, sys")
        environment = ask(session, "dict(os.environ)")
        parents = ask(session, "open(f'/proc/{os.getppid()}/environ').read()")
        assert "secret-of-the-instructor" not in repr(environment) + parents
        assert environment["PATH"] == os.defpath
        folder = ask(session, "os.getcwd()")
        assert ask(session, "os.listdir('.')") == []
        assert environment["HOME"] == folder
        assert Path.cwd() not in (Path(folder), *Path(folder).parents)
        known = ask(session, "[m for m in sys.modules if m.split('.')[0] != 'numpy']")
        ours = {"solutions", "grader_tests", "workbook.grade.judging.judge", "nbgrader", "pytest"}
        assert not ours & set(known)
        # Standard streams, the wire, and the folder that is being listed: no file of the judge.
        assert len(ask(session, "os.listdir('/proc/self/fd')")) == 5
        session.close()
        assert not Path(folder).exists()


def test_a_call_that_takes_too_long_ends_alone(warm):
    session = start(warm, Limits(call_seconds=0.3))
    define(session, "def f():\n    while True: pass")
    pid = ask(session, "__import__('os').getpid()")
    started = time.monotonic()
    with pytest.raises(SessionEndedError, match="f did not finish in time") as error:
        session.call("f", (), {})
    assert 0.25 < time.monotonic() - started < 60
    assert error.value.status == "timeout"
    assert not runs(pid)
    # It stays ended, and says the same again.
    with pytest.raises(SessionEndedError) as again:
        session.run_cell(1, "x = 1")
    assert again.value is session.ended
    session.close()
    assert warm.alive
    after = start(warm)
    assert ask(after, "1 + 1") == 2
    after.close()


def test_a_cell_that_takes_too_long_ends_the_session(warm):
    session = start(warm, Limits(cell_seconds=0.2))
    with pytest.raises(SessionEndedError, match="cell 1 did not finish") as error:
        session.run_cell(1, "import time\ntime.sleep(60)")
    assert error.value.status == "timeout"


def test_all_that_a_notebook_does_has_one_limit(warm):
    session = start(warm, Limits(notebook_seconds=0.5))
    define(session, "import time")

    def run_short_cells():
        # How many there can be depends on the time that is given back.
        for _ in range(1000):
            define(session, "time.sleep(0.1)")

    with pytest.raises(SessionEndedError, match="the whole notebook") as error:
        run_short_cells()
    assert error.value.status == "timeout"


def test_more_of_the_processor_than_a_notebook_may_have_is_a_timeout():
    """As where several threads compute at once: the wall has time left."""
    limits = Limits(cell_seconds=60, notebook_seconds=0.5)
    with WarmProcess(limits, UNCONFINED, with_ipython=False) as warm:
        session = Session(warm, limits, {}, time.monotonic() + 60)
        said = "exceeded the limit of 0.5 seconds for the whole notebook"
        with pytest.raises(SessionEndedError, match=said) as error:
            session.run_cell(1, "while True: pass")
        assert error.value.status == "timeout"
        assert session.reached == {"notebook_seconds"}


def test_a_limit_that_is_known_is_the_one_that_is_named(warm, monkeypatch):
    """The kernel's signal may come when another limit has been seen to be exceeded."""
    session = start(warm)
    end = warm.end_child

    def end_child():
        end()
        warm.exceeded = "written_bytes"
        return int(signal.SIGXCPU)

    monkeypatch.setattr(warm, "end_child", end_child)
    with pytest.raises(SessionEndedError, match="MiB") as error:
        session.run_cell(1, "import os\nos._exit(1)")
    assert error.value.status == "crashed"
    assert session.reached == {"written_bytes"}


def test_the_end_takes_background_processes_along(warm):
    session = start(warm)
    define(session, "import os, threading, time\n"
                    "child = os.spawnlp(os.P_NOWAIT, 'sleep', 'sleep', '300')\n"
                    "threading.Thread(target=time.sleep, args=(300,)).start()")  # fmt: skip
    child = ask(session, "child")
    own = ask(session, "__import__('os').getpid()")
    assert runs(child)
    assert runs(own)
    session.close()
    until(lambda: not runs(child))
    assert not runs(own)


def test_a_warm_process_that_is_killed_from_inside_does_no_harm():
    with WarmProcess(Limits(), UNCONFINED, with_ipython=False) as warm:
        session = start(warm)
        define(session, "import os")
        own = ask(session, "os.getpid()")
        with pytest.raises(SessionEndedError):
            ask(session, "os.kill(os.getppid(), 9) or __import__('time').sleep(5)")
        until(lambda: not warm.alive)
        session.close()
        until(lambda: not runs(own))


def test_a_closed_warm_process_is_gone():
    warm = WarmProcess(Limits(), UNCONFINED, with_ipython=False)
    session = start(warm)
    define(session, "import os")
    folder, parent = ask(session, "(os.getcwd(), os.getppid())")
    session.close()
    assert warm.alive
    assert runs(parent)
    warm.close()
    assert not warm.alive
    assert not runs(parent)
    assert not Path(folder).parent.exists()
