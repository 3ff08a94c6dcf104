"""`report.html`: what a class did, on one page."""

import base64
import hashlib
import html
import os
import re
import shutil
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from tests.class_of_twelve import EXPECTED
from tests.command import in_course
from tests.html_page import Page
from tests.marked import marks_of, recorded
from tests.submissions import written
from tests.test_class import read_results, words
from workbook.course.exercises import EXERCISES, NOTEBOOKS, find
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.class_marks import class_marks
from workbook.grade.gradebook.recorded_marks import Recorded
from workbook.grade.gradebook.students import enter_students
from workbook.grade.report.page import write_report
from workbook.grade.report.tables import write_anonymous, write_tables
from workbook.grade.report.tally import Tally
from workbook.grade.roster.roster import Roster, Student
from workbook.grade.submissions.plan import Graded, Moved, SummaryLine
from workbook.grade.submissions.results import Result, write_result

HOSTILE = "<img src=x onerror=alert(1)>"
DASH = "\N{EN DASH}"


class Report(Page):
    """A report's HTML, with its tables, and the words that are shown."""

    def __init__(self, text):
        super().__init__(text)
        self.text, body = text, BeautifulSoup(text, "html.parser").body
        for tag in body.find_all(True):
            if tag.name not in ("bdi", "code", "wbr"):
                tag.append(" ")
        self.shown, self.tables = words(body.get_text()), []
        for table in body.find_all("table"):
            headers, *rows = (
                [words(cell.get_text()) for cell in row.find_all(("th", "td"))]
                for row in table.find_all("tr")
            )
            caption = words(table.caption.get_text())
            self.tables.append({"caption": caption, "headers": headers, "rows": rows})

    def rows(self, caption):
        """Return the rows of the tables with this caption."""
        return [row for table in self.tables if table["caption"].startswith(caption)
                for row in table["rows"]]  # fmt: skip


def result(student, name, passed=8, failed=0, status="graded", diagnosis=None, **more):
    """Return a result whose tests have one point each."""
    exercise = find(name)
    tests = [Verdict(f"t{n}", f"property {n}", True, 1, 1) for n in range(passed)]
    tests += [
        Verdict(f"t{n}", f"property {n}", False, 0, 1, "it does not hold", diagnosis)
        for n in range(passed, passed + failed)
    ]
    return Result(student, exercise.assignment, name, status, passed, passed + failed,
                  tuple(tests), **more)  # fmt: skip


def reported(folder, results, **facts):
    """Write the report of these results, and return it."""
    tally, marks = Tally(), marks_of(results)
    tally.count(iter(results), recorded(results).marks)
    tally.add_totals(marks.values())
    lines = [
        SummaryLine(one.student, one.exercise, one.status, one.points, one.notes) for one in results
    ]
    write_report(folder / "report.html", tally, Graded(lines, **{"marks": marks, **facts}))
    assert [path.name for path in folder.glob("report*")] == ["report.html"]
    return report_in(folder)


def report_in(folder):
    return Report((folder / "report.html").read_text(encoding="utf-8"))


def a_class():
    """Four students, two exercises, one of them wrong in a known way."""
    flat = "db has lost an axis: see `keepdims`."
    return [
        result("ada", "linear_backward", 12, answered=True),
        result("ada", "linear_forward", 8, answered=True),
        result("emmy", "linear_backward", 9, 3, diagnosis=flat, answered=True),
        result("josé", "linear_backward", 6, 6, diagnosis=flat, answered=True),
        result("josé", "linear_forward", 0, 8, answered=False),
        result("zoë", "linear_backward", 0, 12, "missing"),
        result("zoë", "linear_forward", 0, 8, "invalid", notes=("the file is not JSON",)),
    ]


def test_one_file_that_runs_its_own_script_and_fetches_nothing(tmp_path):
    page = reported(tmp_path, a_class(), problems=["tom: unknown assignment"])
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"link", "img", "iframe", "object", "form", "base"}
    assert not [name for _, attributes in page.tags for name in attributes if name[:2] == "on"]
    assert all(link.startswith("#") for link in page.links)
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv")]
    script = BeautifulSoup(page.text, "html.parser").script.string
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    )
    assert not re.search(r"https?:|url\(|@import|\bsrc=", page.text)


