"""A place to run attacks in, with witnesses of the harm that they do.

``python -m tests.attacks.arena WAY [NAME...]`` runs some attacks, or all, one way (workbook,
nbgrader or cluster), with right answers beside them, and prints the mark of each and the harm seen.
"""

import contextlib
import hashlib
import json
import mimetypes
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Self

from tests.attacks.suite import (
    Attack,
    Target,
    attacks,
    chosen,
    write_attack,
    write_right_answer,
)
from workbook.course.exercises import ASSIGNMENTS, find
from workbook.course.folder import Course
from workbook.grade.submissions.seeds import FOLDER as SECRET
from workbook.grade.submissions.seeds import KEY, course_secret

ROOT = Path(__file__).resolve().parents[2]
COURSE = ("assignments", "solutions", "grader_tests", "source", "release", "nbgrader_config.py")

#: Limits that keep the endless loops of the suite short.
LIMITS = {"cell_seconds": 2, "call_seconds": 0.5, "notebook_seconds": 3}

#: Of so many attacks on one exercise, in the order in which they are graded, the last has a right
#: answer behind it.
BESIDE = 3

#: The families of which feedback pages are made by nbgrader's command: what the others do ends with
#: the student's process, and their pages hold the same few sentences.
ON_PAGES = ("exceptions", "faked_success", "folder", "locked", "malformed", "metadata", "outputs")

_RIGHT = "~right"

#: How `workbook grade` ends well: all was graded, or some could not be read, which it says.
ENDS = (0, 3)

#: What the attacks would have run, or fetched from elsewhere, when somebody opens a page.
SCRIPT = re.compile(r"attack_script|https?://attacker", re.I)


