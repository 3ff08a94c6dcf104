"""Deadlines, extensions, late work, groups and marks by hand: everywhere the same final numbers."""

import csv
import json
import re
import shutil
from datetime import datetime
from statistics import median

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from tests import importers
from tests.command import in_course
from tests.gradebooks import address
from tests.submissions import hand_in
from workbook.course.exercises import of_assignment
from workbook.course.folder import Course
from workbook.course.nbgrader_course import course_config

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("kept_judges")]

ONE = "1_initialization"
FIRST, SECOND = of_assignment(ONE)
ROSTER = """id,name,group,canvas,idnumber,blackboard,brightspace
ada,Ada Lovelace,,1,a,ada,01
ben,Ben Müller,,2,b,ben,02
cleo,Cleo Ng,,3,c,cleo,03
dora,Dora Öz,red,4,d,dora,04
emmy,Emmy Noether,red,5,e,emmy,05
finn,Finn Ode,red,6,f,finn,06
tor,Tor Ågård,,7,t,tor,07
uma,Uma Void,,8,u,uma,08
"""
STUDENTS = list(csv.DictReader(ROSTER.splitlines()))
DUE = datetime(2026, 3, 1, 12)
LATE, VERY_LATE = "2026-03-02 12:00:00 UTC", "2026-03-04 12:00:00 UTC"
# A point from each notebook for each day that has begun.
RULE = """
from nbgrader.plugins import LateSubmissionPlugin


class ByTheDay(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return -(-total_seconds_late // 86400)


c.AssignLatePenalties.plugin_class = ByTheDay
"""
BLACKBOARD = "".join(
    "\t".join(f'"{cell}"' for cell in row) + "\r\n"
    for row in [["Last Name", "Username", f"{ONE} [Total Pts: 16 Score] |77"]]
    + [["x", one["blackboard"], ""] for one in STUDENTS]
)


def run(root, *options, status=0):
    done = in_course(root, *options)
    assert done.exit_code == status, done.output
    return done.output


def in_time(root, student, text):
    (root / "submitted" / student / ONE / "timestamp.txt").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def graded(copy_course, tmp_path_factory):
    """A class that was graded, changed by hand and by its students, and graded again."""
    root = copy_course(tmp_path_factory.mktemp("late") / "course")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(RULE)
    (root / "students.csv").write_text(ROSTER, encoding="utf-8")
    assert "Groups that hand in together: red." in run(root, "roster", root / "students.csv")
    url = address(root / "gradebook.db")
    with Gradebook(url) as gradebook:
        gradebook.update_or_create_assignment(ONE, duedate=DUE)
    submitted = root / "submitted"
    for student in ("ada", "ben", "cleo", "dora", "tor"):
        for exercise in (FIRST, SECOND):
            hand_in(submitted, student, exercise, "")
    hand_in(submitted, "tor", FIRST, "no_factor")
    # Of the group, Dora has handed in everything, late; Emmy one notebook, in time; Finn nothing.
    hand_in(submitted, "emmy", SECOND, "no_factor")
    for student, time in {"ben": LATE, "cleo": LATE, "dora": VERY_LATE}.items():
        in_time(root, student, time)
    in_time(root, "emmy", "2026-03-01 11:00:00 UTC")
    first = run(root, "grade", submitted)
    with Gradebook(url) as gradebook:
        gradebook.grant_extension(ONE, "cleo", days=2)
        gradebook.grant_extension(ONE, "emmy", days=1)
        ben = gradebook.find_submission_notebook(FIRST.notebook, ONE, "ben")
        ben.grades[0].manual_score = ben.grades[0].auto_score - 1.5
        ada = gradebook.find_submission_notebook(FIRST.notebook, ONE, "ada")
        ada.grades[0].extra_credit = 1.25
        gradebook.find_submission_notebook(FIRST.notebook, ONE, "finn").comments[
            0
        ].manual_comment = "You explained it best."
        gradebook.db.commit()
    hand_in(submitted, "tor", FIRST, "")
    return root, first, run(root, "grade", submitted, "--force")


def gradebook_of(root):
    """Return the marks as nbgrader's own exporter counts them."""
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        return {
            one.student_id: max(0.0, one.score - (one.late_submission_penalty or 0.0))
            for one in gradebook.assignment_submissions(ONE)
        }


def test_a_penalty_that_has_moved_is_listed(graded):
    _, first, said = graded
    moved = said.partition("Marks that changed")[2]
    assert f"(cleo), {FIRST.name}: late penalty 1 -> 0" in moved
    assert "(ben), " not in moved.partition("\n\n")[0]
    assert "late penalty" not in first


def test_a_preview_says_what_the_same_run_would_move(graded):
    root = graded[0]
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        gradebook.grant_extension(ONE, "cleo", days=0)
    try:
        # A penalty is computed anew by --force alone.
        assert "No mark would change." in run(root, "grade", root / "submitted", "--preview")
        said = run(root, "grade", root / "submitted", "--preview", "--force")
        assert "(cleo): 16 -> 14 (late penalty 0 -> 2)" in said
    finally:
        with Gradebook(address(root / "gradebook.db")) as gradebook:
            gradebook.grant_extension(ONE, "cleo", days=2)


