"""The site in a real browser: JupyterLite, Pyodide, and a learner's path through two lessons."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab import needs_chromium
from tests.browser.pyodide_files import PYODIDE, needs_pyodide
from tests.browser.static_site import browser_without_web, own_certificate, serving
from tests.command import workbook
from tests.reference import WHOLE, before_a_release
from tests.submissions import answer_text
from workbook.course.exercises import EXERCISES, find

pytestmark = [pytest.mark.slow, needs_chromium, needs_pyodide]

PREFIX = "/some/course/"
READY = "document.documentElement.dataset.workbookReady"
# A cell of its own at the end of the notebook, run as a learner runs one.
RUN = """async ([source, place]) => {
  const app = window.jupyterapp;
  const notebook = app.shell.currentWidget.content;
  const found = notebook.widgets.findIndex((cell) => cell.model.sharedModel.source.includes(place));
  notebook.activeCellIndex = place ? found : notebook.widgets.length - 1;
  if (!place) await app.commands.execute("notebook:insert-cell-below");
  if (source) notebook.activeCell.model.sharedModel.setSource(source);
  await app.commands.execute("notebook:run-cell");
  return notebook.activeCell.model.outputs.toJSON();
}"""


# The other notebooks, solved by code in a kernel, through files as any code writes them.
WRITE_ALL = """
import json
from pathlib import Path
from workbook.learn.whole_file import write_whole
def write_all(solved):
    for path, (name, source) in solved.items():
        notebook = json.loads(Path("..", path).read_text())
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code" and f"def {name}(" in "".join(cell["source"]):
                cell["source"] = source
        write_whole(Path("..", path), json.dumps(notebook).encode())
    again = json.loads(Path("..", path).read_text())
    return again == notebook, "rows_meet_columns" in Path("../quiz_answers.json").read_text()
"""


def solved_cells():
    """Return the right answers of all exercises but one, by their notebooks."""
    return {
        one.notebook_path: (one.name, answer_text(one))
        for one in EXERCISES
        if one.name != "linear_forward"
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A function that builds a site: with Pyodide's files in it, or with those of the CDN."""

    def build(*options):
        folder = tmp_path_factory.mktemp("site") / "site"
        done = workbook("site", folder, *options)
        assert done.exit_code == 0, done.output
        return folder

    return build


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return own_certificate(tmp_path_factory.mktemp("certificate"))


class Tab:
    """A notebook in a tab, with Python ready."""

    def __init__(self, page, port, path):
        self.page = page
        self.page.goto(f"http://127.0.0.1:{port}{PREFIX}lite/notebooks/index.html?path={path}")
        self.page.wait_for_function(READY)

    def run(self, source="", place=""):
        """Run a new cell, or the one that holds a text; return what it shows, as text."""
        shown = self.page.evaluate(RUN, [source, place])
        texts = [one.get("text") or one.get("evalue") or "" for one in shown]
        texts += [str(one.get("data", {}).get("text/plain", "")) for one in shown]
        return "\n".join(texts)


@pytest.mark.browser
def test_a_learners_path_through_two_lessons(built, certificate):
    site = built("--offline", PYODIDE)
    assert size(site) < 60e6
    assert size(site) - size(site / "lite" / "static" / "pyodide") < 25e6
    exercise = find("linear_forward")
    with (
        serving(site, PREFIX) as served,
        serving(site / "nothing", certificate=certificate) as elsewhere,
        browser_without_web(elsewhere) as context,
    ):
        page = context.new_page()
        tab = Tab(page, served.port, exercise.notebook_path)
        tab.run(place="from workbook import check")
        tab.run("import time; time.sleep(3)")
        shown = tab.run(answer_text(exercise, "W_transposed"), place="def linear_forward")
        assert shown.strip() == ""
        shown = tab.run(place="check(linear_forward)")
        assert "transposed" in shown
        assert re.search(r"CheckFailed|checks of linear_forward fail", shown)
        page.get_by_role("button", name=re.compile("hint", re.IGNORECASE)).first.click()
        expect(page.get_by_text("Hint 1").first).to_be_visible()
        tab.run(answer_text(exercise), place="def linear_forward")
        assert "8 of 8 visible checks pass" in tab.run(place="check(linear_forward)")
        tab.run('quiz("rows_meet_columns", "(2, 4)")')
        # A notebook that Python writes stays one, and so does the file of answers.
        shown = tab.run(WRITE_ALL + f"write_all({solved_cells()!r})")
        assert "(True, True)" in shown
        assert "was stopped" in tab.run(
            "import workbook.learn.check.time_limit as limit; limit.time_limit.__wrapped__"
            ".__defaults__ = (0.5, False)\n"
            "def linear_forward(A, W, b):\n    while True: pass\ncheck(linear_forward)"
        )
        # An endless loop outside a check is stopped; what was defined is there again.
        tab.run("from math import tau\nrows = ['a']")
        tab.run("class Row:\n    n = 5\nrows.append('b')\nraise ValueError")
        page.evaluate(f"({RUN})(['rows.append(1)\\nwhile True: pass', '']); 0")
        expect(page.get_by_text("[*]")).to_have_count(1)
        page.evaluate("jupyterapp.commands.execute('notebook:interrupt-kernel'); 0")
        said = page.locator("#workbook-says")
        # A second Stop, while cells are brought back, goes on with those after the one it stops.
        expect(said).to_contain_text(": 1 of", timeout=120_000)
        page.evaluate("jupyterapp.commands.execute('notebook:interrupt-kernel'); 0")
        expect(said).to_contain_text("stopped was not run again", timeout=120_000)
        expect(said.get_by_role("alert")).to_have_count(0)
        assert "['a', 'b'] 5 7.0" in tab.run("print(rows, Row.n, tau // 1 + 1)")
        if WHOLE:
            in_the_next_lesson(page, served)
    assert elsewhere.asked == []


def in_the_next_lesson(page, served):
    """Use the earlier function, and widgets; `tests/test_pyodide.py` does it without a browser."""
    tab = Tab(page, served.port, find("linear_activation_forward").notebook_path)
    shown = tab.run(
        "import numpy as np; from workbook.earlier import linear_forward; "
        "linear_forward(np.ones((2, 1)), np.ones((1, 2)), np.zeros((1, 1)))[0]"
    )
    assert "array([[2.]])" in shown
    assert "10 of 10 pass" in tab.run("from workbook import progress; progress()")
    tab.run("from workbook import slope_slider; slope_slider()")
    handle = page.locator(".jp-OutputArea").get_by_role("slider").last
    handle.press("ArrowRight")
    expect(handle).not_to_have_attribute("aria-valuenow", "2.5")
    tab.run("from workbook import playground; playground()")
    outputs = page.locator(".jp-OutputArea")
    # Before the word stands an icon, which is a letter of its own.
    outputs.get_by_role("button", name=re.compile(r"Start$")).click()
    expect(outputs.get_by_text(re.compile(r"step [1-9]\d* of"))).to_be_visible(timeout=60_000)


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@before_a_release
def test_without_pyodides_files_only_its_cdn_is_asked(built, certificate):
    site = built()
    with (
        serving(site, PREFIX) as served,
        serving(Path(PYODIDE), "/pyodide/v0.27.7/full/", certificate) as elsewhere,
        browser_without_web(elsewhere) as context,
    ):
        tab = Tab(context.new_page(), served.port, find("linear_forward").notebook_path)
        assert "2" in tab.run("import numpy; numpy.ones(2).sum()")
    assert {host for host, _ in elsewhere.asked} == {"cdn.jsdelivr.net"}
    known = {f"/pyodide/v0.27.7/full/{path.name}" for path in Path(PYODIDE).iterdir()}
    assert {path for _, path in elsewhere.asked} <= known


def test_a_folder_that_lacks_a_file_or_has_another_is_refused(built, tmp_path):
    folder = tmp_path / "pyodide"
    shutil.copytree(PYODIDE, folder, copy_function=os.symlink)
    wheel = next(folder.glob("numpy-*.whl"))
    wheel.unlink()
    site = tmp_path / "site"

    def refused():
        done = workbook("site", site, "--offline", folder)
        assert done.exit_code == 2
        assert not site.exists()
        return " ".join(done.output.split())

    assert "lacks 1 of Pyodide's" in refused()
    wheel.write_bytes(b"another")
    assert "is not the file that was published" in refused()
    lock = folder / "pyodide-lock.json"
    lock.unlink()
    lock.write_text(json.dumps({"info": {"version": "0.26.0"}, "packages": {}}))
    assert "holds Pyodide 0.26.0" in refused()
