"""What the page of a tab says while Python starts, and where something keeps work from being kept.

It is tried without JupyterLite and without Python: what they would tell the page is told by a stub.
"""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

import workbook.site
from tests.browser.lab import browser_page, needs_chromium
from tests.browser.static_site import serving
from workbook.course.work_files import OLDER
from workbook.site.lite import _OF_THE_PAGE

pytestmark = [pytest.mark.slow, needs_chromium]

TAB = Path(workbook.site.__file__).with_name("tab")
KERNEL = "pyodide-kernel-extension/static/kernel.js"
FULL = "navigator.storage.estimate = async () => ({ usage: 95e9, quota: 100e9 });"
# What JupyterLite's window has, with a notebook that cannot be saved.
APP = """window.jupyterapp = {
  started: Promise.resolve(),
  commands: { commandExecuted: { connect: (run) => { window.ran = run; } } },
  shell: {
    widgets: () => [],
    currentWidget: { context: {
      model: { dirty: true },
      save: async () => { throw new DOMException("no space", "QuotaExceededError"); },
    } },
  },
};"""
# A notebook that another tab has saved since it was opened here; files are put into `window.files`.
OTHER_TAB = """
const notebook = (source) => ({ cells: [{ cell_type: "code", source }] });
window.files = { "a/b.ipynb": { last_modified: "later", content: notebook("theirs") } };
const contents = {
  get: async (path) => files[path] ?? Promise.reject(new Error("404")),
  save: async (path, file) => { files[path] = file; },
  newUntitled: async ({ path, type }) => ({ path: `${path}/New ${type}` }),
  rename: async (from, to) => { files[to] = { content: null }; },
};
const context = {
  path: "a/b.ipynb", contentsModel: { last_modified: "earlier" },
  model: { toJSON: () => notebook(["ou", "rs"]) },
  saveState: { connect: (run) => { window.saved = () => run(null, "started"); } },
};
window.jupyterapp = {
  started: Promise.resolve(), serviceManager: { contents },
  commands: { commandExecuted: { connect: () => {} } },
  shell: { currentWidget: { context }, widgets: () => [{ context }] },
};"""
OF_FILES = "Object.entries(files).map(([path, one]) => [path, one.content?.cells[0].source])"
# What JupyterLite shows: a link, and a cell with a field that keeps its keys to itself.
A_CELL = """<a class="skip-link" href="#first-cell">Skip to Main</a>
<div class="jp-Cell jp-mod-active" tabindex="0"><div class="jp-OutputArea">
<input aria-label="Your number" onkeydown="event.stopPropagation()"></div></div>"""
# What a browser lacks or has, and what the page says then.
BROWSERS = {
    "delete window.BroadcastChannel;": ("too old to run Python", "newer Firefox"),
    "Object.defineProperty(window, 'isSecureContext', { value: false });": (
        "plain http (127.0.0.1", "Open it over https, or from localhost",
    ),
    "delete Navigator.prototype.serviceWorker;": ("private window", "Download my work"),
    "indexedDB.open = () => { throw new Error('denied'); };": ("keep nothing", "Download my work"),
    FULL: ("store for this site is nearly full", "free space"),
}  # fmt: skip
# What a kernel's worker tells, and what the page says then.
TOLD = (
    ({"workbook": "fetching"}, re.compile(r"starting in this tab: fetching Python \(\d+ s\)\.")),
    ({"workbook": "packages"}, "fetching NumPy, matplotlib and the course"),
    ({"workbook": "ready"}, re.compile(r"Python is ready, after \d+ s\.")),
    ({"workbook": "importing"}, re.compile(r"Last time it took \d+ s in all\.")),
    ({"workbook": "failed", "why": "404", "online": True}, "A file of the site is missing"),
    ({"workbook": "failed", "why": "404", "online": False}, "You are offline, and this browser"),
    ({"workbook": "ended", "why": "out of memory"}, "may have used all of the memory"),
    ({"workbook": "ended", "why": "Maximum call stack size exceeded"}, "calls itself endlessly"),
)


