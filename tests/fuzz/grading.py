"""What must hold of a class that is graded while something goes wrong, and what is drawn of it.

Whatever goes wrong, and wherever: each mark is the undisturbed one of what was handed in, or it is
not given.
"""

import csv
import json
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from tests.fuzz.changes import few
from tests.fuzz.class_of_twenty import EXERCISES, STUDENTS, Cells, Class, known, marks
from tests.fuzz.disturbed import JUDGES, PLACES, HandIn, Key, Run
from tests.gradebooks import address
from tests.submissions import COURSE
from workbook.grade.gradebook.assignments import register
from workbook.grade.submissions.results import read_results


def check_history(steps: Sequence[HandIn | Run]) -> None:
    """Raise AssertionError unless each mark is right, or not given, after each of these steps."""
    with tempfile.TemporaryDirectory() as top:
        group = Class(Path(top), known())
        for number in range(len(STUDENTS)):
            for place in range(len(EXERCISES)):
                group.hand_in(HandIn(number, place, number * (1 + place)))
        group.out.mkdir()
        group.database.write_bytes(entered())
        for step in steps:
            if isinstance(step, HandIn):
                group.hand_in(step)
            else:
                check_run(group, step, *group.run(step))
        check_run(group, Run(), *group.run(Run()))
        assert not list(group.out.rglob("*.part"))


@cache
def entered() -> bytes:
    """Return a gradebook in which the assignment is entered: to make it takes half a second."""
    with tempfile.TemporaryDirectory() as top:
        database = Path(top) / "gradebook.db"
        register(COURSE, address(database), EXERCISES[0].assignment)
        return database.read_bytes()


def check_run(group: Class, run: Run, status: int | None, said: str) -> None:
    """Raise AssertionError unless each mark is right, or not given, after a run."""
    assert "Traceback" not in said, said
    failing = {
        (STUDENTS[student], EXERCISES[exercise].name)
        for student, exercise, kind, times in run.judges
        if times > 1 or kind == "other"
    }
    # Else, the gradebook may hold marks of what was handed in before.
    is_whole = not run.what or status == 0
    if is_whole:
        assert status in ((0, 3) if failing else (0,)), said
        group.since = {key: {sha} for key, sha in group.shas.items()}
    given = check_results(group)
    held = marks(group.database)
    for key in group.since:
        cells = held.get(key, {})
        is_given = None not in cells.values() and bool(cells)
        # All of a notebook's marks, or none.
        assert is_given or set(cells.values()) <= {None}, (key, cells)
        if is_given:
            check_cells(group, key, cells)
        if is_whole:
            assert key in given or key in failing, (key, said)
            # The file and the gradebook say the same; of what is missing, there may be no mark.
            assert is_given == (key in given) or not group.shas[key], (key, cells, said)
    if is_whole or (group.out / "marks.csv").exists():
        check_table(group, given if is_whole else None)


def check_cells(group: Class, key: Key, cells: Cells) -> None:
    """Raise AssertionError unless these are the marks of what a student has handed in."""
    right = [group.known.cells.get((key[1], sha)) for sha in group.since[key]]
    assert cells in right, (key, cells, right)


def check_results(group: Class) -> dict[Key, float]:
    """Raise AssertionError unless the results and pages that there are are right; return points."""
    given: dict[Key, float] = {}
    for result in read_results(group.out / "results"):
        right = group.known.judged[result.exercise, result.submission_sha256].result
        assert (result.points, result.tests) == (right.points, right.tests), result
        key = result.student, result.exercise
        given[key] = result.points
        assert result.submission_sha256 in group.since[key], key
    for exercise in EXERCISES:
        for page in (group.out / "feedback").glob(f"*/*/{exercise.notebook}.html"):
            cells = json.loads(page.read_text("utf-8"))
            check_cells(group, (page.parts[-3], exercise.name), cells)
    return given


def check_table(group: Class, given: dict[Key, float] | None) -> None:
    """Raise AssertionError unless the table says what the results say, or what they may say."""
    with (group.out / "marks.csv").open(encoding="utf-8", newline="") as file:
        shown = {
            (row["student"], one.name): float(row[one.name])
            for row in csv.DictReader(file)
            for one in EXERCISES
            if row[one.name]
        }
    if given is not None:
        # What was not handed in has no points, also where to judge that has failed.
        assert given.items() <= shown.items(), (shown, given)
        assert not any(group.shas[key] for key in shown.keys() - given.keys()), (shown, given)
    for key, points in shown.items():
        shas = group.since[key]
        assert points in {group.known.judged[key[1], sha].result.points for sha in shas}, key


# --- What is drawn --------------------------------------------------------------------------------

students = st.integers(0, len(STUDENTS) - 1)
exercises = st.integers(0, len(EXERCISES) - 1)
faults = st.tuples(students, exercises, st.sampled_from(sorted(JUDGES)), st.integers(1, 3))
runs = st.builds(
    Run,
    few(faults, 4),
    st.sampled_from(["", "", "killed", *PLACES]),
    st.integers(1, 12) | st.integers(1, 400),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
handing_in = st.builds(HandIn, students, exercises, st.integers(0, 6))
histories = st.lists(handing_in | runs, min_size=1, max_size=8)
