"""What holds for every command: its line in the help, what is missing on a machine, a full disk."""

import contextlib
import errno
import io
import sys
from importlib.util import find_spec
from typing import Any

import click

from workbook.course.failure import Failure

# What the machine refuses, whatever the program does: rights, a path, a full disk.
_REFUSED = {
    errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ENOSPC,
    errno.EDQUOT,
}  # fmt: skip
# More than any sentence has letters.
_WHOLE = 10_000


class Commands(click.Group):
    """A group whose commands end with a message where the machine refuses something."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        _show_what_can_be_shown()
        # Processes that check notebooks would end without it, which would look like the learner's.
        if find_spec("numpy") is None:
            raise _missing("numpy")
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            package = (error.name or "workbook").partition(".")[0]
            if package == "workbook" or package in sys.stdlib_module_names:
                raise
            raise _missing(package) from error
        except OSError as error:
            if error.errno not in _REFUSED:
                raise
            what = error.filename or "a file"
            raise Failure(
                f"{what} cannot be read or written ({error.strerror}). "
                "Fix that, and run the command again."
            ) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first sentence of each command whole; click cuts it off after one line."""
        commands = [self.commands[name] for name in sorted(self.commands)]
        lines = [(str(one.name), one.get_short_help_str(_WHOLE)) for one in commands]
        with formatter.section("Commands"):
            formatter.write_dl(lines)


def _missing(package: str) -> Failure:
    return Failure(
        f"the package {package} is missing in this Python ({sys.executable}). Run "
        f"`python -m pip install {package}` in the same environment, or install the course again."
    )


def _show_what_can_be_shown() -> None:
    """Have a sign that the terminal lacks shown as ``?``; names of students may have any."""
    for stream in (sys.stdout, sys.stderr):
        # "surrogateescape", which Python takes in the locale C, fails for signs as "strict" does.
        if isinstance(stream, io.TextIOWrapper) and stream.errors != "backslashreplace":
            with contextlib.suppress(ValueError):
                stream.reconfigure(errors="replace")
