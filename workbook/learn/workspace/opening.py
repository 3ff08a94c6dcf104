"""JupyterLab, opened on the learner's folder with the next notebook in front."""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from workbook.course.leftovers import COURSE_PAGE
from workbook.learn.workspace.own_files import LabError, write_file

#: Where JupyterLab keeps which tabs are open in the learner's folder.
_LAYOUTS = Path(".jupyter", "workspaces")
# JupyterLab's name of the layout that it opens, and of the file that holds it.
_LAYOUT = "default"
_LAYOUT_FILE = f"{_LAYOUT}-{hashlib.sha256(_LAYOUT.encode()).hexdigest()[:4]}.jupyterlab-workspace"


def open_lab(folder: Path, notebook: str = "", options: Sequence[str] = ()) -> int:
    """Run JupyterLab in a folder until it is closed.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    notebook : str, optional
        The notebook in it that is opened.
    options : sequence of str
        More of JupyterLab's own options.

    Returns
    -------
    int
        JupyterLab's exit status.

    Raises
    ------
    LabError
        If JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise LabError("JupyterLab is not installed: run `python -m pip install jupyterlab`")
    folder = Path(folder).resolve()
    # Without it, the page is not opened by itself.
    with contextlib.suppress(LabError):
        lay_out(folder)
    # JupyterLab takes none of an option's values, where it is given twice: the user's counts.
    given = {one.partition("=")[0] for one in options}
    ours = [one for one in lab_command(folder, notebook) if one.partition("=")[0] not in given]
    command = [*ours, *options]
    with subprocess.Popen(command, cwd=folder, env=lab_environment()) as process:
        # Whoever ends this process means JupyterLab.
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # JupyterLab has got it as well, and asks whether it is to end.
                continue


def lay_out(folder: Path) -> None:
    """Open the page "Your course" in a tab, when JupyterLab starts in a folder for the first time.

    Later it opens what was open when it was last closed.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    """
    file = folder / _LAYOUTS / _LAYOUT_FILE
    if file.exists() or not (folder / COURSE_PAGE).is_file():
        return
    tab = f"markdownviewer-widget:{COURSE_PAGE}"
    dock = {"type": "tab-area", "currentIndex": 0, "widgets": [tab]}
    layout = {
        "layout-restorer:data": {"main": {"dock": dock}},
        tab: {"data": {"path": COURSE_PAGE, "factory": "Markdown Preview"}},
    }
    write_file(file, json.dumps({"data": layout, "metadata": {"id": _LAYOUT}}).encode())


def lab_command(folder: Path, notebook: str = "") -> list[str]:
    """Return the command that opens JupyterLab on a folder.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    notebook : str, optional
        The notebook in it that is opened.
    """
    # -P: a random.py of the learner's would take the place of Python's own.
    command = [sys.executable, "-P", "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]
    # Tabs of other folders, which a user may have open elsewhere, could not be opened here.
    command.append(f"--LabApp.workspaces_dir={folder / _LAYOUTS}")
    return [*command, f"--LabApp.default_url=/lab/tree/{quote(notebook)}"] if notebook else command


def lab_environment() -> dict[str, str]:
    """Return JupyterLab's environment, with the course's settings after the learner's own.

    They switch off the question whether JupyterLab may fetch its news, which would cover the first
    notebook of a new user, and show Markdown as a page instead of its text.
    """
    paths = [os.environ.get("JUPYTER_CONFIG_PATH", ""), str(Path(__file__).parent / "jupyter")]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}
