"""nbgrader's own commands, in a fresh copy of the course, and their agreement with `workbook`."""

import asyncio
import csv
import fcntl
import gc
import logging
import os
import shutil
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import determine_grade

from tests.class_of_twelve import EXPECTED
from tests.gradebooks import address
from tests.reference import before_a_release
from tests.submissions import hand_in
from workbook.course.exercises import EXERCISES, find, of_assignment
from workbook.course.nbgrader_course import course_config
from workbook.grade.judging.autograded import show_outcomes
from workbook.grade.nbgrader_alone import alone_to_the_end
from workbook.grade.submissions.answers import solution_cell
from workbook.grade.submissions.results import Result

pytestmark = pytest.mark.slow

# The assignments of the ten exercises: nobody of the twelve has handed in a lab.
TEN = tuple(dict.fromkeys(exercise.assignment for exercise in EXERCISES))


def marks(database, students=None) -> dict[tuple[str, str, str], float]:
    """Return the automatic score of every graded cell of a gradebook."""
    with Gradebook(address(database)) as gradebook:
        return {
            (submission.student.id, notebook.name, grade.name): grade.auto_score
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            if students is None or submission.student.id in students
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


@before_a_release
def test_points_in_the_notebooks_are_plain_floats(autograded):
    root, _ = autograded
    scores = marks(root / "gradebook.db")
    partial = 0
    for path in sorted((root / "autograded").rglob("*.ipynb")):
        student, _, _ = path.relative_to(root / "autograded").parts
        for cell in nbformat.read(path, as_version=4).cells:
            settings = cell.metadata.get("nbgrader", {})
            if settings.get("grade") and settings["points"] > 0:
                # The first cell may say before what was passed over.
                *texts, result = cell.outputs
                assert {(one.output_type, one.name) for one in texts} == {("stream", "stdout")}
                assert result.output_type == "execute_result"
                shown = result.data["text/plain"]
                score = scores[student, path.stem, settings["grade_id"]]
                assert shown == repr(float(shown)) == repr(float(score))
                partial += 0 < float(shown) < settings["points"]
    assert partial > 20


@before_a_release
def test_partial_credit_and_messages_stand_together(autograded):
    root, _ = autograded
    path = root / "autograded" / "emmy noether" / find("linear_backward").notebook_path
    cells = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in
             nbformat.read(path, as_version=4).cells}  # fmt: skip
    text, result = cells["linear_backward-parameters"].outputs
    assert result.data["text/plain"] == "2.0"
    assert "passed  2 of 2  dW is the product" in text.text
    assert "FAILED  0 of 2  db is the sum" in text.text
    assert "db has shape (3,); it should have shape (3, 1)" in " ".join(text.text.split())


@before_a_release
def test_points_that_a_student_wrote_do_not_count(autograded):
    root, commands = autograded
    assert set(marks(root / "gradebook.db", {"zoë"}).values()) == {0.0}
    note = "the metadata of the cell 'update_parameters-step' was changed"
    assert note in commands[-1].stderr


