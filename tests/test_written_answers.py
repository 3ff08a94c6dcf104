"""Answers that a person marks: woven, handed in, marked in the gradebook, shown everywhere."""

import csv
import re
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.command import in_course
from tests.conftest import run_nbgrader
from tests.gradebooks import address, assert_same_tables, tables
from tests.reference import before_a_release
from tests.test_student_page import in_order, text_of
from tests.written_course import LESSON, LESSON_PATH, WHY, write_course
from workbook.build.build import build
from workbook.build.lessons import read_lesson
from workbook.build.text import BuildError
from workbook.course.data_folder import PLACE
from workbook.course.exercises import find, use_course
from workbook.course.folder import Course
from workbook.grade.submissions.answers import (
    catalogue_answer,
    filled_notebook,
    reference_answer,
    submit,
)
from workbook.grade.submissions.seeds import course_secret

TEXT = "It **keeps** a slope <script>alert(1)</script>![x](http://example.org/x.png)"
NOTEBOOK = "1_relus", "01_leaky_relu"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The small course, built. Only read it."""
    root = write_course(tmp_path_factory.mktemp("written") / "course")
    build(Course(root))
    return root


@pytest.fixture
def root(built, tmp_path):
    """A copy of it, in use."""
    shutil.copytree(built, tmp_path / "course")
    use_course(tmp_path / "course")
    return tmp_path / "course"


def cells(path):
    """Return the graded and answered cells of a notebook by their names."""
    notebook = nbformat.read(path, 4)
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def hand_in(root, student, answer, written, change=lambda notebook: None):
    """Hand in an answer to leaky_relu, by name, and texts of the answers that a person marks."""
    exercise, course = find("leaky_relu"), Course(root)
    text = answer and catalogue_answer(course, "leaky_relu", answer)
    notebook = filled_notebook(course, exercise, text)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = written.get(name, cell.source)
    change(notebook)
    return submit(root / "submitted", student, exercise, notebook)


def without(name):
    def change(notebook):
        notebook.cells = [
            c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") != name
        ]

    return change


def as_code(notebook):
    """Turn the written answer into a cell of code, as a key in Jupyter does."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "why_a_slope":
            cell.cell_type, cell.outputs, cell.execution_count = "code", [], None


@pytest.fixture
def handed_in(root):
    """A class: all written, one mistake, as released, a cell lost, no notebook at all."""
    hand_in(root, "ada", "larger_of_two", {"why_a_slope": TEXT, "two_slopes": "slopes = 1, 2"})
    hand_in(root, "ben", "plain_relu", {"why_a_slope": "1/0"}, as_code)
    hand_in(root, "cyd", None, {})
    hand_in(root, "dee", "two_halves", {}, without("why_a_slope"))
    hand_in(root, "eve", None, {}).write_text("no notebook", encoding="utf-8")
    return root


def grade(root, *options, status=0):
    done = in_course(root, "grade", root / "submitted", "--out", root, *options)
    assert done.exit_code == status, done.output
    return " ".join(done.output.split())


def held(root, student, cell):
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        grade = gradebook.find_grade(cell, NOTEBOOK[1], NOTEBOOK[0], student)
        return grade.auto_score, grade.manual_score, bool(grade.needs_manual_grade)


def comment(root, student, cell="leaky_relu"):
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        found = gradebook.find_comment(cell, NOTEBOOK[1], NOTEBOOK[0], student)
        return found.auto_comment, found.comment


def mark(root, student, cell, points, said=None):
    """Give points as the formgrader's own handler does: see `GradeHandler.put` of nbgrader."""
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        grade = gradebook.find_grade(cell, NOTEBOOK[1], NOTEBOOK[0], student)
        grade.manual_score = points
        grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
        if said:
            keys = cell, NOTEBOOK[1], NOTEBOOK[0], student
            gradebook.find_comment(*keys).manual_comment = said
        gradebook.db.commit()


def in_marks(root, student):
    with (root / "marks.csv").open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["student"] == student)


