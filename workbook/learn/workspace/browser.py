"""Python in a browser's tab: sets up a kernel, and keeps what the next one needs."""

import ast
import io
import os
import sys
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import workbook

#: Where JupyterLite mounts the learner's notebooks, if it can.
_DRIVE = Path("/drive")
# Compiled modules begin with these four bytes; the next four say what they are compared with before
# they are used, and 1 stands for nothing.
_MAGIC, _HEADER = 4, 16
_UNCHECKED = (1).to_bytes(4, "little") + bytes(8)


def prepare_kernel() -> None:
    """Make JupyterLite's kernel, and import what the first cells and the first check need."""
    # IPython imports its terminal, which takes as long as all else of it and is never used here.
    terminal = ModuleType("IPython.terminal.embed")
    terminal.__dict__["embed"] = None
    sys.modules[terminal.__name__] = terminal
    kernel = import_module("pyodide_kernel")
    # What would complete names is not loaded: it is large, and slow in a browser.
    kernel.ipython_shell.Completer.use_jedi = False
    for name in ("ipywidgets", "matplotlib.pyplot", "workbook.learn.workspace.check_here"):
        import_module(name)


def keep_outcomes() -> None:
    """Keep outcomes of checks where they outlive the tab."""
    if _DRIVE.is_dir():
        os.environ["XDG_CACHE_HOME"] = str(_DRIVE / ".cache")


async def bring_back(source: str) -> None:
    """Run a cell again in a restarted kernel, and show nothing of it.

    What only shows or does something, such as `check(...)`, `start_again(...)`, is left out.

    Parameters
    ----------
    source : str
        What was run.

    Raises
    ------
    BaseException
        What the cell ended with.
    """
    from IPython.core.getipython import get_ipython
    from IPython.utils.capture import capture_output

    shell: Any = get_ipython()
    without = _WithoutTheCourse()
    shell.ast_transformers.append(without)
    try:
        with capture_output():
            done = await shell.run_cell_async(
                source, store_history=True, transformed_cell=shell.transform_cell(source)
            )
            # Figures and widgets are shown when a cell has ended.
            shell.events.trigger("post_execute")
    finally:
        shell.ast_transformers.remove(without)
    done.raise_error()


class _WithoutTheCourse(ast.NodeTransformer):
    """Leaves out the statements of a cell that only call a function of the course."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = [one for one in node.body if not _calls_the_course(one)]
        return node


def _calls_the_course(statement: ast.stmt) -> bool:
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    return ast.unparse(statement.value.func).rpartition(".")[2] in workbook.__all__


def made_at_start() -> bytes:
    """Return the files that importing the packages has made; unpacked at `/`, they save time.

    These are compiled modules and matplotlib's list of fonts. They fit packages of the same
    versions, whenever these were installed.
    """
    sys.dont_write_bytecode = True
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, data in _made():
            archive.writestr(path.relative_to("/").as_posix(), data)
    return packed.getvalue()


def _made() -> Iterator[tuple[Path, bytes]]:
    import matplotlib

    for path in Path(matplotlib.get_cachedir()).glob("*.json"):
        yield path, path.read_bytes()
    packages = Path(matplotlib.__file__).parents[1]
    for path in packages.rglob("__pycache__/*.pyc"):
        data = path.read_bytes()
        yield path, data[:_MAGIC] + _UNCHECKED + data[_HEADER:]
