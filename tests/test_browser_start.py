"""Notebook 0 in a real browser: run, press play, drag, by mouse and by keys, light and dark."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.lab import OpenNotebook, browser_page, needs_chromium, running_lab
from tests.reference import before_a_release
from workbook.course.exercises import find_page
from workbook.learn.workspace.lab import copy_notebooks

pytestmark = [pytest.mark.slow, needs_chromium]

START = find_page("00_start_here")
# The height of a usual laptop's window, in which the first screen is what one sees.
HEIGHT = 800


def choose_theme(theme, scratch):
    """Have JupyterLab start in a theme."""
    folder = scratch / "settings" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True)
    settings = json.dumps({"theme": f"JupyterLab {theme}"})
    (folder / "themes.jupyterlab-settings").write_text(settings, encoding="utf-8")


@before_a_release
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_a_network_is_seen_to_learn(tmp_path, pictures, theme):
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    choose_theme(theme, tmp_path)
    with running_lab(folder, tmp_path) as address, browser_page(height=HEIGHT) as page:
        notebook = OpenNotebook(page, address, START.notebook_path)
        first = notebook.cell_with("watch_learning()")
        notebook.screenshot(pictures / f"start-{theme}-1-opened.png")
        # The first thing to run stands within the first screen.
        box = first.bounding_box()
        assert box["y"] + box["height"] < HEIGHT

        notebook.run(first)
        status = first.get_by_role("status")
        expect(status).to_contain_text("step 0 of 200: cost 0.718")
        notebook.screenshot(pictures / f"start-{theme}-2-run.png")

        button = first.get_by_role("button", name=re.compile("(Play|Pause)$"))
        button.focus()
        button.press("Enter")
        expect(button).to_have_text("Pause")
        expect(status).to_contain_text(re.compile(r"step [1-9]\d* of 200"))
        notebook.screenshot(pictures / f"start-{theme}-3-playing.png")
        expect(status).to_contain_text("step 200 of 200: cost 0.015, 100%")
        expect(button).to_have_text("Play")
        expect(first.get_by_role("img").last).to_have_attribute(
            "alt", re.compile("^After step 200 of 200")
        )
        # Once more, from the beginning.
        button.click()
        expect(status).to_contain_text(re.compile(r"step [1-5]\d? of 200"))
        button.click()
        expect(button).to_have_text("Play")

        # By the keys of the slider, and by the field beside it, which has a name.
        handle, field = first.get_by_role("slider"), first.get_by_role("spinbutton", name="step")
        handle.press("Home")
        expect(status).to_contain_text("step 0 of 200")
        for _ in range(4):
            handle.press("ArrowRight")
        expect(status).to_contain_text("step 20 of 200")
        expect(field).to_have_value("20")
        field.fill("60")
        field.press("Tab")
        expect(status).to_contain_text("step 60 of 200")

        # By the mouse.
        at = handle.bounding_box()
        page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
        page.mouse.down()
        page.mouse.move(at["x"] + 60, at["y"] + at["height"] / 2, steps=8)
        page.mouse.up()
        expect(status).not_to_contain_text("step 60 of 200")

        # A narrow window: the picture stays large enough to be read, and is scrolled in its place.
        page.set_viewport_size({"width": 800, "height": HEIGHT})
        page.wait_for_timeout(500)
        notebook.screenshot(pictures / f"start-{theme}-4-narrow.png")
        image, cell = first.get_by_role("img").last.bounding_box(), first.bounding_box()
        assert image["width"] > 400
        output = first.locator(".jp-OutputArea").first
        assert output.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert cell["x"] + cell["width"] <= 800


@before_a_release
@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_every_other_picture_moves(tmp_path, pictures, theme):
    folder = tmp_path / "notebooks"
    copy_notebooks(folder)
    choose_theme(theme, tmp_path)
    with running_lab(folder, tmp_path) as address, browser_page(height=HEIGHT) as page:
        notebook = OpenNotebook(page, address, START.notebook_path)
        notebook.run_all()
        expect(page.locator(".jp-Notebook")).not_to_contain_text("Traceback")

        units = notebook.cell_with("watch_learning(units=")
        units.get_by_role("button", name="3", exact=True).click()
        units.get_by_role("slider").press("End")
        expect(units.get_by_role("status")).to_contain_text("3 hidden units, learning rate 1, step")
        expect(units.get_by_role("status")).to_contain_text("98%")
        rates = notebook.cell_with("watch_learning(learning_rate=")
        rates.get_by_role("button", name="10", exact=True).click()
        rates.get_by_role("slider").press("End")
        expect(rates.get_by_role("status")).to_contain_text("50% of the points right")

        slope = notebook.cell_with("slope_slider()")
        slope.get_by_role("spinbutton", name="w").fill("1")
        slope.get_by_role("spinbutton", name="w").press("Tab")
        expect(slope.get_by_role("status")).to_contain_text("its slope is 0.0")
        partial = notebook.cell_with("partial_slider()")
        for name, value in (("w1", "2"), ("w2", "-1")):
            partial.get_by_role("spinbutton", name=name).fill(value)
            partial.get_by_role("spinbutton", name=name).press("Tab")
        expect(partial.get_by_role("status")).to_contain_text("∂J/∂w2 = -8.0")
        chain = notebook.cell_with("chain_slider()")
        chain.get_by_role("slider").first.press("Home")
        expect(chain.get_by_role("status")).to_contain_text("dw/dx = -2 * (-1) * 1.5 = 3.")

        for number, cell in enumerate((units, rates, slope, partial, chain)):
            notebook.scroll_to(cell)
            notebook.screenshot(pictures / f"start-{theme}-5-{number}.png")
        for number, alt in enumerate(("A concept map", "Four steps")):
            image = page.locator(f"img[alt^='{alt}']")
            image.scroll_into_view_if_needed()
            page.wait_for_timeout(300)
            assert image.evaluate("image => image.naturalWidth") == 1800
            notebook.screenshot(pictures / f"start-{theme}-6-{number}.png")