def page(root, student):
    path = root / "feedback" / student / NOTEBOOK[0] / f"{NOTEBOOK[1]}.html"
    return path.read_text(encoding="utf-8")


def test_the_cell_is_nbgraders_manually_graded_cell(built):
    source, release = (
        cells(built / folder / NOTEBOOK[0] / f"{NOTEBOOK[1]}.ipynb")
        for folder in ("source", "release")
    )
    expected = {"grade": True, "solution": True, "locked": False, "task": False,
                "schema_version": 3, "cell_type": "markdown", "points": 5.0}  # fmt: skip
    for notebook in source, release:
        settings = notebook["why_a_slope"].metadata.nbgrader
        assert {key: settings[key] for key in expected} == expected
    begins = "**Why** does notebook 1 let a small part through? Two sentences."
    assert release["why_a_slope"].source == f"{begins}\n\nYOUR ANSWER HERE"
    assert release["two_slopes"].cell_type == "code"
    assert release["two_slopes"].source.startswith(
        "# Choose two slopes, and say in comments why.\n# YOUR CODE"
    )
    # A bonus adds nothing to what could be earned; the model answer is the course's own.
    lab = cells(built / "release" / "2_slopes" / "02_slope_it.ipynb")["at_zero"]
    assert lab.metadata.nbgrader.points == 0
    assert "There is none" not in lab.source
    use_course(built)
    assert (find("leaky_relu").manual, find("leaky_relu").most) == (
        {"why_a_slope": 5, "two_slopes": 2.5}, 13.5
    )  # fmt: skip


