"""What the learner has answered, in a file beside the notebooks, and how progress counts it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.all_kinds_of_questions import use_questions
from tests.command import workbook
from tests.html_page import Page
from workbook.course import questions
from workbook.course.data_folder import data_folder
from workbook.course.exercises import NOTEBOOKS, PAGES
from workbook.learn.workspace import answers as module
from workbook.learn.workspace.answers import (
    ANSWERS_FILE,
    Answered,
    Count,
    answers_in,
    counts,
    keep_answer,
)
from workbook.learn.workspace.progress import progress_html, progress_text
from workbook.learn.workspace.standings import standings

STORY = next(page for page in PAGES if page.name == "the_story_so_far")


def held(folder):
    return json.loads((folder / ANSWERS_FILE).read_text(encoding="utf-8"))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_file_says_what_it_is(tmp_path):
    keep_answer(tmp_path, "one", "12", False)
    assert names(tmp_path) == [ANSWERS_FILE]
    found = held(tmp_path)
    assert found["version"] == 1
    assert found["about"].startswith("Your answers to the questions in the notebooks")
    assert found["answers"] == {"one": {"first": "12", "last": "12", "right": False, "tries": 1}}


def test_first_last_right_and_tries(tmp_path):
    for answer, right in (("12", False), ("8", False), ("17", True), ("17", True), ("12", False)):
        keep_answer(tmp_path, "one", answer, right)
    # After the right answer, a wrong one is curiosity, and the same one a cell run again.
    assert answers_in(tmp_path) == {"one": Answered("12", "17", True, 3)}
    keep_answer(tmp_path, "one", "34/2", True)
    assert answers_in(tmp_path) == {"one": Answered("12", "34/2", True, 3)}


def test_words_of_any_kind_are_kept(tmp_path):
    keep_answer(tmp_path, "one", "∂ and \N{GRINNING FACE}, half \ud83d", True)
    assert answers_in(tmp_path)["one"].last == "∂ and \N{GRINNING FACE}, half ?"


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"answers": ', "\x00\xff", "[" * 100_000])
def test_a_damaged_file_is_put_aside(tmp_path, text):
    (tmp_path / ANSWERS_FILE).write_text(text, encoding="utf-8")
    assert answers_in(tmp_path) == {}
    keep_answer(tmp_path, "one", "17", True)
    assert answers_in(tmp_path) == {"one": Answered("17", "17", True, 1)}
    aside = (tmp_path / "quiz_answers_damaged.json").read_text(encoding="utf-8")
    assert aside == text


@pytest.mark.parametrize(
    "entry", [None, 3, {}, {"first": "a"}, {"first": 1, "last": "a", "right": True, "tries": 1}]
)
def test_a_damaged_entry_costs_no_other(tmp_path, entry):
    keep_answer(tmp_path, "one", "17", True)
    found = held(tmp_path)
    found["answers"]["two"] = entry
    (tmp_path / ANSWERS_FILE).write_text(json.dumps(found), encoding="utf-8")
    assert answers_in(tmp_path) == {"one": Answered("17", "17", True, 1)}
    keep_answer(tmp_path, "two", "5", False)
    assert {*answers_in(tmp_path)} == {"one", "two"}


def test_the_file_of_a_newer_version_stays_as_it_is(tmp_path):
    keep_answer(tmp_path, "one", "17", True)
    newer = json.dumps({**held(tmp_path), "version": 2, "more": [1]})
    (tmp_path / ANSWERS_FILE).write_text(newer, encoding="utf-8")
    keep_answer(tmp_path, "two", "5", False)
    assert (tmp_path / ANSWERS_FILE).read_text(encoding="utf-8") == newer
    assert names(tmp_path) == [ANSWERS_FILE]


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path, monkeypatch):
    keep_answer(tmp_path / "missing", "one", "17", True)

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "access", lambda *_: False)
    keep_answer(tmp_path, "one", "17", True)
    assert answers_in(tmp_path) == {}
    (tmp_path / ANSWERS_FILE).mkdir()
    assert answers_in(tmp_path) == {}


def test_a_lock_that_somebody_has_left_holds_nobody_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.05)
    (tmp_path / f".{ANSWERS_FILE}.lock").touch()
    keep_answer(tmp_path, "one", "17", True)
    assert names(tmp_path) == [ANSWERS_FILE]
    assert answers_in(tmp_path) == {"one": Answered("17", "17", True, 1)}


MANY = (
    "import sys; from pathlib import Path\n"
    "from workbook.learn.workspace.answers import keep_answer\n"
    "for number in range(20): keep_answer(Path(sys.argv[1]), f'{sys.argv[2]}{number}', '17', True)"
)


def test_two_notebooks_that_answer_at_once(tmp_path):
    command = [sys.executable, "-c", MANY, str(tmp_path)]
    running = [subprocess.Popen([*command, name]) for name in ("a", "b")]
    assert [process.wait() for process in running] == [0, 0]
    assert len(answers_in(tmp_path)) == 40
    assert names(tmp_path) == [ANSWERS_FILE]


# Progress


@pytest.fixture
def learner(tmp_path, monkeypatch, write_notebook):
    """The folder of a learner with the first two notebooks and the last page."""
    use_questions(monkeypatch, tmp_path / "course")
    home = tmp_path / "notebooks"
    for one in (*NOTEBOOKS[:2], STORY):
        code = f"def {one.name}(*sizes):\n    raise NotImplementedError()"
        write_notebook(home / one.notebook_path, code)
    return home


def test_questions_are_counted_by_notebook(learner, monkeypatch):
    first, second = (one.notebook for one in NOTEBOOKS[:2])
    assert counts(learner) == {first: Count(0, 2), second: Count(0, 2), STORY.name: Count(0, 1)}
    keep_answer(learner, "rows_of_first_weights", "B. (3, 4)", True)
    keep_answer(learner, "how_many_parameters", "12", False)
    keep_answer(learner, "all_zero", "nothing moves", True)
    keep_answer(learner, "of_another_version", "1", True)
    found = {first: Count(1, 2), second: Count(0, 2), STORY.name: Count(1, 1)}
    # From whatever folder it is asked.
    assert counts(learner) == counts(learner / NOTEBOOKS[0].assignment) == found
    assert counts(learner.parent) == {}
    monkeypatch.chdir(learner / NOTEBOOKS[0].assignment)
    assert counts(Path()) == found


def test_progress_shows_the_questions(learner, monkeypatch):
    keep_answer(learner, "rows_of_first_weights", "B. (3, 4)", True)
    found, asked = standings(learner), counts(learner)
    text = progress_text(found, asked)
    lines = text.splitlines()
    assert lines[1].startswith("   1  initialize_parameters ")
    assert lines[1].rstrip().endswith("not started  1 of 2 questions")
    (page,) = (line.split() for line in lines if STORY.name in line)
    assert page == [STORY.name, "page", "0", "of", "1", "question"]
    assert (
        "Questions: 1 of 5 answered (rightly, where there is a right answer). They are not graded."
        in " ".join(lines[-2:])
    )
    assert max(len(line) for line in lines if "Next:" not in line) <= 80
    monkeypatch.chdir(learner)
    table = Page(progress_html(found, asked))
    assert "questions" in table.of("col")
    assert table.of("td")[:4] == [
        "1",
        "not started",
        "1 of 2",
        "open 01_initialize_parameters.ipynb",
    ]
    assert STORY.notebook_path in table.links
    assert "questions" not in Page(progress_html(found)).of("col")


def test_the_command_shows_them_too(learner, monkeypatch):
    # The command chooses the data of the course in this folder, or the package's.
    data = data_folder()
    monkeypatch.setattr(questions, "data_folder", lambda: data)
    result = workbook("progress", learner, columns=200)
    assert "0 of 2 questions" in result.output
    assert "Questions: 0 of 5 answered" in result.output
