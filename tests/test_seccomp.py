"""The filter of system calls: what it lets through, on both architectures, and what it refuses."""

import errno
import fcntl
import os
import re
import struct
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy
import pytest

from tests.machine import FILTERED
from workbook.grade.judging.session import Session
from workbook.grade.sandbox import seccomp
from workbook.grade.sandbox.system_calls import ALLOWED, CHECKED, UNSUPPORTED, WITHOUT_EFFECT
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.limits import Limits

FREE = {name: numbers for group in ALLOWED.values() for name, numbers in group.items()}
ALL = FREE | CHECKED | UNSUPPORTED | WITHOUT_EFFECT
COLUMNS = {"x86_64": 0, "aarch64": 1}
ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
EPERM, ENOSYS, EOPNOTSUPP = ERRNO | 1, ERRNO | 38, ERRNO | 95

HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_are_those_of_the_kernels_headers(machine):
    if not HEADERS[machine].exists():
        pytest.skip("needs the kernel's headers: apt-get install linux-libc-dev")
    text = HEADERS[machine].read_text(encoding="utf-8")
    found = re.findall(r"#define __NR(?:3264)?_(\w+) (\d+)", text)
    numbers = {name: int(number) for name, number in found}
    # Headers for both sizes of words say it by another name.
    numbers.setdefault("newfstatat", numbers.get("fstatat", -1))
    newest = max(numbers.values())
    for name, both in ALL.items():
        number = both[COLUMNS[machine]]
        # Older headers do not know the youngest calls.
        if number is None or number <= newest:
            assert numbers.get(name) == number, name


def outcome(program, number, arguments=(), architecture=None):
    """Return how a filter ends a call, by running it."""
    code = [struct.unpack_from("HBBI", program, at) for at in range(0, len(program), 8)]
    values = [*arguments, 0, 0, 0, 0, 0, 0][:6]
    data = struct.pack("IIQ6Q", number, architecture, 0, *values)
    tests = {0x15: lambda a, b: a == b, 0x35: lambda a, b: a >= b, 0x45: lambda a, b: a & b}
    at = accumulator = 0
    while True:
        kind, if_true, if_false, value = code[at]
        if kind == 0x06:
            return value
        at += 1
        if kind == 0x20:
            (accumulator,) = struct.unpack_from("I", data, value)
        else:
            at += if_true if tests[kind](accumulator, value) else if_false


@pytest.fixture(params=COLUMNS)
def ends(request, monkeypatch):
    """Return a function that says how the whole filter of an architecture ends a call."""
    machine, loaded = request.param, []
    monkeypatch.setattr(seccomp, "_MACHINE", machine)
    monkeypatch.setattr(seccomp, "_load_filter", lambda program, flags: loaded.append(program))
    seccomp.restrict(seccomp.common_instructions())
    own = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}[machine]

    def ends(call, *arguments, architecture=own):
        number = call if isinstance(call, int) else ALL[call][COLUMNS[machine]]
        return outcome(loaded[0], number, arguments, architecture)

    ends.machine = machine
    return ends


def test_what_is_not_allowed_is_refused(ends):
    numbers = {name: both[COLUMNS[ends.machine]] for name, both in ALL.items()}
    expected = dict.fromkeys((numbers[name] for name in FREE), ALLOW)
    expected |= dict.fromkeys((numbers[name] for name in UNSUPPORTED), EOPNOTSUPP)
    expected |= dict.fromkeys((numbers[name] for name in WITHOUT_EFFECT), ERRNO)
    # Today's numbers, and those of calls that do not exist yet.
    for number in [*range(1000), 2**29]:
        if number not in {numbers[name] for name in CHECKED}:
            refused = EPERM if number < 424 else ENOSYS
            assert ends(number) == expected.get(number, refused), number


def test_no_call_comes_by_another_way(ends):
    assert ends("getpid", architecture=0x40000003) == KILL
    if ends.machine == "x86_64":
        assert ends(0x40000000 + 39) == KILL


# How the C library starts a thread, and a process.
THREAD, PROCESS = 0x3D0F00, 0x01200011
NAMESPACES = (0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)