def test_tables_have_captions_and_headers_and_drawings_stand_beside_text(tmp_path):
    moved = [Moved("ada", "linear_backward", 3, 12)]
    page = reported(tmp_path, a_class(), moved=moved)
    assert len(page.tables) == 9
    for table in page.tables:
        assert table["caption"]
        assert table["rows"]
        assert all(len(row) == len(table["headers"]) for row in table["rows"])
        # Only a column of drawings has no header.
        for header, *cells in zip(table["headers"], *table["rows"], strict=True):
            assert header or not any(cells)
    assert all(a.get("aria-hidden") == "true" for tag, a in page.tags if tag == "svg")
    assert {"lang": "en"} in [a for tag, a in page.tags if tag == "html"]
    names = [a["id"] for _, a in page.tags if "id" in a]
    assert len(set(names)) == len(names)
    assert {link[1:] for link in page.links} <= set(names)


def test_what_students_write_is_harmless(tmp_path):
    name = f"{HOSTILE} & co"
    odd = f"{HOSTILE}\n\x1b[31m\u202eevil\u202c \udcff" + "x" * 5000
    hostile = result(name, "linear_backward", 3, 9, "crashed", odd, notes=(odd, "`" + odd))
    moved = [Moved(name, "linear_backward", 1, 3)]
    page = reported(tmp_path, [hostile], moved=moved, problems=[f"{name}: {odd}"])
    assert "img" not in page.names
    assert html.escape(HOSTILE) in page.text
    assert not re.search("[\x1b\u202e\u202c\udcff]", page.text)
    assert "x" * 500 not in page.text


def test_numbers_at_a_glance(tmp_path):
    moved = [Moved("ada", "linear_backward", 3, 12)]
    problems = ["tom: unknown assignment '5_labs'", "ann: gone"]
    shown = reported(tmp_path, a_class(), judged=3, moved=moved, problems=problems).shown
    for said in (
        "This grading judged 3 submissions; 4 had not changed",
        "4 students, 6 notebooks",
        "7.5 of 20 points: the median",
        "2 answers failed a hidden test",
        "1 mark changed",
        "1 submission to look at",
        "2 problems in this grading",
        "tom: unknown assignment '5_labs'",
    ):
        assert said in shown


def test_the_class_comes_first_with_a_cell_for_each_mark(tmp_path):
    page_of_emmy = tmp_path / "feedback" / "emmy" / find("linear_backward").notebook_path
    page_of_emmy.parent.mkdir(parents=True)
    page_of_emmy.with_suffix(".html").touch()
    results = a_class()
    held = recorded(results)
    key = "emmy", find("linear_backward").notebook
    held.marks[key] = replace(
        held.marks[key], points=9.25, is_by_hand=True, penalty=2.0, seconds_late=90.0
    )
    held.students |= {"emmy": "Emmy Noether", "uma": f"Uma {HOSTILE}"}
    tally = Tally()
    tally.count(iter(results), held.marks)
    tally.add_absent(held.students)
    marks = class_marks(held, tally.missing, {"emmy": Student("emmy", section="A")})
    write_report(tmp_path / "report.html", tally, Graded(marks=marks))
    page = report_in(tmp_path)
    table = page.tables[0]
    assert table["headers"] == ["student", "section", "3 linear_forward", "7 linear_backward",
                                "total"]  # fmt: skip
    assert table["rows"] == [
        ["class mean", "", "2.7 /8", "9.1 /12", "8.3 /20"],
        ["ada", "", "8", "12", "20"],
        ["Emmy Noether emmy", "A", f"{DASH} not handed in",
         "9.25 ◷ late ✎ hand", "7.25"],
        ["josé", "", "0", "6", "6"],
        [f"Uma {HOSTILE} uma", "", f"{DASH} not handed in", f"{DASH} not handed in", "0"],
        ["zoë", "", "0 ! cut off", f"{DASH} not handed in", "0"],
    ]  # fmt: skip
    body = BeautifulSoup(page.text, "html.parser")
    assert [row.get("data-kind") for row in body.select("#marks tbody tr")] == [
        None, "hlm", None, "mn", "em",
    ]  # fmt: skip
    link = "feedback/emmy/3_backward_propagation/07_linear_backward.html#linear_backward"
    assert [one["href"] for one in body.select("#marks a")] == [link, link]
    # The names stand beside the identifiers elsewhere, too.
    assert "Emmy Noether (emmy)" in page.shown


def test_tests_that_count_otherwise_are_named(tmp_path):
    how = "everybody who has handed in gets the points of this test"
    voided = {"t9": {"how": how, "points": 0.0, "max_points": 1.0}}
    page = reported(tmp_path, [result("emmy", "linear_backward", 10, 2, voided=voided)])
    assert page.tables[0]["rows"][1] == ["emmy", "10 ⊘ void", "10"]
    assert page.rows("Hidden tests that count") == [["linear_backward t9", f"property 9 {how}"]]


