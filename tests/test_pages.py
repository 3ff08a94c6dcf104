"""The pages of the course: text and code to run, handed out with notebooks, and never graded."""

import re
import shutil

import nbformat
import pytest

from tests.kernels import execute_file
from tests.lesson_checks import assert_ran_clean, printed
from tests.reference import COURSE
from workbook.build.pages import page_notebook, read_page
from workbook.build.text import BuildError
from workbook.course.exercises import (
    EXERCISES,
    LABS,
    NOTEBOOKS,
    PAGES,
    Page,
    find,
    find_page,
    is_page,
    of_assignment,
)
from workbook.figures.diagrams.concept_map_labs import concept_map_labs
from workbook.figures.diagrams.drawing import Box
from workbook.grade.submissions.find import find_submissions
from workbook.learn.workspace.lab import check_notebook, copy_notebooks
from workbook.learn.workspace.notebooks import NotebookError
from workbook.learn.workspace.progress import progress_text
from workbook.learn.workspace.standings import standings
from workbook.learn.workspace.watch import notebooks_in

STORY = find_page("the_story_so_far")


def read(kind):
    return nbformat.read(COURSE.root / kind / STORY.notebook_path, as_version=4)


def text_of(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


# What a page is


def test_a_page_is_no_exercise():
    assert STORY.assignment in {lab.assignment for lab in LABS}
    assert find(STORY.name) is None
    assert STORY.name not in {exercise.name for exercise in NOTEBOOKS}
    assert is_page("the_story_so_far.ipynb")
    assert not is_page(f"{LABS[0].notebook}.ipynb")


@pytest.mark.parametrize("kind", ["source", "release"])
def test_nothing_in_it_is_graded_or_locked(kind):
    notebook = read(kind)
    nbformat.validate(notebook)
    assert notebook.cells
    for cell in notebook.cells:
        assert not cell.metadata.get("nbgrader", {}).get("grade_id")
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_what_is_handed_out_is_what_was_built():
    source, release = read("source"), read("release")
    ids = [cell.id for cell in source.cells]
    assert len(set(ids)) == len(ids)
    assert [(cell.id, cell.source) for cell in release.cells] == [
        (cell.id, cell.source) for cell in source.cells
    ]
    attached = [cell.attachments for cell in release.cells if "attachments" in cell]
    names = {"the_story_so_far.png", "concept_map_labs.png"}
    assert set().union(*attached) == names


# Its text


def test_the_pictures_have_words_that_say_what_is_in_them():
    found = re.findall(r"!\[([^\]]*)\]\(attachment:([^)]*)\)", text_of(read("release")))
    words = {file: alt for alt, file in found}
    story = words.pop("the_story_so_far.png")
    for exercise in EXERCISES:
        assert f"{exercise.number} {exercise.name}" in story
    for lab in LABS:
        assert f"{lab.number} {lab.name.replace('_', ' ').capitalize()}" in story
    (concepts,) = words.values()
    for box in concept_map_labs().shapes:
        if isinstance(box, Box):
            # The first word of its title, or of a note; what stands below is told freely.
            assert box.lines[0].text.split()[0].strip(",;").lower() in concepts.lower()


def test_the_sections():
    first, *others = re.findall(r"^#+ .*$", text_of(read("release")), re.MULTILINE)
    assert first == "# The story so far"
    assert others == [
        "## What you have built",
        "## Your own story",
        "## Where to go next",
        "## What it costs",
    ]


def links():
    found = re.findall(r"(?<!!)\[[^\]]*\]\(([^)]+)\)", text_of(read("release")))
    assert found
    return found


def test_every_link_into_the_course_has_a_target():
    folder = (COURSE.root / "release" / STORY.notebook_path).parent
    inside = [link for link in links() if "://" not in link]
    assert all((folder / link).is_file() for link in inside)
    start = f"../{PAGES[0].assignment}/{PAGES[0].notebook}.ipynb"
    assert set(inside) == {start} | {f"{lab.notebook}.ipynb" for lab in LABS}


def test_every_link_out_of_the_course_is_to_a_place_that_stays():
    outside = [link for link in links() if "://" in link]
    homes = {
        "http://neuralnetworksanddeeplearning.com/",
        "https://www.deeplearningbook.org/",
        "https://d2l.ai/",
        "https://cs231n.github.io/",
        "https://docs.pytorch.org/tutorials/",
        "https://arxiv.org/abs/",
        "https://distill.pub/2017/momentum/",
        "https://www.3blue1brown.com/topics/neural-networks",
    }
    used = {home for home in homes for link in outside if link.startswith(home)}
    assert used == homes
    assert all(any(link.startswith(home) for home in homes) for link in outside)
    assert len(outside) == len(set(outside))


# Run for real


def said(folder):
    """Run the page in a learner's folder, and return what it prints and shows as text."""
    copy_notebooks(folder)
    notebook = execute_file(folder / STORY.notebook_path)
    assert_ran_clean(notebook)
    shown = [one for cell in notebook.cells for one in cell.get("outputs", ()) if "data" in one]
    return "\n".join([printed(notebook), *(one.data["text/plain"] for one in shown)])


@pytest.mark.slow
def test_with_the_solutions_it_tells_what_its_text_says(solved, tmp_path):
    shutil.copytree(solved, tmp_path, dirs_exist_ok=True)
    text = said(tmp_path)
    assert f"{len(EXERCISES)} of {len(EXERCISES)} pass their visible checks" in text
    before, after = re.search(r"The cost fell from ([\d.]+) to ([\d.]+)\.", text).groups()
    seen, wrong = re.search(r"Of (\d+) digits that it .* read (\d+) wrongly", text).groups()
    assert "costs: 300 costs" in text
    assert "One training step of the network 2 -> 2 -> 1" in text
    claim = " ".join(text_of(read("release")).split())
    assert f"falls from {before}, which is guessing, to {after}" in claim
    assert f"none of the {seen} digits is read wrongly" in claim
    assert wrong == "0"


@pytest.mark.slow
def test_with_unfinished_functions_it_says_what_is_missing(tmp_path):
    text = said(tmp_path)
    assert f"0 of {len(EXERCISES)} pass their visible checks" in text
    assert "Your network cannot learn yet" in text
    assert "initialize_parameters_deep is not written yet" in text
    assert f"Your network needs {len(EXERCISES) - 1} more functions" in text
    assert "Traceback" not in text


@pytest.mark.slow
def test_with_a_function_that_fails_it_says_where_to_look(solved, write_notebook, tmp_path):
    shutil.copytree(solved, tmp_path, dirs_exist_ok=True)
    wrong = "def compute_cost(AL, Y):\n    return AL.nonsense"
    write_notebook(tmp_path / find("compute_cost").notebook_path, wrong)
    text = said(tmp_path)
    assert "compute_cost" in text
    assert "Your network cannot learn yet; the table above says where to look" in text
    assert "Traceback" not in text


# The commands


@pytest.mark.slow
def test_lab_copies_it_and_progress_does_not_count_it(tmp_path):
    assert tmp_path / STORY.notebook_path in copy_notebooks(tmp_path)
    found = standings(tmp_path)
    assert [one.exercise for one in found] == list(NOTEBOOKS)
    assert STORY.name not in progress_text(found)


def test_there_is_nothing_in_it_to_check_or_to_watch(tmp_path, write_notebook):
    path = write_notebook(tmp_path / STORY.notebook_path, "x = 1")
    with pytest.raises(NotebookError, match=r"the_story_so_far\.ipynb is a page to read"):
        check_notebook(path)
    other = write_notebook(tmp_path / LABS[0].notebook_path, "x = 1")
    assert list(notebooks_in([tmp_path])) == [other]


def test_there_is_nothing_in_it_to_grade(tmp_path, write_notebook):
    path = write_notebook(tmp_path / "ada" / STORY.notebook_path, "x = 1")
    found = find_submissions(path)
    assert found.submitted == ()
    assert found.problems == (
        "the_story_so_far.ipynb is a page to read: there is nothing in it to grade",
    )
    # Beside a lab that is missing it is not taken for that lab under another name.
    found = find_submissions(tmp_path)
    assert [one.exercise for one in found.submitted] == list(LABS)
    assert {one.path for one in found.submitted} == {None}
    assert found.problems == ()


def test_of_notebook_0_too_nothing_is_graded_checked_or_watched(tmp_path, write_notebook):
    start = find_page("00_start_here")
    for kind in ("source", "release"):
        made = nbformat.read(COURSE.root / kind / start.notebook_path, as_version=4)
        assert not any(cell.metadata.get("nbgrader") for cell in made.cells)
    path = write_notebook(tmp_path / "ada" / start.notebook_path, "x = 1")
    said = "00_start_here.ipynb is a page to read: there is nothing in it to "
    with pytest.raises(NotebookError, match=f"{said}check"):
        check_notebook(path)
    assert find_submissions(path).problems == (f"{said}grade",)
    # Beside it, the exercises of its assignment are missing, and nothing is wrong.
    found = find_submissions(tmp_path)
    assert [one.exercise for one in found.submitted] == list(of_assignment(start.assignment))
    assert found.problems == ()
    assert list(notebooks_in([tmp_path])) == []
    assert start.name not in progress_text(standings(tmp_path))


# The build

HEADER = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"


def built(tmp_path, text):
    path = tmp_path / "page.md"
    path.write_text(HEADER + text, encoding="utf-8")
    return page_notebook(read_page(path, Page("page", "5_labs")))


def test_a_page_is_text_and_plain_code(tmp_path):
    notebook = built(tmp_path, "# Title\n\n```{code-cell} ipython3\nx = 1\n```\n")
    assert [(cell.cell_type, cell.id, cell.source) for cell in notebook.cells] == [
        ("markdown", "text-01", "# Title"),
        ("code", "code-02", "x = 1"),
    ]


@pytest.mark.parametrize("option", [":solution: linear_forward", ":tags: [setup]", ":id: mine"])
def test_a_cell_of_another_kind_is_refused(tmp_path, option):
    text = f"# Title\n\n```{{code-cell}} ipython3\n{option}\n```\n"
    name = option.split(":")[1]
    with pytest.raises(BuildError, match=rf"page\.md:9: a page holds .* this cell has: {name}$"):
        built(tmp_path, text)