def test_the_same_final_marks_everywhere(graded, tmp_path):
    root, _, said = graded
    finals = gradebook_of(root)
    second = finals["dora"] + 6 - 8
    assert finals == {
        "ada": 17.25,
        # A day late, which costs a point a notebook.
        "ben": 12.5,
        # With two days more, she is in time.
        "cleo": 16,
        # The group is three days late: Emmy has a day more.
        "dora": 8 + second - 6,
        "emmy": 8 + second - 4,
        "finn": 8 + second - 6,
        "tor": 16,
    }
    with (root / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert {one: float(row["total"]) for one, row in rows.items()} == finals | {"uma": 0}
    assert (rows["ben"]["hours late"], rows["ben"]["late penalty"]) == ("24", "2")
    assert (rows["emmy"]["hours late"], rows["finn"]["hours late"]) == ("48", "72")
    assert rows["cleo"]["hours late"] == ""
    assert {one for one, row in rows.items() if row["group"]} == {"dora", "emmy", "finn"}
    table = [line.split() for line in said.splitlines()]
    shown = {line[0]: float(line[-1]) for line in table if line and line[0] in rows}
    assert shown == finals | {"uma": 0}
    assert f"Tor Ågård (tor), {FIRST.name}: " in said
    page = (root / "report.html").read_text("utf-8")
    listed = re.findall(r'<th scope="row" class="who">(.*?)</tr>', page, re.DOTALL)
    totals = {one["id"]: [row.rpartition("<td>")[2] for row in listed if one["name"] in row]
              for one in STUDENTS}  # fmt: skip
    assert totals == {one: [f"{mark:g}</td>"] for one, mark in (finals | {"uma": 0}).items()}
    page = " ".join(re.sub("<[^>]*>", " ", page).split())
    assert f"{median(finals.values()):g} of 16 points: the median" in page
    for student, mark in finals.items():
        pages = (root / "feedback" / student / ONE).glob("*.html")
        text = " ".join(re.sub("<[^>]*>", " ", next(pages).read_text("utf-8")).split())
        assert f"{mark:g} of 16 points for the whole assignment" in text
    assert exports(root, tmp_path) == dict.fromkeys(
        ("canvas", "moodle", "blackboard", "brightspace", "csv", "json"), finals
    )


def exports(root, tmp_path):
    """Return the marks of each export as its platform reads them."""

    def made(name, *options):
        path = tmp_path / f"{name}.out"
        run(root, "export", "--to", name, "--out", path, "--bonus", "keep", *options)
        return path.read_bytes()

    def by(column):
        return {one[column]: one["id"] for one in STUDENTS}

    def marks(imported):
        return {who: mark for (who, _), mark in imported.marks.items() if mark is not None}

    template = tmp_path / "gc.xls"
    template.write_bytes(BLACKBOARD.encode("utf-16"))
    people = [{"key": one["id"], "id": one["canvas"]} for one in STUDENTS]
    moodle = importers.moodle(made("moodle"), by("idnumber"), {ONE: 20}, "ID number")
    blackboard = made("blackboard", "--template", template)
    brightspace = importers.brightspace(made("brightspace"), by("brightspace"), {ONE: 20})
    plain = [*csv.DictReader(made("csv").decode().splitlines())]
    assert [row["group"] for row in plain] == [one["group"] for one in STUDENTS]
    return {
        "canvas": marks(importers.canvas(made("canvas"), people)),
        "moodle": marks(moodle),
        "blackboard": marks(importers.blackboard(blackboard, by("blackboard"), {"77": ONE})),
        "brightspace": marks(brightspace),
        "csv": {row["student"]: float(row[ONE]) for row in plain if row[ONE]},
        "json": {one["id"]: one["marks"][ONE]["points"]
                 for one in json.loads(made("json"))["students"]
                 if one["marks"][ONE]["status"] == "graded"},
    }  # fmt: skip


def test_a_groups_work_counts_for_all_its_members(graded, tmp_path):
    root, first, _ = graded
    assert f"Finn Ode (finn), {FIRST.name} (graded): handed in by dora for the group red" in first
    note = "of the group red, the notebook of emmy counts, and not that of dora: it came after the"
    assert f"Dora Öz (dora), {SECOND.name} (graded): {note} deadline" in " ".join(first.split())
    page = root / "feedback" / "finn" / ONE / f"{FIRST.notebook}.html"
    assert "You explained it best." in page.read_text(encoding="utf-8")
    other = root / "feedback" / "dora" / ONE / f"{FIRST.notebook}.html"
    assert "You explained it best." not in other.read_text(encoding="utf-8")
    # Asked for one of them, the whole group is graded.
    copy = shutil.copytree(root, tmp_path / "course")
    hand_in(copy / "submitted", "dora", SECOND, "")
    in_time(copy, "dora", "2026-03-01 11:30:00 UTC")
    said = run(copy, "grade", copy / "submitted", "--student", "finn")
    assert "the whole group red is graded: dora, emmy and finn" in said
    assert {one: gradebook_of(copy)[one] for one in ("dora", "emmy", "finn", "ben")} == {
        "dora": 16, "emmy": 16, "finn": 16, "ben": 12.5,
    }  # fmt: skip


def test_nbgrader_itself_gives_a_group_the_same_marks(graded, tmp_path):
    root = shutil.copytree(graded[0], tmp_path / "course")
    before = gradebook_of(root)
    copies = len([*(root / "gradebook-copies").iterdir()])
    config = course_config(Course(root), root, address(root / "gradebook.db"), ONE)
    said = NbGraderAPI(CourseDirectory(config=config), config=config).autograde(ONE, "dora")
    assert said["success"], said
    assert gradebook_of(root) == before
    assert len([*(root / "gradebook-copies").iterdir()]) == copies + 1


@pytest.mark.parametrize("folder", ["release", "source"])
def test_a_course_without_its_notebooks_is_one_sentence(graded, tmp_path, folder):
    root = shutil.copytree(graded[0], tmp_path / "course")
    before = (root / "gradebook.db").read_bytes()
    shutil.rmtree(root / folder)
    said = run(root, "grade", root / "submitted", "--force", status=2)
    assert said.count("\n") == 1
    assert f"{root / folder} is missing. Run `workbook build`, which writes it" in said
    assert (root / "gradebook.db").read_bytes() == before
