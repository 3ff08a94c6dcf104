"""What a learner opens and moves in JupyterLab, in a real browser; before a release."""

import re
import sys

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab import (
    OpenNotebook,
    browser_page,
    needs_chromium,
    running_lab,
    serious,
    write_cells,
)
from tests.processes import until
from tests.reference import before_a_release
from tests.submissions import hand_in
from workbook import progress
from workbook.course.exercises import ASSIGNMENTS, EXERCISES, NOTEBOOKS, PAGES
from workbook.course.leftovers import COURSE_PAGE

pytestmark = [pytest.mark.slow, needs_chromium]


def tabs_of(page) -> Locator:
    """Return the tabs of JupyterLab's main area."""
    return page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab:visible")


@before_a_release
def test_the_first_page_of_the_lab_and_coming_back(tmp_path, pictures):
    folder = tmp_path / "notebooks"
    # What follows goes to JupyterLab as it is.
    command = [sys.executable, "-m", "workbook.cli", "lab", str(folder), "--"]
    start = next((one for one in PAGES if one.assignment == EXERCISES[0].assignment), EXERCISES[0])
    with running_lab(tmp_path, tmp_path, command) as address, browser_page(height=900) as page:
        page.goto(address)
        tabs = tabs_of(page)
        expect(tabs).to_have_text([COURSE_PAGE, re.compile(rf"^{start.notebook}\.")])
        expect(tabs.last).to_have_class(re.compile("lm-mod-current"))
        expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
        page.wait_for_timeout(2000)
        page.screenshot(path=pictures / "lab-1-first-page.png")

        tabs.first.click()
        shown = page.locator(".jp-MarkdownViewer")
        expect(shown.get_by_role("heading")).to_contain_text("Your course")
        expect(shown).to_contain_text(f"0 of {len(EXERCISES)} functions pass")
        expect(shown.get_by_role("row")).to_have_count(
            1 + len(NOTEBOOKS + PAGES) + len(ASSIGNMENTS)
        )
        page.screenshot(path=pictures / "lab-2-your-course.png")
        # A link leads to its notebook.
        shown.get_by_role("link", name=EXERCISES[4].name).click()
        expect(tabs).to_have_count(3)
        expect(page.locator(".jp-Notebook:visible")).to_contain_text(EXERCISES[4].title)
        page.wait_for_timeout(1000)

        # After `progress()`, it is read again by the item of the menu that it names.
        hand_in(folder, "", EXERCISES[0])
        progress(folder)
        tabs.first.click()
        page.get_by_role("menuitem", name="File", exact=True).click()
        page.get_by_role("menuitem", name="Reload Markdown File from Disk").click()
        expect(shown).to_contain_text(f"1 of {len(EXERCISES)} functions pass")
        # JupyterLab writes down which tabs are open a moment after they change.
        kept = (folder / ".jupyter").rglob
        until(lambda: any(EXERCISES[4].notebook in one.read_text("utf-8")
                          for one in kept("*.jupyterlab-workspace")))  # fmt: skip
    with running_lab(tmp_path, tmp_path, command) as address, browser_page(height=900) as page:
        page.goto(address)
        # The tabs that were open, and the next notebook in front.
        expect(tabs_of(page)).to_have_count(4)
        page.screenshot(path=pictures / "lab-3-coming-back.png")


