"""The lessons: one form, no solution in them, and they run from the first cell to the last."""

import ast
import base64
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from tests.conftest import run_quickly
from tests.lesson_checks import (
    answers_of,
    assert_ran_clean,
    cells_of_section,
    lesson_of,
    minutes_by_rule,
    printed,
    sections_of,
    text_of,
    words,
)
from tests.reference import COURSE
from workbook.build.pages import read_page
from workbook.course.exercises import EXERCISES, LABS, NOTEBOOKS, PAGES, before, find
from workbook.figures.diagrams import catalogue
from workbook.figures.diagrams.blocks import BACKWARD_BLOCKS, FORWARD_BLOCKS
from workbook.figures.diagrams.calls import called_functions

SECTIONS = [
    "Try it",
    "The idea",
    "The formula",
    "The shapes",
    "A worked example",
    "Your turn",
    "See it",
    "Why it is done this way",
    "Think about it",
    "What you know now",
    "Where it leads",
]
#: Only the last notebook of an assignment has it.
MASTERY = "What you know now"

#: Every lesson says these things in the same words, in this order.
SAID_IN_EACH = [
    "**At the end** you will have ",
    "Slips to watch for:",
    "Now your function. Replace the last line of this cell:",
    "And the check. When you are stuck, run `hint(",
    "The hidden tests below run when your work is graded: in a class, or by yourself with "
    "`workbook grade`, which needs the whole course. Leave these cells as they are.",
]

MOST_WORDS_BEFORE_SOMETHING_TO_DO = 600
MOST_WORDS_BEFORE_THE_STUB = 1200
QUESTIONS = range(3, 6)
QUESTIONS_OF_MASTERY = range(4, 7)

#: Terms, as patterns, and the exercise that explains each: no earlier stub stands below one.
EXPLAINED_IN = {
    "hidden layer": "initialize_parameters",
    "unit": "initialize_parameters",
    "activation": "initialize_parameters",
    "ReLU": "initialize_parameters",
    "sigmoid": "initialize_parameters",
    "gradient": "initialize_parameters",
    "cost": "initialize_parameters",
    "learning rate": "initialize_parameters",
    "seed": "initialize_parameters",
    "logarithm": "initialize_parameters",
    r"∂|\\partial": "compute_cost",
    "chain rule": "linear_backward",
}

#: The labs' terms, as patterns, and the lab that explains each: no earlier notebook has them.
EXPLAINED_IN_LAB = {
    "mini-batch": "train_it",
    "training set": "train_it",
    "outlier": "train_it",
    "quartile": "train_it",
    "vanishing gradient": "train_it",
    "central difference": "check_it",
    "batch normalisation": "initialise_it",
    "layer normalisation": "initialise_it",
    "moment(um| estimation)": "descend_better",
    "bias correction": "descend_better",
    "gradient accumulation": "descend_better",
    "data parallelism": "descend_better",
    "overfit": "generalise",
    "dropout": "generalise",
    "automatic differentiation": "meet_the_frameworks",
    "oracle": "test_it",
    "mutation testing": "test_it",
}

# Exercises that somebody has added to the course: they have the numbers behind those of the labs.
ADDED = [one for one in EXERCISES if LABS and one.number > LABS[0].number]

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
each_notebook = pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda e: e.name)


def page_text(page):
    """Return the text of a page, which has cells and questions as a lesson has."""
    return read_page(COURSE.lesson(page), page)


def section(exercise, name):
    """Return one section of a lesson's Markdown."""
    return text_of(lesson_of(exercise.name)).split(f"\n## {name}\n")[1].split("\n## ")[0]


def head(exercise):
    """Return what stands above the first section, in one line."""
    return " ".join(text_of(lesson_of(exercise.name)).split("\n## ")[0].split())


def is_last_of_its_assignment(exercise):
    """Return whether an exercise ends an assignment, but for those that somebody has added."""
    own = [one for one in EXERCISES if one.assignment == exercise.assignment and one not in ADDED]
    return exercise in own[-1:]


def pictures(text):
    """Return the alt text and the file of each picture of a text."""
    found = re.findall(r"!\[([^\]]*)\]\(\.\./\.\./visual_representation/([^)]+)\)", text)
    return [(" ".join(alt.split()), file) for alt, file in found]


