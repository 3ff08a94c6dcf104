"""Something dies, is stopped, is full or is locked while a class is graded: the marks are right."""

import contextlib
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbformat
import pytest

from tests.faults import (
    CannedExecutor,
    canned_judges,
    descendants,
    die,
    die_at_first,
    killed,
    runs,
)
from tests.gradebooks import address, assert_same_tables, tables
from workbook import cli
from workbook.course import Course
from workbook.exercises import find, of_assignment
from workbook.grade import gradebook
from workbook.grade.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answer,
    solution_cell,
    submit,
)
from workbook.grade.confinement import UNCONFINED, offered
from workbook.grade.find import find_submissions
from workbook.grade.grade import Plan, grade
from workbook.grade.gradebook import GradebookError, GradebookWriter
from workbook.grade.judge import Judge
from workbook.grade.limits import Limits
from workbook.grade.results import read_results
from workbook.grade.workers import LocalExecutor, _DiedError, _Process

COURSE = Course(Path(__file__).resolve().parents[1])
FIRST, SECOND = of_assignment("1_initialization")

# A class, and the same class when some have handed in other answers.
ANSWERS = {
    "ada": ("", ""),
    "emmy": ("no_factor", "keys_from_W0"),
    "josé": (None, "last_layer_missing"),
}
# Other answers of as many points; better ones; a notebook taken away.
LATER = {
    "ada": ("", "away"),
    "emmy": ("no_factor", "last_layer_missing"),
    "josé": ("", "last_layer_missing"),
}


def hand_in(submitted: Path, answers: dict[str, tuple[str | None, str | None]]) -> Path:
    for student, variants in answers.items():
        for exercise, variant in zip((FIRST, SECOND), variants, strict=True):
            if variant == "away":
                continue
            answer = variant and catalogue_answer(COURSE, exercise.name, variant)
            if variant == "":
                answer = reference_answer(COURSE, exercise.name)
            submit(submitted, student, exercise, filled_notebook(COURSE, exercise, answer))
    return submitted


def plan_of(submitted: Path, out: Path, db_url: str = "", **more) -> Plan:
    found = find_submissions(submitted)
    db_url = db_url or address(out / "gradebook.db")
    return Plan(COURSE, found, out, db_url, Limits(), UNCONFINED, **more)


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """The two classes' submissions, and a gradebook in which the assignment is entered."""
    top = tmp_path_factory.mktemp("classes")
    hand_in(top / "before", ANSWERS)
    hand_in(top / "later", LATER)
    gradebook.register(COURSE, address(top / "entered.db"), FIRST.assignment)
    return top


@pytest.fixture(scope="module")
def canned(classes):
    """What judging each submission of the two classes gives."""
    judge = Judge(COURSE, Limits(), offered())
    found = [
        one for name in ("before", "later") for one in find_submissions(classes / name).submitted
    ]
    jobs = {
        (job.student, job.exercise.name, job.sha256): job for job in (one.job() for one in found)
    }
    results = {key: judge.grade(job) for key, job in jobs.items()}
    judge.close()
    return results


@pytest.fixture(scope="module")
def undisturbed(classes, canned):
    """The folders of two gradings that nothing went wrong with."""
    for name in ("before", "later"):
        out = classes / f"{name} graded"
        out.mkdir()
        shutil.copy(classes / "entered.db", out / "gradebook.db")
        assert grade(plan_of(classes / name, out), lambda: CannedExecutor(canned), 1).problems == []
    points = {
        name: {
            (one.student, one.exercise): one.points
            for one in read_results(classes / f"{name} graded" / "results")
        }
        for name in ("before", "later")
    }
    same = ("emmy", SECOND.name)
    assert points["before"][same] == points["later"][same] == 3
    assert [sum(points[name].values()) for name in points] == [29, 37 - 8]
    return classes


def contents(out: Path) -> dict[str, str]:
    """Return the text of every file that was made, results without what differs each time."""
    found = {}
    for path in out.rglob("*"):
        if path.suffix == ".json":
            data = json.loads(path.read_text("utf-8"))
            found[str(path.relative_to(out))] = json.dumps(data | {"seed": 0})
        elif path.suffix in (".ipynb", ".html", ".csv") and path.name != "report.html":
            found[str(path.relative_to(out))] = path.read_text("utf-8")
    return found


def assert_whole(out: Path) -> None:
    """See that every file that a killed run has left can be read to its end."""
    for path in out.rglob("*"):
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text("utf-8"))
        elif path.suffix == ".html":
            assert path.read_text("utf-8").rstrip().endswith("</html>")
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                assert {len(row) for row in csv.reader(file)} == {12}
    if (out / "gradebook.db").exists():
        with contextlib.closing(sqlite3.connect(out / "gradebook.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            # Unless it is there, `nbgrader db upgrade` does harm.
            assert db.execute("SELECT COUNT(*) FROM alembic_version").fetchone() == (1,)


def seeds(out: Path) -> dict[tuple[str, str, str], int]:
    return {
        (one.student, one.exercise, one.submission_sha256): one.seed
        for one in read_results(out / "results")
    }


def assert_as_if_nothing_had_happened(out: Path, expected: Path) -> None:
    assert contents(out) == contents(expected)
    assert_same_tables(tables(out / "gradebook.db"), tables(expected / "gradebook.db"))
    odd = [p.name for p in out.rglob("*") if p.name.endswith(".part") or "-journal" in p.name]
    assert odd == []


def killed_at_each(plan: Plan, canned, expected: Path, fresh: Callable[[], None], step: int, note):
    """Kill a run at every so many of its moments, each time from the start, and run it again."""
    number = 1
    while True:
        fresh()
        if not killed(plan, canned, number, note):
            return
        moment = f"killed at {number}: {note.read_text('utf-8')}"
        try:
            assert_whole(plan.out)
            before = seeds(plan.out)
            graded = grade(plan, lambda: CannedExecutor(canned), 1)
            assert graded.problems == []
            assert_as_if_nothing_had_happened(plan.out, expected)
            # Nothing that had its result was judged again.
            after = seeds(plan.out)
            assert {key: after[key] for key in before.keys() & after.keys()} == {
                key: before[key] for key in before.keys() & after.keys()
            }
        except AssertionError as error:
            error.add_note(moment)
            raise
        number += step


def test_a_first_grading_killed_at_any_moment(undisturbed, canned, tmp_path):
    plan = plan_of(undisturbed / "before", tmp_path / "out")

    def fresh() -> None:
        shutil.rmtree(plan.out, ignore_errors=True)

    note = tmp_path / "note"
    killed_at_each(plan, canned, undisturbed / "before graded", fresh, 23, note)


def test_a_regrade_killed_at_any_moment(undisturbed, canned, tmp_path):
    plan = plan_of(undisturbed / "later", tmp_path / "out")

    def fresh() -> None:
        shutil.rmtree(plan.out, ignore_errors=True)
        shutil.copytree(undisturbed / "before graded", plan.out)

    note = tmp_path / "note"
    killed_at_each(plan, canned, undisturbed / "later graded", fresh, 5, note)
