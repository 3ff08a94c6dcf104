"""The exercises, labs and pages of the course in use, as their lessons' headers describe them.

`workbook build` gathers the headers into ``course.json``. The lists of this module are filled from
it, and filled anew, in place, when another course is chosen.

Longer than other files: `describe` fills the lists that all functions below it read.
"""

import contextlib
import json
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from workbook.course.data_folder import COURSE_FILE, choose_data, data_folder


@dataclass(frozen=True)
class Function:
    """One function, or one class, that the learner writes.

    Attributes
    ----------
    name : str
        Its name.
    returns : tuple of str
        Names of the values that it returns, in order.
    uses : tuple of str
        Functions of the learner's own that it calls.
    is_class : bool
        Whether it is a class. It is tried out by scripts, see `workbook.course.scripted`.
    new : bool
        Whether the arrays that it returns are to be new ones, with memory of their own.
    split : tuple of (str, int)
        What its points are for: each part in words, such as "dW and db", with its points.
    """

    name: str
    returns: tuple[str, ...]
    uses: tuple[str, ...] = ()
    is_class: bool = False
    new: bool = False
    split: tuple[tuple[str, int], ...] = ()

    @property
    def kind(self) -> str:
        """Its kind as a word in a message: ``class`` or ``function``."""
        return "class" if self.is_class else "function"


@dataclass(frozen=True)
class Exercise:
    """One notebook, and what the learner writes in it: a single function, or those of a lab.

    Attributes
    ----------
    number : int
        Number in the name of its notebook, which never changes. Its place in the order is its place
        in `NOTEBOOKS`.
    name : str
        Name of the exercise: that of its function, or of the lab.
    assignment : str
        nbgrader assignment, also the folder of its notebook.
    points : int
        Points that its hidden tests add up to.
    written : tuple of Function
        The functions, in the order of the notebook.
    title : str
        Heading of the lesson, without its number.
    step : str
        The step of the training cycle that it belongs to, if any: see `STEPS`.
    is_lab : bool
        Whether it is a lab, whose points are a bonus.
    demo : dict of str to (str or None)
        The known mistake, by its name in the misconceptions file, that a student of `workbook demo`
        makes; None for a stub that is left as it is.
    minutes : int
        How long it takes, about.
    manual : dict of str to float
        The answers in it that a person marks, by the names of their cells, with their points.
    withheld : tuple of str
        Functions of earlier notebooks that grading does not serve, for they would be the answer.
    """

    number: int
    name: str
    assignment: str
    points: int
    written: tuple[Function, ...]
    title: str = ""
    step: str = ""
    is_lab: bool = False
    demo: dict[str, str | None] = field(default_factory=dict, hash=False)
    minutes: int = 0
    manual: dict[str, float] = field(default_factory=dict, hash=False)
    withheld: tuple[str, ...] = ()

    @property
    def most(self) -> float:
        """Points of its hidden tests, and of the answers that a person marks."""
        return self.points + sum(self.manual.values())

    @property
    def functions(self) -> tuple[str, ...]:
        """Names of the functions that the learner writes in it."""
        return tuple(function.name for function in self.written)

    @property
    def uses(self) -> tuple[str, ...]:
        """Names of the functions of earlier notebooks that it needs."""
        used = dict.fromkeys(name for function in self.written for name in function.uses)
        return tuple(name for name in used if name not in self.functions)

    @property
    def notebook(self) -> str:
        """Name of the notebook, without its suffix."""
        return f"{self.number:02d}_{self.name}"

    @property
    def notebook_path(self) -> str:
        """Path of the notebook inside a folder of the course, such as ``release/``."""
        return f"{self.assignment}/{self.notebook}.ipynb"


@dataclass(frozen=True)
class Page:
    """A notebook to read and to run: nothing is written in it, and nothing of it is graded.

    Attributes
    ----------
    name : str
        Name of the notebook, without its suffix.
    assignment : str
        nbgrader assignment that it is handed out with, also its folder.
    minutes : int
        How long it takes, about.
    """

    name: str
    assignment: str
    minutes: int = 0

    @property
    def notebook(self) -> str:
        """Name of the notebook, without its suffix."""
        return self.name

    @property
    def notebook_path(self) -> str:
        """Path of the notebook inside a folder of the course, such as ``release/``."""
        return f"{self.assignment}/{self.notebook}.ipynb"


#: The steps of the training cycle, in their order.
STEPS = ("initialise", "forward", "cost", "backward", "update")

#: The exercises of the course, in order; each is a function of the network.
EXERCISES: list[Exercise] = []

#: The labs, which put the exercises' functions to use.
LABS: list[Exercise] = []

#: Every notebook of the course that is graded, in order.
NOTEBOOKS: list[Exercise] = []

#: The notebooks in which there is nothing to write.
PAGES: list[Page] = []

