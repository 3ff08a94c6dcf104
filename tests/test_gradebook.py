"""The gradebook after `workbook grade` and after `nbgrader autograde`: the same, row by row."""

import contextlib
import csv
import html
import re
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
import pytest
from nbgrader.api import Comment, Grade, Gradebook, SubmittedNotebook
from nbgrader.utils import compute_checksum

from tests.command import in_course, workbook
from tests.gradebooks import Rows, address, assert_same_tables, changed, tables
from tests.reference import before_a_release
from tests.submissions import graded_cells, hand_in, written
from workbook.course.exercises import ASSIGNMENTS, PAGES, Exercise, of_assignment
from workbook.course.folder import Course
from workbook.grade.gradebook.assignments import register
from workbook.grade.gradebook.gradebook import GradebookWriter
from workbook.grade.gradebook.marks import NO_RESPONSE
from workbook.grade.submissions.answers import solution_cell
from workbook.grade.submissions.results import read_result, read_results

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("kept_judges")]


def assert_same_notebooks(one: Path, other: Path, same_judge: bool) -> None:
    """Fail at the first cell in which the autograded notebooks of two folders differ."""
    paths = {path.relative_to(one) for path in one.rglob("*.ipynb")}
    assert paths == {path.relative_to(other) for path in other.rglob("*.ipynb")}
    assert paths
    for path in sorted(paths):
        ours, theirs = (nbformat.read(top / path, as_version=4) for top in (one, other))
        for number, cells in enumerate(zip(ours["cells"], theirs["cells"], strict=True), 1):
            if not same_judge:
                cells = map(without_luck, cells)
            cell, its = cells
            assert cell == its, f"{path}, cell {number}"
        if not same_judge:
            for notebook in (ours, theirs):
                for test in notebook.metadata.workbook.graded.tests:
                    del test["message"]
        assert ours == theirs


