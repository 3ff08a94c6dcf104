"""How far a learner is with each exercise and lab, from the notebooks."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbook.course.exercises import NOTEBOOKS, Exercise
from workbook.course.words import listed
from workbook.learn.finding import find_notebook
from workbook.learn.reference import stand_ins

if TYPE_CHECKING:
    from workbook.learn.workspace.check_process import Checked

State = Literal["not started", "in progress", "passing", "not checked", "stand-in"]

#: The detail where there is none.
NO_NOTEBOOK = "no notebook here"
#: How long the checks of one function may compute, which take a fraction of a second.
_SECONDS = 3.0


@dataclass(frozen=True)
class Standing:
    """How far the learner is with one exercise or lab.

    Attributes
    ----------
    exercise : Exercise
        The exercise.
    state : {"not started", "in progress", "passing", "not checked", "stand-in"}
        ``passing`` means that the visible checks pass, ``not checked`` that they take too long
        here, ``stand-in`` that the reference is used for all that does not pass.
    detail : str
        What to look at next; empty if the checks pass.
    path : Path or None
        The notebook, if there is one.
    """

    exercise: Exercise
    state: State
    detail: str = ""
    path: Path | None = field(default=None, compare=False)


def standings(folder: Path, exercises: Sequence[Exercise] = NOTEBOOKS) -> list[Standing]:
    """Return how far the notebooks in a folder are, exercise by exercise.

    Parameters
    ----------
    folder : Path
        The folder with the assignments, or the folder of one of them.
    exercises : sequence of Exercise
        The exercises and labs to look at: all, if not given.
    """
    # They bring much along: not on `import workbook`.
    from workbook.learn.workspace.check_process import Checker
    from workbook.learn.workspace.known_results import Contents, KnownResults

    contents = Contents()
    known = KnownResults(contents=contents)
    with Checker(_SECONDS) as checker:

        def checked(path: Path, name: str) -> "Checked":
            key = contents.key(path, name)
            found = known.get(key)
            if found is None:
                began = time.time()
                found = checker.check(path, name)[0]
                known.put(key, found, began)
            if found.passed:
                stand_ins.end([name], path.parent)
            return found

        found = [_standing(exercise, Path(folder).resolve(), checked) for exercise in exercises]
    known.save()
    unfinished = {
        name
        for one in found
        if one.state in ("not started", "in progress")
        for name in one.exercise.functions
    }
    return [_with_cause(standing, unfinished) for standing in found]


def _standing(
    exercise: Exercise, folder: Path, checked: Callable[[Path, str], "Checked"]
) -> Standing:
    path = find_notebook(exercise, folder)
    if path is None:
        return Standing(exercise, "not started", NO_NOTEBOOK)
    outcomes = {name: checked(path, name) for name in exercise.functions}
    lent = stand_ins.standing_in(folder)
    failing = [(name, one) for name, one in outcomes.items() if not one.passed]
    helped = [name for name, _ in failing if name in lent]
    if failing and len(helped) == len(failing):
        detail = f"the reference's, until your {_until(helped, exercise)}: {path.name}"
        return Standing(exercise, "stand-in", detail, path)
    more = f"; the reference stands in for {listed(helped)}" if helped else ""
    if not any(one.written for one in outcomes.values()):
        return Standing(exercise, "not started", f"open {path.name}{more}", path)
    if not failing:
        return Standing(exercise, "passing", "", path)
    # What is known to be wrong comes first.
    own = [(name, one) for name, one in failing if name not in lent]
    name, first = min(own, key=lambda found: found[1].kind == "too slow")
    problem = f"{name}: {first.problem}" if exercise.is_lab else first.problem
    if first.kind == "too slow":
        detail = f"{problem}. `workbook check {path.name}` waits longer"
        return Standing(exercise, "not checked", detail, path)
    return Standing(exercise, "in progress", f"{problem}{more}", path)


def _until(names: list[str], exercise: Exercise) -> str:
    """Return what must happen before stand-ins end; in a lab, with the functions' names."""
    if len(exercise.functions) == 1:
        return "own passes"
    return f"{listed(names)} {'pass' if len(names) > 1 else 'passes'}"


def _with_cause(standing: Standing, unfinished: set[str]) -> Standing:
    """Return the standing with the earlier functions that it builds on and that do not pass."""
    earlier = ", ".join(name for name in standing.exercise.uses if name in unfinished)
    if standing.state != "in progress" or not earlier:
        return standing
    return replace(standing, detail=f"first finish {earlier}, which it calls. {standing.detail}")


def how_many_pass(found: Sequence[Standing]) -> str:
    """Return how many of the exercises pass, as a text such as "3 of 10"."""
    exercises = [standing for standing in found if not standing.exercise.is_lab]
    return f"{sum(one.state == 'passing' for one in exercises)} of {len(exercises)}"


def next_to_do(found: Sequence[Standing]) -> Standing | None:
    """Return the first exercise that does not pass, else the first lab; None if all pass.

    What the reference stands in for comes last.
    """
    unfinished = (standing for standing in found if standing.state != "passing")

    def last(one: Standing) -> tuple[bool, bool]:
        return one.state == "stand-in", one.exercise.is_lab

    return min(unfinished, key=last, default=None)
