"""The lessons: one form, no solution in them, and they run from the first cell to the last."""

import ast
import base64
import re
from pathlib import Path

import nbformat
import pytest

from tests.lesson_checks import (
    assert_plots_are_described,
    assert_ran_clean,
    printed,
    sections_of,
    text_of,
)
from tests.reference import COURSE
from workbook.build.lessons import read_lesson
from workbook.course.exercises import EXERCISES, LABS, NOTEBOOKS
from workbook.figures.diagrams import catalogue
from workbook.figures.diagrams.blocks import BACKWARD_BLOCKS, FORWARD_BLOCKS
from workbook.figures.diagrams.calls import called_functions

LESSONS = {one.name: read_lesson(COURSE.lesson(one)) for one in NOTEBOOKS}

SECTIONS = [
    "Where you are",
    "The idea",
    "The formula",
    "The shapes",
    "A worked example",
    "Why it is done this way",
    "Your turn",
    "Try it",
    "Think about it",
    "Where it leads",
]
#: Every lesson says these things in the same words, in this order.
SAID_IN_EACH = [
    "**What it is for.**",
    "**Who calls it, and when.**",
    "**How often.**",
    "Where the picture stops fitting: ",
    "Slips to watch for:",
    "First the imports",
    "Now your function. Replace the last line of this cell:",
    "And the check. When you are stuck, run `hint(",
    "Hidden tests run when your work is graded. Leave the cells below as they are.",
    "**Look for** ",
    "**What was to be seen.**",
]

# Exercises that somebody has added to the course: they have the numbers behind those of the labs.
ADDED = [one for one in EXERCISES if LABS and one.number > LABS[0].number]

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
each_notebook = pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda e: e.name)


def section(exercise, name):
    """Return one section of a lesson's Markdown."""
    return text_of(LESSONS[exercise.name]).split(f"\n## {name}\n")[1].split("\n## ")[0]


def pictures(text):
    """Return the alt text and the file of each picture of a text."""
    found = re.findall(r"!\[([^\]]*)\]\(\.\./\.\./visual_representation/([^)]+)\)", text)
    return [(" ".join(alt.split()), file) for alt, file in found]


# The form


@each_exercise
def test_sections_are_those_of_every_lesson(exercise):
    sections = sections_of(exercise, LESSONS[exercise.name])
    assert sections == [f"## {name}" for name in SECTIONS]


@each_exercise
def test_what_every_lesson_says_is_said_in_the_same_words(exercise):
    text = " ".join(text_of(LESSONS[exercise.name]).split())
    places = [text.find(words) for words in SAID_IN_EACH]
    assert -1 not in places, SAID_IN_EACH[places.index(-1)]
    assert places == sorted(places)


@each_exercise
def test_the_place_in_the_course_is_shown(exercise):
    (alt, file), *_ = pictures(section(exercise, "Where you are"))
    assert file == f"lessons/cycle_{exercise.number:02d}.png"
    assert f"You are here: {exercise.number} {exercise.name}, in the step" in alt
    # The calls are shown where the training program calls it, or what the program calls does.
    calls = pictures(section(exercise, "Where it leads"))
    assert len(calls) == (exercise.name in called_functions())
    for alt, file in calls:
        assert file == f"lessons/calls_{exercise.number:02d}.png"
        assert alt.endswith(f"You are here: {exercise.number} {exercise.name}.")
    # The block of a layer is shown where a layer is written.
    shown = [file for _, file in pictures(text_of(LESSONS[exercise.name])) if "block" in file]
    block = f"lessons/block_{exercise.number:02d}.png"
    assert shown == ([block] if exercise.name in FORWARD_BLOCKS + BACKWARD_BLOCKS else [])


@each_exercise
def test_every_picture_is_drawn_by_code_and_told_in_words(exercise):
    drawn = {picture.file for picture in catalogue.diagrams()}
    found = pictures(text_of(LESSONS[exercise.name]))
    assert {file for _, file in found} <= drawn
    for alt, _ in found:
        # A short paragraph: what one would see, and not what the picture is called.
        assert len(alt.split()) > 30


