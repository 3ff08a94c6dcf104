"""Marks for learning platforms: each table is read as its platform reads it, which may complain."""

import csv
import json
import re
import shutil
import zipfile

import pytest
from nbgrader.api import Gradebook

from tests import importers, marked_class
from tests.command import in_course as run
from tests.gradebooks import address
from tests.layouts import RIGHT
from tests.marked_class import FIRST, ONE, ROSTER, SECOND
from workbook.course.folder import Course
from workbook.grade.export.feedback_pages import moodle_folders
from workbook.grade.export.fresh import by_one_identifier
from workbook.grade.export.platforms import MOODLE
from workbook.grade.export.table import Column, ExportError, Mark, MarksRow, Options, Table
from workbook.grade.gradebook.marks import end_of_page
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.roster.roster import Student

FOUR, LABS = "4_parameter_update", "5_labs"
BEN = 13.75 - 2.66667
FINAL = {("ada", ONE): 16, ("ben", ONE): BEN, ("cleo", ONE): 16, ("eve", ONE): 4, ("ada", FOUR): 8,
         ("eve", LABS): 12.5}  # fmt: skip
BONUS = {("cleo", f"{ONE} bonus"): 1.5}
NO_BONUS = dict.fromkeys([(one, f"{ONE} bonus") for one in ("ada", "ben", "eve")], 0)
MAXIMA = {ONE: 16, FOUR: 8, LABS: 20, f"{ONE} bonus": 2}
STUDENTS = list(csv.DictReader(ROSTER.splitlines()))


def by(column):
    return {one[column]: one["id"] for one in STUDENTS}


PEOPLE = [
    {"key": one["id"], "id": one["canvas"], "sis_login_id": one["sis_login_id"]} for one in STUDENTS
]


@pytest.fixture(scope="module")
def marked(copy_course, tmp_path_factory):
    """A course with a class whose marks were given late, by hand, as a bonus, or not at all."""
    root = copy_course(tmp_path_factory.mktemp("marked") / "course")
    (root / "students.csv").write_text(ROSTER, encoding="utf-8")
    run(root, "roster", root / "students.csv")
    marked_class.write(root)
    return root


@pytest.fixture
def root(marked, tmp_path):
    """A copy of it, to be changed."""
    for name in ("gradebook.db", "roster.json", "nbgrader_config.py"):
        tmp_path.joinpath("course").mkdir(exist_ok=True)
        shutil.copy(marked / name, tmp_path / "course" / name)
    shutil.copytree(marked / "results", tmp_path / "course" / "results")
    return tmp_path / "course"


def exported(root, tmp_path, name, *options, status=0):
    """Return the file that an export writes, and what the command says."""
    path = tmp_path / f"{name}.out"
    done = run(root, "export", "--to", name, "--out", path, "--force", *options)
    assert done.exit_code == status, done.output
    return path.read_bytes(), done.output


def near(marks):
    return {key: pytest.approx(value, abs=1e-5) if isinstance(value, float) else value
            for key, value in marks.items()}  # fmt: skip


def test_canvas_makes_new_assignments(marked, tmp_path):
    data, said = exported(marked, tmp_path, "canvas")
    got = importers.canvas(data, PEOPLE)
    assert got.marks == near(FINAL | BONUS | NO_BONUS)
    assert got.complaints == []
    assert got.possible == {ONE: 16, f"{ONE} bonus": 0, FOUR: 8, LABS: 0}
    assert got.new_items == [ONE, f"{ONE} bonus", FOUR, LABS]
    assert f"{ONE}: 1 student handed in nothing" in said
    assert "Without a mark, so not in the table: Dora Öz (dora)" in said
    # Zeros where they are wanted.
    data, _ = exported(marked, tmp_path, "canvas", "--missing", "zero", "--assignment", ONE)
    assert importers.canvas(data, PEOPLE).marks["dora", ONE] == 0


CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,HW 1 (55),HW 2 (56),1_initialization (57),"
    "Current Score,Final Grade\r\n"
    "    Points Possible,,,,,16.0,10.0,3.0,(read only),(read only)\r\n"
    '"Quist, Eve",105,,eve1,B,EX,,,50,A\r\n"Lovelace, Ada",101,,ada1,A,,2.0,,50,A\r\n'
    '"Nobody, Here",999,,no,A,1.0,,,,\r\n"Müller; ""Ben""",102,,ben1,"A, B",3.0,,,,\r\n'
    '"Ng, Cleo",103,,cleo1,A,,,,,\r\n"Student, Test",104,,t,A,,,,,\r\n'
)


@pytest.mark.parametrize("title", ["HW 1", "55", "HW 1 (55)", "hw-1"])
def test_canvas_own_table_is_filled_in(marked, tmp_path, title):
    template = tmp_path / "canvas.csv"
    template.write_bytes(CANVAS.encode("utf-8-sig"))
    options = ("--template", template, "--assignment", ONE, "--bonus", "keep")
    data, said = exported(marked, tmp_path, "canvas", *options, "--title", f"{ONE}={title}")
    assert template.read_bytes() == CANVAS.encode("utf-8-sig")
    assert data.startswith(b"\xef\xbb\xbf")
    items = {55: "HW 1", 56: "HW 2", 57: "3"}
    got = importers.canvas(data[3:], PEOPLE, items)
    assert got.new_items == []
    assert {key: mark for key, mark in got.marks.items() if key[1] == "HW 1"} == near(
        {("eve", "HW 1"): "excused", ("ada", "HW 1"): 16, ("ben", "HW 1"): BEN,
         ("cleo", "HW 1"): 17.5}
    )  # fmt: skip
    before, after = (importers.table(one) for one in (CANVAS.encode(), data[3:]))
    # Nothing else is another than before.
    changed = [(x, y) for x, row in enumerate(before) for y, _ in enumerate(row)
               if row[y] != after[x][y]]  # fmt: skip
    assert changed == [(3, 5), (5, 5), (6, 5)]
    assert [len(row) for row in after] == [len(row) for row in before]
    assert "Eve Quist (eve), 1_initialization: already excused on Canvas, left as it is" in said
    assert "so their lines stay as they are: Nobody, Here" in said


def test_a_template_without_the_column_or_the_student(marked, tmp_path):
    template = tmp_path / "canvas.csv"
    template.write_text(
        CANVAS.replace('"Ng, Cleo",103,,cleo1', '"Lovelace, Ada",101,,ada1'), "utf-8"
    )
    data, said = exported(marked, tmp_path, "canvas", "--template", template, status=3)
    said = " ".join(said.split())
    left = said.partition("Left out")[2]
    assert "ada: 2 lines seem to be of this student; nothing is written into them" in left
    assert "Cleo Ng (cleo): no line of canvas.csv can be found for this student" in left
    assert (
        f"{FOUR} is in no column of canvas.csv, so marks are left out, of Ada Lovelace (ada)"
        in left
    )
    assert "it has HW 1 (55), HW 2 (56) and 1_initialization (57)" in left
    assert "1_initialization has 16 points here and 3 on Canvas" in said
    # Canvas may have a line above that of the points, and names in two columns.
    heading, *rows = importers.table(CANVAS.encode())
    parts = [[*re.split("[,;] ", row[0]), ""][:2] + row[1:] for row in rows]
    with template.open("w", encoding="utf-8", newline="") as file:
        hidden = [""] * 8 + ["Manual Posting", "", ""]
        lines = [["LastName", "FirstName", *heading[1:]], hidden, *parts]
        csv.writer(file).writerows(lines)
    options = ("--template", template, "--assignment", ONE, "--bonus", "keep")
    _, said = exported(marked, tmp_path, "canvas", *options)
    assert "1_initialization has 16 points here and 3 on Canvas" in said
    assert "so their lines stay as they are: Here Nobody\n" in said
    got = importers.canvas(data, PEOPLE, {57: ONE})
    assert {key: mark for key, mark in got.marks.items() if key[1] == ONE} == near(
        {("ben", ONE): BEN, ("eve", ONE): 4}
    )
    done = run(marked, "export", "--to", "canvas", "--template", template, "--assignment", LABS)
    assert done.exit_code == 2
    assert "5_labs is in no column of canvas.csv" in done.output


