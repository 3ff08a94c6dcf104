"""Drive JupyterLab in Chromium as a learner would: open a notebook, run it, look."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

from tests.reference import in_turn
from workbook.learn.workspace.opening import lab_command, lab_environment

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="needs Chromium: apt-get install chromium"
)

# Without these, Chromium tries to reach its maker at every start.
_CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_SECONDS = 1000
#: How long a browser may take for anything where the machine is busy, in milliseconds.
PATIENCE = 90 * _SECONDS
expect.set_options(timeout=PATIENCE)


@contextlib.contextmanager
def running_lab(folder: Path, scratch: Path, command: Sequence[str] | None = None) -> Iterator[str]:
    """Run JupyterLab on a folder, as `workbook lab` does, and yield its address.

    Settings and run-time files go to the scratch folder, so that it meets JupyterLab as a new user
    does; what it prints goes to `lab.log` there. `command` runs it in another way.
    """
    options = ["--port=0", "--no-browser", "--IdentityProvider.token=", "--allow-root"]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    own = {name: str(scratch / name.lower()) for name in names}
    own["JUPYTERLAB_SETTINGS_DIR"] = str(scratch / "settings")
    log = (scratch / "lab.log").open("w", encoding="utf-8")
    process = subprocess.Popen(
        [*(command or lab_command(folder)), *options], cwd=folder, env={**lab_environment(), **own},
        stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield _address(Path(own["JUPYTER_RUNTIME_DIR"]), process, scratch / "lab.log")
    finally:
        process.terminate()
        process.wait(timeout=60)
        log.close()


def _address(runtime: Path, process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until JupyterLab answers, on a port that it has chosen, and return its address."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab has ended:\n{log.read_text(encoding='utf-8')}")
        # Half of its file may be there, and what it tells may not answer yet.
        with contextlib.suppress(OSError, ValueError, StopIteration):
            told = json.loads(next(runtime.glob("jpserver-*.json")).read_text(encoding="utf-8"))
            address = f"http://127.0.0.1:{told['port']}"
            with urllib.request.urlopen(f"{address}/api/status"):
                return address
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab does not answer:\n{log.read_text(encoding='utf-8')}")


@contextlib.contextmanager
def browser_page(width: int = 1280, height: int = 1400) -> Iterator[Page]:
    """Yield a page of a fresh Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_CHROMIUM_ARGS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE)
        yield page
        browser.close()


def each_look(page: Page, wide: ViewportSize, narrow: ViewportSize) -> Iterator[str]:
    """Show JupyterLab in both themes, wide and narrow, and yield a name of each look.

    By default it is wide in the light theme and narrow in the dark one.
    """
    for theme, size in in_turn(("Light", "Dark"), (wide, narrow)):
        page.set_viewport_size(wide)
        page.get_by_role("menuitem", name="Settings", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Theme$")).first.click()
        label = re.compile(f"^JupyterLab {theme}$")
        page.locator(".lm-Menu-itemLabel", has_text=label).first.click()
        expect(page.locator("body")).to_have_attribute("data-jp-theme-name", f"JupyterLab {theme}")
        page.set_viewport_size(size)
        if size is narrow:
            # The side bar goes.
            page.keyboard.press("Control+B")
        page.wait_for_timeout(800)
        yield f"{theme.lower()}-{size['width']}"
        if size is narrow:
            page.keyboard.press("Control+B")


def write_cells(path: Path, *cells: str) -> None:
    """Write a notebook of these code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    # Without its kernel's name, JupyterLab asks which one to take.
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    nbformat.write(notebook, path)


def serious(page: Page, place: str = ".jp-Notebook .jp-Cell-outputArea") -> list[str]:
    """Return what axe finds in a part of the page that keeps people from using it.

    What ipywidgets gives no name is left out, the handles of its sliders: a field beside each has
    the name, and the same value.
    """
    found = Axe().run(page, context=place).response["violations"]
    return [
        f"{one['id']}: {node['html']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
        if "noUi-handle" not in node["html"]
    ]


class OpenNotebook:
    """A notebook that is open in JupyterLab, its kernel ready.

    Parameters
    ----------
    page : Page
        The browser's page.
    address : str
        JupyterLab's address.
    path : str
        The notebook, relative to JupyterLab's folder.
    """

    def __init__(self, page: Page, address: str, path: str) -> None:
        self.page = page
        # A workspace of its own: otherwise the notebooks opened before are opened again.
        name = re.sub(r"\W", "", path)
        page.goto(f"{address}/lab/workspaces/{name}/tree/{path}?reset")
        self.cells = page.locator(".jp-Notebook .jp-Cell")
        expect(self.cells.first).to_be_visible()
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until the kernel has nothing to do, and no cell waits for it."""
        waiting = self.page.locator(".jp-Notebook .jp-InputPrompt").filter(has_text="[*]")
        expect(waiting).to_have_count(0)
        # A command that is given before the kernel is connected is dropped without a word.
        status = self.page.locator(".jp-StatusBar-Widget, #jp-bottom-panel")
        expect(status.get_by_text("| Idle").first).to_be_visible()

    def dialogs(self) -> Locator:
        """Return the dialogs and pop-up messages that are on the screen."""
        return self.page.locator(".jp-Dialog, .jp-Notification-Toast, .Toastify__toast")

    def run_all(self) -> None:
        """Run all cells, through the menu."""
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.page.wait_for_timeout(500)
        self.wait_until_idle()

    def cell_with(self, text: str) -> Locator:
        """Return the first code cell whose editor holds this text."""
        cell = self.page.locator(".jp-Notebook .jp-CodeCell").filter(
            has=self.page.locator(".cm-content").filter(has_text=text)
        )
        return cell.first

    def scroll_to(self, cell: Locator) -> None:
        """Bring a cell to the middle of the window."""
        cell.scroll_into_view_if_needed()
        cell.evaluate("cell => cell.scrollIntoView({block: 'center'})")
        self.page.wait_for_timeout(300)

    def screenshot(self, path: Path) -> None:
        """Save what the window shows."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)

    def rewrite(self, cell: Locator, text: str) -> None:
        """Replace the text of a code cell, as by selecting it all and pasting, and run the cell."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_timeout(300)
        self.wait_until_idle()

    def run(self, cell: Locator) -> None:
        """Run one code cell."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_timeout(300)
        self.wait_until_idle()

    def save(self) -> None:
        """Save the notebook."""
        self.page.keyboard.press("Control+S")
        self.page.wait_for_timeout(1000)

    def validate(self) -> str:
        """Press nbgrader's Validate, and return what its dialog says."""
        self.page.get_by_text("Validate", exact=True).first.click()
        dialog = self.page.locator(".jp-Dialog").filter(has_text="Validation")
        expect(dialog).to_be_visible()
        return str(dialog.inner_text())
