"""A learner's session without a front end, which runs in this Python and in a browser's.

It runs as a file in a folder with `packages/`, `learner/` and `cells.json`, or in Pyodide with that
folder as /shared, and writes what was shown, cell by cell: see `tests/test_pyodide.py`.
"""

import asyncio
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

IN_BROWSER = sys.platform == "emscripten"
SHARED = Path("/shared") if IN_BROWSER else Path.cwd()


async def run(shell, source):
    """Return what a cell shows as text, its error, and what it writes to stderr."""
    with capture_output() as seen:
        done = await shell.run_cell_async(source, transformed_cell=shell.transform_cell(source))
        shell.events.trigger("post_execute")
    error = done.error_before_exec or done.error_in_exec
    said = "" if error is None else f"{type(error).__name__}: {error}"
    # A traceback has the colours and the folders of this IPython; its error is said above.
    printed = "" if said else seen.stdout
    shown = [one.data.get("text/plain", "") for one in seen.outputs]
    return ["\n".join([printed, *shown]), said, seen.stderr]


async def session():
    """Run each group of cells in its folder, in a namespace of its own."""
    # As a notebook has it; Pyodide's own would draw on a page.
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    shell = InteractiveShell.instance()
    # A kernel is what makes sliders and buttons out of widgets.
    object.__setattr__(shell, "kernel", SimpleNamespace())
    found = []
    for folder, cells in json.loads((SHARED / "cells.json").read_text("utf-8")):
        shell.reset(new_session=False)
        os.chdir(SHARED / "learner" / folder)
        found.append([[source, *await run(shell, source)] for source in cells])
    text = json.dumps(found)
    (SHARED / "shown.json").write_text(text.replace(str(SHARED), "SHARED"), "utf-8")


# Pyodide's own loop runs already: there, `pyodide.mjs` awaits the session.
if not IN_BROWSER:
    asyncio.run(session())