FIELDS = {"ID number": "", "Email address": "email", "User ID": "moodle", "Username": "id"}


@pytest.mark.parametrize(("field", "kind"), FIELDS.items())
def test_moodle_takes_every_line(marked, tmp_path, field, kind):
    options = ("--identify", kind) if kind else ()
    data, _ = exported(marked, tmp_path, "moodle", *options)
    got = importers.moodle(data, by(kind or "idnumber"), MAXIMA, field)
    assert {key: mark for key, mark in got.marks.items() if mark is not None} == near(
        FINAL | BONUS | NO_BONUS
    )
    assert got.complaints == []


def test_moodle_with_a_decimal_comma_a_text_and_no_bonus(marked, tmp_path):
    options = ("--decimal", "comma", "--feedback", "text", "--bonus", "cap")
    data, said = exported(marked, tmp_path, "moodle", *options)
    got = importers.moodle(data, by("idnumber"), {ONE: 16, FOUR: 8}, "ID number", True, True)
    wanted = {key: mark for key, mark in FINAL.items() if key[1] != LABS}
    assert {key: mark for key, mark in got.marks.items() if mark is not None} == near(wanted)
    assert "points above 16 were cut off, of 1 student: Cleo Ng (cleo) 1.5" in said
    assert "5_labs is left out: all its points are a bonus" in said
    assert got.comments["ben", ONE].splitlines() == [
        f"{FIRST.name}: 6.5 of 8",
        "• W1 is not drawn from a normal distribution. It is &lt;constant&gt;.",
        "• handed in late: -1.33333",
        f"{SECOND.name}: 7.25 of 8",
        "• W1 is not drawn from a normal distribution. It is &lt;constant&gt;.",
        "• handed in late: -1.33333",
    ]
    assert got.comments["eve", ONE].endswith(f"{SECOND.name}: 0 of 8, not handed in")
    assert "• comment: Very well: 2 &lt; 3 &amp; true." in got.comments["cleo", ONE]
    assert got.comments["ada", ONE] == f"{FIRST.name}: 8 of 8\n{SECOND.name}: 8 of 8"
    # Above a maximum, Moodle takes nothing at all.
    data, _ = exported(marked, tmp_path, "moodle", "--bonus", "keep")
    with pytest.raises(importers.RefusedError, match=r"17\.5 is out of range"):
        importers.moodle(data, by("idnumber"), MAXIMA, "ID number")


BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Availability"\t'
    '"HW 1 [Total Pts: 16 Score] |4711"\t"HW 2 [Total Pts: up to 8 Score] |_12_1"\r\n'
    '"Öz"\t"Dora"\t"dora"\t"4"\t"Yes"\t""\t""\r\n"Lovelace"\t"Ada"\t"ada"\t"1"\t"Yes"\t"3"\t""\r\n'
    '"Ng"\t"Cleo"\t"cleo"\t"3"\t"Yes"\t""\t""\r\n"Müller"\t"Ben"\t"ben"\t"2"\t"Yes"\t""\t""\r\n'
    '"Quist"\t"Eve"\t"eve"\t"5"\t"Yes"\t""\t"1"\r\n'
)


