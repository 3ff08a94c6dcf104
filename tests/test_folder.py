"""The folder that a submission may write: its limits in each combination of layers and users."""

import contextlib
import errno
import fcntl
import os
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.machine import TIERS
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox import folder as watched
from workbook.grade.sandbox.folder import remove_folder
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.disk import NO_FILE_LEFT, refusal
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.results import CannotWriteError, prepared, whole_file

LIMITS = Limits(written_bytes=8 * 2**20, written_files=100)


@pytest.fixture(scope="module", params=[*TIERS, pytest.param(UNCONFINED, id="none")])
def warm(request):
    with WarmProcess(LIMITS, request.param, with_ipython=False) as warm:
        yield warm


@pytest.fixture
def session(warm):
    if not warm.alive:
        pytest.fail("an earlier submission has ended the warm process")
    with closing(Session(warm, LIMITS, {}, time.monotonic() + 30)) as session:
        yield session


WITHIN = {
    "one file": "open('x', 'wb').write(bytes(6 * 2**20))",
    "many files": "[open(str(n), 'w').close() for n in range(90)]",
    "again and again": "[open('x', 'wb').write(bytes(2**20)) for _ in range(100)]",
    "removed": "import os\nfor n in range(3000):\n    open('x', 'w').close()\n    os.remove('x')",
    "temporary": "import tempfile\nfor n in range(300):\n    tempfile.TemporaryFile().write(b'x')",
    "set aside": "import os\nos.posix_fallocate(os.open('x', os.O_CREAT | os.O_RDWR), 0, 6 << 20)",
    "with a hole": "import os\nos.truncate(os.open('x', os.O_CREAT | os.O_RDWR), 6 * 2**20)",
}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("cell", WITHIN.values(), ids=WITHIN)
def test_what_is_within_the_limits_is_allowed(session, cell):
    session.run_cell(1, cell + "\nimport time\ntime.sleep(0.1)")
    session.run_cell(2, "left = len(__import__('os').listdir())")
    assert session.reached == set()
    assert session.ended is None


FILES, BYTES = "written_files", "written_bytes"
BEYOND = {
    "files": (FILES, "[open(str(n), 'w').close() for n in range(500)]"),
    "folders": (FILES, "[os.mkdir(str(n)) for n in range(500)]"),
    "links": (FILES, "[os.symlink('x', str(n)) for n in range(500)]"),
    "nested folders": (FILES, "for n in range(2000):\n    os.mkdir('d')\n    os.chdir('d')"),
    "not to be listed": (FILES, "os.mkdir('d', 0o300)\nfor n in range(500):\n"
                                "    open(f'd/{n}', 'w').close()"),
    "bytes": (BYTES, "for n in range(16):\n    open(str(n), 'wb').write(bytes(2**20))"),
    "one file": (BYTES, "open('x', 'wb', 0).write(bytes(2**20) * 9) < 9 * 2**20 and "
                        "open('y', 'wb', 0).write(bytes(2**20))\n"
                        "for n in range(9):\n    open(str(n), 'wb').write(bytes(2**20))"),
    "deleted, and open": (BYTES, "kept = []\nfor n in range(16):\n"
                                 "    kept.append(open('x', 'wb', 0))\n    os.remove('x')\n"
                                 "    kept[-1].write(bytes(2**20))"),
    "deleted, and mapped": (BYTES, "import mmap\nkept = []\n"
                                   "for n in range(16):\n    with open('x', 'w+b', 0) as file:\n"
                                   "        file.write(bytes(2**20))\n"
                                   "        kept.append(mmap.mmap(file.fileno(), 4096))\n"
                                   "    os.remove('x')"),
}  # fmt: skip


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(("limit", "cell"), BEYOND.values(), ids=BEYOND)
def test_what_is_beyond_a_limit_is_named(session, limit, cell):
    with contextlib.suppress(SessionEndedError):
        session.run_cell(1, f"import os\n{cell}")
        # Where the file system has room for more, somebody looks from time to time.
        if not session.reached:
            session.run_cell(2, "import time\ntime.sleep(9)")
    assert session.reached == {limit}
    if session.ended is not None:
        assert session.ended.status == "crashed"
        assert LIMITS.named(limit) in str(session.ended)


LONG_PATH = """
import os
for n in range(17):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
kept = [open("x", "wb", 0)]
os.remove("x")
for n in range(17):
    os.chdir("..")
    os.rmdir("d" * 250)
for n in range(16):
    kept.append(open("x", "wb", 0))
    os.remove("x")
    kept[-1].write(bytes(2**20))
"""


def test_a_file_that_was_deleted_behind_a_long_path_hides_no_others(session):
    with contextlib.suppress(SessionEndedError):
        session.run_cell(1, LONG_PATH)
        if not session.reached:
            session.run_cell(2, "import time\ntime.sleep(9)")
    # Whoever looks while the path is there cannot follow it.
    assert session.reached in ({BYTES}, {FILES})


