"""`workbook forget`: one student is removed from everything; what is the others' stays."""

import contextlib
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests.command import in_course
from tests.conftest import ROOT
from tests.gradebooks import address, tables
from tests.submissions import hand_in
from tests.test_class import words
from tests.test_one_student import contents
from workbook.course.exercises import EXERCISES
from workbook.course.folder import Course
from workbook.grade.forgetting import forget, traces_of
from workbook.grade.gradebook.backup import FOLDER, keep_copy
from workbook.grade.mentions import mentions
from workbook.grade.roster.roster import Roster, Student, write_roster
from workbook.grade.sandbox.folder import remove_folder
from workbook.grade.submissions import results

FIRST = EXERCISES[0]
ROSTER = """id,name,email,section
tor,Tor Hopper,t.hopper@example.org,A
uma,Uma Thurman,uma@example.org,A
"""
LISTING = """file,what was done,in submitted/,why
Tor Hopper_101/01.ipynb,taken,tor/1_initialization/01.ipynb,
group_7/02.ipynb,taken,tor/1_initialization/02.ipynb; uma/1_initialization/02.ipynb,
t.hopper@example.org/notes.txt,left,,no notebook
group_8/02.ipynb,taken,'@u/1_initialization/02.ipynb; tor/1_initialization/02.ipynb,
torsten/01.ipynb,left,,nobody is called so
"""


def run(root: Path, command: str, *options: str, **more):
    out = () if command == "roster" else ("--out", root)
    return in_course(root, command, *options, *out, **more)


@pytest.fixture(scope="module")
def graded(copy_course, kept_judges, tmp_path_factory):
    """A course with two students, with all that may be kept of them. Only copy it."""
    root = copy_course(tmp_path_factory.mktemp("forget") / "course")
    for student in ("tor", "uma"):
        hand_in(root / "submitted", student, FIRST, "no_factor")
    table = root.parent / "students.csv"
    table.write_text(ROSTER, encoding="utf-8")
    assert run(root, "roster", str(table)).exit_code == 0
    assert run(root, "grade", str(root / "submitted")).exit_code == 0
    keep_copy(address(root / "gradebook.db"))
    assert run(root, "report", "--anonymous").exit_code == 0
    (root / "similar").mkdir()
    (root / "similar" / "index.html").write_text("tor and uma", encoding="utf-8")
    (root / "exports").mkdir()
    (root / "exports" / "blackboard.xls").write_text("Hopper\tTor\t7\n", encoding="utf-16")
    collected = root / "collected" / "2026-11-30-plain"
    kept = collected / "tor" / FIRST.notebook_path
    kept.parent.mkdir(parents=True)
    kept.write_text("an earlier attempt", encoding="utf-8")
    (collected / "files.csv").write_text(LISTING, encoding="utf-8")
    return root


@pytest.fixture
def course(graded, tmp_path):
    return Path(shutil.copytree(graded, tmp_path / "course"))


def naming(root: Path) -> set[str]:
    """Return the files that are called after the student, or have a name or address in them."""
    words = (b"tor/", b"Hopper", b"t.hopper")
    return {
        path
        for path, data in contents(root).items()
        if "/tor" in path.removeprefix(str(root)) or any(word in data for word in words)
    } - set(contents(root / "grader_tests"))


