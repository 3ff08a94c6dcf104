"""A training step watched in a real browser: by the keyboard, and by Play."""

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
from tests.reference import before_a_release

pytestmark = [pytest.mark.slow, needs_chromium]

RECORDED = "from workbook import flow\nflow(recorded=True)"
OWN = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\nflow()"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 400, "height": 900}


@before_a_release
def test_a_step_is_watched_by_the_keyboard(tmp_path, pictures):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write_cells(folder / "flow.ipynb", RECORDED, OWN)
    with running_lab(folder, tmp_path) as address, browser_page(height=900) as page:
        notebook = OpenNotebook(page, address, "flow.ipynb")
        notebook.run_all()
        cell, own = notebook.cells.nth(0), notebook.cells.nth(1)
        status, picture = cell.get_by_role("status"), cell.get_by_role("img", name="The network")
        expect(status).to_contain_text("1 of 20: The start")
        handle = cell.get_by_role("slider").first
        # From the button to the slider by Tab alone.
        cell.get_by_role("button", name=re.compile("Play$")).focus()
        page.keyboard.press("Tab")
        expect(cell.get_by_role("spinbutton", name="moment")).to_be_focused()
        page.keyboard.press("Tab")
        expect(handle).to_be_focused()

        page.keyboard.press("ArrowRight")
        expect(status).to_contain_text("2 of 20: Forward, layer 1: weights and biases: Z1 = W1 X")
        expect(cell.get_by_role("table").first).to_contain_text("Z1 (4, 4)")
        expect(picture.locator("text").filter(has_text="written now")).to_have_count(1)
        expect(cell.get_by_text("One entry")).to_contain_text("Z1[0, 0] = (-0.3) * 0.3 + 0.7")
        notebook.screenshot(pictures / "flow-1-forward.png")
        for _ in range(7):
            page.keyboard.press("ArrowRight")
        expect(status).to_contain_text("9 of 20: The cost")
        expect(picture.locator("text").filter(has_text="0.8247")).to_be_visible()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        expect(status).to_contain_text("14 of 20: Backward, layer 2: through the weights")
        expect(picture.locator("text").filter(has_text="read now")).to_have_count(1)
        expect(picture).to_have_attribute("aria-label", re.compile("cache 2 read now"))
        expect(cell.get_by_role("table").first).to_contain_text("dW2 (3, 4)")
        notebook.screenshot(pictures / "flow-2-backward.png")
        # For whom motion is too much, nothing runs along the lines.
        dots = cell.locator(".wb-flow-dot")
        expect(dots).to_have_count(12)
        page.emulate_media(reduced_motion="reduce")
        assert dots.first.evaluate("dot => getComputedStyle(dot).display") == "none"
        page.keyboard.press("End")
        expect(status).to_contain_text("20 of 20: The cost with the new parameters")

        # Another point, and then Play, which begins anew at the end.
        column = cell.get_by_role("spinbutton", name="column")
        column.fill("3")
        column.press("Tab")
        expect(picture).to_have_attribute("aria-label", re.compile("Column 3"))
        button = cell.get_by_role("button", name=re.compile("(Play|Pause)$"))
        button.press("Enter")
        expect(status).to_contain_text(re.compile("^[23] of 20"))
        button.press("Enter")
        expect(button).to_have_text("Play")

        # One function of the learner's own: the rest is grey, and says where it is written.
        said = own.get_by_role("status")
        expect(said).to_contain_text("2 of 20: Forward, layer 1")
        own.get_by_role("slider").first.press("ArrowRight")
        expect(said).to_contain_text("04_linear_activation_forward.ipynb")
        expect(own.get_by_text("not written yet").first).to_be_visible()

        # Nothing is wider than a window of 400 pixels, and axe finds nothing serious.
        for look in each_look(page, WIDE, NARROW):
            notebook.scroll_to(cell)
            notebook.screenshot(pictures / f"flow-3-{look}.png")
            for shown in (cell.locator(".jp-OutputArea").first, *cell.get_by_role("region").all()):
                assert shown.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
            assert serious(page) == []
