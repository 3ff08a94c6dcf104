"""A learner's path in a real browser: JupyterLab, nbgrader's extension, Chromium."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import CHROMIUM, OpenNotebook, browser_page, running_lab
from workbook.course import Course
from workbook.exercises import Exercise, find
from workbook.grade.answers import reference_answer
from workbook.learn.lab import copy_notebooks

COURSE = Course(Path(__file__).resolve().parents[1])

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="needs Chromium: apt-get install chromium",
)


def exercise(name: str) -> Exercise:
    found = find(name)
    assert found is not None
    return found


@pytest.fixture
def pictures(tmp_path):
    """Where the screenshots go; WORKBOOK_SCREENSHOTS names a folder that keeps them."""
    return Path(os.environ.get("WORKBOOK_SCREENSHOTS", tmp_path / "screenshots"))


def test_the_first_notebooks_of_a_learner(tmp_path, pictures):
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    with running_lab(folder, tmp_path) as address, browser_page() as page:
        first = exercise("initialize_parameters")
        notebook = OpenNotebook(page, address, first.notebook_path)
        notebook.screenshot(pictures / "1-opened.png")
        assert notebook.dialogs().count() == 0, notebook.dialogs().all_inner_texts()

        notebook.run_all()
        card = notebook.cell_with("check(initialize_parameters)")
        notebook.scroll_to(card)
        notebook.screenshot(pictures / "1-unsolved.png")
        expect(card).to_contain_text("not written yet")
        expect(card).to_contain_text("CheckFailed")
        expect(card).not_to_contain_text("Traceback")

        stub = notebook.cell_with("raise NotImplementedError")
        notebook.rewrite(stub, reference_answer(COURSE, first.name))
        notebook.run(card)
        notebook.scroll_to(card)
        notebook.screenshot(pictures / "1-solved.png")
        expect(card).to_contain_text("Visible checks pass")
        expect(card).not_to_contain_text("CheckFailed")

        notebook.save()
        said = notebook.validate()
        notebook.screenshot(pictures / "1-validated.png")
        assert "Success" in said
        page.keyboard.press("Escape")

        solve_in_browser(page, address, "linear_forward", marker="print('my own linear_forward')")
        fourth = exercise("linear_activation_forward")
        notebook = OpenNotebook(page, address, fourth.notebook_path)
        notebook.run_all()
        stub = notebook.cell_with("raise NotImplementedError")
        notebook.rewrite(stub, reference_answer(COURSE, fourth.name))
        card = notebook.cell_with(f"check({fourth.name})")
        notebook.run(card)
        notebook.scroll_to(card)
        notebook.screenshot(pictures / "4-solved.png")
        expect(card).to_contain_text("my own linear_forward")
        expect(card).to_contain_text("Visible checks pass")


def solve_in_browser(page, address: str, name: str, marker: str) -> None:
    """Write the reference into a notebook, with a line that shows that it is the learner's."""
    notebook = OpenNotebook(page, address, exercise(name).notebook_path)
    notebook.run_all()
    answer = reference_answer(COURSE, name).replace("    Z =", f"    {marker}\n    Z =", 1)
    assert marker in answer
    notebook.rewrite(notebook.cell_with("raise NotImplementedError"), answer)
    notebook.save()