@dataclass
class Arena:
    """A course with a class of attackers, listeners that nobody must reach, and a folder that
    nobody must write.

    Parameters
    ----------
    root : pathlib.Path
        An empty folder.
    """

    root: Path
    attacks: Mapping[str, Attack] = field(default_factory=attacks)

    def __enter__(self) -> Self:
        # A short name: a socket's path has 107 bytes at most.
        self._sockets = Path(tempfile.mkdtemp(prefix="arena-"))
        self.beside = beside(self.attacks)
        self.course = self.root / "course"
        self.witness = self.root / "witness"
        self.witness.mkdir(parents=True)
        for name in COURSE:
            source = ROOT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, self.course / name, ignore=ignored)
            else:
                shutil.copy(source, self.course / name)
        # The same secret in every run, so that no draw lets an attack succeed by luck alone.
        course_secret(Course(self.course))
        (self.course / KEY).write_bytes(bytes(32))
        course_secret.cache_clear()
        self._reached: list[str] = []
        self._listeners = list(self._listen())
        for name, attack in self.attacks.items():
            target = self.target(name)
            write_attack(Course(self.course), attack, target)
            if target.neighbour == f"{name}{_RIGHT}":
                write_right_answer(Course(self.course), attack, target)
        self.before = self.state()
        return self

    def __exit__(self, *exception: object) -> None:
        for listener in self._listeners:
            listener.close()
        shutil.rmtree(self._sockets, ignore_errors=True)

    def target(self, name: str) -> Target:
        """Return what the student of an attack knows."""
        unix = self._sockets / "s"
        return Target(name, self.course, self.witness, unix, self._port, self.beside[name])

    def _listen(self) -> Iterator[socket.socket]:
        tcp, udp = _sockets_of_one_port()
        self._port = tcp.getsockname()[1]
        unix = socket.socket(socket.AF_UNIX)
        unix.bind(str(self._sockets / "s"))
        abstract = socket.socket(socket.AF_UNIX)
        abstract.bind(f"\0{self._sockets / 's'}")
        for one in (tcp, unix, abstract):
            one.listen()
            yield one
            threading.Thread(target=self._accept, args=(one,), daemon=True).start()
        yield udp
        threading.Thread(target=self._receive, args=(udp,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self._reached.append(f"somebody connected to {listener.getsockname()!r}")
                connection.close()

    def _receive(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._reached.append(f"somebody sent {listener.recv(500)!r}")

    def state(self) -> dict[str, str]:
        """Return a hash of every file that grading must leave as it is."""
        folders = ("source", "release", "solutions", "grader_tests", "assignments", "submitted")
        folders += (SECRET,)
        files = [self.course / "nbgrader_config.py"]
        for folder in folders:
            files += [p for p in (self.course / folder).rglob("*") if "__pycache__" not in p.parts]
        return {str(path): _content(path) for path in files}

    def harms(self) -> list[str]:
        """Return the harm that was done so far; none is the only good answer."""
        harms = [f"{p.name}: {p.read_text('utf-8', 'replace')}" for p in self.witness.iterdir()]
        harms += self._reached
        after = self.state()
        changed = {path for path in self.before | after if self.before.get(path) != after.get(path)}
        return harms + [f"{path} has changed" for path in sorted(changed)]


def beside(attacks: Mapping[str, Attack]) -> dict[str, str]:
    """Return for each attack the student whose right answer is graded next to it."""
    on: defaultdict[str, list[str]] = defaultdict(list)
    for name, attack in attacks.items():
        on[attack.exercise].append(name)
    groups = (
        names[at : at + BESIDE] for names in on.values() for at in range(0, len(names), BESIDE)
    )
    return {name: f"{group[-1]}{_RIGHT}" for group in groups for name in group}


def _sockets_of_one_port() -> tuple[socket.socket, socket.socket]:
    """Return a TCP and a UDP socket that are bound to the same port; try until there is one."""
    while True:
        tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
        tcp.bind(("127.0.0.1", 0))
        try:
            udp.bind(tcp.getsockname())
            return tcp, udp
        except OSError:
            tcp.close()
            udp.close()


def _content(path: Path) -> str:
    if path.is_symlink():
        return f"link to {path.readlink()}"
    if not path.is_file():
        return "no file"
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except PermissionError:
        return "unreadable"


@dataclass(frozen=True)
class Outcome:
    """What one way of grading made of an arena.

    Attributes
    ----------
    marks : dict of str to float or None
        Points by student, attackers and others; None for one that is not in the gradebook.
    status, limits : dict
        By student, where the way tells them.
    said : str
        What the command printed.
    exit_status : int
        The command's.
    survivors : list of str
        Processes that were still there when the command had ended.
    out : pathlib.Path
        Folder that holds ``autograded`` and ``feedback``.
    """

    marks: dict[str, float | None]
    status: dict[str, str]
    limits: dict[str, list[str]]
    said: str
    exit_status: int
    survivors: list[str]
    out: Path

    def scripts(self) -> list[str]:
        """Return the files in which a browser would run something of a student's."""
        files = [*self.out.glob("feedback/**/*"), *self.out.glob("autograded/**/*")]
        pages = [path for path in files if path.is_file() and _is_page(path.name)]
        return [str(page) for page in pages if _live(page.read_text("utf-8", "replace"))]


def _is_page(name: str) -> bool:
    """Tell whether a browser takes a file for a page, by the type that a server sends for it."""
    kind = mimetypes.guess_type(name)[0] or ""
    return kind in ("text/html", "text/xml", "application/xml") or kind.endswith("+xml")


def _runs(tag: str, name: str, value: str) -> bool:
    """Tell whether an attribute runs something, or fetches it, when a page is opened or used."""
    scheme = re.sub(r"\s", "", value).partition(":")[0].lower()
    if name.startswith("on") or scheme in ("javascript", "vbscript"):
        return True
    # A link is followed by nobody who does not want to, and a class or a name is only a word.
    fetched = (tag, name) != ("a", "href") and name not in ("class", "id", "href", "alt", "title")
    return fetched and bool(SCRIPT.search(value))


class _Live(HTMLParser):
    """Reads a page as a browser does, and tells whether something of an attack would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found = False
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag in ("script", "style")
        self.found = self.found or any(_runs(tag, name, value or "") for name, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        self.found = self.found or (self._in_script and bool(SCRIPT.search(data)))


def _live(page: str) -> bool:
    """Tell whether a page holds an attack's script outside of text."""
    reader = _Live()
    reader.feed(page)
    return reader.found


def by_workbook(arena: Arena, *options: str) -> Outcome:
    """Grade with ``workbook grade``."""
    out = arena.root / "graded"
    limits = [part for name, value in LIMITS.items() for part in ("--limit", f"{name}={value}")]
    command = ["workbook.cli", "grade", "submitted", "--out", str(out), *limits, *options]
    said, code, survivors = run(arena, [command])
    status, named = {}, {}
    for name in arena.attacks:
        path = out / "results" / name / f"{arena.attacks[name].exercise}.json"
        with contextlib.suppress(OSError):
            result = json.loads(path.read_text(encoding="utf-8"))
            status[name], named[name] = result["status"], result["limits"]
    return Outcome(marks(arena, out), status, named, said, code, survivors, out)


def by_cluster(arena: Arena) -> Outcome:
    """Grade with ``workbook grade`` on a Dask cluster, which it starts on this machine."""
    return by_workbook(arena, "--cluster", "local", "--jobs", "2")


def by_nbgrader(arena: Arena) -> Outcome:
    """Grade with ``nbgrader autograde``, and make feedback, in the course's folder."""
    with (arena.course / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.JudgeSubmission.limits = {LIMITS!r}\n")
    arena.before = arena.state()
    commands = []
    for assignment in ASSIGNMENTS:
        own = [
            name
            for name, attack in arena.attacks.items()
            if find(attack.exercise).assignment == assignment
        ]
        shown = {name for name in own if name.startswith(ON_PAGES)}
        left_out = ",".join(sorted({*own, *(arena.beside[name] for name in own)} - shown))
        if own:
            commands.append(["nbgrader", "autograde", assignment])
        if shown:
            without = f"--CourseDirectory.student_id_exclude={left_out}"
            commands.append(["nbgrader", "generate_feedback", assignment, without])
    said, code, survivors = run(arena, commands)
    return Outcome(marks(arena, arena.course), {}, {}, said, code, survivors, arena.course)


def marks(arena: Arena, folder: Path) -> dict[str, float | None]:
    """Return the points of each student; None for one that is not in the gradebook."""
    # After the course's modules, it is imported in a third of the time.
    from nbgrader.api import Gradebook, MissingEntry

    marks: dict[str, float | None] = {}
    url = f"sqlite:///{folder / 'gradebook.db'}"
    with Gradebook(url) as gradebook:
        for name, attack in arena.attacks.items():
            exercise = find(attack.exercise)
            for student in {name, arena.beside[name]} - marks.keys():
                try:
                    found = gradebook.find_submission_notebook(
                        exercise.notebook, exercise.assignment, student
                    )
                    scores = [grade.auto_score for grade in found.grades]
                    marks[student] = None if None in scores else sum(scores)
                except MissingEntry:
                    marks[student] = None
    return marks


def run(
    arena: Arena, commands: list[list[str]], seconds: float | None = None
) -> tuple[str, int, list[str]]:
    """Run commands in the course's folder, below a process that collects all orphans."""
    reaper = [sys.executable, "-m", "tests.attacks.reaper", json.dumps(commands)]
    environment = {**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            reaper, cwd=arena.course, env=environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False, encoding="utf-8", errors="replace",
            timeout=seconds,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "", 124, ["the class waits for ever"]
    # Time for what an orphan would do after the end.
    time.sleep(0.5)
    last = done.stdout.rpartition("\n== survivors ")[2]
    try:
        survivors = json.loads(last)
    except ValueError:
        survivors = ["the command was killed"]
    return done.stdout + done.stderr, done.returncode, survivors


#: The ways to grade an arena.
WAYS = {"workbook": by_workbook, "nbgrader": by_nbgrader, "cluster": by_cluster}


def found(arena: Arena, outcome: Outcome, way: str) -> dict[str, Any]:
    """Return what came of one way, as plain data: each attack's mark, and all harm."""
    each = {}
    for name, attack in arena.attacks.items():
        each[name] = {
            "mark": outcome.marks[name],
            "deserved": attack.points,
            "beside": outcome.marks[arena.beside[name]],
            "right": find(attack.exercise).points,
            "status": outcome.status.get(name, ""),
            "limits": outcome.limits.get(name, []),
        }
    harm = [*arena.harms(), *outcome.survivors, *outcome.scripts()]
    # nbgrader's command fails where it can read no notebook, and shows why with a traceback.
    said = [sign for sign in ("Traceback", "Warning: ") if sign in outcome.said]
    if way != "nbgrader" and (outcome.exit_status not in ENDS or said):
        harm.append(f"the command ended with {outcome.exit_status}: {outcome.said[-500:]}")
    return {"attacks": each, "harm": harm}


def main() -> None:
    """Run the attacks named on the command line."""
    way, *names = sys.argv[1:]
    as_data = "--json" in names
    wanted = chosen([name for name in names if name != "--json"])
    with tempfile.TemporaryDirectory() as folder, Arena(Path(folder) / "arena", wanted) as arena:
        outcome = WAYS[way](arena)
        told = found(arena, outcome, way)
        if as_data:
            print("\n" + json.dumps(told))
            return
        print(outcome.said[-3000:])
        for name, one in told["attacks"].items():
            fine = (one["mark"] or 0.0) == one["deserved"] and one["beside"] == one["right"]
            print(
                f"{'ok ' if fine else 'BAD'} {name}: {one['mark']} (expected {one['deserved']:g}), "
                f"beside it {one['beside']} of {one['right']}, {one['status']} {one['limits']}"
            )
        print("exit status", outcome.exit_status)
        for harm in told["harm"]:
            print("HARM", harm)


if __name__ == "__main__":
    main()