def test_blackboards_own_table_is_filled_in(marked, tmp_path):
    template = tmp_path / "gc_course_fullgc.xls"
    template.write_bytes(BLACKBOARD.encode("utf-16"))
    titles = ("--title", f"{ONE}=4711", "--title", f"{FOUR}=HW 2")
    options = ("--template", template, "--bonus", "cap", *titles)
    data, _ = exported(marked, tmp_path, "blackboard", *options)
    got = importers.blackboard(data, by("blackboard"), {"4711": ONE, "_12_1": FOUR})
    wanted = {key: mark for key, mark in FINAL.items() if key[1] != LABS}
    assert got.marks == near(wanted | {("eve", FOUR): 1})
    assert got.complaints == []
    rows, before = (importers.table(one, "\t", "utf-16") for one in (data, template.read_bytes()))
    assert [row[:5] for row in rows] == [row[:5] for row in before]
    assert data.decode("utf-16").splitlines()[0] == BLACKBOARD.splitlines()[0]
    # In German, with the same numbers.
    text = BLACKBOARD
    for one, other in {
        "Last Name": "Nachname", "First Name": "Vorname", "Username": "Benutzername",
        "Student ID": "Studenten-ID", "Total Pts: up to": "Gesamtpunkte: bis zu",
        "Total Pts: 16 Score": "Gesamtpunkte: 16 Ergebnis",
    }.items():  # fmt: skip
        text = text.replace(one, other)
    template.write_bytes(text.encode("utf-16"))
    again, _ = exported(marked, tmp_path, "blackboard", *options)
    assert importers.table(again, "\t", "utf-16")[1:] == rows[1:]
    done = run(marked, "export", "--to", "blackboard")
    assert (done.exit_code, "name it with --template" in done.output) == (2, True)


def test_brightspace(marked, tmp_path):
    data, _ = exported(marked, tmp_path, "brightspace")
    got = importers.brightspace(data, by("brightspace"), MAXIMA)
    assert got.marks == near(FINAL | BONUS | NO_BONUS)
    assert (got.complaints, got.new_items) == ([], [])
    template = tmp_path / "brightspace.csv"
    template.write_text(
        "OrgDefinedId,Username,Last Name,First Name,"
        "HW 1 Points Grade <Numeric MaxPoints:16 Weight:10>,End-of-Line Indicator\n"
        "#B-2,#ben,Müller,Ben,,#\n#B-1,#ada,Lovelace,Ada,3,#\n",
        encoding="utf-8",
    )
    options = ("--template", template, "--assignment", ONE, "--title", f"{ONE}=HW 1")
    data, said = exported(marked, tmp_path, "brightspace", *options, "--bonus", "cap", status=3)
    got = importers.brightspace(data, by("brightspace"), {"HW 1": 16})
    assert got.marks == near({("ben", "HW 1"): BEN, ("ada", "HW 1"): 16})
    assert (got.complaints, got.new_items) == ([], [])
    assert "Cleo Ng (cleo): no line of brightspace.csv" in said
    assert data.decode().splitlines()[1].startswith("#B-2,#ben,")


def test_for_any_program(marked, tmp_path):
    data, _ = exported(marked, tmp_path, "csv", "--by", "exercise")
    rows = {row["student"]: row for row in csv.DictReader(data.decode().splitlines())}
    assert [*rows] == ["ada", "ben", "cleo", "dora", "eve"]
    name = SECOND.name
    assert (rows["eve"][name], rows["eve"][f"{name} status"]) == ("", "not handed in")
    assert (rows["ben"][name], rows["ben"][f"{name} of"]) == ("5.91667", "8")
    assert rows["cleo"][f"{FIRST.name} bonus"] == "1.5"
    assert rows["dora"]["total"] == "0"
    done = exported(marked, tmp_path, "json", "--feedback", "text")[0]
    held = {one["id"]: one for one in json.loads(done)["students"]}
    mark = held["ben"]["marks"][ONE]
    assert mark["points"] == pytest.approx(BEN)
    assert mark["penalty"] == pytest.approx(8 / 3)
    assert mark["seconds_late"] == 25 * 3600
    assert "not drawn from a normal" in mark["feedback"]
    assert held["dora"]["marks"][ONE] == {
        "status": "not handed in", "points": None, "penalty": 0, "seconds_late": 0,
        "is_by_hand": False, "feedback": "",
    }  # fmt: skip
    assert held["cleo"]["marks"][ONE]["is_by_hand"]