@before_a_release
def test_the_playground(tmp_path, pictures):
    folder = tmp_path / "notebooks"
    for exercise in EXERCISES:
        hand_in(folder, "", exercise)
    start = "from workbook import playground\nplayground()"
    write_cells(folder / "play.ipynb", start, "print('another cell', 6 * 7)")
    with running_lab(folder, tmp_path) as address, browser_page(height=1000) as page:
        notebook = OpenNotebook(page, address, "play.ipynb")
        cell, other = notebook.cell_with("playground()"), notebook.cell_with("another cell")
        notebook.run(cell)
        image, status = cell.locator("img"), cell.get_by_role("status")
        expect(status).to_contain_text("Ready: 160 points to learn from and 40 held out")
        expect(status).to_contain_text("a network 2 -> 8 -> 8 -> 1. Functions:")
        expect(image).to_have_attribute("alt", re.compile("before the first step"))
        first = picture(image)
        notebook.screenshot(pictures / "playground-1-ready.png")

        # Another number of units is another network.
        cell.get_by_label("units in each").press("ArrowUp")
        expect(status).to_contain_text("2 -> 9 -> 9 -> 1")
        expect(image).to_have_attribute("alt", re.compile("2 -> 9 -> 9 -> 1 on moons"))
        assert picture(image) != first

        cell.get_by_role("button", name=re.compile("Start$")).click()
        expect(status).to_contain_text("Running: step")
        before = picture(image)
        # The kernel runs other cells meanwhile.
        notebook.run(other)
        expect(other).to_contain_text("another cell 42")
        assert picture(image) != before
        notebook.screenshot(pictures / "playground-2-running.png")

        cell.get_by_role("button", name=re.compile("Stop$")).click()
        expect(status).to_contain_text("Stopped: step")
        page.wait_for_timeout(300)
        stopped, said = picture(image), status.inner_text()
        page.wait_for_timeout(1500)
        assert (picture(image), status.inner_text()) == (stopped, said)
        notebook.screenshot(pictures / "playground-3-stopped.png")

        cell.get_by_role("button", name=re.compile("Start$")).click()
        expect(status).to_contain_text("Finished: step 2000 of 2000")
        notebook.screenshot(pictures / "playground-4-finished.png")

        # Points by the mouse and by the fields, another activation, and a unit's own map.
        box = image.bounding_box()
        image.click(position={"x": box["width"] * 0.3, "y": box["height"] * 0.7})
        expect(status).to_contain_text("Ready: 161 points")
        cell.get_by_role("button", name="Add this point").press("Enter")
        expect(status).to_contain_text("Ready: 162 points")
        cell.get_by_label("activation").select_option("tanh")
        cell.get_by_label("on the plane").select_option("hidden layer 1, unit 2")
        expect(image).to_have_attribute("alt", re.compile("^Map of hidden layer 1, unit 2"))
        cell.get_by_role("button", name=re.compile("Start$")).click()
        expect(status).to_contain_text("held out: cost")
        cell.get_by_role("button", name=re.compile("Stop$")).click()
        notebook.screenshot(pictures / "playground-5-unit.png")
        assert serious(page) == []

        # A narrow window: nothing sticks out.
        page.set_viewport_size({"width": 620, "height": 1000})
        page.wait_for_timeout(500)
        notebook.screenshot(pictures / "playground-6-narrow.png")
        box, frame = image.bounding_box(), cell.bounding_box()
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        assert box["width"] / box["height"] == pytest.approx(720 / 670, rel=0.02)
        page.set_viewport_size({"width": 1280, "height": 1000})

        # Run the cell again while it trains: one picture is left, and nothing runs.
        cell.get_by_role("button", name=re.compile("Restart$")).click()
        expect(status).to_contain_text("Running: step")
        notebook.run(cell)
        expect(status).to_contain_text("Ready")
        expect(image).to_have_count(1)
        ready = picture(image)
        page.wait_for_timeout(1000)
        assert picture(image) == ready
        expect(cell).not_to_contain_text("Traceback")
        assert page.locator("img[alt*='Decision boundary']").count() == 1


SETUP = (
    "import numpy as np\n"
    "from workbook import *\n"
    "W1, A0 = np.array([[0.5, -1.0, np.nan], [1.5, 0.0, 2.0]]), np.ones((4, 5))"
)
CARD = "def linear_forward(A, W, b):\n    return W @ A.T + b, (A, W, b)\ncheck(linear_forward)"


@before_a_release
def test_pictures_and_the_slider(tmp_path, pictures):
    cells = [SETUP, "show(W1)", "show_product(W1, A0)", CARD, "learning_rate_slider(0.1)"]
    folder = tmp_path / "notebooks"
    folder.mkdir()
    write_cells(folder / "pictures.ipynb", *cells)
    with running_lab(folder, tmp_path) as address, browser_page() as page:
        opened = OpenNotebook(page, address, "pictures.ipynb")
        for text in cells:
            opened.run(opened.cell_with(text.splitlines()[0]))
        matrix = opened.cell_with("show(W1)").get_by_role("img")
        expect(matrix).to_have_count(1)
        words = "W1: shape (2, 3), from -1 to 2, ✕ nan: 1 entry, at [0, 2]"
        expect(matrix).to_have_attribute("alt", words)
        assert matrix.evaluate("image => image.naturalWidth") > 300
        opened.scroll_to(opened.cell_with("show_product(W1, A0)"))
        opened.screenshot(pictures / "pictures-product.png")
        card = opened.cell_with("def linear_forward")
        card.get_by_role("button", name="Show me").click()
        drawn = card.get_by_role("status").get_by_role("img")
        expect(drawn).to_have_attribute("alt", re.compile("columns of W ≠ rows of A.T: 3 ≠ 4"))
        opened.scroll_to(card)
        opened.screenshot(pictures / "pictures-card.png")

        cell = opened.cell_with("learning_rate_slider(0.1)")
        seen = cell.locator(".jp-OutputArea").get_by_role("img")
        expect(seen).to_have_count(1)
        expect(seen).to_have_attribute("alt", re.compile("^Learning rate 0.1: converging"))
        handle = cell.get_by_role("slider")
        handle.focus()
        for _ in range(14):
            handle.press("ArrowRight")
        expect(seen).to_have_attribute("alt", re.compile("^Learning rate 0.1.*: oscillating"))
        opened.scroll_to(cell)
        opened.screenshot(pictures / "pictures-slider.png")
        for _ in range(14):
            handle.press("ArrowRight")
        expect(seen).to_have_attribute("alt", re.compile("^Learning rate 0.3.*: diverging"))
        expect(seen).to_have_count(1)


def picture(image: Locator) -> str:
    """Return what tells one shown picture from another."""
    return str(image.get_attribute("alt")) + str(
        image.evaluate(
            "image => { const c = document.createElement('canvas');"
            "c.width = 99; c.height = 45; const d = c.getContext('2d');"
            "d.drawImage(image, 0, 0, 99, 45); return d.getImageData(0, 0, 99, 45).data.join() }"
        )
    )
