"""Pyodide, Python for a browser: which version, from where, and with which packages."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from workbook.course.folder import CourseError
from workbook.site.wheels import sha256_of

#: The version that JupyterLite's kernel and the course are tested with.
VERSION = "0.27.7"
#: Where its files are found on the web.
CDN = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
LOCK = "pyodide-lock.json"

#: What every cell of the course may need, and the kernel itself.
KERNEL_PACKAGES = ("executing", "ipython", "matplotlib", "micropip", "numpy")
#: What these packages name as needed, but use only for what no lesson does, such as PDF, time zones
#: and a terminal: it is loaded where a cell imports it.
LOADED_LATER = {
    "ipython": ["prompt_toolkit"],
    "matplotlib": ["fonttools", "matplotlib-pyodide", "pytz"],
}

#: Digests of the files of the runtime, which the lock file does not name.
_DIGESTS = Path(__file__).with_name("pyodide_digests.json")


def copy_pyodide(folder: Path, target: Path) -> None:
    """Copy Pyodide and the packages that the course needs from a folder, each checked.

    Parameters
    ----------
    folder : pathlib.Path
        The files of a release of Pyodide, or those of them that are needed.
    target : pathlib.Path
        Where they are put.

    Raises
    ------
    CourseError
        If a file is missing, or not the one that was published.
    """
    lock = _lock(folder)
    packages = lock["packages"]
    needed = _needed(folder, packages)
    wanted = json.loads(_DIGESTS.read_text(encoding="utf-8"))
    wanted |= {packages[name]["file_name"]: packages[name]["sha256"] for name in needed}
    missing = [name for name in wanted if not (folder / name).is_file()]
    if missing:
        raise CourseError(
            f"{folder} lacks {len(missing)} of Pyodide's {len(wanted)} files that the site needs: "
            f"{', '.join(missing)}. Download them from {CDN}, or the whole release of Pyodide "
            f"{VERSION}"
        )
    for name, published in wanted.items():
        if sha256_of(folder / name) != published:
            raise CourseError(
                f"{folder / name} is not the file that was published with Pyodide {VERSION}: its "
                f"SHA-256 digest differs. Download it again from {CDN}{name}"
            )
    target.mkdir(parents=True)
    for name in wanted:
        shutil.copyfile(folder / name, target / name)
    kept = {**lock, "packages": {name: packages[name] for name in sorted(needed)}}
    (target / LOCK).write_text(json.dumps(kept), encoding="utf-8")


def _lock(folder: Path) -> dict[str, Any]:
    path = folder / LOCK
    try:
        lock = json.loads(path.read_text(encoding="utf-8"))
        version = lock["info"]["version"]
    except FileNotFoundError as error:
        raise CourseError(
            f"{folder} holds no {LOCK}: it should be the folder of Pyodide {VERSION}, with the "
            f"files of {CDN}"
        ) from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise CourseError(f"{path} cannot be read: {type(error).__name__}: {error}") from error
    if version != VERSION:
        raise CourseError(f"{folder} holds Pyodide {version}; the site needs {VERSION}")
    return lock  # type: ignore[no-any-return]


def _needed(folder: Path, packages: dict[str, Any]) -> set[str]:
    """Return the packages that the course needs, with all that these need."""
    found: set[str] = set()
    waiting = list(KERNEL_PACKAGES)
    while waiting:
        # Pyodide's keys are names as PyPI compares them.
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name not in packages:
            raise CourseError(f"{folder / LOCK} does not know {name}, which the site needs")
        if name not in found:
            found.add(name)
            waiting += packages[name]["depends"]
    return found