@pytest.mark.slow
def test_nothing_of_the_student_stays_and_all_of_the_others_does(course):
    asked = run(course, "forget", "tor", input="n\n")
    assert asked.exit_code == 1
    assert f"{course / 'submitted' / 'tor'} (1 file)" in " ".join(asked.output.split())
    assert (course / "submitted" / "tor").is_dir()
    before = tables(course / "gradebook.db")
    # nbgrader makes folders that cannot be written in.
    (course / "autograded" / "tor" / FIRST.assignment).chmod(0o555)
    done = run(course, "forget", "tor", "--yes")
    assert done.exit_code == 0, done.output
    assert naming(course) == set()
    assert not (course / "similar").exists()
    assert not (course / "exports").exists()
    with (course / "collected" / "2026-11-30-plain" / "files.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    # The work of a group stays for the others.
    assert [row[:3] for row in rows] == [
        ["group_7/02.ipynb", "taken", "uma/1_initialization/02.ipynb"],
        ["group_8/02.ipynb", "taken", "'@u/1_initialization/02.ipynb"],
        ["torsten/01.ipynb", "left", ""],
    ]
    for database in (course / "gradebook.db", *(course / FOLDER).iterdir()):
        held = tables(database)
        assert held["student"].keys() == {"uma"}
        assert not any("tor" in name.split("/") for rows in held.values() for name in rows)
    after = tables(course / "gradebook.db")
    assert after["grade"] == {
        name: row for name, row in before["grade"].items() if "uma" in name.split("/")
    }
    for folder in ("submitted", "autograded", "results", "feedback"):
        assert os.listdir(course / folder) == ["uma"]
    assert "tor" not in (course / "marks.csv").read_text(encoding="utf-8")
    for page in ("report.html", "report-anonymous.html"):
        assert "student, 1 notebook<" in (course / page).read_text(encoding="utf-8")
    again = run(course, "forget", "tor", "--yes")
    assert again.exit_code == 2
    assert "there is no student 'tor' here" in again.output


def test_a_student_is_found_however_accents_are_written(tmp_path):
    composed, apart = (unicodedata.normalize(form, "josé") for form in ("NFC", "NFD"))
    (tmp_path / "notes.csv").write_text(f"{composed};7\n", encoding="utf-8")
    (tmp_path / "mail.txt").write_text(f"To {apart.title()} Müller", encoding="utf-8")
    (tmp_path / "other.txt").write_text("To Jose Müller", encoding="utf-8")
    listing = tmp_path / "collected" / "2026-11-30-plain" / "files.csv"
    listing.parent.mkdir(parents=True)
    course = Course(tmp_path)
    for name, written in ((composed, apart), (apart, composed)):
        found = mentions(course, tmp_path, Student(name))
        assert [path.name for path in found] == ["mail.txt", "notes.csv"]
        listing.write_text(f"file,done,in submitted/,why\n{written}/a,left,,\n", encoding="utf-8")
        assert traces_of(course, tmp_path, address(tmp_path / "no.db"), name).listings == [listing]
        listing.unlink()


@pytest.mark.slow
def test_the_work_of_a_group_stays_with_those_who_have_it_too(course):
    table = course.parent / "groups.csv"
    lines = ROSTER.splitlines()
    table.write_text(
        "\n".join([f"{lines[0]},group", *(f"{one},red" for one in lines[1:])]), "utf-8"
    )
    assert run(course, "roster", str(table)).exit_code == 0
    (course / "excused.csv").write_text("student,assignment\ntor,1_initialization\numa,5_labs\n")
    own = (course / "submitted" / "tor" / FIRST.notebook_path).read_bytes()
    done = run(course, "forget", "tor", "--yes")
    assert "copied to uma, of the same group" in done.output
    assert "run `workbook grade submitted --student uma --force`" in " ".join(done.output.split())
    assert "Notes on the work of uma may name tor until it is judged again" in done.output
    folder = course / "submitted" / "uma"
    assert (folder / "of_the_group" / FIRST.notebook_path).read_bytes() == own
    assert (folder / FIRST.notebook_path).exists()
    assert not (course / "submitted" / "tor").exists()
    assert (course / "excused.csv").read_text().split() == ["student,assignment", "uma,5_labs"]


@pytest.fixture
def in_group(tmp_path):
    """A course with the folder of one of a group, and the address of its gradebook."""
    course = Course(tmp_path)
    write_roster(course, Roster((Student("tor", group="red"), Student("uma", group="red"))))
    folder = tmp_path / "submitted" / "tor" / "1_initialization"
    folder.mkdir(parents=True)
    yield course, folder, address(tmp_path / "no.db")
    # Nothing else that removes folders gets so deep.
    remove_folder(str(folder))


def forgotten(course: Course, db_url: str) -> list[str]:
    traces = traces_of(course, course.root, db_url, "tor")
    assert all(traces.lines())
    return forget(course, course.root, db_url, traces)


@pytest.mark.parametrize("depth", [3, 1200])
def test_whatever_a_student_handed_in_is_removed_and_what_is_work_handed_over(depth, in_group):
    course, folder, db_url = in_group
    (folder / "mine.ipynb").write_text("{}", encoding="utf-8")
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to(course.root / "roster.json")
    # The other one's link must lead nothing out of the course.
    outside = course.root.parent / f"{course.root.name}-outside"
    outside.mkdir()
    (course.root / "submitted" / "uma" / "1_initialization").mkdir(parents=True)
    (course.root / "submitted" / "uma" / "of_the_group").symlink_to(outside)
    (folder / "closed").mkdir(mode=0)
    (folder / "closed").chmod(0 if os.geteuid() == 0 else 0o500)
    with contextlib.chdir(folder):
        for _ in range(depth):
            os.mkdir("d")
            os.chdir("d")
        Path("deep.csv").write_text("1", encoding="utf-8")
    assert forgotten(course, db_url) == []
    assert not (course.root / "submitted" / "tor").exists()
    assert not [*outside.iterdir()]
    group = course.root / "submitted" / "uma" / "of_the_group-2" / "1_initialization"
    assert (group / "mine.ipynb").read_text(encoding="utf-8") == "{}"
    assert {one.name for one in group.iterdir()} == {"mine.ipynb", *["d"][: depth < 20]}


@pytest.mark.slow
def test_what_is_not_there_is_no_obstacle_and_what_stays_is_named(course):
    for name in ("results", "feedback", "roster.json", "collected", FOLDER):
        path = course / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elsewhere = course.parent / "elsewhere"
    shutil.move(course / "submitted" / "tor", elsewhere)
    (course / "submitted" / "tor").symlink_to(elsewhere)
    (course / "moodle.csv").write_text("tor;Tor Hopper;7\n", encoding="utf-16")
    broken = course / FOLDER / "gradebook-1.db"
    broken.parent.mkdir()
    broken.write_bytes(b"no database" * 100)
    done = run(course, "forget", "tor", "--yes")
    assert done.exit_code == 3, done.output
    assert "gradebook-1.db cannot be read" in words(done.output)
    assert f"look at them - {course / 'moodle.csv'}" in words(done.output)
    assert not (course / "submitted" / "tor").is_symlink()
    assert any(elsewhere.rglob("*.ipynb"))
    assert tables(course / "gradebook.db")["student"].keys() == {"uma"}


@pytest.mark.slow
def test_no_command_that_writes_marks_works_beside_another(course, monkeypatch):
    """One that begins meanwhile would write what the first still takes for the marks."""
    places, tables_before = [], (course / "marks.csv").read_bytes()

    def wait_for(handle, out, say):
        places.append(out)
        assert (course / "marks.csv").read_bytes() == tables_before
        assert (course / "results" / "tor").is_dir()

    monkeypatch.setattr(results, "_wait_for", wait_for)
    judged = json.loads((course / "results" / "tor" / f"{FIRST.name}.json").read_text())
    test = next(one["name"] for one in judged["tests"] if not one["passed"])
    for command in (
        ("report",),
        ("report", "--anonymous"),
        ("void", f"{FIRST.name}/{test}"),
        ("forget", "tor", "--yes"),
    ):
        places.clear()
        tables_before = (course / "marks.csv").read_bytes()
        assert run(course, *command).exit_code == 0
        assert places == [course], command


@pytest.mark.slow
def test_whoever_is_forgotten_while_a_grading_waits_does_not_come_back(course, monkeypatch):
    def wait_for(*args):
        monkeypatch.undo()
        assert run(course, "forget", "tor", "--yes").exit_code == 0

    monkeypatch.setattr(results, "_wait_for", wait_for)
    done = run(course, "grade", str(course / "submitted"))
    assert done.exit_code == 0, done.output
    assert [one.name for one in (course / "results").iterdir()] == ["uma"]
    assert tables(course / "gradebook.db")["student"].keys() == {"uma"}
    assert "\ntor," not in (course / "marks.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_table_of_any_kind_stops_nothing(course):
    listing = course / "collected" / "2026-11-30-plain" / "files.csv"
    whose = ["tor", *["uma"] * 700]
    places = "; ".join(f"{one}/1_initialization/{'x' * 200}.ipynb" for one in whose)
    with listing.open("a", encoding="utf-8") as file:
        file.write(f"a,taken,{places},\n")
    (course / "excused.csv").write_bytes("student,assignment\nt\xf6r,x\n".encode("latin-1"))
    saved = course / "collected" / "2026-11-29-plain" / "files.csv"
    saved.mkdir(parents=True)
    done = run(course, "forget", "tor", "--yes")
    assert done.exit_code == 3, done.output
    assert f"{course / 'excused.csv'}: it cannot be read" in words(done.output)
    assert f"{saved}: it cannot be read" in words(done.output)
    assert naming(course) == set()
    assert listing.read_text(encoding="utf-8").count("uma/1_initialization/x") == 700


@pytest.mark.slow
def test_a_gradebook_that_is_in_use_is_named_and_done_the_next_time(course):
    holder = sqlite3.connect(course / "gradebook.db", timeout=0)
    holder.execute("BEGIN IMMEDIATE")
    try:
        done = run(course, "forget", "tor", "--yes")
    finally:
        holder.close()
    assert done.exit_code == 3
    assert "gradebook.db: cannot be written (database is locked)" in words(done.output)
    again = run(course, "forget", "tor", "--yes")
    assert again.exit_code == 0, again.output
    assert naming(course) == set()


@pytest.mark.parametrize("name", ["../uma", "uma/1_initialization", "", ".", "..", ".git", "a\\b"])
def test_only_names_are_taken(tmp_path, name):
    (tmp_path / "nbgrader_config.py").touch()
    (tmp_path / "submitted" / "uma").mkdir(parents=True)
    done = run(tmp_path, "forget", name, "--yes")
    assert done.exit_code == 2
    assert "is not a student's name" in done.output
    assert (tmp_path / "submitted" / "uma").is_dir()
    near = run(tmp_path, "forget", "umma", "--yes")
    assert "did you mean uma?" in near.output
    (tmp_path / "submitted" / "uma").rename(tmp_path / "submitted" / "uma\x1b[2J")
    near = run(tmp_path, "forget", "uma[2J", "--yes")
    assert "did you mean uma\N{REPLACEMENT CHARACTER}[2J?" in near.output


NAMING_STUDENTS = [
    "students.csv", "all.csv", "marks.csv", "marks.csv.part", "excused.csv", "HW 1-7001.zip",
    "class.tar.gz", "gc_course_fullgc.xls", "grades.xlsx", "my_work_ada.zip", "roster.json",
    "submitted/ada/hw1.zip", "collected/1-moodle/files.csv", "exports/canvas.csv", "report.html",
    "downloaded/1_initialization/archive/hw1.zip",
]  # fmt: skip


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_ignores_what_names_students(tmp_path):
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    of_the_course = ["comments.csv", "voided.toml", "workbook/course/given/data/digits.csv"]
    done = subprocess.run(
        ["git", "check-ignore", *NAMING_STUDENTS, *of_the_course],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == NAMING_STUDENTS, done.stderr
