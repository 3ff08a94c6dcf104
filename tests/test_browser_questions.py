"""Questions in JupyterLab: by mouse and by keyboard, in both themes, wide and narrow."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.all_kinds_of_questions import QUESTIONS, use_questions
from tests.browser.lab import (
    OpenNotebook,
    browser_page,
    each_look,
    needs_chromium,
    running_lab,
    serious,
    write_cells,
)
from tests.reference import before_a_release
from workbook.learn.workspace.answers import ANSWERS_FILE
from workbook.learn.workspace.lab import copy_notebooks

pytestmark = [pytest.mark.slow, needs_chromium]

WIDE, NARROW = {"width": 1280, "height": 1300}, {"width": 400, "height": 1300}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder of a learner, with a notebook that asks one question of each kind."""
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    use_questions(monkeypatch, tmp_path / "course")
    asks = [f'quiz("{name}")' for name in QUESTIONS]
    write_cells(folder / "asks.ipynb", "from workbook import progress, quiz", *asks, "progress()")
    return folder


def tried(folder):
    """Return the tries of each question, and whether it is right, as the file has them."""
    found = json.loads((folder / ANSWERS_FILE).read_text(encoding="utf-8"))["answers"]
    return {name: (one["tries"], one["right"]) for name, one in found.items()}


@before_a_release
def test_questions_by_mouse_and_by_keyboard(folder, tmp_path, pictures):
    outside = []
    with running_lab(folder, tmp_path) as address, browser_page(height=1300) as page:
        page.on("request", lambda one: outside.append(one.url))
        notebook = OpenNotebook(page, address, "asks.ipynb")
        notebook.run_all()
        by_mouse(notebook)
        notebook.screenshot(pictures / "questions-1-mouse.png")
        by_keyboard(notebook)
        notebook.screenshot(pictures / "questions-2-keyboard.png")
        assert tried(folder) == {
            "rows_of_first_weights": (2, True),
            "how_many_parameters": (2, True),
            "shape_of_bias": (2, True),
            "sigmoid_of_zero": (2, True),
            "all_zero": (1, True),
        }
        progress = notebook.cell_with("progress()")
        notebook.run(progress)
        expect(progress).to_contain_text("Questions: 5 of 5 answered")
        in_both_themes(notebook, pictures)
        opened_again(notebook, address, pictures)
    assert not [url for url in outside if not re.match(f"{address}|ws|data:|blob:", url)]


def by_mouse(notebook):
    """Answer a choice, a number and a shape, wrongly and then rightly."""
    choice = notebook.cell_with("rows_of_first_weights")
    status = choice.get_by_role("status")
    expect(status).to_have_count(0)
    choice.get_by_role("button", name="A. (4, 3)").click()
    expect(status).to_contain_text("✗ Not yet This has a row for each input.")
    expect(status).to_have_attribute("aria-live", "polite")
    expect(choice.get_by_role("button", name="✗ A. (4, 3)")).to_be_visible()
    choice.get_by_role("button", name="B. (3, 4)").click()
    expect(status).to_contain_text("✓ Right A row for each unit")
    expect(status).to_have_count(1)

    for name, label, wrong, sentence, right in (
        ("how_many_parameters", "Your number", "12", "These are the weights alone", "17,0"),
        ("shape_of_bias", "Your shape", "(3,)", "(3,) has 1 axis", "3 x 1"),
    ):
        cell = notebook.cell_with(name)
        field = cell.get_by_role("textbox", name=label)
        check = cell.get_by_role("button", name="Check")
        field.fill("many")
        check.click()
        expect(cell.get_by_role("status")).to_contain_text("? No answer yet")
        field.fill(wrong)
        check.click()
        expect(cell.get_by_role("status")).to_contain_text(f"✗ Not yet {sentence}")
        field.fill(right)
        check.click()
        expect(cell.get_by_role("status")).to_contain_text("✓ Right")


def by_keyboard(notebook):
    """Answer a choice, a number and an open question without the mouse."""
    keys = notebook.page.keyboard
    choice = notebook.cell_with("rows_of_first_weights")
    status = choice.get_by_role("status")
    # Escape leaves the editor of the cell, and Tab goes on to its buttons.
    choice.locator(".cm-content").focus()
    keys.press("Escape")
    first = choice.get_by_role("button", name=re.compile("A\\."))
    for _ in range(20):
        keys.press("Tab")
        if first.evaluate("button => button === document.activeElement"):
            break
    keys.press("Enter")
    expect(status).to_contain_text("✗ Not yet This has a row")
    expect(first).to_be_focused()
    keys.press("Tab")
    keys.press("Space")
    expect(status).to_contain_text("✓ Right")
    keys.press("Shift+Tab")
    expect(first).to_be_focused()

    number = notebook.cell_with("sigmoid_of_zero")
    number.get_by_role("textbox", name="Your number").focus()
    keys.type("1")
    keys.press("Enter")
    expect(number.get_by_role("status")).to_contain_text("✗ Not yet Put 0 into the formula")
    # The arrows move in the field, and not from cell to cell.
    keys.press("ArrowLeft")
    keys.type("0,5")
    keys.press("End")
    keys.press("Backspace")
    keys.press("Tab")
    keys.press("Enter")
    expect(number.get_by_role("status")).to_contain_text("✓ Right")

    words = notebook.cell_with("all_zero")
    words.get_by_role("textbox", name="What do you expect, or see?").focus()
    keys.type("nothing moves")
    keys.press("Tab")
    keys.press("Enter")
    expect(words.get_by_role("status")).to_contain_text("Compare All units of a layer stay the")


def in_both_themes(notebook, pictures):
    """Look at the answers in the light and the dark theme, wide and narrow; nothing sticks out."""
    for look in each_look(notebook.page, WIDE, NARROW):
        choice = notebook.cell_with("rows_of_first_weights")
        notebook.scroll_to(choice)
        frame = choice.bounding_box()
        for part in (*choice.locator(".jupyter-button").all(), choice.get_by_role("status")):
            box = part.bounding_box()
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
            assert part.evaluate("part => part.scrollWidth <= part.clientWidth + 1")
        notebook.screenshot(pictures / f"questions-3-{look}.png")
        assert serious(notebook.page) == []


def opened_again(notebook, address, pictures):
    """Open the notebook with a new kernel: the buttons are gone, and come back with the answer."""
    page = notebook.page
    page.set_viewport_size(WIDE)
    choice = notebook.cell_with("rows_of_first_weights")
    note = choice.get_by_text("If there are no buttons here, run this cell")
    expect(note).to_be_hidden()
    notebook.save()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name=re.compile("^Restart Kernel…")).first.click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(choice.locator(".jupyter-widgets-disconnected").first).to_be_visible()
    page.goto("about:blank")
    notebook = OpenNotebook(page, address, "asks.ipynb")
    choice = notebook.cell_with("rows_of_first_weights")
    note = choice.get_by_text("If there are no buttons here, run this cell")
    expect(note).to_be_visible()
    notebook.screenshot(pictures / "questions-4-opened-again.png")
    notebook.run_all()
    expect(note).to_be_hidden()
    expect(choice.get_by_role("button", name="✓ B. (3, 4)")).to_be_visible()
    expect(choice.get_by_role("status")).to_contain_text("✓ Right")
    shape = notebook.cell_with("shape_of_bias")
    expect(shape.get_by_role("textbox", name="Your shape")).to_have_value("(3, 1)")
    notebook.screenshot(pictures / "questions-5-run-again.png")