@before_a_release
def test_export(autograded, nbgrader_command, tmp_path):
    root, _ = autograded
    command = nbgrader_command(root, "export", "--to", tmp_path / "exported.csv")
    assert command.returncode == 0, command.stderr
    with (tmp_path / "exported.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    exported = {(row["student_id"], row["assignment"]): float(row["score"]) for row in rows}
    assert exported == {
        (student, assignment): sum(points[e.name] or 0 for e in of_assignment(assignment))
        for student, points in EXPECTED.items()
        for assignment in TEN
    }


def test_generate_assignment_writes_the_committed_release(generated, course):
    root, names = generated
    files, committed = (
        {
            path.relative_to(folder)
            for name in names
            for path in (folder / "release" / name).rglob("*")
            if path.is_file()
        }
        for folder in (root, course.root)
    )
    assert files == committed
    for file in files:
        assert (root / file).read_bytes() == (course.root / file).read_bytes(), file


def test_validate_fails_before_and_succeeds_after(nbgrader_command, tmp_path):
    exercise = find("linear_forward")
    paths = hand_in(tmp_path, "before", exercise, None), hand_in(tmp_path, "after", exercise)
    command = nbgrader_command(tmp_path, "validate", *paths)
    failed, _, succeeded = command.stdout.partition("Success! Your notebook passes all the tests.")
    assert "VALIDATION FAILED ON 1 CELL(S)!" in failed
    assert "check(linear_forward)" in failed
    assert not succeeded.strip()
    assert failed != command.stdout


@pytest.mark.in_turns(3, "both ways")
def test_source_notebooks_under_a_plain_nbgrader(course, nbgrader_command, tmp_path):
    assignment = "3_backward_propagation"
    shutil.copytree(course.root / "source" / assignment, tmp_path / "source" / assignment)
    # Wrong, right although it calls the wrong one, not done.
    variants = ("db_without_keepdims", "", None)
    for exercise, variant in zip(of_assignment(assignment), variants, strict=True):
        _leave_out_experiments(hand_in(tmp_path / "submitted", "ada", exercise, variant))
    for command in ("generate_assignment", "autograde"):
        done = nbgrader_command(tmp_path, command, assignment)
        assert done.returncode == 0, done.stderr
    got = marks(tmp_path / "gradebook.db")
    total = {e.name: sum(v for k, v in got.items() if k[1] == e.notebook)
             for e in of_assignment(assignment)}  # fmt: skip
    assert total == {"linear_backward": 7, "linear_activation_backward": 10, "L_model_backward": 0}


def _leave_out_experiments(path):
    """Leave out what a kernel would spend most of its time on: the cells below the answer."""
    notebook = nbformat.read(path, as_version=4)
    keep = notebook.cells.index(solution_cell(notebook))
    notebook.cells = [
        cell
        for index, cell in enumerate(notebook.cells)
        if index <= keep or cell.metadata.get("nbgrader")
    ]
    nbformat.write(notebook, path)


def test_feedback_shows_the_check_as_it_was_submitted():
    metadata = {"nbgrader": {"grade": True, "points": 0.0}}
    cell = nbformat.v4.new_code_cell("check(linear_forward)", metadata=metadata)
    display = nbformat.v4.new_output("display_data", data={"text/plain": "8 of 8 checks pass"})
    cell.outputs = [display]
    notebook = nbformat.v4.new_notebook(cells=[cell])
    result = Result("ada", "2_forward_propagation", "linear_forward", "graded", 0, 8, ())
    show_outcomes(notebook, result)
    assert cell.outputs[0].text.startswith("As it was when")
    assert cell.outputs[1] == display
    assert determine_grade(cell) == (0, 0)


def test_the_formgrader_grades_what_nobody_has_entered_yet(tmp_path, course, copy_course):
    root = copy_course(tmp_path / "course")
    exercise = find("update_parameters")
    hand_in(root / "submitted", "ada", exercise)
    db_url = address(root / "gradebook.db")
    config = course_config(course, root, db_url, exercise.assignment)
    # As in JupyterLab, whose application knows nothing of a course.
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    said = api.autograde(exercise.assignment, "ada")
    assert said["success"], said
    with Gradebook(db_url) as gradebook:
        assert gradebook.find_submission(exercise.assignment, "ada").score == 8
    # The formgrader goes on, and so does its judge; other commands need not wait for them.
    assert is_free(root)


class Converting:
    """What the exporter knows of nbgrader's converter."""

    def __init__(self, root):
        self.coursedir = CourseDirectory(root=str(root))
        self.log = logging.getLogger(__name__)
        self.was_alone = None

    def convert_notebooks(self):
        self.was_alone = not is_free(self.coursedir.root)


def is_free(folder):
    """Tell whether a command need not wait for another one that is at work in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def test_no_other_command_is_at_work_in_the_folder_while_nbgrader_grades(tmp_path):
    converter = Converting(tmp_path)
    with alone_to_the_end(converter):
        # Nothing is looked for before that.
        assert not is_free(tmp_path)
    converter.convert_notebooks()
    assert converter.was_alone
    assert is_free(tmp_path)


def test_a_command_of_nbgrader_that_stops_is_waited_for_by_nobody(tmp_path):
    with pytest.raises(NbGraderException), alone_to_the_end(Converting(tmp_path)):
        raise NbGraderException
    assert is_free(tmp_path)
    with alone_to_the_end(Converting(tmp_path)):
        pass
    # It never converts anything.
    gc.collect()
    assert is_free(tmp_path)


def test_nbgrader_waits_for_another_command(tmp_path):
    first = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(first, fcntl.LOCK_EX)
    said = []

    def end_the_first(text):
        said.append(text)
        os.close(first)

    converter = Converting(tmp_path)
    converter.log = SimpleNamespace(warning=end_the_first)
    with alone_to_the_end(converter):
        pass
    assert len(said) == 1
    assert "Another command is at work" in said[0]


def test_the_formgrader_does_not_wait_with_its_whole_server(tmp_path, caplog):
    async def asked():
        with alone_to_the_end(Converting(tmp_path)):
            pass

    first = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(first, fcntl.LOCK_EX)
        with pytest.raises(NbGraderException, match="another command is at work"):
            asyncio.run(asked())
    finally:
        os.close(first)
    assert "autograde again once it has ended" in caplog.text
    asyncio.run(asked())
