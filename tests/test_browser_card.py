"""A learner's first notebooks in JupyterLab, and the card of a check: by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import (
    OpenNotebook,
    browser_page,
    each_look,
    needs_chromium,
    running_lab,
    serious,
    write_cells,
)
from tests.submissions import answer_text
from workbook.course.exercises import find
from workbook.learn.workspace.lab import copy_notebooks

pytestmark = [pytest.mark.slow, pytest.mark.browser, needs_chromium]

WIDE, NARROW = {"width": 1280, "height": 1300}, {"width": 400, "height": 1300}
BACKWARD = """def linear_backward(dZ, cache):  # {name}
    A_prev, W, b = cache
    m = dZ.shape[1]
    dA_prev, dW, db = W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
    {line}
    return dA_prev, dW, db
check(linear_backward)"""
CARDS = {
    "one mistake": "db = m * db",
    "two mistakes": "dA_prev, dW = dA_prev / m, dW.T",
    "an exception": "dW = dZ @ a.T / m",
    "a lost axis": "db = db[:, 0]",
    "right": "",
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A learner's folder, the address of JupyterLab on it, and a page of a browser."""
    scratch = tmp_path_factory.mktemp("lab")
    folder = scratch / "notebooks"
    copy_notebooks(folder)
    with running_lab(folder, scratch) as address, browser_page(height=1300) as page:
        yield folder, address, page


def test_the_first_notebooks_of_a_learner(lab, pictures):
    folder, address, page = lab
    first = find("initialize_parameters")
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
    notebook.rewrite(stub, answer_text(first))
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

    # What JupyterLab has saved is what a later notebook imports.
    marker = "print('my own linear_forward')"
    third, fourth = find("linear_forward"), find("linear_activation_forward")
    notebook = OpenNotebook(page, address, third.notebook_path)
    answer = answer_text(third).replace("    Z =", f"    {marker}\n    Z =", 1)
    notebook.rewrite(notebook.cell_with("raise NotImplementedError"), answer)
    notebook.save()
    setup = f"from workbook import *\nfrom workbook.earlier import {third.name}"
    cells = [setup, answer_text(fourth), f"check({fourth.name})"]
    write_cells(folder / fourth.assignment / "again.ipynb", *cells)
    notebook = OpenNotebook(page, address, f"{fourth.assignment}/again.ipynb")
    notebook.run_all()
    card = notebook.cells.last
    notebook.screenshot(pictures / "4-solved.png")
    expect(card).to_contain_text("my own linear_forward")
    expect(card).to_contain_text("Visible checks pass")


def test_cards_by_mouse_and_by_keyboard(lab, pictures):
    folder, address, page = lab
    cells = [BACKWARD.format(name=name, line=line) for name, line in CARDS.items()]
    write_cells(folder / "cards.ipynb", "import numpy as np\nfrom workbook import check", *cells)
    notebook = OpenNotebook(page, address, "cards.ipynb")
    # What fails ends "Run All Cells".
    for number in range(len(CARDS) + 1):
        notebook.run(notebook.cells.nth(number))
    cards = {name: notebook.cell_with(f"# {name}") for name in CARDS}
    expect(cards["right"]).to_contain_text("14 of 14 visible checks pass")
    expect(cards["right"].get_by_role("button", name="Hint")).to_have_count(0)
    expect(cards["an exception"].get_by_role("button", name="Show me")).to_have_count(0)
    by_mouse(cards["a lost axis"])
    by_keyboard(notebook, cards["two mistakes"])
    in_both_themes(notebook, cards, pictures)


def by_mouse(card):
    """Ask for two hints, and for the picture."""
    expect(card).to_contain_text("CheckFailed: 4 of 14 checks of linear_backward fail: db")
    expect(card.get_by_text("If there are no buttons here")).to_be_hidden()
    expect(card).not_to_contain_text("run in a cell")
    expect(card.get_by_role("status")).to_have_count(0)
    for number in (1, 2):
        card.get_by_role("button", name="Hint").click()
        expect(card.get_by_role("status")).to_contain_text(f"Hint {number} of 3, linear_backward:")
    card.get_by_role("button", name="Show me").click()
    picture = card.get_by_role("status").get_by_role("img")
    expect(picture).to_have_attribute("alt", re.compile("db has one axis"))


def by_keyboard(notebook, card):
    """Unfold every check, and ask for a hint and for the picture, without the mouse."""
    keys = notebook.page.keyboard
    every = card.get_by_role("table", name="Every check")
    expect(every).to_be_hidden()
    # Escape leaves the editor of the cell, and Tab goes on to its output.
    card.locator(".cm-content").focus()
    keys.press("Escape")
    for wanted in (
        card.locator("summary"),
        card.get_by_role("button", name="Hint"),
        card.get_by_role("button", name="Show me"),
    ):
        for _ in range(20):
            keys.press("Tab")
            if wanted.evaluate("one => one === document.activeElement"):
                break
        expect(wanted).to_be_focused()
        keys.press("Space")
    expect(every).to_be_visible()
    expect(card.get_by_role("status").first).to_contain_text("Hint 3 of 3")
    expect(card.get_by_role("status").get_by_role("img")).to_be_visible()


def in_both_themes(notebook, cards, pictures):
    """Look at the cards in the light and the dark theme, wide and narrow; nothing sticks out."""
    for look in each_look(notebook.page, WIDE, NARROW):
        for name, card in cards.items():
            notebook.scroll_to(card)
            shown, frame = card.get_by_role("group").first, card.bounding_box()
            box = shown.bounding_box()
            assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
            tables = card.get_by_role("region", name=re.compile("that differ$")).all()
            for part in (shown, *tables):
                assert part.evaluate("part => part.scrollWidth <= part.clientWidth + 1"), name
            file = f"card-{name.replace(' ', '-')}-{look}.png"
            card.locator(".jp-Cell-outputArea").screenshot(path=pictures / file)
        assert serious(notebook.page) == []
