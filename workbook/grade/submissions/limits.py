"""Limits of what a submission may use, and the layers of its confinement."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

_UNITS = {"": 1, "k": 2**10, "M": 2**20, "G": 2**30}


@dataclass(frozen=True)
class Limits:
    """Limits of one submission.

    Attributes
    ----------
    cell_seconds, call_seconds : float
        Wall time of one cell, and of one call of the student's function.
    notebook_seconds : float
        Wall time of everything together.
    memory_bytes : int
        Address space beyond what the warm process already has.
    written_bytes : int
        Size of a file that is written, and of all files together.
    written_files : int
        Files and folders that are written, all together.
    processes : int
        Threads at once; new processes are refused.
    open_files : int
        Files that are open at once.
    output_characters : int
        Printed text of one cell that is read; the rest is dropped.
    judge_memory_bytes : int
        Address space of the judge, for all submissions, beyond what it has at the start.
    """

    cell_seconds: float = 10.0
    call_seconds: float = 10.0
    notebook_seconds: float = 60.0
    memory_bytes: int = 2**30
    written_bytes: int = 64 * 2**20
    written_files: int = 1000
    processes: int = 64
    open_files: int = 256
    output_characters: int = 2**20
    judge_memory_bytes: int = 2**30

    def named(self, name: str) -> str:
        """Return a limit in words, for the student: "10 seconds for one cell"."""
        return {
            "cell_seconds": f"{_seconds(self.cell_seconds)} for one cell",
            "call_seconds": f"{_seconds(self.call_seconds)} for one call of the function",
            "notebook_seconds": f"{_seconds(self.notebook_seconds)} for the whole notebook",
            "memory_bytes": f"{_bytes(self.memory_bytes)} of memory",
            "written_bytes": f"{_bytes(self.written_bytes)} written to files",
            "written_files": f"{self.written_files:,} files written",
            "processes": f"{self.processes} threads, and no other process",
            "open_files": f"{self.open_files} open files",
            "judge_memory_bytes": f"{_bytes(self.judge_memory_bytes)} of memory for the grader",
            "output_characters": f"{self.output_characters:,} characters printed by one cell",
        }[name]


def _seconds(value: float) -> str:
    return "1 second" if value == 1 else f"{value:g} seconds"


def _bytes(value: int) -> str:
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if value >= size:
            return f"{value / size:.4g} {unit}"
    return f"{value} bytes"


@dataclass(frozen=True)
class Layers:
    """Layers of the student's confinement.

    Attributes
    ----------
    bubblewrap : bool
        New namespaces around the warm process.
    landlock : int
        Version of Landlock in the kernel; 0 for none.
    seccomp : bool
        A filter of system calls.
    user : int
        The number of the user as whom the student's process runs, and nothing else does; 0 for the
        user who grades.
    """

    bubblewrap: bool
    landlock: int
    seccomp: bool
    user: int = 0

    @property
    def fresh_process(self) -> bool:
        """Whether each submission needs a warm process of its own.

        Without Landlock a submission could leave files for the next one, or read its folder;
        without seccomp, processes.
        """
        return bool(self.bubblewrap or self.user) and not (self.landlock and self.seccomp)

    @property
    def confine(self) -> bool:
        """Whether these layers together confine the student's process."""
        return self.bubblewrap or (self.landlock > 0 and self.seccomp) or self.user > 0


#: No layer: the student's process is limited, but not confined.
UNCONFINED = Layers(False, 0, False)


class LimitError(ValueError):
    """A limit that cannot be set; the text says why."""


def limits_from(settings: Iterable[tuple[str, Any]]) -> Limits:
    """Return the default limits with some of them changed.

    Parameters
    ----------
    settings : iterable of (str, object)
        Names of limits with their values: a number, or text such as "5", "0.5" or "512M".

    Raises
    ------
    LimitError
        If there is no such limit, or it cannot have the value.
    """
    defaults = asdict(Limits())
    changed: dict[str, Any] = {}
    for name, value in settings:
        if name not in defaults:
            raise LimitError(f"unknown limit {name!r}; the limits are: {', '.join(defaults)}")
        changed[name] = _number(name, str(value), isinstance(defaults[name], int))
    return Limits(**changed)


def _number(name: str, text: str, whole: bool) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([kMG]?)", text.strip())
    number = float(found[1]) * _UNITS[found[2]] if found else 0.0
    # A limit below these is a typing error: no submission could keep it.
    if found is None or number < (1 if whole else 0.001):
        example = "64, 512M or 2G" if whole else "10 or 0.5"
        raise LimitError(f"the limit {name} should be a number such as {example}, not {text!r}")
    return int(number) if whole else number