@pytest.fixture(scope="module")
def page_alone(tmp_path_factory):
    """A browser's page, and the address of a page with the script alone."""
    folder = tmp_path_factory.mktemp("page")
    lite = folder / "lite"
    (lite / "notebooks").mkdir(parents=True)
    (lite / "notebooks" / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><head>'
        + "".join(f'<script src="../static/{name}"></script>' for name in _OF_THE_PAGE)
        + "</head><body>A notebook</body></html>"
    )
    kernel = lite / KERNEL
    kernel.parent.mkdir(parents=True)
    kernel.write_text("onmessage = (told) => postMessage(told.data);")
    (lite / "static").mkdir()
    (lite / "static" / "python.json").write_text(json.dumps({"older": OLDER}))
    for name in _OF_THE_PAGE:
        shutil.copy(TAB / name, lite / "static")
    with serving(folder) as served, browser_page() as page:
        yield page, f"http://127.0.0.1:{served.port}/lite/notebooks/index.html"


def test_each_problem_says_what_to_do(page_alone):
    page, address = page_alone
    for browser, words in BROWSERS.items():
        with page.context.browser.new_page() as other:
            other.add_init_script(browser)
            other.goto(address)
            for word in words:
                expect(other.get_by_role("alert")).to_contain_text(word)
            other.get_by_role("button", name="Close").click()
            expect(other.get_by_role("alert")).to_have_count(0)


def test_the_start_is_told_step_by_step_and_so_is_its_end(page_alone):
    page, address = page_alone
    page.goto(address)
    page.evaluate(f"window.kernel = new Worker('../{KERNEL}'); 0")
    for told, said in TOLD:
        page.evaluate(f"window.kernel.postMessage({json.dumps(told)})")
        expect(page.locator("#workbook-says")).to_contain_text(said)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    expect(page.locator("#workbook-says")).to_contain_text("You are offline. Python goes on")
    # Where the reader has chosen all colours there is no ground: a frame tells it from the page.
    page.emulate_media(forced_colors="active")
    last = page.locator("#workbook-says > div").last
    assert last.evaluate("one => getComputedStyle(one).borderTop").startswith("1px solid rgb(")
    page.emulate_media(forced_colors="none")


def test_keys_lead_out_of_the_output_of_a_cell_and_to_the_notebook(page_alone):
    page, address = page_alone
    page.goto(address)
    page.evaluate("html => { document.body.innerHTML = html; }", A_CELL)
    cell, field = page.locator(".jp-Cell"), page.get_by_role("textbox")
    field.focus()
    expect(field).to_have_attribute("data-lm-suppress-shortcuts", "true")
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    page.get_by_role("link", name="Skip to Main").focus()
    page.keyboard.press("Enter")
    expect(cell).to_be_focused()
    assert page.url == address


def test_a_notebook_that_cannot_be_saved_is_named_before_code_runs(page_alone):
    page, address = page_alone
    with page.context.browser.new_page() as other:
        other.add_init_script(APP)
        other.goto(address)
        other.wait_for_function("window.ran !== undefined")
        other.evaluate("window.ran(null, { id: 'notebook:run-cell' })")
        expect(other.get_by_role("alert")).to_contain_text("the browser's store is full")
        expect(other.get_by_role("alert")).to_contain_text("choose File, Download first")


def test_of_a_notebook_that_two_tabs_have_changed_both_versions_are_kept(page_alone):
    page, address = page_alone
    with page.context.browser.new_page() as other:
        other.add_init_script(OTHER_TAB)
        other.goto(address)
        other.wait_for_function("window.saved !== undefined")
        other.evaluate("window.saved()")
        expect(other.get_by_role("alert")).to_contain_text("Both versions are kept in the folder")
        other.wait_for_function(f"{OF_FILES}.length === 5")
        other.evaluate("window.saved()")
        assert other.evaluate(OF_FILES) == [
            ["a/b.ipynb", "theirs"],
            [OLDER, None],
            [f"{OLDER}/a", None],
            [f"{OLDER}/a/b.ipynb", "theirs"],
            [f"{OLDER}/a/b-2.ipynb", ["ou", "rs"]],
        ]
