"""How long a process ran, and how long it waited for the machine.

On a machine with too much to do, a process is ready to run and does not get to, or waits for a
disk that is busy with something else. The kernel counts this time, so that it can be told from the
time that a student's code takes.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

# Milliseconds in a reply of the fork server have so many bits: a month.
_BITS = 31
_MOST = (1 << _BITS) - 1

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What the machine has given to a process.

    Attributes
    ----------
    used : float
        Seconds in which it ran, all threads together.
    waited : float
        Seconds in which its first thread was ready to run, and there was no core for it.
    """

    used: float = 0.0
    waited: float = 0.0

    def lost(self, elapsed: float) -> float:
        """Return how many of these seconds the machine kept the process waiting.

        With many threads of its own a process waits for itself: then it runs all the time.
        """
        return max(min(self.waited, elapsed - self.used), 0.0)

    def to_number(self) -> int:
        """Return both as one number for the fork server's connection."""
        used, waited = (min(int(part * 1000), _MOST) for part in (self.used, self.waited))
        return waited << _BITS | used

    @classmethod
    def from_number(cls, number: int) -> Self:
        """Return what `to_number` has put into a number."""
        return cls((number & _MOST) / 1000, (number >> _BITS) / 1000)


def load_of(process: str = "/proc/self") -> Load:
    """Return the load of a process, by its folder; nothing where the kernel does not tell."""
    try:
        waited = int(_text(f"{process}/schedstat").split()[1]) / 1e9
        # Its name, in parentheses, may hold anything.
        after_name = _text(f"{process}/stat").rpartition(")")[2].split()
    except (OSError, ValueError, IndexError):
        return Load()
    return Load((int(after_name[11]) + int(after_name[12])) / _TICKS, waited)


def stalled() -> float:
    """Return for how many seconds since it started the machine itself has not gone on.

    Some process waited for a disk, or a virtual machine had to wait for its host. Whose work waited
    the kernel does not tell. 0 where it tells nothing.
    """
    try:
        # "some avg10=0.00 avg60=0.00 avg300=0.00 total=1234", in microseconds.
        disk = int(_text("/proc/pressure/io").split()[4].removeprefix("total=")) / 1e6
    except (OSError, ValueError, IndexError):
        disk = 0.0
    try:
        # "cpu user nice system idle iowait irq softirq steal ...", of all cores together.
        host = int(_text("/proc/stat").split(maxsplit=9)[8]) / _TICKS / (os.cpu_count() or 1)
    except (OSError, ValueError, IndexError):
        host = 0.0
    return disk + host


def processes_killed_for_memory() -> int:
    """Return how many processes the kernel has ended since it started, for want of memory."""
    try:
        lines = _text("/proc/vmstat").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("oom_kill ")), 0)


def _text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8", errors="replace")
