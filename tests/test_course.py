"""The course on disk: where it is found, and what its parts are."""

import inspect
import sys
from pathlib import Path

import pytest

from workbook.course.exercises import EXERCISES, FUNCTIONS, NOTEBOOKS, find
from workbook.course.folder import CONFIG_FILE, Course, CourseError, find_course
from workbook.course.hidden_tests import HiddenTest

ROOT = Path(__file__).parents[1]

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)


@pytest.fixture
def folder(tmp_path):
    """A folder deep inside of a course."""
    (tmp_path / CONFIG_FILE).write_text("")
    inside = tmp_path / "submitted" / "ada" / "1_initialization"
    inside.mkdir(parents=True)
    return inside


def test_a_course_is_found_upward(tmp_path, folder, monkeypatch):
    monkeypatch.chdir(folder)
    for start in (None, Path(".."), folder, *folder.parents[:3]):
        assert find_course(start) == Course(tmp_path.resolve())


def test_the_nearest_course_counts(tmp_path, folder):
    (folder / CONFIG_FILE).write_text("")
    assert find_course(folder) == Course(folder.resolve())
    assert find_course(folder.parent) == Course(tmp_path.resolve())


def test_a_link_leads_to_the_course_and_a_folder_of_that_name_is_none(tmp_path, folder):
    (folder / CONFIG_FILE).mkdir()
    link = tmp_path / "link"
    link.symlink_to(folder)
    for start in (folder, link):
        assert find_course(start) == Course(tmp_path.resolve())


@pytest.mark.parametrize("start", [".", "nowhere", "nowhere/at/all"])
def test_without_a_course_the_error_says_what_to_do(tmp_path, start):
    with pytest.raises(CourseError) as error:
        find_course(tmp_path / start)
    assert str((tmp_path / start).resolve()) in str(error.value)
    assert "holds nbgrader_config.py" in str(error.value)
    assert "--course" in str(error.value)


@each_exercise
def test_the_parts_of_an_exercise_are_where_its_name_says(exercise):
    course = find_course(Path(__file__).parent)
    assert course == Course(ROOT)
    lesson = ROOT / "assignments" / exercise.assignment / f"{exercise.notebook}.md"
    assert course.lesson(exercise) == lesson
    parts = (lesson, course.solution(exercise.name), course.tests(exercise.name))
    assert all(path.is_file() for path in parts)
    reference = course.reference(exercise.name)
    assert reference.__name__ == exercise.name
    assert Path(inspect.getsourcefile(reference)) == course.solution(exercise.name)


@each_exercise
def test_the_hidden_tests_come_in_the_order_of_their_file(exercise):
    tests = Course(ROOT).hidden_tests(exercise.name)
    text = Course(ROOT).tests(exercise.name).read_text(encoding="utf-8")
    places = [text.index(f"def {test.name}(") for test in tests]
    assert places == sorted(places)
    assert len(places) == text.count("\ndef test_") >= 2
    titles = [test.title for test in tests]
    assert len(set(titles)) == len(titles)
    for test in tests:
        assert type(test) is HiddenTest
        assert test.title in test.function.__doc__
        assert list(inspect.signature(test.function).parameters) == ["student", "rng"]


def test_a_missing_file_is_named(tmp_path):
    course, path = Course(tmp_path), list(sys.path)
    with pytest.raises(CourseError, match=r"solutions/compute_cost\.py: no such file"):
        course.reference("compute_cost")
    with pytest.raises(CourseError, match=r"grader_tests/compute_cost\.py: no such file"):
        course.hidden_tests("compute_cost")
    # Nothing of it stays to be found by a later import.
    assert sys.path == path


def test_the_exercises_are_one_course():
    assert len({exercise.number for exercise in NOTEBOOKS}) == len(NOTEBOOKS)
    for place, exercise in enumerate(NOTEBOOKS):
        assert find(exercise.name) is exercise
        assert exercise.points > 0
        assert {FUNCTIONS[name] for name in exercise.uses} <= {*NOTEBOOKS[:place]}
    assert find("nothing") is None
