"""The card of a check in JupyterLab: by mouse and by keyboard, in both themes, wide and narrow."""

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
from workbook.learn.workspace.lab import copy_notebooks

pytestmark = [pytest.mark.slow, needs_chromium]

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


def test_cards_by_mouse_and_by_keyboard(tmp_path, pictures):
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    cells = [BACKWARD.format(name=name, line=line) for name, line in CARDS.items()]
    write_cells(folder / "cards.ipynb", "import numpy as np\nfrom workbook import check", *cells)
    with running_lab(folder, tmp_path) as address, browser_page(height=1300) as page:
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
