"""One student, one exercise, again: into the course's gradebook, with a copy of what it held."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.command import in_course
from tests.gradebooks import tables
from tests.submissions import hand_in
from workbook.course.exercises import EXERCISES
from workbook.grade.gradebook import backup
from workbook.grade.gradebook.backup import FOLDER, KEPT, keep_copy
from workbook.grade.gradebook.recorded_marks import recorded_marks

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("kept_judges")]

FIRST, SECOND = EXERCISES[:2]


@pytest.fixture(scope="module")
def graded(copy_course, tmp_path_factory):
    """A course with two students, graded once."""
    root = copy_course(tmp_path_factory.mktemp("graded") / "course")
    for student in ("ada", "tor"):
        for exercise in (FIRST, SECOND):
            hand_in(root / "submitted", student, exercise, "")
    hand_in(root / "submitted", "tor", FIRST, "no_factor")
    assert grade(root).exit_code == 0
    return root


@pytest.fixture
def course(graded, tmp_path):
    """The same, to be graded again."""
    return Path(shutil.copytree(graded, tmp_path / "course"))


def grade(root: Path, *options: str, path: str = "submitted"):
    return in_course(root, "grade", root / path, *options)


def points(root: Path) -> dict[tuple[str, str], float]:
    held = recorded_marks(f"sqlite:///{root / 'gradebook.db'}").marks
    return {key: mark.points for key, mark in held.items()}


@pytest.mark.parametrize("asked", ["--student", "folder"])
def test_it_goes_into_the_courses_gradebook(course, asked):
    before, page = points(course), (course / "report.html").read_text(encoding="utf-8")
    for student in ("ada", "tor"):
        hand_in(course / "submitted", student, FIRST, "" if student == "tor" else "no_factor")
    if asked == "folder":
        done = grade(course, "--exercise", FIRST.name, path="submitted/tor")
    else:
        done = grade(course, "--exercise", FIRST.name, "--student", "tor")
    assert done.exit_code == 0, done.output
    key = ("tor", FIRST.notebook)
    assert before[key] < FIRST.points
    assert points(course) == {**before, key: FIRST.points}
    assert f"tor, {FIRST.name}: {before[key]:g} -> {FIRST.points}" in done.output
    # The tables are those of the whole class.
    rows = (course / "marks.csv").read_text(encoding="utf-8").splitlines()
    assert [row.split(",")[0] for row in rows] == ["student", "ada", "tor"]
    assert (course / "report.html").read_text(encoding="utf-8") != page


def test_a_student_who_is_not_there_is_named(course):
    done = grade(course, "--student", "thor")
    assert done.exit_code == 2
    assert "there is no student 'thor' in" in done.output
    assert "did you mean tor?" in done.output


def test_a_preview_says_whose_marks_would_move_and_writes_nothing(course):
    hand_in(course / "submitted", "tor", FIRST, "")
    hand_in(course / "submitted", "uma", FIRST, "")
    before = contents(course)
    done = grade(course, "--preview")
    assert done.exit_code == 0, done.output
    assert contents(course) == before
    old = points(course)["tor", FIRST.notebook]
    moved = f"tor: {old + SECOND.points:g} -> {FIRST.points + SECOND.points}"
    assert f"- {moved} ({FIRST.name} {old:g} -> {FIRST.points})" in done.output
    assert f"- uma: new, {FIRST.points}" in done.output
    assert "ada" not in done.output
    # Of whom there is no notebook, the gradebook has no row, and no mark moves.
    text = course / "submitted" / "vic" / FIRST.assignment / "text.html"
    text.parent.mkdir(parents=True)
    text.write_text("<p>my answer</p>", encoding="utf-8")
    assert grade(course).exit_code == 0
    again = grade(course, "--preview")
    assert "No mark would change." in again.output


def contents(root: Path) -> dict[str, bytes]:
    files = [Path(place) / name for place, _, names in os.walk(root) for name in names]
    return {str(file): file.read_bytes() for file in files if "__pycache__" not in file.parts}


def test_the_gradebook_is_kept_as_it_was(course):
    before = tables(course / "gradebook.db")
    hand_in(course / "submitted", "tor", FIRST, "")
    assert grade(course).exit_code == 0
    (copy,) = (course / FOLDER).iterdir()
    assert tables(copy) == before != tables(course / "gradebook.db")
    # What changes nothing makes no copy.
    assert grade(course).exit_code == 0
    assert list((course / FOLDER).iterdir()) == [copy]


def test_the_last_copies_are_kept(course):
    url = f"sqlite:///{course / 'gradebook.db'}"
    copies = []
    for number in range(KEPT + 2):
        with Gradebook(url) as gradebook:
            gradebook.add_student(f"student {number}")
        copies.append(keep_copy(url))
    assert sorted((course / FOLDER).iterdir()) == copies[2:]
    # What is the same as the last one takes its place.
    again = keep_copy(url)
    assert sorted((course / FOLDER).iterdir()) == [*copies[2:-1], again]
    assert keep_copy("postgresql://somebody@nowhere/course") is None
    assert keep_copy(f"sqlite:///{course / 'none.db'}") is None


def test_a_copy_that_is_not_whole_is_not_kept(tmp_path, monkeypatch):
    def on_a_full_disk(db_url, copy):
        copy.touch()
        raise OSError("database or disk is full")

    (tmp_path / "gradebook.db").touch()
    monkeypatch.setattr(backup, "copy_to", on_a_full_disk)
    with pytest.raises(OSError, match="full"):
        keep_copy(f"sqlite:///{tmp_path / 'gradebook.db'}")
    assert [*(tmp_path / FOLDER).iterdir()] == []


def test_nothing_of_the_exchange_comes_from_where_a_link_leads(course):
    folder = course / "submitted" / "tor" / FIRST.assignment
    (folder / "submission_secret.txt").write_text("a" * 64, encoding="utf-8")
    own = hand_in(course / "submitted", "eve", FIRST)
    own.parent.rename(own.parent.with_name("work"))
    own.parent.symlink_to(folder)
    # It names the link.
    assert grade(course).exit_code == 3
    assert (course / "feedback" / "eve" / FIRST.assignment / f"{FIRST.notebook}.html").is_file()
    (kept,) = (course / "feedback").rglob("submission_secret.txt")
    assert "tor" in kept.parts


def test_nbgrader_releases_the_pages_to_those_who_handed_in_by_its_exchange(course, tmp_path):
    folder = course / "submitted" / "tor" / FIRST.assignment
    (folder / "timestamp.txt").write_text("2026-11-30 10:00:00.000000 UTC\n", encoding="utf-8")
    (folder / "submission_secret.txt").write_text("a" * 64, encoding="utf-8")
    assert grade(course).exit_code == 0
    exchange = tmp_path / "exchange"
    exchange.mkdir(mode=0o777)
    command = [sys.executable, "-m", "nbgrader", "release_feedback", FIRST.assignment]
    released = subprocess.run(
        [*command, "--student=tor", f"--Exchange.root={exchange}"],
        cwd=course, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert released.returncode == 0, released.stderr
    pages = list(exchange.glob("*/feedback/*.html"))
    feedback = course / "feedback" / "tor" / FIRST.assignment
    assert {page.read_bytes() for page in pages} == {
        page.read_bytes() for page in feedback.glob("*.html")
    }