def without_luck(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell without the reasons why tests failed: each judge draws its own numbers."""
    if cell["metadata"].get("nbgrader", {}).get("grade"):
        for output in cell["outputs"]:
            if output["output_type"] == "stream":
                heads = re.findall(r"^(?:passed|FAILED) .*", output["text"], re.M)
                output["text"] = "\n".join(heads)
    return cell


@before_a_release
def test_the_class_has_the_same_rows_both_ways(graded, autograded):
    out, _ = graded
    root, _ = autograded
    rows = tables(out / "gradebook.db")
    assert_same_tables(rows, tables(root / "gradebook.db"))
    # Nothing was compared with nothing.
    assert len(rows["student"]) == 16
    asked = exercises_in(rows["submitted_notebook"])
    assert len(rows["grade"]) == 4 * len(asked) == 4 * len(rows["comment"])


def exercises_in(notebooks: Rows) -> list[str]:
    """Return the keys of the submitted notebooks that are exercises; pages have no cells."""
    pages = {page.notebook for page in PAGES}
    return [key for key in notebooks if not pages & {*key.split("/")}]


@before_a_release
def test_the_class_has_the_same_autograded_notebooks_both_ways(graded, autograded):
    out, _ = graded
    root, _ = autograded
    assert_same_notebooks(out / "autograded", root / "autograded", same_judge=False)


@pytest.fixture
def fresh(course, tmp_path, monkeypatch):
    """A gradebook with every assignment."""
    return fresh_gradebook(course, tmp_path / "gradebook.db", ASSIGNMENTS, monkeypatch)


def fresh_gradebook(course, path, assignments, monkeypatch) -> Path:
    """Make a gradebook with some assignments where the program ``alembic`` cannot be found."""
    monkeypatch.setenv("PATH", "")
    for assignment in assignments:
        register(course, address(path), assignment)
    monkeypatch.undo()
    return path


def test_a_fresh_gradebook_is_the_one_that_nbgrader_makes(course, generated, tmp_path, monkeypatch):
    root, names = generated
    ours = fresh_gradebook(course, tmp_path / "gradebook.db", names, monkeypatch)
    assert_same_tables(tables(ours), tables(root / "gradebook.db"))
    assert schema(ours) == schema(root / "gradebook.db")


def schema(database: Path) -> dict[str, str]:
    """Return the statements that made the tables of a gradebook, without their layout."""
    with contextlib.closing(sqlite3.connect(database)) as db:
        made = db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: re.sub(r"\s", "", sql) for name, sql in made}


def test_nbgrader_upgrades_a_fresh_gradebook_and_changes_nothing(fresh, nbgrader_command):
    before = tables(fresh)
    done = nbgrader_command(fresh.parent, "db", "upgrade", "--db", address(fresh))
    assert done.returncode == 0, done.stderr
    assert_same_tables(tables(fresh), before)


def test_an_assignment_that_has_changed_is_entered_again(fresh, copy_course, tmp_path):
    changed_course = Course(copy_course(tmp_path / "course"))
    path = changed_course.root / "source" / FIRST.notebook_path
    notebook = nbformat.read(path, as_version=4)
    graded = graded_cells(notebook)
    graded[-1].metadata.nbgrader.points += 2
    graded[-1].metadata.nbgrader.checksum = compute_checksum(graded[-1])
    nbformat.write(notebook, path)
    before = tables(fresh)
    register(changed_course, address(fresh), FIRST.assignment)
    after = tables(fresh)
    name = f"{graded[-1].metadata.nbgrader.grade_id}/{FIRST.notebook}/{FIRST.assignment}/GradeCell"
    assert changed(before["base_cell"], after["base_cell"]) == {}
    (moved,) = changed(before["grade_cells"], after["grade_cells"]).items()
    assert (moved[0], moved[1][1]["max_score"] - moved[1][0]["max_score"]) == (name, 2)


FIRST, SECOND = of_assignment("1_initialization")
DUE = datetime(2026, 3, 1, 12)

# A course's own rule, in which each kind of answer occurs: nothing, a part, what nbgrader takes
# for nothing, more than was earned.
RULE = """
from nbgrader.plugins import LateSubmissionPlugin


class ByTheDay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        days = int(total_seconds_late // 86400)
        return {0: None, 1: 1.5, 2: -3.0}.get(days, score + 10)


c.AssignLatePenalties.plugin_class = ByTheDay
"""

TIMESTAMPS = {
    "ada": "2026-03-01 11:59:59.123456 UTC",
    "bea": "2026-03-01T23:30:00+01:00",
    "ben": "2026-03-02 13:00:00 UTC",
    "cleo": "2026-03-03 13:00:00 UTC",
    "dora": "the day before yesterday",
    "eve": "2026-04-01 12:00 UTC",
    "gus": "",
    "hal": "2026-03-05 00:00:00 UTC",
}


@dataclass(frozen=True)
class Both:
    """A class that is graded both ways: in ``course`` by nbgrader, into ``out`` by `workbook`."""

    top: Path
    nbgrader: Callable[..., Any]

    @property
    def root(self) -> Path:
        return self.top / "course"

    @property
    def out(self) -> Path:
        return self.top / "out"

    @property
    def submitted(self) -> Path:
        return self.root / "submitted"

    def by_nbgrader(self, command: str, *options: str) -> None:
        done = self.nbgrader(self.root, command, FIRST.assignment, *options)
        assert done.returncode == 0, done.stderr

    def by_workbook(self, *options: str) -> None:
        command = in_course(self.root, "grade", self.submitted, "--out", self.out, *options)
        # There is one timestamp that cannot be read.
        assert command.exit_code == 3, command.output
        assert "dora, 1_initialization: timestamp.txt does not hold a time" in command.output

    def by_hand(self, change: Callable[[Gradebook], None]) -> None:
        """Change both gradebooks as a person does."""
        for folder in (self.root, self.out):
            with Gradebook(address(folder / "gradebook.db")) as gradebook:
                change(gradebook)
                gradebook.db.commit()

    def rows(self) -> tuple[dict[str, Rows], dict[str, Rows]]:
        return tables(self.out / "gradebook.db"), tables(self.root / "gradebook.db")

    def copy(self, top: Path) -> "Both":
        """Return the same class in another folder, to be changed."""
        shutil.copytree(self.top, top, dirs_exist_ok=True)
        return Both(top, self.nbgrader)


@pytest.fixture(scope="module")
def both(copy_course, nbgrader_command, tmp_path_factory):
    """A small class with dates, graded once, in two gradebooks that hold a due date."""
    both = Both(tmp_path_factory.mktemp("both"), nbgrader_command)
    copy_course(both.root)
    with (both.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(RULE)
    hand_in_all(both.submitted)
    gradebook = address(both.root / "gradebook.db")
    register(Course(both.root), gradebook, FIRST.assignment)
    with Gradebook(gradebook) as entered:
        entered.update_or_create_assignment(FIRST.assignment, duedate=DUE)
    both.out.mkdir()
    shutil.copy(both.root / "gradebook.db", both.out)
    shutil.copy(both.root / "gradebook.db", both.top / "entered.db")
    both.by_nbgrader("autograde")
    both.by_workbook("--no-feedback")
    return both


def hand_in_all(submitted: Path) -> None:
    answers = {
        "bea": ("no_factor", "last_layer_missing"),
        "ben": ("biases_as_rows", "divided_by_root_of_fan_in"),
        "eve": ("no_factor", None),
        "finn": (None, "keys_from_W0"),
    }
    for student in [*TIMESTAMPS, "finn"]:
        for exercise, variant in zip((FIRST, SECOND), answers.get(student, ("", "")), strict=True):
            hand_in(submitted, student, exercise, variant)
    for student, text in TIMESTAMPS.items():
        timestamp = submitted / student / FIRST.assignment / "timestamp.txt"
        timestamp.write_text(text, encoding="utf-8")
    (submitted / "eve" / SECOND.notebook_path).unlink()
    (submitted / "hal" / FIRST.notebook_path).write_text('{"cells": [', encoding="utf-8")
    lose_the_answer(submitted / "gus" / SECOND.notebook_path)


def lose_the_answer(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.remove(solution_cell(notebook))
    nbformat.write(notebook, path)


def change_the_answer(path: Path, answer: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    solution_cell(notebook).source = answer
    nbformat.write(notebook, path)


def column(rows: Rows, name: str) -> dict[str, Any]:
    """Return what a table of submissions holds in a column, where it holds anything.

    The keys are the student and the notebook or the cell: "ada: 01_initialize_parameters".
    """
    found = [(key.split("/"), row[name]) for key, row in rows.items() if row[name] is not None]
    return {f"{parts[-1]}: {parts[0]}": value for parts, value in found}


def test_late_work_has_the_same_rows_both_ways(both):
    ours, theirs = both.rows()
    assert_same_tables(ours, theirs)
    assert_same_notebooks(both.out / "autograded", both.root / "autograded", same_judge=False)
    assert column(ours["submitted_notebook"], "late_submission_penalty") == {
        f"ben: {FIRST.notebook}": 1.5,
        f"ben: {SECOND.notebook}": 1.5,
        f"cleo: {FIRST.notebook}": 0,
        f"cleo: {SECOND.notebook}": 0,
        f"eve: {FIRST.notebook}": 7,
        f"hal: {FIRST.notebook}": 0,
        f"hal: {SECOND.notebook}": 8,
    }
    assert len(column(ours["submitted_assignment"], "timestamp")) == 6
    assert column(ours["comment"], "auto_comment") == {f"finn: {FIRST.name}": NO_RESPONSE}


@pytest.fixture(scope="module")
def again(both, tmp_path_factory):
    """The same class later: with marks given by hand, other submissions, and graded again."""
    again = both.copy(tmp_path_factory.mktemp("again"))
    again.by_hand(as_a_person_does)
    hand_in(again.submitted, "eve", FIRST)
    hand_in(again.submitted, "finn", FIRST)
    hand_in(again.submitted, "ada", SECOND, None)
    # One that is no notebook any more, and one whose function ends its process.
    (again.submitted / "bea" / FIRST.notebook_path).write_text('{"cells": [', encoding="utf-8")
    change_the_answer(
        again.submitted / "bea" / SECOND.notebook_path,
        f"import os\n\n\ndef {SECOND.name}(layer_dims):\n    os._exit(0)",
    )
    (again.submitted / "dora" / SECOND.notebook_path).unlink()
    (again.submitted / "ben" / FIRST.assignment / "timestamp.txt").unlink()
    later = again.submitted / "gus" / FIRST.assignment / "timestamp.txt"
    later.write_text("2026-03-02 12:00:01 UTC", encoding="utf-8")
    again.by_workbook("--force")
    # Judged once, so that the words are the same, too.
    results = f"--JudgeSubmission.results_directory={again.out / 'results'}"
    again.by_nbgrader("autograde", "--force", results)
    again.by_nbgrader("generate_feedback")
    return again


def as_a_person_does(gradebook: Gradebook) -> None:
    def notebook(student: str, exercise: Exercise) -> SubmittedNotebook:
        return gradebook.find_submission_notebook(exercise.notebook, exercise.assignment, student)

    def grade(student: str, exercise: Exercise, part: str) -> Grade:
        (found,) = [g for g in notebook(student, exercise).grades if g.name.endswith(f"-{part}")]
        return found

    def comment(student: str, exercise: Exercise) -> Comment:
        return notebook(student, exercise).comments[0]

    grade("ben", FIRST, "shapes").manual_score = 1.5
    grade("ben", FIRST, "shapes").needs_manual_grade = False
    grade("ben", SECOND, "check").extra_credit = 0.5
    grade("cleo", FIRST, "shapes").manual_score = 0.0
    grade("dora", SECOND, "shapes").manual_score = 2.0
    grade("finn", FIRST, "shapes").extra_credit = 1.0
    grade("hal", FIRST, "shapes").manual_score = 1.0
    comment("ben", FIRST).manual_comment = "Nearly: look at the shape of b."
    comment("ada", SECOND).manual_comment = ""
    comment("dora", SECOND).manual_comment = "Thank you."
    notebook("ben", FIRST).flagged = True
    notebook("dora", SECOND).flagged = True
    gradebook.grant_extension(FIRST.assignment, "cleo", days=7)
    gradebook.grant_extension(FIRST.assignment, "hal", days=1)
    gradebook.update_or_create_student("ada", first_name="Ada", lms_user_id="1815")


def test_what_a_person_entered_stays_as_nbgrader_keeps_it(again):
    ours, theirs = again.rows()
    assert_same_tables(ours, theirs)
    by_hand = column(ours["grade"], "manual_score")
    assert by_hand == {
        f"ben: {FIRST.name}-shapes": 1.5,
        f"cleo: {FIRST.name}-shapes": 0,
        f"dora: {SECOND.name}-shapes": 2,
        f"hal: {FIRST.name}-shapes": 1,
    }
    assert sorted(column(ours["grade"], "extra_credit").values()) == [0.5, 1]
    assert len(column(ours["comment"], "manual_comment")) == 3
    flags = column(ours["submitted_notebook"], "flagged")
    assert {key for key, value in flags.items() if value} == {
        f"ben: {FIRST.notebook}",
        f"dora: {SECOND.notebook}",
    }
    # A mark by hand is to be looked at again; not where there is no longer a notebook.
    to_do = {key for key, value in column(ours["grade"], "needs_manual_grade").items() if value}
    assert to_do == by_hand.keys() - {f"dora: {SECOND.name}-shapes"}
    assert ours["student"]["ada"]["lms_user_id"] == "1815"


def test_a_notebook_taken_away_loses_its_marks_both_ways(again):
    scores = column(again.rows()[0]["grade"], "auto_score")
    dora = {key: value for key, value in scores.items() if key.startswith("dora: ")}
    assert sum(dora.values()) == 8
    assert sum(value for key, value in dora.items() if f" {SECOND.name}-" in key) == 0
    assert not (again.out / "autograded" / "dora" / SECOND.notebook_path).exists()


def test_no_mark_survives_what_cannot_be_graded_both_ways(again):
    scores = column(again.rows()[0]["grade"], "auto_score")
    assert {value for key, value in scores.items() if key.startswith("bea: ")} == {0}
    said = {FIRST: "This submission could not be read:", SECOND: "the process ended while"}
    for exercise, status in ((FIRST, "invalid"), (SECOND, "crashed")):
        assert read_result(again.out / "results", "bea", exercise.name).status == status
        page = (again.out / "feedback" / "bea" / exercise.notebook_path).with_suffix(".html")
        assert said[exercise] in " ".join(text_of(page))


def test_penalties_follow_the_dates_both_ways(again):
    rows = again.rows()[0]
    assert column(rows["submitted_notebook"], "late_submission_penalty") == {
        # The file is gone; the gradebook remembers.
        f"ben: {FIRST.notebook}": 1.5,
        f"ben: {SECOND.notebook}": 1.5,
        # All that was earned, not what the rule says.
        f"eve: {FIRST.notebook}": 8,
        f"gus: {FIRST.notebook}": 1.5,
        f"gus: {SECOND.notebook}": 0,
        f"hal: {FIRST.notebook}": 0,
        f"hal: {SECOND.notebook}": 0,
    }


def test_notebooks_and_feedback_are_the_same_both_ways(again):
    assert_same_notebooks(again.out / "autograded", again.root / "autograded", same_judge=True)
    pages = {path.relative_to(again.out) for path in again.out.glob("feedback/**/*.html")}
    assert pages == {path.relative_to(again.root) for path in again.root.glob("feedback/**/*.html")}
    assert len(pages) == 16
    for page in pages:
        assert text_of(again.out / page) == text_of(again.root / page), page


def text_of(page: Path) -> list[str]:
    """Return the words of an HTML page, without its layout."""
    text = page.read_text(encoding="utf-8")
    body = text[text.index("<body") :]
    return html.unescape(re.sub(r"<[^>]*>", " ", body)).split()


def test_the_next_run_changes_nothing(again, tmp_path):
    again = again.copy(tmp_path)
    before, drawn = again.rows()[0], written(again.out)
    again.by_workbook()
    assert written(again.out) == drawn
    assert_same_tables(again.rows()[0], before)


def test_one_exercise_leaves_the_others_alone(again, tmp_path):
    again = again.copy(tmp_path)
    # Both have changed; one is asked for.
    for exercise in (FIRST, SECOND):
        (again.submitted / "ada" / exercise.notebook_path).write_text("{}", encoding="utf-8")
    before, drawn = again.rows()[0], written(again.out)
    files = {path: path.stat().st_mtime_ns for path in again.out.glob(f"*/*/*/{SECOND.notebook}*")}
    again.by_workbook("--exercise", FIRST.name, "--force")
    after = again.rows()[0]
    moved = {name: changed(before[name], after[name]) for name in before}
    assert {name for name, rows in moved.items() if rows} == {"grade"}
    parts = [key.split("/") for key in moved["grade"]]
    assert {(one[1], one[-1]) for one in parts} == {(FIRST.notebook, "ada")}
    now = written(again.out)
    assert {key[1] for key in now if now[key] != drawn[key]} == {FIRST.name}
    # The notebooks and the pages. Only hers is another, for it shows the mark of the assignment.
    assert len(files) == 14
    hers = again.out / "feedback" / "ada" / Path(SECOND.notebook_path).with_suffix(".html")
    assert {path for path, time in files.items() if path.stat().st_mtime_ns != time} == {hers}
    assert "0 of 16 points for the whole assignment" in " ".join(text_of(hers))


def penalties_of(student: str, database: Path) -> dict[str, float]:
    taken = column(tables(database)["submitted_notebook"], "late_submission_penalty")
    return {key: value for key, value in taken.items() if key.startswith(f"{student}: ")}


def test_a_later_time_counts_for_what_was_graded_before(both, tmp_path):
    database = Path(shutil.copy(both.out / "gradebook.db", tmp_path))
    result = read_result(both.out / "results", "ada", FIRST.name)
    late = DUE + timedelta(days=1, hours=1)
    with GradebookWriter(Course(both.root), address(database)) as writer:
        marks = writer.write([writer.entry(result, late, frozenset(), {})])
        assert marks["ada", FIRST.notebook].penalty == 1.5
        both_notebooks = {f"ada: {FIRST.notebook}": 1.5, f"ada: {SECOND.notebook}": 1.5}
        assert penalties_of("ada", database) == both_notebooks
        # In time after all, as it turns out.
        writer.write([writer.entry(result, DUE, frozenset(), {})])
        assert penalties_of("ada", database) == {}


def test_results_in_any_order_and_grouping_give_the_same_rows(both, tmp_path):
    results = list(read_results(both.out / "results"))
    missing = {"eve": frozenset({SECOND.notebook})}
    found = []
    for name, step, size in (("all", 1, len(results)), ("each", -1, 1), ("threes", 1, 3)):
        database = Path(shutil.copy(both.top / "entered.db", tmp_path / f"{name}.db"))
        with GradebookWriter(Course(both.root), address(database)) as writer:
            entries = [
                writer.entry(one, None, missing.get(one.student, frozenset()), {})
                for one in results[::step]
            ]
            for start in range(0, len(entries), size):
                writer.write(entries[start : start + size])
        found.append(tables(database))
    assert_same_tables(found[0], found[1])
    assert_same_tables(found[0], found[2])
    asked = exercises_in(found[0]["submitted_notebook"])
    assert len(asked) == 2 * len({one.student for one in results})


def final_marks(database: Path) -> dict[str, float]:
    """Return each student's mark as ``nbgrader export`` computes it."""
    with Gradebook(address(database)) as gradebook:
        return {
            one.student_id: max(0.0, one.score - (one.late_submission_penalty or 0.0))
            for one in gradebook.assignment_submissions(FIRST.assignment)
        }


def rows_of(table: Path) -> dict[str, dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_marks_are_those_of_the_gradebook(again):
    rows = rows_of(again.out / "marks.csv")
    finals = final_marks(again.root / "gradebook.db")
    assert {student: float(row["total"]) for student, row in rows.items()} == finals
    # A mark by hand for ben, as much extra credit; and he was late.
    changes = ("automatic points", "changed by hand", "hours late", "late penalty")
    assert {key: rows["ben"][key] for key in changes} == {
        "automatic points": "13",
        "changed by hand": "0",
        "hours late": "25",
        "late penalty": "3",
    }
    assert rows["ada"]["name"] == "Ada"
    # A day's extension is too short, a week's is not.
    assert (rows["cleo"]["hours late"], rows["hal"]["hours late"]) == ("", "60")
    # nbgrader's own command leaves what the same tables can be made of.
    done = workbook("report", "--course", again.root)
    assert done.exit_code == 0, done.output
    assert rows_of(again.root / "marks.csv") == rows
    for folder in (again.out, again.root):
        page = (folder / "report.html").read_text(encoding="utf-8")
        text = " ".join(re.sub(r"<[^>]*>", " ", page).split())
        assert f"{len(finals)} students" in text
        assert f"{median(finals.values()):g} of 16 points: the median" in text


def test_a_mark_by_hand_makes_the_page_and_the_tables_anew(again, tmp_path):
    again = again.copy(tmp_path)
    pages = {path: path.stat().st_mtime_ns for path in again.out.glob("feedback/*/*/*.html")}

    def more(gradebook: Gradebook) -> None:
        notebook = gradebook.find_submission_notebook(FIRST.notebook, FIRST.assignment, "ada")
        notebook.comments[0].manual_comment = "A short and clear answer."
        (cell,) = [one for one in notebook.grades if one.name.endswith("-shapes")]
        cell.extra_credit = 0.25

    again.by_hand(more)
    before, drawn = rows_of(again.out / "marks.csv"), written(again.out)
    again.by_workbook()
    # Nothing is judged again, and only the pages with these marks are made anew.
    assert written(again.out) == drawn
    folder = again.out / "feedback" / "ada" / FIRST.assignment
    page, other = (folder / f"{one.notebook}.html" for one in (FIRST, SECOND))
    assert {one for one, time in pages.items() if one.stat().st_mtime_ns != time} == {page, other}
    shown = " ".join(text_of(page))
    assert "A short and clear answer." in shown
    for said in ("8.25 of 8 points for this notebook", "extra credit +0.25"):
        assert said in shown
    assert "8.25 of 16 points for the whole assignment" in " ".join(text_of(other))
    after = rows_of(again.out / "marks.csv")
    assert float(after["ada"].pop("total")) == float(before["ada"].pop("total")) + 0.25
    assert {name: row["total"] for name, row in after.items() if name != "ada"} == {
        name: row["total"] for name, row in before.items() if name != "ada"
    }


def test_a_regrade_names_the_marks_by_hand_that_it_leaves(again, tmp_path):
    again = again.copy(tmp_path)
    wrong = "def initialize_parameters(n_x, n_h, n_y):\n    return {}"
    change_the_answer(again.submitted / "ben" / FIRST.notebook_path, wrong)
    command = in_course(again.root, "grade", again.submitted, "--out", again.out)
    line = f"ben, {FIRST.name}, {FIRST.name}-shapes: the hidden tests gave 2 and now give 0; 1.5"
    # The list is as wide as the terminal.
    assert f"- {line}, given by hand, stays" in " ".join(command.output.split())
    cells = column(again.rows()[0]["grade"], "manual_score")
    assert cells[f"ben: {FIRST.name}-shapes"] == 1.5
    # The table in the terminal has the final marks.
    (ben,) = [row for row in command.output.splitlines() if row.startswith("ben ")]
    assert ben.split()[-1] == rows_of(again.out / "marks.csv")["ben"]["total"]
