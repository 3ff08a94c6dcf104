"""The one place where the student's process gives up its rights, before any student code runs.

Today it is limited in memory, processor time, file size and core dumps. It is not yet kept from
reading files, from the network or from starting processes: grade only work that you would run
yourself, or grade inside a container.
"""

import resource
from pathlib import Path

from workbook.grade.limits import Limits


def confine(limits: Limits) -> None:
    """Limit this process for good; called in the fork that will run one submission."""
    address_space = _address_space() + limits.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    seconds = int(limits.notebook_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Return the size of this process's address space, in bytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()