def test_who_is_excused_is_not_given_a_zero(root, tmp_path):
    excused = root / "excused.csv"
    excused.write_text(f"student,assignment\ndora,{ONE}\nada,{FOUR}\n", encoding="utf-8")
    data, _ = exported(root, tmp_path, "canvas", "--missing", "zero")
    got = importers.canvas(data, PEOPLE).marks
    assert got["dora", ONE] == got["ada", FOUR] == "excused"
    assert got["dora", FOUR] == 0
    data, said = exported(root, tmp_path, "moodle", "--missing", "zero")
    got = importers.moodle(data, by("idnumber"), MAXIMA, "ID number").marks
    assert got["dora", ONE] is got["ada", FOUR] is None
    assert "excused, to be entered on Moodle by hand: Ada Lovelace (ada), Dora Öz (dora)" in said
    excused.write_text(f"student,assignment\ndoro,{ONE}\n", encoding="utf-8")
    done = run(root, "export", "--to", "csv")
    assert (done.exit_code, "line 2: there is no student 'doro'" in done.output) == (2, True)


# Identifiers that would not arrive as they are, and what is said of them.
STRANGE = {
    "=1+1": "a spreadsheet would take it for a formula",
    "@ada": "a spreadsheet would take it for a formula",
    "a\u200bda": "it has spaces or characters that an import would change",
    "00124": "is another student's, too",
    "": "the roster has nothing in the column idnumber",
}


@pytest.mark.parametrize("strange", STRANGE)
def test_an_identifier_arrives_to_the_byte_or_not_at_all(root, tmp_path, strange):
    path = root / "roster.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    kept = {"0": "-12", "2": 'a,"b"; c', "3": "+49123"}
    for number, text in kept.items():
        held["students"][int(number)]["ids"]["idnumber"] = text
    held["students"][4]["ids"]["idnumber"] = strange
    path.write_text(json.dumps(held), encoding="utf-8")
    options = ("--missing", "zero", "--identify", "idnumber")
    data, said = exported(root, tmp_path, "moodle", *options, status=3)
    left = " ".join(said.partition("Left out")[2].split())
    assert "Eve Quist (eve) is left out" in left
    assert STRANGE[strange] in left
    names = [row[0] for row in importers.table(data)[1:]]
    expected = ["-12", "00124", 'a,"b"; c', "+49123"]
    assert names == [one for one in expected if one != strange]
    assert b"'" not in data


def test_nothing_is_written_over_and_nobody_is_hidden(root, tmp_path):
    own = tmp_path / "mine.csv"
    own.write_text("my own notes", encoding="utf-8")
    done = run(root, "export", "--to", "csv", "--out", own)
    assert (done.exit_code, own.read_text(encoding="utf-8")) == (2, "my own notes")
    assert "pass --force to replace it" in done.output
    done = run(root, "export", "--to", "csv")
    (made,) = (root / "exports").iterdir()
    assert done.exit_code == 0
    assert made.name.startswith("csv-")
    template = tmp_path / "canvas.csv"
    template.write_text(CANVAS, encoding="utf-8")
    again = ("--template", template, "--out", template, "--force")
    done = run(root, "export", "--to", "canvas", *again)
    assert "is the template, which is never changed" in done.output
    assert template.read_text(encoding="utf-8") == CANVAS.replace("\r\n", "\n")
    # A class of which the roster says nothing.
    (root / "roster.json").unlink()
    done = run(root, "export", "--to", "moodle", "--identify", "username")
    assert (done.exit_code, "has no column 'username'" in done.output) == (2, True)
    data, _ = exported(root, tmp_path, "moodle", "--identify", "id")
    assert importers.table(data)[0][0] == "Username"


