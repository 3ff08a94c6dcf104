"""Pictures in a real browser: they stand in the notebook, and the slider draws as it is moved."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.browser.lab import OpenNotebook, browser_page, needs_chromium, running_lab

pytestmark = [pytest.mark.slow, needs_chromium]

SETUP = (
    "import numpy as np\n"
    "from workbook import *\n"
    "W1, A0 = np.array([[0.5, -1.0, np.nan], [1.5, 0.0, 2.0]]), np.ones((4, 5))"
)
CARD = "def linear_forward(A, W, b):\n    return W @ A.T + b, (A, W, b)\ncheck(linear_forward)"


@pytest.fixture
def pictures(tmp_path):
    """Where the screenshots go; WORKBOOK_SCREENSHOTS names a folder that keeps them."""
    return Path(os.environ.get("WORKBOOK_SCREENSHOTS", tmp_path / "screenshots"))


def test_pictures_and_the_slider(tmp_path, pictures):
    cells = [SETUP, "show(W1)", "show_product(W1, A0)", CARD, "learning_rate_slider(0.1)"]
    # Without the name of a kernel JupyterLab asks for one first.
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(text) for text in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    folder = tmp_path / "notebooks"
    folder.mkdir()
    nbformat.write(notebook, folder / "pictures.ipynb")
    with running_lab(folder, tmp_path) as address, browser_page() as page:
        opened = OpenNotebook(page, address, "pictures.ipynb")
        for text in cells:
            opened.run(opened.cell_with(text.splitlines()[0]))
        matrix = opened.cell_with("show(W1)").get_by_role("img")
        expect(matrix).to_have_count(1)
        expect(matrix).to_have_attribute("alt", "W1: shape (2, 3), from -1 to 2, ✕ nan: 1 entry, "
                                                "at [0, 2]")  # fmt: skip
        assert matrix.evaluate("image => image.naturalWidth") > 300
        opened.scroll_to(opened.cell_with("show_product(W1, A0)"))
        opened.screenshot(pictures / "pictures-product.png")
        card = opened.cell_with("def linear_forward")
        expect(card).to_contain_text("show_product(**{'W': (2, 3), 'A.T': (4, 3), 'b': (2, 1)})")
        opened.scroll_to(card)
        opened.screenshot(pictures / "pictures-card.png")

        cell = opened.cell_with("learning_rate_slider(0.1)")
        seen = cell.locator(".jp-OutputArea").get_by_role("img")
        expect(seen).to_have_count(1)
        expect(seen).to_have_attribute("alt", _begins("Learning rate 0.1: converging"))
        handle = cell.get_by_role("slider")
        handle.focus()
        for _ in range(14):
            handle.press("ArrowRight")
        expect(seen).to_have_attribute("alt", _begins("Learning rate 0.1.*: oscillating"))
        opened.scroll_to(cell)
        opened.screenshot(pictures / "pictures-slider.png")
        for _ in range(14):
            handle.press("ArrowRight")
        expect(seen).to_have_attribute("alt", _begins("Learning rate 0.3.*: diverging"))
        expect(seen).to_have_count(1)


def _begins(pattern):
    return re.compile(f"^{pattern}")
