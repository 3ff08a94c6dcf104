"""Tries out what keeps student code away from the hidden tests and the results."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.judging.doctor import try_probes
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers, weaknesses
from workbook.grade.submissions.limits import Layers

#: The number of the user as whom student code runs: one that Linux gives to nobody.
USER = 60900

_MOST_NAMED = 20

# What student code might try; the names in braces are filled in.
_PROBES = """
import os


def read_one_of(paths):
    for path in paths:
        try:
            return open(path, "rb").read(1)
        except OSError as error:
            refused = error
    raise refused


PROBES = {{
    "read the hidden tests, the solutions or the secret": lambda: read_one_of({secrets!r}),
    "read about the submission": lambda: read_one_of({others!r}),
    "list the autograder's files": lambda: os.listdir({source!r}),
    "write the results": lambda: open({results!r}, "a").close(),
    "replace the results": lambda: os.rename({results!r}, {results!r} + ".old"),
    "write beside the results": lambda: os.mkdir({results!r} + ".new"),
}}
"""
# In a namespace of its own, these numbers mean other processes.
_PROBES_OF_PROCESSES = """
PROBES |= {{
    "read the grader's memory": lambda: os.open("/proc/{pid}/mem", os.O_RDONLY),
    "read the grader's environment": lambda: os.open("/proc/{pid}/environ", os.O_RDONLY),
    "signal the grader": lambda: os.kill({pid}, 0),
}}
"""


class NotProtectedError(Exception):
    """Student code could reach what decides the marks; the text says what."""


@dataclass(frozen=True)
class Protection:
    """What protects on this machine.

    Attributes
    ----------
    layers : Layers
        What confines student code.
    stopped : tuple of str
        What it tried, without success.
    """

    layers: Layers
    stopped: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """A sentence on what confined student code."""
        parts = [
            (self.layers.user, "a user of its own"),
            (self.layers.bubblewrap, "bubblewrap"),
            (self.layers.landlock, "Landlock"),
            (self.layers.seccomp, "a filter of system calls"),
        ]
        have, lack = ([name for is_on, name in parts if bool(is_on) == wanted]
                      for wanted in (True, False))  # fmt: skip
        said = f"Student code was kept from the hidden tests and the results by {listed(have, 9)}"
        return f"{said}; not available here: {listed(lack, 9)}." if lack else f"{said}."

    @property
    def open_ends(self) -> list[str]:
        """Sentences on what is weaker than with all layers."""
        return weaknesses(self.layers)


def protect(source: Path, results: Path, others: tuple[Path, ...]) -> Protection:
    """Close the autograder's files to student code, and try as student code to reach them.

    Parameters
    ----------
    source : pathlib.Path
        The folder of the hidden tests and all that belongs to them.
    results : pathlib.Path
        The file of the results, which exists.
    others : tuple of pathlib.Path
        More files that are none of the student code's business.

    Raises
    ------
    NotProtectedError
        If nothing confines student code here, or it reaches something.
    """
    for path, mode in ((source, 0o700), (results.parent, 0o755), *((one, 0o600) for one in others)):
        # Where that is not possible, it is seen whether student code gets there.
        with contextlib.suppress(OSError):
            path.chmod(mode)
    layers = _layers()
    if not layers.confine:
        raise NotProtectedError(
            "nothing here keeps student code from the hidden tests. The autograder has to run as "
            "root, as it does on Gradescope, or where bubblewrap or Landlock works"
        )
    secrets = sorted(str(one) for one in source.rglob("*") if one.is_file())
    code = _PROBES.format(
        source=str(source), results=str(results), secrets=secrets, others=[*map(str, others)]
    )
    if not layers.bubblewrap:
        code += _PROBES_OF_PROCESSES.format(pid=os.getpid())
    stopped, _ = try_probes(layers, code, with_ipython=False)
    reached = [printable(name) for name, is_stopped in stopped.items() if not is_stopped]
    if reached:
        raise NotProtectedError(
            f"student code could {listed(reached, _MOST_NAMED)}. Hidden tests are not run where it "
            "could read them, or write marks"
        )
    return Protection(layers, tuple(stopped))


def _layers() -> Layers:
    if os.geteuid() == 0:
        # Not where another user cannot read Python.
        with contextlib.suppress(NotConfinedError):
            return detect_layers(user=USER)
    return detect_layers(unconfined=True)
