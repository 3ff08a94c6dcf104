"""Stand-ins for what needs a terminal, a user or other programs, in plain Python.

What works in a student's kernel works here, or does nothing and is noted. None of this confines:
that is the work of `workbook.grade.sandbox.confinement`, whatever stands here.
"""

import builtins
import getpass
import io
import os
import pwd
import socket
import subprocess
import sys
from typing import Any

from workbook.course.deferred_imports import defer
from workbook.grade.sandbox.skipped import skip, skip_command

_USER = "student"
# An answer that never comes must not keep a loop running.
_MOST_ANSWERS = 100


def install() -> None:
    """Put the stand-ins in their places."""
    os.environ |= {"USER": _USER, "LOGNAME": _USER}
    builtins.input = _Answers().answer
    getpass.getpass = builtins.input
    sys.breakpointhook = _no_breakpoint
    os.system = _no_command
    subprocess.Popen = _NoProgram  # type: ignore[misc,assignment]
    for name, change in _ON_IMPORT.items():
        if name in sys.modules:
            change(sys.modules[name])
        else:
            # Few notebooks import it, and each process would start a tenth later.
            defer(name, then=change)
    _answer_without_files()


class _Answers:
    """Answers to `input`, which nobody gives."""

    def __init__(self) -> None:
        self._given = 0

    def answer(self, prompt: object = "", *args: object, **kwargs: object) -> str:
        """Return an empty answer in a cell; raise an error in a function that is called."""
        self._given += 1
        if self._given > _MOST_ANSWERS:
            raise EOFError("nobody answers while your work is graded")
        if not skip("input"):
            raise RuntimeError("input() has nobody to answer it while your work is graded")
        return ""


def _trace_nothing(bdb: Any) -> None:
    bdb.Bdb.set_trace = _no_breakpoint


def _never_stop(pdb: Any) -> None:
    # Where a debugger was started in another way, it goes on at once.
    pdb.Pdb.interaction = _go_on


def _show_no_pages(webbrowser: Any) -> None:
    webbrowser.open = webbrowser.open_new = webbrowser.open_new_tab = _no_page


# What is changed in a module once it has been imported.
_ON_IMPORT = {"bdb": _trace_nothing, "pdb": _never_stop, "webbrowser": _show_no_pages}


def _no_breakpoint(*args: object, **kwargs: object) -> None:
    skip("debugger")


def _go_on(debugger: Any, *args: object, **kwargs: object) -> None:
    skip("debugger")
    debugger.set_continue()


def _no_command(command: object) -> int:
    skip_command(command)
    return 0


def _no_page(*args: object, **kwargs: object) -> bool:
    return False


class _NoProgram:
    """Stands in for `subprocess.Popen`: a program that has ended at once, and printed nothing."""

    returncode = 0
    pid = 0

    def __init__(self, args: Any, *more: Any, **options: Any) -> None:
        self.args = args
        words = ("text", "universal_newlines", "encoding", "errors")
        kind = io.StringIO if any(options.get(word) for word in words) else io.BytesIO
        self.stdin, self.stdout, self.stderr = (
            kind() if options.get(name) == subprocess.PIPE else None
            for name in ("stdin", "stdout", "stderr")
        )
        skip_command(args)

    def communicate(self, *args: Any, **kwargs: Any) -> tuple[Any, Any]:
        return self.stdout and self.stdout.read(), self.stderr and self.stderr.read()

    def poll(self, *args: Any, **kwargs: Any) -> int:
        return self.returncode

    wait = poll

    def kill(self, *args: Any) -> None:
        """Do nothing: it has ended."""

    terminate = send_signal = kill

    def __enter__(self) -> "_NoProgram":
        return self

    def __exit__(self, *error: object) -> None:
        """Do nothing: it has ended."""


def _answer_without_files() -> None:
    """Answer without files what the C library would read from files that are closed to it."""
    user_of, address_of = pwd.getpwuid, socket.getaddrinfo

    def getpwuid(uid: int, /) -> pwd.struct_passwd:
        try:
            return user_of(uid)
        except KeyError:
            folder = os.environ.get("HOME", "/")
            return pwd.struct_passwd((_USER, "x", uid, uid, "", folder, "/bin/sh"))

    def getaddrinfo(*args: Any, **kwargs: Any) -> Any:
        try:
            return address_of(*args, **kwargs)
        except socket.gaierror as error:
            raise socket.gaierror(error.errno, "grading has no network") from None

    pwd.getpwuid = getpwuid
    socket.getaddrinfo = getaddrinfo