@each_exercise
def test_a_notebook_brings_its_pictures_along(exercise):
    files = [file for _, file in pictures(text_of(LESSONS[exercise.name]))]
    for kind in ("source", "release"):
        notebook = nbformat.read(COURSE.root / kind / exercise.notebook_path, as_version=4)
        shown, attached = [], {}
        for cell in notebook.cells:
            shown += re.findall(r"!\[[^\]\n]+\]\(attachment:([^)]+)\)", cell.source)
            attached |= cell.get("attachments", {})
        assert shown == [Path(file).name for file in files]
        assert set(attached) == set(shown)
        for file in files:
            (data,) = attached[Path(file).name].values()
            path = COURSE.root / "visual_representation" / file
            assert base64.b64decode(data) == path.read_bytes()


@each_notebook
def test_the_split_of_the_points_is_said_in_one_line(exercise):
    for function in exercise.written:
        points = sum(points for _, points in function.split)
        assert points == sum(test.points for test in COURSE.hidden_tests(function.name))
        assert f"\n\n{points:g} points: " in text_of(LESSONS[exercise.name])


@each_notebook
def test_the_next_notebook_is_linked_and_every_link_has_a_target(exercise):
    released = COURSE.root / "release" / exercise.notebook_path
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text_of(LESSONS[exercise.name]))
    targets = [(released.parent / link).resolve() for link in links]
    assert targets
    assert [str(path) for path in targets if not path.is_file()] == []
    # The next one, as far as its text knows: another may have been put between.
    later = EXERCISES[EXERCISES.index(exercise) + 1 :] if exercise in EXERCISES[:-1] else []
    paths = [(COURSE.root / "release" / one.notebook_path).resolve() for one in later]
    assert not paths or targets[-1] in paths[: 1 + len(ADDED)]


@each_notebook
def test_every_question_has_its_answer_folded_away(exercise):
    text = section(exercise, "Think about it")
    questions = re.findall(r"^\*\*(\d)\.\*\* ", text, re.MULTILINE)
    answers = re.findall(
        r"^<details><summary>Answer</summary>\n\n\S.*?\n\n</details>$",
        text,
        re.DOTALL | re.MULTILINE,
    )
    assert questions == [str(n) for n in range(1, len(questions) + 1)]
    assert 2 <= len(questions) == len(answers) == text.count("<details>")


@each_exercise
def test_experiments_call_the_function_and_every_plot_is_described(exercise):
    cells = LESSONS[exercise.name].cells
    experiments = [cell.source for cell in cells if cell.role == "experiment"]
    assert any(f"{exercise.name}(" in source for source in experiments)
    assert_plots_are_described(cells, ("plt.show()",))


@each_notebook
def test_the_setup_cell_only_imports(exercise):
    (setup,) = [cell for cell in LESSONS[exercise.name].cells if cell.role == "setup"]
    assert {type(node) for node in ast.parse(setup.source).body} <= {ast.Import, ast.ImportFrom}


# Run for real


@pytest.mark.slow
@each_notebook
def test_the_solved_notebook_runs_without_an_error_or_a_warning(executed, exercise):
    notebook = executed(exercise)
    assert_ran_clean(notebook)
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")

    for cell in notebook.cells:
        if cell.cell_type == "code" and "plt.show()" in cell.source:
            pictures = [output for output in cell.outputs if "image/png" in output.get("data", {})]
            assert len(pictures) == 1


@pytest.mark.slow
def test_the_training_loop_learns_what_a_linear_model_cannot(executed):
    text = printed(executed(EXERCISES[-1]))
    table = re.findall(r"^ +(\d+) +([\d.]+) +([\d.]+)$", text, re.MULTILINE)
    first, last = ([float(number) for number in table[row]] for row in (0, -1))
    assert first == [0, pytest.approx(0.693, abs=1e-3), pytest.approx(0.693, abs=1e-3)]
    _, linear, network = last
    assert network < 0.1
    assert linear > 0.6
    assert "network: 100.0% of the points" in text