@pytest.mark.slow
def test_the_report_without_names_has_none(tmp_path):
    root = tmp_path / "course"
    root.mkdir()
    names = {"ada": "Ada Lovelace", "emmy": "Emmy Noether", "josé": "", "uma": "Uma Thurman"}
    said = "`lovelace` does not exist."
    odd = result("ada", "compute_cost", 3, 7, "crashed", said, notes=("ada_07.ipynb is older",))
    results = [*a_class(), odd]
    for one in results:
        write_result(root / "results", one)
    database = f"sqlite:///{root / 'gradebook.db'}"
    course, shown = Course(root), []
    for new in ({}, {"tor": "Tor Hopper"}):
        students = [Student(id, *name.split()) for id, name in (names | new).items()]
        enter_students(database, Roster(tuple(students)))
        assert write_anonymous(course, root, database) == len(names) + 1 + len(new)
        text = (root / "report-anonymous.html").read_text(encoding="utf-8")
        assert not re.search(
            r"\b(ada|emmy|josé|zoë|uma|tor|lovelace|noether|thurman|hopper)\b", text, re.I
        )
        assert "feedback/" not in text.partition("</main>")[0]
        page = Report(text)
        assert "db has lost an axis" in page.shown
        shown.append({row[0] for row in page.tables[0]["rows"][1:]})
    # A new student changes nobody's number.
    assert shown[0] < shown[1]
    assert all(re.fullmatch(r"\d{6}", number) for number in shown[1])


def test_totals_are_shares_of_what_was_set_so_far(tmp_path):
    page = reported(tmp_path, a_class())
    rows = page.rows("Students by their share")
    assert {row[0]: row[2] for row in rows if row[2] != "0"} == {
        "all points": "1 student ada",
        "40 to 49 %": "1 student emmy",
        "30 to 39 %": "1 student josé",
        "0 to 9 %": "1 student zoë",
    }
    assert [row[0] for row in rows][::10] == ["all points", "0 to 9 %"]
    assert "Out of 20 points (2 exercises so far), the median is 7.5 and the mean 8.8" in page.text


def test_a_row_for_each_exercise(tmp_path):
    page = reported(tmp_path, a_class())
    rows = page.rows("What the class earned")
    # Mean points, a drawing, handed in, not handed in, full marks, zero, the stub.
    assert [[word for word in row if word] for row in rows] == [
        ["3 linear_forward", "2.7 of 8", "3", "1", "1", "2", "1"],
        ["7 linear_backward", "9 of 12", "3", "1", "1", "0", "0"],
    ]
    absent = page.rows("Exercises that students have not")
    assert absent == [
        ["3 linear_forward", "1 student emmy"],
        ["7 linear_backward", "1 student zoë"],
    ]


def test_hidden_tests_by_how_many_failed_them(tmp_path):
    page = reported(tmp_path, a_class())
    rows = page.rows("Hidden tests")
    # A stub and a broken file say nothing of a test: linear_forward has one answer, a right one.
    assert [(row[0], row[2]) for row in rows] == [
        *(
            ("67 %", f"property {n} linear_backward: 2 of 3 answers; linear_backward/t{n}")
            for n in (9, 10, 11)
        ),
        *(
            ("33 %", f"property {n} linear_backward: 1 of 3 answers; linear_backward/t{n}")
            for n in (6, 7, 8)
        ),
    ]
    assert "Tests that nobody failed: 14." in page.shown


def test_mistakes_by_how_many_made_them(tmp_path):
    rare = result("tor", "linear_forward", 4, 4, diagnosis="A and W the other way round.")
    page = reported(tmp_path, [*a_class(), rare])
    assert page.rows("Mistakes") == [
        ["2", "db has lost an axis: see keepdims. Who (linear_backward, 67 % of the answers) "
         "emmy josé"],
        ["1", "A and W the other way round. Who (linear_forward, 50 % of the answers) tor"],
    ]  # fmt: skip
    assert "<code>keepdims</code>" in page.text
    assert "Of 3 answers that failed a hidden test, 3 look like a mistake" in page.shown
    assert "<details><summary>Who" in page.text


