"""What a stock nbgrader makes of the attacks, one by one, each in a sandbox of its own.

``python -m tests.attacks.stock [NAME...]`` runs all attacks, or some, and writes what it found to
``stock.json`` beside this file. It needs bubblewrap, and takes about ten seconds an attack.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.attacks.arena import ROOT, Arena, marks, run
from tests.attacks.suite import attacks, chosen
from workbook.course.exercises import ASSIGNMENTS, find

FOUND = Path(__file__).with_name("stock.json")

# After that long, a class that is still being graded is one that hangs.
_SECONDS = 120
_CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'stock'\n"


def inside(name: str, gradebooks: Path) -> dict[str, Any]:
    """Grade one attack, and a right answer after it, here and now; return what came of it.

    Parameters
    ----------
    name : str
        The attack.
    gradebooks : pathlib.Path
        Folder with a gradebook that knows an assignment, for each assignment.
    """
    attack = attacks()[name]
    with (
        tempfile.TemporaryDirectory() as folder,
        Arena(Path(folder) / "arena", {name: attack}) as arena,
    ):
        (arena.course / "nbgrader_config.py").write_text(_CONFIG, encoding="utf-8")
        assignment = find(attack.exercise).assignment
        shutil.copy(gradebooks / f"{assignment}.db", arena.course / "gradebook.db")
        arena.before = arena.state()
        said, status, survivors = run(arena, [["nbgrader", "autograde", assignment]], _SECONDS)
        try:
            got = marks(arena, arena.course)
        except Exception as error:
            got, survivors = {}, [*survivors, f"the gradebook is broken: {type(error).__name__}"]
        return {
            "mark": got.get(name),
            "beside": got.get(arena.beside[name]),
            "exit_status": status,
            "harm": [*arena.harms(), *survivors],
            "said": said[-300:] if status else "",
        }


def _shown(folder: str, hidden: list[str]) -> list[str]:
    """Return what shows a folder that is below a hidden one."""
    above = [path for path in reversed(Path(folder).parents) if str(path) not in hidden]
    below = [p for p in above if any(p.is_relative_to(place) for place in hidden)]
    made = [part for path in below for part in ("--perms", "0755", "--dir", str(path))]
    return [*made, "--ro-bind", folder, folder]


def sandboxed(name: str, gradebooks: Path) -> dict[str, Any]:
    """Run `inside` where an attack that succeeds harms nobody."""
    command = [sys.executable, "-m", "tests.attacks.stock", "--inside", name]
    command.append(str(gradebooks))
    limits = ["prlimit", "--nproc=500", f"--as={6 * 2**30}", f"--fsize={2**28}"]
    # The superuser's processes would not be counted: another user, who may read Python.
    home = str(Path.home())
    as_root = os.getuid() == 0
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if as_root else []
    open_home = ["--perms", "0755", "--tmpfs", home] if as_root else []
    sandbox = [
        *("bwrap", "--unshare-pid", "--unshare-net", "--unshare-ipc"),
        *("--die-with-parent", "--new-session", "--ro-bind", "/", "/", "--dev", "/dev"),
        *("--proc", "/proc", *open_home),
        *("--perms", "1777", "--size", str(2**30), "--tmpfs", "/tmp", "--chdir", str(ROOT)),
        # The course and Python may themselves be below a folder that is hidden now.
        *_shown(str(ROOT), [home, "/tmp"]),
        *_shown(sys.base_prefix, [home, "/tmp"]),
        *_shown(sys.prefix, [home, "/tmp"]),
        *_shown(str(gradebooks), [home, "/tmp"]),
    ]
    environment = {"PATH": os.environ["PATH"], "HOME": "/tmp", "LANG": "C.UTF-8"}
    environment |= {k: v for k, v in os.environ.items() if k.startswith("OPENBLAS_")}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            [*sandbox, *user, *limits, *command], env=environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False, timeout=3 * _SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"mark": None, "beside": None, "exit_status": -1, "harm": ["it never ends"]}
    lines = done.stdout.strip().splitlines()
    try:
        found: dict[str, Any] = json.loads(lines[-1])
    except (IndexError, ValueError):
        why = (done.stderr.strip().splitlines() or [""])[-1]
        return {"mark": None, "beside": None, "exit_status": -1, "harm": [f"all is lost: {why}"]}
    return found


def _gradebooks(folder: Path) -> Path:
    """Make a gradebook for each assignment in a folder that everybody may read."""
    folder.chmod(0o755)
    for assignment in ASSIGNMENTS:
        course = folder / assignment
        shutil.copytree(ROOT / "source" / assignment, course / "source" / assignment)
        (course / "nbgrader_config.py").write_text(_CONFIG, encoding="utf-8")
        make = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment]
        subprocess.run(make, cwd=course, check=True, capture_output=True)
        (course / "gradebook.db").rename(folder / f"{assignment}.db")
    return folder


def main() -> None:
    """Run the attacks named on the command line, or all."""
    if sys.argv[1:2] == ["--inside"]:
        print("\n" + json.dumps(inside(sys.argv[2], Path(sys.argv[3]))))
        return
    names = list(chosen(sys.argv[1:]))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        gradebooks = _gradebooks(Path(folder))
        outcomes = pool.map(partial(sandboxed, gradebooks=gradebooks), names)
        for name, outcome in zip(names, outcomes, strict=True):
            print(name, json.dumps(outcome), flush=True)
            _keep(name, outcome)


def _keep(name: str, outcome: dict[str, Any]) -> None:
    """Add what was found to the file, and leave out attacks that are no more."""
    found: dict[str, Any] = {}
    if FOUND.exists():
        found = json.loads(FOUND.read_text(encoding="utf-8"))["attacks"]
    # No path of the machine that measured it, and no more than a table needs.
    harm = [re.sub(r"/[\w./~+-]+", "...", one)[:200] for one in outcome["harm"]]
    kept = ("mark", "beside", "exit_status")
    found[name] = {**{key: outcome[key] for key in kept}, "harm": harm}
    known = {one: found[one] for one in sorted(found) if one in attacks()}
    data = {"nbgrader": version("nbgrader"), "attacks": known}
    FOUND.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