# The form


@each_exercise
def test_sections_are_those_of_every_lesson(exercise):
    sections = sections_of(exercise, lesson_of(exercise.name))
    left_out = [] if is_last_of_its_assignment(exercise) else [MASTERY]
    assert sections == [f"## {name}" for name in SECTIONS if name not in left_out]


@each_exercise
def test_what_every_lesson_says_is_said_in_the_same_words(exercise):
    text = " ".join(text_of(lesson_of(exercise.name)).split())
    places = [text.find(words) for words in SAID_IN_EACH]
    assert -1 not in places, SAID_IN_EACH[places.index(-1)]
    assert places == sorted(places)
    assert f"About {exercise.minutes} minutes." in head(exercise)
    # It opens when the learner has answered what they see.
    assert "**What was to be seen.**" not in text


@each_exercise
def test_the_place_in_the_course_is_shown(exercise):
    (alt, file), *_ = pictures(head(exercise))
    assert file == f"lessons/cycle_{exercise.number:02d}.png"
    assert f"You are here: {exercise.number} {exercise.name}, in the step" in alt
    # The calls are shown where the training program calls it, or what the program calls does.
    calls = pictures(section(exercise, "Where it leads"))
    assert len(calls) == (exercise.name in called_functions())
    for alt, file in calls:
        assert file == f"lessons/calls_{exercise.number:02d}.png"
        assert alt.endswith(f"You are here: {exercise.number} {exercise.name}.")
    # The block of a layer is shown where a layer is written.
    shown = [file for _, file in pictures(text_of(lesson_of(exercise.name))) if "block" in file]
    block = f"lessons/block_{exercise.number:02d}.png"
    assert shown == ([block] if exercise.name in FORWARD_BLOCKS + BACKWARD_BLOCKS else [])


@each_exercise
def test_every_picture_is_drawn_by_code_and_told_in_words(exercise):
    drawn = {picture.file for picture in catalogue.diagrams()}
    found = pictures(text_of(lesson_of(exercise.name)))
    assert {file for _, file in found} <= drawn
    for alt, _ in found:
        # A short paragraph: what one would see, and not what the picture is called.
        assert len(alt.split()) > 30


@each_exercise
def test_a_notebook_brings_its_pictures_along(exercise):
    files = [file for _, file in pictures(text_of(lesson_of(exercise.name)))]
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
        assert f"\n\n{points:g} points: " in text_of(lesson_of(exercise.name))


@each_notebook
def test_the_next_notebook_is_linked_and_every_link_has_a_target(exercise):
    released = COURSE.root / "release" / exercise.notebook_path
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text_of(lesson_of(exercise.name)))
    targets = [(released.parent / link).resolve() for link in links]
    assert targets
    assert [str(path) for path in targets if not path.is_file()] == []
    # The next one, as far as its text knows: another may have been put between.
    later = EXERCISES[EXERCISES.index(exercise) + 1 :] if exercise in EXERCISES[:-1] else []
    paths = [(COURSE.root / "release" / one.notebook_path).resolve() for one in later]
    assert not paths or targets[-1] in paths[: 1 + len(ADDED)]


@each_notebook
def test_what_is_to_be_thought_about_has_its_answers_folded_away(exercise):
    cells = cells_of_section(lesson_of(exercise.name).cells, "Think about it")
    text = "\n\n".join(cell.source for cell in cells if cell.role == "text")
    numbers = re.findall(r"^\*\*(\d)\.\*\* ", text, re.MULTILINE)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert len(numbers) == len(answers_of(text)) == text.count("<details>")
    # Some of them may be questions that answer back.
    assert len(numbers) + sum(cell.role == "quiz" for cell in cells) >= 2


@each_notebook
def test_the_setup_cell_only_imports(exercise):
    (setup,) = [cell for cell in lesson_of(exercise.name).cells if cell.role == "setup"]
    assert {type(node) for node in ast.parse(setup.source).body} <= {ast.Import, ast.ImportFrom}


# What there is to do, and how long it takes


