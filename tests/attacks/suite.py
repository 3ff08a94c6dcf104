"""The attacks: what each is, and how a class of them is written to disk.

Every other file in this folder's folders is one attack. Its docstring's first line says what it
does, the name of its folder is its family, and its `ATTACK` holds the rest.
"""

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.submissions import graded_cells, reference_answers
from workbook.course.exercises import Exercise, find
from workbook.course.folder import Course
from workbook.grade.submissions.answers import (
    filled_notebook,
    reference_answer,
    solution_cell,
    submit,
)

FOLDER = Path(__file__).parent

#: What each family, the name of a folder, tries to do.
FAMILIES = {
    "exceptions": "exceptions swallowed",
    "faked_success": "success faked: displayed values, forged kernel replies, cells skipped",
    "asserts": "asserts stripped, cells rewritten, the shell faked",
    "comparison": "comparison functions patched, objects that lie",
    "search": "frames and garbage collector searched; tracing and import hooks",
    "files": "hidden tests, gradebook, other submissions read or written; start-up files planted",
    "processes": "parent killed, siblings signalled, orphans, late threads",
    "bombs": "fork, memory, disk, output and recursion bombs; loops that ignore signals",
    "network": "sockets of each family",
    "environment": "environment sniffed, to behave only when graded",
    "metadata": "metadata, ids, types and points changed; cells deleted, copied, moved, tagged",
    "locked": "code added to locked cells, and cells that claim to be as they were released",
    "malformed": "notebooks malformed in each way",
    "folder": "links, folders, pipes, shadowing files, timestamps and names beside the work",
    "outputs": "script in outputs",
    "wire": "wire messages forged from student code",
    "replayed": "inputs that an earlier attempt has seen, answered by heart",
    "candidates": "candidates on trial called without end, looked into, told apart by other means",
    "answers": "answers copied from a previous call, or right for the public cases only",
}

#: What an attack that does nothing else leaves in the cell for the answer.
STUB = "def update_parameters(params, grads, learning_rate):\n    raise NotImplementedError\n"

# The attacker knows where everything is. An attack that got at something it must not reach calls
# `succeeded`, which shows in two ways: a file in WITNESS, and an answer that is right from then on.
_PRELUDE = """\
NAME, COURSE, WITNESS, SOCKET, PORT = {name!r}, {course!r}, {witness!r}, {socket!r}, {port!r}
NEIGHBOUR = {neighbour!r}
def succeeded(what=""):
    global {function}
    def {function}(*args):
        namespace = {{}}
        exec(RIGHT, namespace)
        return namespace[{function!r}](*args)
    try:
        with open(WITNESS + "/" + NAME, "a") as file:
            file.write(str(what)[:500] + "\\n")
    except OSError:
        pass
RIGHT = {right!r}
"""


@dataclass(frozen=True)
class Target:
    """What an attacker knows of the place that is attacked.

    Attributes
    ----------
    name : str
        The attack's name, which is also its student's.
    course : pathlib.Path
        The course's folder, with ``source/``, ``submitted/``, ``gradebook.db``.
    witness : pathlib.Path
        A folder outside of everything that a student may write: a file there is harm done.
    socket : pathlib.Path
        A Unix socket that somebody listens on; there is an abstract one of the same name.
    port : int
        A port on 127.0.0.1 where TCP and UDP are listened to.
    neighbour : str
        A student who hands in a right answer to the same exercise.
    """

    name: str
    course: Path
    witness: Path
    socket: Path
    port: int
    neighbour: str


@dataclass(frozen=True)
class Attack:
    """One attack.

    Attributes
    ----------
    harm : str
        What must not come of it, as a phrase: "full marks", "the gradebook changed".
    answer : str
        Text of the cell for the answer. It may use the names NAME, NEIGHBOUR, COURSE, WITNESS,
        SOCKET, PORT and RIGHT (the text of a right answer), and call ``succeeded(what)``.
    change : callable, optional
        Changes the notebook further: ``change(notebook, target)``.
    plant : callable, optional
        Writes into the submission's folder, after the notebook: ``plant(folder, target)``.
    exercise : str
        What it is handed in for.
    function : str
        In a lab, the function whose cell holds the answer; the others stay unsolved.
    points : float
        The mark that it must get. Not 0 where the work is right and only something else is wrong.
    status : str
        The status of its result.
    other_ends : tuple of str
        Other statuses, of an attack that may end its process in the first run or in both.
    limits : tuple of str
        The limits that its result names.
    prelude : bool
        Whether the lines that define NAME and the others come first in the cell for the answer.
    """

    harm: str
    answer: str = STUB
    change: Callable[[Any, Target], None] | None = None
    plant: Callable[[Path, Target], None] | None = None
    exercise: str = "update_parameters"
    function: str = ""
    points: float = 0.0
    status: str = "graded"
    other_ends: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    prelude: bool = True

    @property
    def written(self) -> str:
        """Name of the function whose cell holds the answer."""
        return self.function or self.exercise


def names() -> list[str]:
    """Return the names of all attacks, ``<family>-<file>``."""
    return [f"{path.parent.name}-{path.stem}" for path in sorted(FOLDER.glob("*/*.py"))]


@cache
def attacks() -> dict[str, Attack]:
    """Return all attacks by name."""
    return {name: _module(name).ATTACK for name in names()}


def chosen(names: Sequence[str]) -> dict[str, Attack]:
    """Return the attacks of these names, or all; end the program where there is no such attack."""
    known = attacks()
    for name in names:
        if name not in known:
            raise SystemExit(f"no attack is called {name!r}; there are: {', '.join(known)}")
    return {name: known[name] for name in names or known}


def sentence(name: str) -> str:
    """Return what an attack does: the first line of its file's docstring."""
    module = _module(name)
    return (module.__doc__ or "").strip().splitlines()[0]


def _module(name: str) -> ModuleType:
    return importlib.import_module("tests.attacks." + name.replace("-", "."))


def write_attack(course: Course, attack: Attack, target: Target) -> None:
    """Hand in one attack, as the student of its name."""
    exercise = _exercise(attack)
    text = attack.answer
    if attack.prelude:
        text = prelude(course, attack, target) + text
    notebook = filled_notebook(course, exercise, {attack.written: text})
    if attack.change is not None:
        attack.change(notebook, target)
    path = submit(target.course / "submitted", target.name, exercise, notebook)
    if attack.plant is not None:
        attack.plant(path.parent, target)


def prelude(course: Course, attack: Attack, target: Target) -> str:
    """Return the lines that tell an attack's code where everything is."""
    return _PRELUDE.format(
        name=target.name,
        course=str(target.course),
        witness=str(target.witness),
        socket=str(target.socket),
        port=target.port,
        neighbour=target.neighbour,
        function=attack.written,
        right=reference_answer(course, attack.written),
    )


def write_right_answer(course: Course, attack: Attack, target: Target) -> None:
    """Hand in the right answer of an attack's neighbour."""
    exercise = _exercise(attack)
    right = filled_notebook(course, exercise, reference_answers(course, exercise))
    submit(target.course / "submitted", target.neighbour, exercise, right)


def cell_of(notebook: Any, grade_id: str) -> Any:
    """Return the cell that nbgrader knows by this name."""
    (cell,) = [
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return cell


__all__ = ["Attack", "Target", "attacks", "cell_of", "graded_cells", "solution_cell"]


def _exercise(attack: Attack) -> Exercise:
    exercise = find(attack.exercise)
    assert exercise is not None, attack.exercise
    return exercise