#: The nbgrader assignments in order, each with its heading.
ASSIGNMENTS: dict[str, str] = {}

#: Names of all functions that the learner writes, in order, each with its notebook.
FUNCTIONS: dict[str, Exercise] = {}

_WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip


def use_course(root: Path | None) -> None:
    """Use the data of the course in this folder, here and in the processes that are started here.

    Parameters
    ----------
    root : pathlib.Path or None
        The course's folder. Where it has no data of its own, the package's are used.
    """
    choose_data(root)
    _read()


def _read() -> None:
    describe(json.loads((data_folder() / COURSE_FILE).read_text(encoding="utf-8")))


def describe(course: dict[str, Any]) -> None:
    """Fill the lists of this module.

    Parameters
    ----------
    course : dict
        What ``course.json`` holds.
    """
    NOTEBOOKS[:] = [_exercise(entry) for entry in course["notebooks"]]
    EXERCISES[:] = [one for one in NOTEBOOKS if not one.is_lab]
    LABS[:] = [one for one in NOTEBOOKS if one.is_lab]
    PAGES[:] = [Page(**entry) for entry in course["pages"]]
    ASSIGNMENTS.clear()
    ASSIGNMENTS.update(course["assignments"])
    FUNCTIONS.clear()
    FUNCTIONS.update({name: one for one in NOTEBOOKS for name in one.functions})


def _exercise(entry: dict[str, Any]) -> Exercise:
    written = tuple(
        Function(
            name,
            tuple(known["returns"]),
            tuple(known["uses"]),
            known["is_class"],
            known.get("new", False),
            tuple(known.get("split", {}).items()),
        )
        for name, known in entry["functions"].items()
    )
    given = {key: entry[key] for key in entry if key not in ("functions", "withheld")}
    return Exercise(**given, written=written, withheld=tuple(entry.get("withheld", ())))


def count_in_words() -> str:
    """Return the number of exercises as a word, for sentences such as "your ten functions"."""
    count = len(EXERCISES)
    return _WORDS[count] if count < len(_WORDS) else str(count)


def find(name: str) -> Exercise | None:
    """Return the exercise or the lab of this name, or None."""
    return next((one for one in NOTEBOOKS if one.name == name), None)


def find_page(name: str) -> Page | None:
    """Return the page of this name, or None."""
    return next((one for one in PAGES if one.name == name), None)


def in_order() -> list[Exercise | Page]:
    """Return every notebook in the order of the course.

    A page stands before the other notebooks of its assignment or behind them, as its name does in
    a list of files.
    """
    found: list[Exercise | Page] = []
    for assignment in ASSIGNMENTS:
        own = of_assignment(assignment)
        pages = [page for page in PAGES if page.assignment == assignment]
        first = [page for page in pages if page.notebook < own[0].notebook]
        found += [*first, *own, *(page for page in pages if page not in first)]
    return found


def find_function(name: str) -> Function | None:
    """Return the facts about a function that the learner writes, or None."""
    home = FUNCTIONS.get(name)
    return next(one for one in home.written if one.name == name) if home else None


def is_class(name: str) -> bool:
    """Return whether what the learner writes under this name is a class."""
    function = find_function(name)
    return function is not None and function.is_class


def position(name: str) -> int:
    """Return the place in the course of the exercise or the lab of this name, from 0."""
    return [one.name for one in NOTEBOOKS].index(name)


def before(exercise: Exercise) -> list[Exercise]:
    """Return the notebooks that stand before this one in the course."""
    return list(takewhile(lambda one: one.name != exercise.name, NOTEBOOKS))


def earlier_functions(exercise: Exercise) -> tuple[str, ...]:
    """Return the functions that a notebook has at hand: imports bring them, grading serves them.

    These are all exercises before it. Of the labs' functions only those that it is known to need:
    some of them, such as a whole training, would take the judge any time that is asked for.
    """
    exercises = [one.name for one in before(exercise) if not one.is_lab]
    return tuple(dict.fromkeys([*exercises, *exercise.uses]))


def of_step(step: str) -> tuple[Exercise, ...]:
    """Return the exercises of a step of the training cycle, in order."""
    return tuple(exercise for exercise in EXERCISES if exercise.step == step)


def all_notebooks() -> list[Exercise | Page]:
    """Return every notebook that is handed out: exercises and labs in order, then pages."""
    return [*NOTEBOOKS, *PAGES]


def is_page(file_name: str) -> bool:
    """Return whether a file has the name of one of the course's pages."""
    return file_name in {f"{page.notebook}.ipynb" for page in PAGES}


def of_assignment(assignment: str) -> tuple[Exercise, ...]:
    """Return the exercises of one assignment, in order."""
    return tuple(exercise for exercise in NOTEBOOKS if exercise.assignment == assignment)


# Without data there is nothing in the lists: `workbook build` reads the headers and makes it.
with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
    _read()
