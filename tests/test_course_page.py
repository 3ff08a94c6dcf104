"""The page "Your course": what it shows, when it is written, and whom it is never in the way of."""

import re

import pytest

from workbook import progress
from workbook.course.exercises import (
    ASSIGNMENTS,
    EXERCISES,
    LABS,
    NOTEBOOKS,
    PAGES,
    Page,
    all_notebooks,
)
from workbook.course.leftovers import COURSE_PAGE
from workbook.learn import finding
from workbook.learn.workspace import check_process, known_results
from workbook.learn.workspace.course_page import page_text, refresh_page, write_page
from workbook.learn.workspace.lab import copy_notebooks
from workbook.learn.workspace.standings import Standing, standings
from workbook.learn.workspace.watch import notebooks_in
from workbook.learn.workspace.where import in_words, next_notebook, takes

pytestmark = pytest.mark.usefixtures("kept_checks")

BEGUN = [
    Standing(EXERCISES[0], "passing"),
    Standing(EXERCISES[1], "in progress", "W1 has shape (3,)"),
    *(Standing(one, "not started") for one in NOTEBOOKS[2:]),
]
PASSING = (
    "def update_parameters(params, grads, learning_rate):\n"
    "    return {k: v - learning_rate * grads['d' + k] for k, v in params.items()}"
)


@pytest.fixture
def home(tmp_path):
    """A learner's folder."""
    copy_notebooks(tmp_path / "notebooks")
    return tmp_path / "notebooks"


def test_it_lists_all_with_links_that_lead_to_them(home):
    text = page_text(home, BEGUN)
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert {*links} == {one.notebook_path for one in all_notebooks()}
    assert all((home / link).is_file() for link in links)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(ASSIGNMENTS) + len(all_notebooks())
    assert {line.count("|") for line in rows} == {6}
    assert f"**1 of {len(EXERCISES)}** functions pass" in text
    for one, state in (BEGUN[0], "✓ passing"), (BEGUN[1], "in progress"):
        (row,) = [row for row in rows if f"[{one.exercise.name}]" in row]
        assert row.endswith(f"| {state} |")


def test_it_says_what_is_next_and_how_much_time_is_left(home):
    text = page_text(home, BEGUN)
    second = EXERCISES[1]
    assert f"**Next:** [2 {second.name}]({second.notebook_path})" in text
    left = sum(one.minutes for one in EXERCISES[1:])
    if left:
        assert f"Time left: {takes(left)} for the functions" in text
        assert f"{takes(sum(lab.minutes for lab in LABS))} for the labs" in text
    done = page_text(home, [Standing(one, "passing") for one in NOTEBOOKS])
    assert "Next" not in done
    assert "Time left" not in done


def test_a_notebook_that_is_not_there_is_no_link(home):
    (home / EXERCISES[4].notebook_path).unlink()
    assert EXERCISES[4].notebook_path not in page_text(home, BEGUN)
    assert EXERCISES[4].name in page_text(home, BEGUN)


def test_it_is_written_only_when_it_changes_and_never_over_a_file_of_the_learners(home):
    write_page(home, BEGUN)
    page = home / COURSE_PAGE
    written = page.stat().st_mtime_ns
    write_page(home, BEGUN)
    assert page.stat().st_mtime_ns == written
    write_page(home, [Standing(one, "passing") for one in NOTEBOOKS])
    assert "**10 of 10**" in page.read_text(encoding="utf-8")
    page.write_text("My notes")
    write_page(home, BEGUN)
    assert page.read_text() == "My notes"


@pytest.mark.slow
def test_progress_refreshes_it_and_makes_none(home, write_notebook, monkeypatch, capsys):
    monkeypatch.chdir(home / EXERCISES[0].assignment)
    progress()
    assert not (home / COURSE_PAGE).exists()
    write_page(home, standings(home))
    write_notebook(home / EXERCISES[-1].notebook_path, PASSING)
    progress()
    assert "**1 of 10**" in (home / COURSE_PAGE).read_text(encoding="utf-8")


def test_where_it_cannot_be_written_nothing_happens(home):
    (home / COURSE_PAGE).mkdir()
    refresh_page(home, BEGUN)
    assert (home / COURSE_PAGE).is_dir()


@pytest.mark.slow
def test_it_is_no_notebook_and_changes_no_result(home, tmp_path, monkeypatch):
    monkeypatch.setattr(known_results, "_users_folder", lambda: tmp_path / "known")
    before = standings(home)
    write_page(home, before)
    monkeypatch.setattr(check_process, "_Child", None)
    assert standings(home) == before
    assert home / COURSE_PAGE not in set(notebooks_in([home]))


def test_a_new_learner_starts_with_the_first_page_where_there_is_one(home, monkeypatch):
    new = [Standing(one, "not started") for one in NOTEBOOKS]
    start = Page("00_hello_there", EXERCISES[0].assignment, 10)
    monkeypatch.setattr(finding, "PAGES", [start])
    assert next_notebook(home, new) == EXERCISES[0]
    (home / start.notebook_path).write_text("{}")
    assert next_notebook(home, new) == start
    assert in_words(start) == "Hello there"
    assert next_notebook(home, BEGUN) == EXERCISES[1]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "about 1 minute"), (90, "about 90 minutes"), (100, "about 1.5 hours"),
     (290, "about 5 hours")],
)  # fmt: skip
def test_times_in_words(minutes, said):
    assert takes(minutes) == said


def test_notebooks_in_words():
    assert in_words(EXERCISES[6]) == "7 linear_backward"
    assert in_words(PAGES[-1]) == "The story so far"
