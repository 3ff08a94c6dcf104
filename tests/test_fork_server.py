"""A process that imports once, and forks children."""

import errno
import gc
import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.processes import descendants, runs, until
from tests.reference import COURSE
from workbook.grade.sandbox.children import Children
from workbook.grade.sandbox.fork_server import ForkServer, ForkServerError, RefusedError
from workbook.grade.submissions.faults import JudgeLostError
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.workers import tasks
from workbook.grade.workers.executor import LocalExecutor

PRELOADED: list[int] = []


def preload():
    PRELOADED.append(os.getpid())


def fail():
    raise RuntimeError("a course's own file")


def preloaded_by():
    return list(PRELOADED)


def imports():
    return set(sys.modules)


class Echoes(Children):
    """Send back what they receive, until the other side has gone."""

    def run(self, stream):
        while data := stream.recv(100):
            stream.sendall(data)


class Collecting(Children):
    """Say whether garbage is looked for before there is a child, and in one."""

    def preload(self):
        self.before = gc.isenabled()

    def run(self, stream):
        stream.sendall(bytes([self.before, gc.isenabled(), gc.get_freeze_count() > 0]))


@pytest.fixture
def server():
    server = ForkServer(Echoes(), path=sys.path)
    yield server
    server.close()


def test_each_child_is_a_new_process_of_the_server(server):
    children = [server.fork() for _ in range(2)]
    for child, word in zip(children, (b"a", b"b"), strict=True):
        child.stream.sendall(word)
    assert [child.stream.recv(100) for child in children] == [b"a", b"b"]
    ended, other = children
    assert sorted(descendants(server.process.pid)) == sorted([ended.pid, other.pid])
    assert os.WTERMSIG(ended.end()) == signal.SIGKILL
    assert not runs(ended.pid)
    # To end it again would be to end another process that has got its number.
    assert ended.end() == 0
    assert runs(other.pid)
    # It ends by itself when its connection does.
    other.stream.close()
    until(lambda: not runs(other.pid))
    assert other.end() == 0


def test_a_child_looks_for_its_own_garbage_alone():
    server = ForkServer(Collecting(), path=sys.path)
    child = server.fork()
    assert child.stream.recv(3) == bytes([False, True, True])
    child.end()
    server.close()


def test_several_threads_ask_for_children(server):
    with ThreadPoolExecutor(4) as threads:
        children = list(threads.map(lambda _: server.fork(), range(12)))
        assert len({child.pid for child in children}) == 12
        assert set(threads.map(lambda child: child.end(), children)) == {signal.SIGKILL}


def test_what_is_common_is_preloaded_once_and_known_to_all():
    with LocalExecutor(2, preload) as executor:
        found = [executor.submit(preloaded_by) for _ in range(8)]
        (by,) = {tuple(future.result()) for future in found}
        parents = {executor.submit(os.getppid).result() for _ in range(4)}
    assert len(by) == 1
    assert parents == set(by)
    assert PRELOADED == []


def test_judges_find_imported_what_they_need():
    with LocalExecutor(1, partial(tasks.preload, COURSE, [])) as executor:
        before = executor.submit(imports).result()
        executor.submit(
            tasks.start_judge, tasks.Setting(COURSE.root, Limits(), UNCONFINED)
        ).result()
        assert executor.submit(imports).result() == before


def test_every_call_says_why_preloading_failed():
    with LocalExecutor(1, fail) as executor:
        for call in [executor.submit(abs, -3) for _ in range(3)]:
            with pytest.raises(RuntimeError, match="a course's own file"):
                call.result()


class Refused(Echoes):
    """The system refuses every second of these processes."""

    refuses = True

    def before_fork(self):
        self.refuses = not self.refuses
        if self.refuses:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_a_server_goes_on_where_the_system_refuses_a_process():
    server = ForkServer(Refused(), path=sys.path)
    for _ in range(2):
        child = server.fork()
        with pytest.raises(RefusedError, match=r"could be started .Resource temporarily unav"):
            server.fork()
        child.stream.sendall(b"a")
        assert child.stream.recv(100) == b"a"
        child.end()
    # Too many files are open there: what it is handed does not arrive.
    resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (3, 3))
    with pytest.raises(RefusedError, match="Too many open files"):
        server.fork()
    assert server.process.poll() is None
    server.close()


def test_a_server_that_cannot_be_started_is_told():
    _, hard = before = resource.getrlimit(resource.RLIMIT_NOFILE)
    server = ForkServer(Echoes(), path=sys.path)
    number = os.open("/dev/null", os.O_RDONLY)
    os.close(number)
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
    try:
        with pytest.raises(RefusedError, match="Too many open files"):
            ForkServer(Echoes(), path=sys.path)
        with pytest.raises(RefusedError, match="Too many open files"):
            server.fork()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    server.fork().end()
    server.close()


def test_a_server_that_has_gone_is_told(server):
    child = server.fork()
    os.kill(server.process.pid, signal.SIGKILL)
    with pytest.raises(ForkServerError, match="has ended"):
        server.fork()
    with pytest.raises(ForkServerError):
        child.end()
    # The child sees that the connection is closed.
    until(lambda: not runs(child.pid))


@pytest.mark.slow
def test_a_server_that_dies_harms_nobody(tmp_path):
    with LocalExecutor(1) as executor:
        first, parent = executor.submit(both).result()
        os.kill(parent, signal.SIGKILL)
        until(lambda: not runs(parent))
        # The process that it has made goes on; and after its death, there is a new server.
        assert executor.submit(os.getpid).result() == first
        with pytest.raises(JudgeLostError):
            executor.submit(die_once, tmp_path / "died").result()
        assert executor.submit(die_once, tmp_path / "died").result() == "alive"
        assert executor.submit(both).result()[1] != parent


def both():
    return os.getpid(), os.getppid()


def die_once(mark):
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def test_nothing_is_imported_from_where_the_command_is_called(tmp_path):
    for name in ("numpy", "pickle", "workbook"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('of a student')", encoding="ascii")
    # As an installed command is run: the folder of the program comes first, not the current one.
    program = """
        import sys
        sys.path[:] = [path for path in sys.path if path]
        from workbook.grade.workers.executor import LocalExecutor
        with LocalExecutor(1) as executor:
            print(executor.submit(abs, -3).result())
    """
    done = subprocess.run(
        [sys.executable, "-P", "-c", textwrap.dedent(program)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_the_server_ends_with_the_one_who_started_it():
    program = (
        "import time\n"
        "from workbook.grade.workers.executor import LocalExecutor\n"
        "executor = LocalExecutor(2)\n"
        "print(executor.submit(abs, -3).result(), flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as command:
        assert command.stdout.readline() == b"3\n"
        started = descendants(command.pid)
        assert len(started) == 2
        command.kill()
    until(lambda: not any(map(runs, started)))


def spend():
    began = time.process_time()
    while time.process_time() - began < 0.3:
        pass


def cost_of_children():
    """Return the processor time of all children that have been waited for, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.slow
def test_what_the_processes_cost_is_counted_as_ours():
    before = cost_of_children()
    with LocalExecutor(2) as executor:
        for call in [executor.submit(spend) for _ in range(4)]:
            call.result()
    assert cost_of_children() - before >= 1.2


def test_many_calls_and_few_processes():
    with LocalExecutor(2) as executor:
        futures = [executor.submit(partial(divmod, number), 7) for number in range(200)]
        assert [future.result() for future in futures] == [divmod(n, 7) for n in range(200)]
