"""Which files a check looks at: its outcome holds as long as these stay as they are."""

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from workbook.learn.reference.record import FILE

_EVENTS = ("open", "os.listdir", "os.scandir")
#: Where nothing is the learner's: what is installed, and what the system makes up.
_INSTALLED = map(str, (sys.prefix, sys.base_prefix, Path(__file__).parents[2]))
_OTHERS = tuple(
    os.path.join(name, "")
    for one in (*_INSTALLED, "/proc", "/dev", "/sys")
    for name in (one, os.path.realpath(one))
)

#: The files and folders of the check that runs now.
_found: set[str] = set()


@contextlib.contextmanager
def looking() -> Iterator[set[str]]:
    """Gather the paths of the files and folders that are opened meanwhile, but for installed ones.

    The set is complete at the end.
    """
    _hear()
    # What is not there is looked for anew, in the folders that may have it.
    importlib.invalidate_caches()
    _found.clear()
    paths = set[str]()
    yield paths
    # What this program keeps beside the notebooks is known to it.
    found = {one for one in {*_found, *_modules()} if os.path.basename(one) != FILE}
    paths |= {one for one in found if not os.path.join(one, "").startswith(_OTHERS)}


@cache
def _hear() -> None:
    """Be told by Python of what it opens, from now on: it cannot be told to stop."""
    sys.addaudithook(_note)


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS:
        # Whatever is raised here would be raised where the file is opened.
        with contextlib.suppress(Exception):
            path = "." if arguments[0] is None else os.fsdecode(arguments[0])
            _found.add(os.path.realpath(path))


def _modules() -> Iterator[str]:
    """Yield the files of all modules: one that another check has imported is not opened again."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and not file.startswith(_OTHERS):
            yield os.path.realpath(file)