@pytest.mark.parametrize(
    ("option", "body", "said"),
    [
        ("", "Why?", "needs a name, such as `:manual: why_relu, 5 points`"),
        ("5 points", "Why?", "needs a name"),
        ("why", "Why?", "the cell 'why' needs points"),
        ("why, many points", "Why?", "'many points' are not points"),
        ("why, 0 points", "Why?", "'0 points' are not points"),
        ("why, -2 points", "Why?", "'-2 points' are not points"),
        ("why?, 2 points", "Why?", "'why?' cannot be the name"),
        ("relu_derivative, 2 points", "Why?", "is a function or a notebook of the course"),
        ("why, 2 points, drawing", "Why?", "'drawing' is not a kind"),
        ("why, 2 points\n:id: other", "Why?", "has no other option: id"),
        ("why, 2 points", "", "the cell 'why' is empty"),
        ("why, 2 points", "### BEGIN SOLUTION\nWhy?", "between one `### BEGIN SOLUTION`"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(built, tmp_path, option, body, said):
    use_course(built)
    path = tmp_path / LESSON_PATH.name
    path.write_text(f"{LESSON}```{{code-cell}} ipython3\n:manual: {option}\n\n{body}\n```\n")
    line = LESSON.count("\n") + 1
    with pytest.raises(BuildError, match=re.escape(said)) as error:
        read_lesson(path)
    assert str(error.value).startswith(f"{path}:{line}: ")


def test_a_name_twice_is_said_with_both_lines(built, tmp_path):
    use_course(built)
    path = tmp_path / LESSON_PATH.name
    path.write_text(LESSON + WHY + WHY, encoding="utf-8")
    first = LESSON.count("\n") + 1
    with pytest.raises(BuildError, match=f"two cells have the id 'why_a_slope': see line {first}"):
        read_lesson(path)


@pytest.mark.slow
def test_points_wait_until_a_person_gives_them(handed_in):
    root = handed_in
    said = grade(root)
    assert "leaky_relu: 12.5 points of ada and ben" in said
    assert in_marks(root, "ada")["waiting to be marked"] == "7.5"
    assert (in_marks(root, "ada")["total"], in_marks(root, "cyd")["total"]) == ("6", "0")
    waits, nothing = (None, None, True), (0.0, None, False)
    answers = [
        held(root, student, "why_a_slope") for student in ("ada", "ben", "cyd", "dee", "eve")
    ]
    # As released, lost, or in no notebook: there is no answer, and nothing to wait for.
    assert answers == [waits, waits, nothing, nothing, nothing]
    assert comment(root, "dee", "why_a_slope") == ("No response.", "No response.")
    text = text_of(page(root, "ada"))
    in_order(text, "6 of 13.5 points for this notebook, and 7.5 more to be marked by a person",
             "6 of 13.5 points for the whole assignment", "the hidden tests gave 6",
             "your written answers, and 7.5 more to be marked by a person 0", "the mark so far 6",
             "why_a_slope waits to be marked by a person, for 5 points")  # fmt: skip
    assert "12.5" in (root / "report.html").read_text(encoding="utf-8")
    # In the formgrader an instructor's browser shows it: nothing in it runs or loads.
    kept = cells(root / "autograded" / "ada" / "1_relus" / "01_leaky_relu.ipynb")["why_a_slope"]
    assert (kept.cell_type, kept.source.startswith("It **keeps** a slope")) == ("markdown", True)
    assert "<script" not in kept.source
    assert "![" not in kept.source
    html = page(root, "ada")
    assert "&lt;script&gt;" in html
    assert "example.org/x.png" not in html.replace('href="http://example.org/x.png"', "")

    mark(root, "ada", "why_a_slope", 4.0, "Say of *what* it is the slope.")
    mark(root, "ada", "two_slopes", 2.0)
    said = grade(root)
    assert "leaky_relu: 5 points of ben" in said
    row = in_marks(root, "ada")
    assert (row["leaky_relu"], row["waiting to be marked"], row["total"]) == ("12", "", "12")
    text = text_of(page(root, "ada"))
    in_order(text, "12 of 13.5 points", "your written answers +6", "the mark 12",
             "why_a_slope 4 of 5 points", "Say of *what* it is the slope.",
             "It keeps a slope <script>", "two_slopes 2 of 2.5 points")  # fmt: skip
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        submission = gradebook.find_submission("1_relus", "ada")
        assert (submission.score, submission.max_score) == (12.0, 13.5)


@pytest.mark.slow
def test_a_mark_by_hand_stays_and_a_new_text_is_said(handed_in):
    root = handed_in
    grade(root)
    mark(root, "ada", "why_a_slope", 4.0)
    said = grade(root, "--force", "--no-feedback")
    # As nbgrader has it: the mark stays, and its formgrader asks to look at it again.
    assert held(root, "ada", "why_a_slope") == (None, 4.0, True)
    assert "has changed" not in said
    hand_in(root, "ada", "larger_of_two", {"why_a_slope": "Another text."})
    said = grade(root, "--no-feedback")
    assert "ada, leaky_relu, why_a_slope: the answer has changed since it was marked; 4," in said
    assert held(root, "ada", "why_a_slope") == (None, 4.0, True)
    assert in_marks(root, "ada")["total"] == "10"
    # Results are the hidden tests' alone.
    result = (root / "results" / "ada" / "leaky_relu.json").read_text(encoding="utf-8")
    assert '"points": 6.0,\n "max_points": 6.0' in result


@pytest.mark.slow
def test_a_comment_on_a_known_mistake_is_offered(handed_in):
    root = handed_in
    done = in_course(root, "comments")
    assert re.fullmatch(r"comments\.csv: [\d,]+ mistakes added\.\n", done.output)
    table = root / "comments.csv"
    before = table.read_bytes()
    sentence = "This is the plain ReLU: nothing of a negative number is left."
    assert before.decode("utf-8-sig").splitlines()[:2] == [
        "function,mistake,comment",
        f"leaky_relu,{sentence},{sentence}",
    ]
    grade(root)
    assert comment(root, "ben") == (sentence, sentence)
    assert comment(root, "ada") == (None, None)
    # What the page says anyway, it says once.
    assert page(root, "ben").count(sentence) == 1
    # As a spreadsheet may write it.
    mine = "What is left of 0? Größe zählt."
    table.write_bytes(
        f"mistake;comment;function;by\r\n{sentence};{mine};leaky_relu;me\r\n".encode("cp1252")
    )
    grade(root)
    assert comment(root, "ben") == (mine, mine)
    assert page(root, "ben").count(mine) == 1
    # More mistakes are added, and the comment stays.
    done = in_course(root, "comments")
    assert "the 1 that it had" in done.output
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == f"{sentence};{mine};leaky_relu;me"
    assert lines[2].endswith(";leaky_relu;")
    table.write_text('function,mistake,comment\nleaky_relu,"x,y\n', encoding="utf-8")
    done = in_course(root, "comments")
    assert (done.exit_code, "comments.csv, line 2 cannot be read" in done.output) == (2, True)
    mark(root, "ben", "leaky_relu-values", 1.0)
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        gradebook.find_comment("leaky_relu", *NOTEBOOK[::-1], "ben").manual_comment = "By hand."
        gradebook.db.commit()
    table.unlink()
    grade(root)
    assert comment(root, "ben") == (None, "By hand.")
    assert mine not in page(root, "ben")
    table.write_text("function,mistake\nleaky_relu,x\n", encoding="utf-8")
    said = grade(root, "--no-feedback", status=3)
    assert "comments.csv, line 1 has no column with the heading comment" in said


@pytest.mark.slow
@before_a_release
def test_nbgrader_gives_the_same(handed_in, tmp_path):
    root = handed_in
    in_course(root, "comments")
    # The secret from which the tests' inputs are drawn: the same for both.
    course_secret(Course(root))
    other = tmp_path / "other"
    shutil.copytree(root, other)
    grade(root)
    shutil.rmtree(other / "release")
    for command in ("generate_assignment", "autograde", "generate_feedback"):
        done = run_nbgrader(command, "1_relus", cwd=other)
        assert done.returncode == 0, done.stderr
    assert_same_tables(tables(root / "gradebook.db"), tables(other / "gradebook.db"))
    for student in ("ada", "ben", "dee"):
        assert page(other, student) == page(root, student)
    released = other / "release" / NOTEBOOK[0] / f"{NOTEBOOK[1]}.ipynb"
    assert released.read_bytes() == (root / released.relative_to(other)).read_bytes()
    # Nobody can tell what a person will give: to nbgrader's check, an answer is no failure.
    handed_in = f"submitted/ada/{'/'.join(NOTEBOOK)}.ipynb"
    data = {"WORKBOOK_COURSE_DATA": str(root / PLACE)}
    done = run_nbgrader("validate", handed_in, cwd=root, **data)
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stdout


@pytest.mark.slow
def test_in_a_lab_it_is_a_bonus(root):
    lab, course = find("slope_it"), Course(root)
    answers = {"relu_derivative": reference_answer(course, "relu_derivative")}
    notebook = filled_notebook(course, lab, answers)
    (cell,) = [c for c in notebook.cells if c.id == "at_zero"]
    cell.source = "None, by convention 0."
    submit(root / "submitted", "ada", lab, notebook)
    said = grade(root, "--no-feedback")
    assert "at_zero" not in said
    assert "3 points still to be given by a person" in said
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        assert gradebook.find_assignment("2_slopes").max_score == 0
        # The formgrader takes no more than a most of 0 as a score.
        grades = gradebook.find_grade("at_zero", "02_slope_it", "2_slopes", "ada")
        grades.manual_score, grades.extra_credit, grades.needs_manual_grade = 0.0, 2.5, False
        gradebook.db.commit()
    grade(root)
    assert in_marks(root, "ada")["total"] == "5.5"
    path = root / "feedback" / "ada" / "2_slopes" / "02_slope_it.html"
    text = text_of(path.read_text(encoding="utf-8"))
    in_order(text, "5.5 of 6 bonus points", "extra credit +2.5", "at_zero 2.5 of 3 bonus points",
             "None, by convention 0.")  # fmt: skip