WRONG = {
    "unknown assignment": (("csv", "--assignment", "HW"), "unknown assignment 'HW'"),
    "unknown title": (("csv", "--title", "HW=1"), "there is no assignment or exercise 'HW'"),
    "no title": (("csv", "--title", ONE), "write it as NAME=TITLE"),
    "same title": (("csv", "--title", f"{ONE}={FOUR}"), "two columns would have the title"),
    "no marks": (("csv", "--assignment", "2_forward_propagation"), "has no marks in the gradebook"),
    "Canvas's own": (("canvas", "--title", f"{ONE}=Final Grade"), "Canvas would drop the column"),
    "text": (("canvas", "--feedback", "text"), "Canvas's table has no place for a text"),
    "pages": (("csv", "--feedback", "pages"), "--feedback pages is for Moodle"),
    "comma": (("json", "--decimal", "comma"), "JSON always has a decimal point"),
    "template": (("moodle", "--template", "x.csv"), "--template is for Canvas"),
    "no template": (("canvas", "--template", "none.csv"), "none.csv cannot be read"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_usage_is_one_sentence(marked, kind):
    (name, *options), said = WRONG[kind]
    done = run(marked, "export", "--to", name, *options)
    assert (done.exit_code, said in done.output) == (2, True), done.output


BAD_TEMPLATES = {
    "Excel": (b"PK\x03\x04", "is an Excel or OpenDocument file"),
    "empty": (b"", "is empty"),
    "other": (b"a,b\n1,2\n", "is not what Canvas exports"),
    "torn": (CANVAS.encode()[:-8] + b'"', "is not a table that can be read"),
    "binary": (b"Student,ID\0", "is not text"),
}


@pytest.mark.parametrize("kind", BAD_TEMPLATES)
def test_a_template_that_is_none_is_named(marked, tmp_path, kind):
    data, said = BAD_TEMPLATES[kind]
    path = tmp_path / "template.csv"
    path.write_bytes(data)
    done = run(marked, "export", "--to", "canvas", "--template", path)
    assert (done.exit_code, said in done.output) == (2, True), done.output


def test_work_without_a_mark_is_named(root, tmp_path):
    folder = root / "submitted" / "dora" / ONE
    folder.mkdir(parents=True)
    (folder / f"{FIRST.notebook}.ipynb").write_text("{}", encoding="utf-8")
    data, said = exported(root, tmp_path, "canvas", "--missing", "zero", status=3)
    assert "Dora Öz (dora): 1_initialization is not graded to the end" in said
    assert ("dora", ONE) not in importers.canvas(data, PEOPLE).marks


def test_moodle_takes_the_pages_back(root, tmp_path):
    sent = tmp_path / "HW 1-7001.zip"
    names = {"ada": "Ada Lovelace_7001", "ben": "Müller  Ben_7002"}
    with zipfile.ZipFile(sent, "w") as archive:
        for name in names.values():
            archive.writestr(f"{name}_assignsubmission_file_/{FIRST.notebook}.ipynb", RIGHT)
        # What a student calls a folder has no say in who gets whose page.
        own = f"{names['ben']}_assignsubmission_file_"
        archive.writestr(f"{own}/{names['ada']}_assignsubmission_file_/a.txt", b"mine")
        archive.writestr(f"{own}/x; ada/{ONE}/a.txt", b"mine")
    done = run(root, "collect", sent)
    assert done.exit_code == 0, done.output
    # As where a person has put an identifier in the place of the name.
    (listing,) = (root / "collected").glob("*-moodle/files.csv")
    listed = listing.read_text(encoding="utf-8").replace("Ada Lovelace_7001", "ada_l_7001")
    listing.write_text(listed, encoding="utf-8")
    held = recorded_marks(address(root / "gradebook.db")).marks
    for student in ("ada", "ben", "cleo"):
        for exercise in (FIRST, SECOND):
            page = root / "feedback" / student / exercise.notebook_path
            page.parent.mkdir(parents=True, exist_ok=True)
            end = end_of_page(held[student, exercise.notebook].marks.digest)
            page.with_suffix(".html").write_text(f"<html>{student}</html>{end}", encoding="utf-8")
    # Archives that are there stay, and then there is no table either.
    own = tmp_path / f"own-{ONE}-feedback.zip"
    own.write_bytes(b"my own")
    done = run(
        root, "export", "--to", "moodle", "--feedback", "pages", "--out", tmp_path / "own.csv"
    )
    assert (done.exit_code, own.read_bytes()) == (2, b"my own")
    assert not (tmp_path / "own.csv").exists()
    stale = root / "feedback" / "ben" / ONE / f"{SECOND.notebook}.html"
    stale.write_text("<html>of before</html>", encoding="utf-8")
    options = ("--feedback", "pages", "--assignment", ONE)
    _, said = exported(root, tmp_path, "moodle", *options, status=3)
    data = (tmp_path / f"moodle-{ONE}-feedback.zip").read_bytes()
    assert importers.moodle_feedback(data, {7001: "ada", 7002: "ben"}) == {
        "ada": [f"{FIRST.notebook}.html", f"{SECOND.notebook}.html"],
        "ben": [f"{FIRST.notebook}.html"],
    }
    left = " ".join(said.partition("Left out")[2].split())
    assert f"the page on {SECOND.name} shows other marks than the gradebook" in left
    assert "Cleo Ng (cleo): no feedback on 1_initialization: nothing that was collected" in left


def test_moodles_folder_is_read_from_lists_of_any_kind(tmp_path):
    listing = tmp_path / "collected" / "2026-11-30-moodle" / "files.csv"
    listing.parent.mkdir(parents=True)
    listing.write_text(
        "file,what was done,in submitted/,why\n"
        f"Ada L_7_assignsubmission_onlinetext_/onlinetext.html,taken,ada/{ONE}/a.html,\n"
        f"ben_8/work.ipynb,taken,ben/{ONE}/work.ipynb,\n",
        encoding="utf-8",
    )
    course = Course(tmp_path)
    # Pages go back among the files, also where a text was handed in.
    assert moodle_folders(course) == {("ada", ONE): "Ada L_7_assignsubmission_file_"}
    # Patterns of the course's own that say no number, and a table of somebody else.
    (tmp_path / "collect.toml").write_text(
        "[moodle]\npaths = ['(?P<student>[a-z]+)_8/(?P<file>.+)']", encoding="utf-8"
    )
    with pytest.raises(ExportError, match="needs the numbers that Moodle gave"):
        moodle_folders(course)
    listing.write_text("name;mark\nada;7\n", encoding="utf-8")
    with pytest.raises(ExportError, match="needs the numbers that Moodle gave"):
        moodle_folders(course)


@pytest.mark.filterwarnings("ignore:Object of type <Submitted")
def test_an_assignment_that_is_nbgraders_alone(root, tmp_path):
    (root / "source" / "ps1").mkdir(parents=True)
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        gradebook.add_assignment("ps1")
        # Two notebooks; a name may be that of another assignment's notebook.
        for notebook in (FIRST.notebook, "b"):
            gradebook.add_notebook(notebook, "ps1")
            gradebook.add_grade_cell("test", notebook, "ps1", max_score=5, cell_type="code")
        gradebook.add_solution_cell("test", "b", "ps1")
        for student, scores in {"ada": (5, 4), "ben": (3, 2), "cleo": (5, None)}.items():
            for one, score in zip(gradebook.add_submission("ps1", student).notebooks, scores,
                                  strict=True):  # fmt: skip
                (grade,) = one.grades
                grade.auto_score, grade.manual_score = (
                    (score, None) if one.name == FIRST.notebook else (None, score)
                )
        own = gradebook.find_submission_notebook(FIRST.notebook, "ps1", "ada").grades[0]
        own.extra_credit = 2
        gradebook.find_submission_notebook("b", "ps1", "ben").late_submission_penalty = 1.5
        gradebook.db.commit()
    data, said = exported(root, tmp_path, "canvas", "--assignment", "ps1", status=3)
    got = importers.canvas(data, PEOPLE)
    assert got.marks == {("ada", "ps1"): 10, ("ada", "ps1 bonus"): 1, ("ben", "ps1"): 3.5,
                         ("ben", "ps1 bonus"): 0}  # fmt: skip
    assert got.possible == {"ps1": 10, "ps1 bonus": 0}
    assert "Cleo Ng (cleo): ps1 is not graded to the end: run `nbgrader autograde ps1`" in said
    # The course's own marks do not change for it.
    data, said = exported(root, tmp_path, "csv")
    assert (
        "ps1, which nbgrader alone grades, is not in this table: export it with --assignment ps1"
        in said
    )
    own = data.decode().splitlines()
    rows = {row["student"]: row for row in csv.DictReader(own)}
    assert (rows["ada"][ONE], rows["ada"]["total"]) == ("16", "24")
    for option in ("--by", "--feedback"):
        done = run(root, "export", "--to", "csv", "--assignment", "ps1", option,
                   {"--by": "exercise", "--feedback": "text"}[option])  # fmt: skip
        assert done.exit_code == 2
        assert "is for the course's own assignments: ps1 is graded by nbgrader" in done.output


def test_an_identifier_of_one_kind_is_not_taken_for_another(root, tmp_path):
    """Eve's number in the registry is Ada's on Canvas, and Ben's user name is nobody's here."""
    template = tmp_path / "canvas.csv"
    lines = ['"Quist, Eve",,101,,A,', '"Else, Somebody",,,ben,A,', '"Ng, Cleo",,,unknown,A,']
    heading = "Student,ID,SIS User ID,SIS Login ID,Section,1_initialization (57)"
    template.write_text("\n".join([heading, *lines]), encoding="utf-8")
    options = ("--template", template, "--assignment", ONE, "--bonus", "cap")
    data, said = exported(root, tmp_path, "canvas", *options, status=3)
    assert [row[5] for row in importers.table(data)[1:]] == ["4", "", "16"]
    assert "so their lines stay as they are: Else, Somebody" in said
    # Nor does it cost Ada her mark that somebody there has her name.
    namesake = '"Lovelace, Ada",999,,other,A,'
    template.write_text("\n".join([heading, '"Lovelace, Ada",101,,,A,', namesake]), "utf-8")
    data, said = exported(root, tmp_path, "canvas", *options, status=3)
    assert [row[5] for row in importers.table(data)[1:]] == ["16", ""]
    assert "so their lines stay as they are: Lovelace, Ada" in said
    # And no number on Canvas is taken for one on Moodle.
    held = json.loads((root / "roster.json").read_text(encoding="utf-8"))
    for one in held["students"]:
        one["ids"], one["email"] = {"canvas": one["ids"]["canvas"]}, ""
    (root / "roster.json").write_text(json.dumps(held), encoding="utf-8")
    shutil.copy(root / "gradebook.db", tmp_path / "without.db")
    with Gradebook(address(tmp_path / "without.db")) as gradebook:
        for one in gradebook.students:
            one.email = None
        gradebook.db.commit()
    url = address(tmp_path / "without.db")
    done = run(root, "export", "--to", "moodle", "--db", url)
    assert done.exit_code == 2
    assert "the roster does not say how Moodle calls the students" in done.output


def test_no_error_of_a_student_is_a_formula_in_moodles_table():
    mark = Mark("graded", 3.0, feedback="8 of 9\n• ValueError: no;=1+1 <b>")
    table = Table([Column(ONE, 16, ONE)], [MarksRow(Student("ada"), {ONE: mark}, 3.0)])
    options = Options(identify="id", with_feedback=True)
    sheet = by_one_identifier(table, options, MOODLE)
    assert sheet.rows[1][-1] == "8 of 9\n• ValueError: no;'=1+1 &lt;b&gt;"