def test_submissions_to_look_at(tmp_path):
    limits = {"call_seconds": "10 seconds for one call"}
    slow = result("tor", "compute_cost", 4, 6, "timeout", limits=limits, notes=("no end",))
    loud = result("ulf", "compute_cost", 10, notes=tuple(f"note {n}" for n in range(9)))
    place = tmp_path / "feedback" / "tor" / find("compute_cost").notebook_path
    place.parent.mkdir(parents=True)
    place.with_suffix(".html").touch()
    page = reported(tmp_path, [*a_class(), slow, loud])
    assert page.rows("Timeout, 1: ") == [["tor", "compute_cost no end", "4 of 10"]]
    assert page.rows("Invalid, 1: ") == [["zoë", "linear_forward the file is not JSON", "0 of 8"]]
    shown = "compute_cost note 0 note 1 note 2 note 3 note 4 and 4 more notes"
    assert page.rows("Graded, 1: ") == [["ulf", shown, "10 of 10"]]
    (link,) = {link for link in page.links if link.startswith("feedback/")}
    assert link == "feedback/tor/2_forward_propagation/06_compute_cost.html#compute_cost"


def test_marks_that_moved(tmp_path):
    moved = [
        Moved("zoë", "linear_backward", 10, 8.5),
        Moved("ada", "linear_backward", 3, 12),
        Moved("ada", "linear_forward", 0, 8),
    ]
    page = reported(tmp_path, a_class(), moved=moved)
    assert page.rows("Marks that changed, by exercise") == [
        ["linear_forward", "1", "1", "0", "+8"],
        ["linear_backward", "2", "1", "1", "+3.8"],
    ]
    assert page.rows("Marks that changed, one by one") == [
        ["ada", "linear_forward", "0 → 8", "+8"],
        ["ada", "linear_backward", "3 → 12", "+9"],
        ["zoë", "linear_backward", "10 → 8.5", "\N{MINUS SIGN}1.5"],
    ]


def test_nothing_to_say_is_not_said(tmp_path):
    shown = reported(tmp_path, [result("ada", "linear_forward", answered=True)]).shown
    for heading in ("What could not be graded", "Marks that changed", "Not handed in",
                    "Marks that cannot be compared"):  # fmt: skip
        assert heading not in shown
    assert "None: every notebook was graded to the end, without a note." in shown
    assert "1 student, 1 notebook" in shown


def test_a_gradebook_that_is_known_is_not_read_again(tmp_path):
    graded = Graded()
    known, nowhere = Recorded(students={"ada": "Ada"}), f"sqlite:///{tmp_path}/none.db"
    write_tables(Course(tmp_path), tmp_path, nowhere, graded, recorded=known)
    assert graded.marks["ada"].name == "Ada"
    assert "ada" in (tmp_path / "marks.csv").read_text()


def test_nobody(tmp_path):
    shown = reported(tmp_path, [], problems=["everything is gone"]).shown
    assert "0 students, 0 notebooks" in shown
    assert "everything is gone" in shown


def test_marks_given_by_different_tests_are_named(tmp_path):
    results = [
        result(name, "compute_cost", 10, tests_sha256=sha, answered=True)
        for name, sha in (("ada", "old"), ("emmy", "new"), ("tor", "new"))
    ]
    results.append(result("tor", "linear_forward", tests_sha256="its own"))
    shown = reported(tmp_path, results).shown
    assert "compute_cost: 2 and 1 marks are by different versions of its tests" in shown
    assert "linear_forward:" not in shown


@pytest.mark.slow
def test_three_thousand_students_fit_into_five_megabytes(tmp_path, monkeypatch):
    # Long names in every row; everything late.
    results = [result("", exercise.name, 7, 1) for exercise in NOTEBOOKS]

    def many():
        for number in range(3_000):
            name = f"student-{number:04d}@university.example"
            yield from (replace(one, student=name) for one in results)

    held = recorded(many())
    late = {key: replace(mark, seconds_late=9.0) for key, mark in held.marks.items()}
    held = Recorded(late, dict.fromkeys(held.students, "Maximiliane von Hohenheim-Sommerfeld"))
    tally = Tally()
    tally.count(many(), held.marks)
    real = os.path.isfile
    monkeypatch.setattr(os.path, "isfile", lambda path: "feedback" in path or real(path))
    graded = Graded(marks=class_marks(held, tally.missing))
    write_report(tmp_path / "report.html", tally, graded)
    assert (tmp_path / "report.html").stat().st_size < 5_000_000


@pytest.mark.slow
def test_a_large_class_makes_no_larger_lists(tmp_path):
    def many(students):
        for n in range(students):
            name = f"student {n:06d}"
            mistake = f"`x{n}` does not exist." if n % 2 else "A known one."
            yield result(name, "linear_forward", n % 8, 8 - n % 8, "graded", mistake,
                         notes=(f"note {n}",))  # fmt: skip
            yield result(name, "compute_cost", 0, 10, "missing")

    sizes = []
    for students in (4_000, 8_000):
        tally = Tally()
        tally.count(many(students), {})
        tally.add_totals(marks_of(many(students)).values())
        assert tally.students == students
        assert len(tally.mistakes) <= 2_000
        write_report(tmp_path / "report.html", tally, Graded())
        sizes.append((tmp_path / "report.html").stat().st_size)
    assert sizes[1] < 1.01 * sizes[0]
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<summary>8,000 students</summary>" in text
    assert "and 7,900 more" in text