SET_ASIDE = """
import ctypes, os
file = os.open("x", os.O_CREAT | os.O_RDWR)
# Without a change of its length, for which there is no other limit.
ctypes.CDLL(None).fallocate(file, 1, ctypes.c_long(0), ctypes.c_long(2**26))
import time
time.sleep(0.3)
def room():
    return os.fstat(file).st_blocks
"""


def test_no_room_is_set_aside(session):
    with contextlib.suppress(SessionEndedError):
        session.run_cell(1, SET_ASIDE)
    # Where the call is not refused, it is counted.
    assert session.ended is not None or session.call("room", (), {}) == 0


# Of lengths and the room that is taken, in MiB, what counts.
COUNTED = {
    "as long as it is": (40, 40, 40),
    "a hole": (64, 1, 1),
    "room that XFS reserves behind it": (40, 104, 40),
    "room behind nothing": (0, 65, 65),
    "room behind next to nothing": (1, 67, 65),
}


@pytest.mark.parametrize(("length", "there", "counted"), COUNTED.values(), ids=COUNTED)
def test_what_counts_of_a_file(length, there, counted):
    found = SimpleNamespace(st_size=length * 2**20, st_blocks=there * 2**20 // 512)
    assert watched._counted(found) == counted * 2**20


def test_nothing_is_left_for_the_next_one(warm):
    for _ in range(3):
        with closing(Session(warm, LIMITS, {}, time.monotonic() + 30)) as session:
            session.run_cell(1, "import os\ndef there():\n    return os.listdir()")
            assert session.call("there", (), {}) == []
            session.run_cell(2, "os.makedirs('a/b/c')\nopen('a/b/x', 'w').close()\nos.chdir('a/b')")


def test_the_folders_that_programs_ask_for_can_be_written(session):
    session.run_cell(1, "import os, tempfile, pathlib\n"
                        "def written():\n"
                        "    folders = [pathlib.Path.home(), tempfile.gettempdir(), os.getcwd()]\n"
                        "    for number, folder in enumerate(folders):\n"
                        "        pathlib.Path(folder, f'file{number}').write_text('x')\n"
                        "    return len(os.listdir())")  # fmt: skip
    assert session.call("written", (), {}) == 3


PLACES = """
import os
def writable():
    found = {}
    for top in ("/tmp", "/dev", "/dev/shm", "/run", "/var/tmp", "/", "..", "."):
        try:
            os.close(os.open(f"{top}/probe", os.O_CREAT | os.O_WRONLY))
        except OSError:
            continue
        space = os.statvfs(top)
        found[top] = [space.f_files, space.f_blocks * space.f_frsize]
    return found
"""


def test_the_kernel_limits_files_and_bytes_inside_bubblewrap(warm, session):
    if not warm._layers.bubblewrap:
        pytest.skip("without bubblewrap, the folder is one of the system's own disk")
    session.run_cell(1, PLACES)
    found = session.call("writable", (), {})
    assert set(found) == ({"."} if warm._layers.landlock else {".", ".."})
    for files, size in found.values():
        assert files == 10 * LIMITS.written_files
        assert size == LIMITS.written_bytes


@pytest.mark.slow
def test_any_folder_can_be_removed(tmp_path):
    folder = tmp_path / "submission"
    folder.mkdir()
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    os.mkdir("unlisted", 0)
    Path("file").touch()
    os.chdir(here)
    (folder / "outside").symlink_to(tmp_path / "kept")
    (tmp_path / "kept").touch()
    remove_folder(str(folder))
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize(("free", "said"), [(0, NO_FILE_LEFT), (9, "No space left on device")])
def test_a_disk_that_takes_no_more_files_is_told_from_a_full_one(free, said, tmp_path, monkeypatch):
    counts = SimpleNamespace(f_files=99, f_favail=free)
    monkeypatch.setattr(os, "statvfs", lambda path: counts)
    full = OSError(errno.ENOSPC, "No space left on device")
    assert refusal(full, tmp_path / "not there") == "No space left on device"
    with pytest.raises(CannotWriteError, match=said), whole_file(tmp_path / "a"):
        raise full


def test_a_second_grading_of_a_folder_waits_for_the_first(tmp_path):
    part = tmp_path / "results" / "ada" / "compute_cost.json.part"
    part.parent.mkdir(parents=True)
    said = []

    def say(text):
        said.append(text)
        # The first one still writes; then it ends.
        assert part.exists()
        os.close(first)

    part.touch()
    first = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    with prepared(tmp_path, say):
        waits = f"Another command is at work in {tmp_path}. This one waits until it has ended."
        assert said == [waits]
        assert not part.exists()
        third = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(third, fcntl.LOCK_EX | fcntl.LOCK_NB)
    fcntl.flock(third, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(third)