def test_arguments_decide(ends):
    assert ends("clone", THREAD) == ALLOW
    assert ends("clone", PROCESS) == EPERM
    assert {ends("clone", THREAD | space) for space in NAMESPACES} == {EPERM}
    # F_GETFL, F_SETLK, F_SETLEASE, F_NOTIFY, F_SETSIG, F_SETOWN, F_SETPIPE_SZ, F_ADD_SEALS
    assert ends("fcntl", 3, 3) == ALLOW
    assert ends("fcntl", 3, 6) == ERRNO
    assert {ends("fcntl", 3, command) for command in (1024, 1026, 10, 8, 1031, 1033)} == {EPERM}
    # TIOCGWINSZ, FICLONE, TIOCSTI, FS_IOC_SETFLAGS
    assert ends("ioctl", 1, 0x5413) == ALLOW
    assert ends("ioctl", 1, 0x40049409) == EOPNOTSUPP
    assert {ends("ioctl", 1, command) for command in (0x5412, 0x40086602)} == {EPERM}
    # O_RDWR | O_CREAT, with O_DSYNC, O_SYNC and O_DIRECT; RWF_APPEND, RWF_DSYNC, RWF_SYNC
    direct = 0x4000 if ends.machine == "x86_64" else 0x10000
    places = {"openat": (-100 % 2**64, 0), "open": (0,)}
    for name, before in places.items() if ends.machine == "x86_64" else [("openat", (0, 0))]:
        assert ends(name, *before, 0x42) == ALLOW
        for flag in (0x1000, 0x101000, direct):
            assert ends(name, *before, 0x42 | flag) == EPERM
    assert ends("pwritev2", 3, 0, 1, 0, 0, 16) == ALLOW
    assert {ends("pwritev2", 3, 0, 1, 0, 0, flag) for flag in (2, 4)} == {EPERM}
    # MADV_DONTNEED, MADV_FREE, MADV_HUGEPAGE, MADV_COLD, MADV_PAGEOUT, MADV_COLLAPSE
    assert {ends("madvise", 0, 0, advice) for advice in (4, 8, 14)} == {ALLOW}
    assert {ends("madvise", 0, 0, advice) for advice in (20, 21, 25)} == {EPERM}
    assert ends("sendto", 3, 0, 1, 0, 0, 0) == ALLOW
    assert ends("sendto", 3, 0, 1, 1, 0, 0) == EPERM
    assert {ends("sendto", 3, 0, 1, 0, at, 110) for at in (4096, 2**32)} == {EPERM}
    assert ends("socketpair", 1) == ALLOW
    assert ends("socketpair", 30) == EPERM
    assert ends("prlimit64", 0) == ALLOW
    assert ends("prlimit64", 1) == EPERM
    assert ends("tgkill", os.getpid()) == ALLOW
    assert ends("tgkill", os.getpid() + 1) == EPERM
    # PR_SET_NAME, PR_SET_PDEATHSIG
    assert ends("prctl", 15) == ALLOW
    assert ends("prctl", 1) == EPERM


def test_there_are_no_threads_where_nobody_counts_them(ends, monkeypatch):
    program = seccomp.common_instructions(threads=False)
    architecture = 0xC000003E if ends.machine == "x86_64" else 0xC00000B7
    clone = CHECKED["clone"][COLUMNS[ends.machine]]
    assert outcome(program, clone, (THREAD,), architecture) == EPERM


def test_the_kernel_logs_what_is_refused_if_it_is_asked_to():
    """With the flag that asks for it; where the log is, is the machine's own business."""
    program = (
        "from workbook.grade.sandbox import seccomp\n"
        "loaded = seccomp._load_filter\n"
        "def load(program, flags):\n    print(flags)\n    loaded(program, flags)\n"
        "seccomp._load_filter = load\n"
        "seccomp.restrict(seccomp.common_instructions())\n"
    )
    for asked, flags in (("", "0"), ("1", "2")):
        environment = {**os.environ, seccomp.LOG_VARIABLE: asked}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == flags


def test_threads_cannot_be_counted_where_somebody_else_is_asked():
    program = (
        "from workbook.grade.sandbox import seccomp\n"
        "from workbook.grade.sandbox.threads import ThreadLimit\n"
        "somebody = seccomp._load_filter(seccomp._return(seccomp._ALLOW), seccomp._NEW_LISTENER)\n"
        "try:\n    ThreadLimit(9)\nexcept OSError as error:\n    print(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == str(errno.EBUSY), done.stderr


TRIES = """
import contextlib, ctypes, fcntl, os, socket, sqlite3, shutil, threading
import numpy
LIBRARY = numpy.__file__
libc = ctypes.CDLL(None, use_errno=True)
def called(number, *arguments):
    if libc.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
def by_address():
    one, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.sendto(b"x", ADDRESS)
def copied():
    open("one", "w").write("x")
    shutil.copy2("one", "two")
    with contextlib.closing(sqlite3.connect("table")) as table, table:
        table.execute("create table points (x)")
def ended(name):
    try:
        TRIES[name]()
    except OSError as error:
        return type(error).__name__
    return "done"
TRIES = {
    "lease": lambda: fcntl.fcntl(os.open("own", os.O_CREAT), 1024, 1),
    "lease of a library": lambda: fcntl.fcntl(os.open(LIBRARY, os.O_RDONLY), 1024, 0),
    "notice": lambda: fcntl.fcntl(os.open(os.path.dirname(LIBRARY), os.O_RDONLY), 1026, 2),
    "larger pipe": lambda: fcntl.fcntl(os.pipe()[0], 1031, 2**20),
    "datagram": by_address,
    "group of its own": os.setpgrp,
    "cut a file by its path": lambda: os.truncate("own", 0),
    "watch": lambda: called(294, 0) if os.uname().machine == "x86_64" else called(26, 0),
    "attributes": lambda: os.setxattr(LIBRARY, "user.x", b"x"),
    "lock": lambda: fcntl.flock(os.open(LIBRARY, os.O_RDONLY), fcntl.LOCK_EX),
    "copies": copied,
}
"""
REFUSED = {"attributes": "OSError", "lock": "done", "copies": "done"}


@pytest.mark.parametrize("layers", FILTERED)
def test_files_that_others_open_are_left_alone(layers, tmp_path):
    limits = Limits()
    with (
        WarmProcess(limits, layers, with_ipython=False) as warm,
        closing(Session(warm, limits, {}, time.monotonic() + 60)) as session,
        open(numpy.__file__, "rb") as library,
    ):
        session.run_cell(1, f"ADDRESS = {str(tmp_path / 's')!r}\n" + TRIES)
        for name in re.findall(r'^    "(.+?)":', TRIES, re.M):
            expected = REFUSED.get(name, "PermissionError")
            assert session.call("ended", (name,), {}) == expected, name
        # It said that it has locked it.
        fcntl.flock(library, fcntl.LOCK_EX | fcntl.LOCK_NB)