@pytest.mark.slow
def test_the_class_of_twelve(graded):
    out, command = graded
    assert "report.html" in command.stdout
    page = report_in(out)
    results = read_results(out)
    notebooks = sum(one["status"] != "missing" for one in results.values())
    assert f"{len(EXPECTED)} students, {notebooks} notebooks" in page.shown
    totals = {s: sum(v or 0 for v in points.values()) for s, points in EXPECTED.items()}
    rows = {row[0]: row[2] for row in page.rows("Students by their share")}
    for student, total in totals.items():
        tenth = int(total / 10)
        label = "all points" if total == 100 else f"{10 * tenth} to {10 * tenth + 9} %"
        assert student in rows[label]
    assert [row[0] for row in page.rows("What the class earned")] == [
        f"{exercise.number} {exercise.name}" for exercise in EXERCISES
    ]
    (mistake,) = [row for row in page.rows("Mistakes") if row[0] == "2"]
    assert "The caller's arrays have changed" in mistake[1]
    assert {row[0] for row in page.rows("Graded, 5")} == {"li wei", "søren", "zoë"}


@pytest.fixture(scope="module")
def changed(submitted, copy_course, tmp_path_factory):
    """Three students graded, then again after one hidden test has come to pass everybody.

    The folder, with ``submitted``, ``course``, ``out``, and ``before``, a copy of ``out``.
    """
    folder = tmp_path_factory.mktemp("changed")
    for student in ("ada", "emmy noether", "li wei"):
        for assignment in ("1_initialization", "4_parameter_update"):
            part = f"{student}/{assignment}"
            shutil.copytree(submitted / part, folder / "submitted" / part)
    copy_course(folder / "course")
    asked = ("grade", folder / "submitted", "--out", folder / "out", "--no-feedback")
    command = in_course(folder / "course", *asked)
    assert command.exit_code == 0, command.output
    shutil.copytree(folder / "out", folder / "before")
    tests = folder / "course" / "grader_tests" / "update_parameters.py"
    head, body = tests.read_text(encoding="utf-8").split("def test_direction(student, rng):\n", 1)
    title, rest = body.split("\n", 1)
    tests.write_text(
        f"{head}def test_direction(student, rng):\n{title}\n    return\n{rest}", encoding="utf-8"
    )
    command = in_course(folder / "course", *asked)
    assert command.exit_code == 0, command.output
    assert "3 judged, 6 had not changed" in command.stdout
    return folder


@pytest.mark.slow
def test_only_the_exercise_whose_tests_changed_is_judged_again(changed):
    before, after = written(changed / "before"), written(changed / "out")
    assert before.keys() == after.keys()
    assert {key[1] for key in before if before[key] != after[key]} == {"update_parameters"}


@pytest.mark.slow
def test_the_report_says_whose_mark_moved(changed):
    page = report_in(changed / "out")
    was, now = read_results(changed / "before"), read_results(changed / "out")
    moved = {
        student: (was[student, exercise]["points"], one["points"])
        for (student, exercise), one in now.items()
        if one["points"] != was[student, exercise]["points"]
    }
    assert moved == {"emmy noether": (3, 4), "li wei": (0, 1)}
    assert page.rows("Marks that changed, one by one") == [
        [student, "update_parameters", f"{before:g} → {after:g}", "+1"]
        for student, (before, after) in moved.items()
    ]
    assert not [a for _, a in page.tags if a.get("id") == "uneven"]


@pytest.mark.slow
def test_a_part_graded_again_shows_the_whole_class(changed, tmp_path):
    shutil.copytree(changed / "before", tmp_path / "out")
    asked = ("grade", changed / "submitted" / "li wei", "--out", tmp_path / "out", "--no-feedback")
    command = in_course(changed / "course", *asked)
    assert command.exit_code == 0, command.output
    page = report_in(tmp_path / "out")
    assert "3 students, 9 notebooks" in page.shown
    assert "This grading judged 1 submission; 2 had not changed" in page.shown
    assert page.rows("Marks that changed, one by one") == [
        ["li wei", "update_parameters", "0 → 1", "+1"]
    ]
    # The others' marks are still by the old tests, and the page says so.
    assert "update_parameters: 2 and 1 marks are by different versions of its tests" in page.shown