@each_exercise
def test_there_is_something_to_do_before_there_is_much_to_read(exercise):
    cells = lesson_of(exercise.name).cells
    roles = [cell.role for cell in cells]
    to_do = roles.index("setup")
    assert words(cells[:to_do]) <= MOST_WORDS_BEFORE_SOMETHING_TO_DO
    assert words(cells[: roles.index("solution")]) <= MOST_WORDS_BEFORE_THE_STUB
    (idea,) = [n for n, cell in enumerate(cells) if "## The idea\n" in f"{cell.source}\n"]
    assert to_do < idea


@each_exercise
def test_the_learner_predicts_then_tries_then_sees(exercise):
    cells = lesson_of(exercise.name).cells
    trying = [cell.role for cell in cells_of_section(cells, "Try it")]
    assert "setup" in trying
    assert "quiz" in trying[: trying.index("experiment")]
    seeing = cells_of_section(cells, "See it")
    roles = [cell.role for cell in seeing]
    experiment = roles.index("experiment")
    assert f"{exercise.name}(" in seeing[experiment].source
    assert "**Look for** " in seeing[experiment - 1].source
    # What is seen is asked about.
    assert "quiz" in roles[experiment:]


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_exercise
def test_what_stands_above_the_stub_runs_before_anything_is_written(exercise, tmp_path):
    shutil.copytree(COURSE.root / "release", tmp_path / "release")
    folder = tmp_path / "release" / exercise.assignment
    released = nbformat.read(folder / f"{exercise.notebook}.ipynb", as_version=4)
    code = [cell for cell in released.cells if cell.cell_type == "code"]
    stub = next(n for n, cell in enumerate(code) if "NotImplementedError" in cell.source)
    assert any("experiment" in cell.metadata.get("tags", ()) for cell in code[:stub])
    script = tmp_path / "above.py"
    script.write_text("\n".join(cell.source for cell in code[:stub]), encoding="utf-8")
    done = run_quickly(script, cwd=folder, MPLBACKEND="agg")
    assert done.returncode == 0, done.stderr


@each_exercise
def test_there_are_questions_and_not_too_many(exercise):
    cells = lesson_of(exercise.name).cells
    mastery = [cell.role for cell in cells_of_section(cells, MASTERY)].count("quiz")
    assert [cell.role for cell in cells].count("quiz") - mastery in QUESTIONS
    assert not is_last_of_its_assignment(exercise) or mastery in QUESTIONS_OF_MASTERY


def test_each_choice_has_a_sentence_of_its_own_and_the_right_one_no_fixed_place():
    texts = [*(lesson_of(one.name) for one in NOTEBOOKS), *map(page_text, PAGES)]
    asked = [one.entry for text in texts for one in text.questions]
    choices = [one["choices"] for one in asked if one["kind"] == "choice"]
    sentences = [one["because"] for several in choices for one in several]
    assert sorted(sentences) == sorted(set(sentences))
    places = [[one["right"] for one in several].index(True) for several in choices]
    assert max(map(places.count, places)) <= 0.6 * len(places)


@pytest.mark.parametrize("what", [*NOTEBOOKS, *PAGES], ids=lambda e: e.name)
def test_the_minutes_are_those_of_what_there_is_to_do(what):
    text = page_text(what) if what in PAGES else lesson_of(what.name)
    assert what.minutes == pytest.approx(minutes_by_rule(text.cells), rel=0.25)


@pytest.mark.parametrize(("term", "name"), EXPLAINED_IN.items())
def test_a_term_is_explained_before_it_is_needed(term, name):
    assert re.search(term, text_of(lesson_of(name)))
    for earlier in before(find(name)):
        cells = lesson_of(earlier.name).cells
        stub = next(n for n, cell in enumerate(cells) if cell.role == "solution")
        assert not any(re.search(term, cell.source) for cell in cells[:stub])


@pytest.mark.parametrize(("term", "name"), EXPLAINED_IN_LAB.items())
def test_a_term_of_a_lab_is_explained_where_it_first_appears(term, name):
    lessons = {one.name: lesson_of(one.name) for one in NOTEBOOKS}
    text = {one: " ".join(text_of(lesson).split()) for one, lesson in lessons.items()}
    # In bold letters where it is explained, or in the title of its section.
    assert re.search(rf"(?i)(\*\*|## )[^*#]{{0,40}}{term}", text[name])
    for earlier in before(find(name)):
        assert not re.search(f"(?i){term}", text[earlier.name])


# Run for real


@pytest.mark.in_turns(6)
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
