"""IPython's shell as notebooks expect it, without a front end or other programs."""

import ast
import contextlib
import json
import os
import re
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import IPython.core.display
import IPython.display
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.syspathcontext import prepended_to_syspath
from IPython.utils.text import SList
from traitlets.config import Config

from workbook.course.cell_magics import CELL_MAGIC, without_magic, without_many_lines
from workbook.course.event_loop import NotebookLoop, wants_a_loop
from workbook.course.missing_packages import MissingPackages, run_without_missing
from workbook.course.older_python import for_this_python
from workbook.course.parsable import parsable
from workbook.grade.sandbox.skipped import skip, skip_command, skip_missing
from workbook.grade.sandbox.statements import CellRun
from workbook.grade.submissions.identify import sources_of

# What ipykernel adds for its front ends, and what starts programs of its own.
_LINE_MAGICS = ("autosave", "clear", "cls", "connect_info", "edit", "ed", "less", "man", "more",
                "notebook", "page", "pastebin", "qtconsole", "subshell")  # fmt: skip
_PROGRAM_MAGICS = ("conda", "mamba", "micromamba")
_SCRIPT_MAGICS = ("bash", "cmd", "perl", "pypy", "python", "python2", "python3", "ruby", "script",
                  "sh", "shell")  # fmt: skip
_SCRIPT_OUTPUTS = re.compile(r"--(?:out|err|proc)[ =](\w+)")

_TOO_MANY = "there are too many lines for IPython in it: those with % or ! did nothing"

# The message that a cell came in, as far as widgets ask for it.
_PARENT: dict[str, Any] = {"header": {"msg_id": "", "session": "", "username": ""}}


class _Kernel:
    """Stands in for a kernel, and for whatever is asked of it."""

    def get_parent(self, *args: object) -> dict[str, Any]:
        """Return the message that the cell came in."""
        return _PARENT

    def __getattr__(self, name: str) -> "_Kernel":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *args: object, **kwargs: object) -> "_Kernel":
        return self

    __getitem__ = __call__


class ZMQInteractiveShell(InteractiveShell):  # type: ignore[misc]
    """A shell that answers as a kernel's does; libraries know a notebook by its name."""

    kernel = _Kernel()
    parent_header = _PARENT
    missing = MissingPackages({})
    cells_loop = NotebookLoop()
    _cell: CellRun | None = None
    # What a file has raised that the statement in hand runs.
    _raised: BaseException | None = None

    def system(self, cmd: str) -> None:
        """Run no command of the shell's."""
        skip_command(cmd)
        self.user_ns["_exit_code"] = 0

    system_raw = system_piped = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
        """Return what a command prints that is not run."""
        skip_command(cmd)
        return SList() if split else ""

    def magic(self, command: str) -> Any:
        """Run a line magic, as IPython did until version 9."""
        name, _, line = command.strip().lstrip("%").partition(" ")
        return self.run_line_magic(name, line.strip())

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there are no windows."""

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str | None, str]:
        """Draw without windows, whatever backend is asked for."""
        return gui, "agg"

    def showtraceback(self, *args: object, **kwargs: object) -> None:
        """Do nothing: an error is reported over the wire."""

    showsyntaxerror = showtraceback

    def ask_exit(self) -> None:
        """Go on: cells below may hold answers."""

    def transform_cell(self, raw_cell: str) -> str:
        """Return Python that this version reads, also for magics that run the rest of a cell."""
        plain: str = super().transform_cell(without_many_lines(raw_cell))
        try:
            ast.parse(plain)
        except SyntaxError:
            plain, lost = for_this_python(plain)
            self.missing.note_lost(lost)
        except (ValueError, OverflowError, RecursionError, MemoryError):
            # What `run_cell` says of it is the cell's error.
            pass
        return plain

    def run_statements(self, source: str, cell: CellRun) -> None:
        """Run a cell; ``cell`` is told what is run and what fails."""
        magic = CELL_MAGIC.match(source)
        if magic and self.find_cell_magic(magic[1]) is None:
            # The cell costs no more than this line does.
            error = UsageError(f"Cell magic `%%{magic[1]}` not found")
            cell.cannot_be_parsed(error, magic[0].count("\n") + 1)
            rest = without_magic(source)
            # Of another language there is nothing to run, and nothing more to say.
            return self.run_statements(rest, cell) if parsable(rest)[0].strip() else None
        plain = source = _with_line_numbers(source)
        try:
            if without_many_lines(source) != source:
                cell.cannot_be_parsed(UsageError(_TOO_MANY))
            plain = self.transform_cell(source)
            ast.parse(plain)
        except SyntaxError as error:
            source, errors = parsable(plain)
            for one in errors or [error]:
                cell.cannot_be_parsed(one)
                self.missing.note_unread(one)
        except (ValueError, OverflowError, RuntimeError, MemoryError):
            # What `run_cell` says of it is the cell's error, such as IPython giving up.
            pass
        self._cell = cell
        try:
            result = self.run_cell(source, store_history=True)
        finally:
            self._cell = None
        if result.error_before_exec is not None:
            cell.cannot_be_parsed(result.error_before_exec)
        cell.ends(result.error_in_exec)

    async def run_ast_nodes(
        self,
        nodelist: list[ast.stmt],
        cell_name: str,
        interactivity: str = "last_expr",
        compiler: Any = compile,
        result: Any = None,
    ) -> bool:
        """Run statements one by one, as IPython would run each of them alone."""
        # What a statement runs in turn, such as a magic the rest of its cell, is a part of it.
        cell, self._cell = self._cell, None
        run = super().run_ast_nodes
        if cell is None:
            nodelist = [skip_missing(node, self.missing) for node in nodelist]
            return bool(await run(nodelist, cell_name, interactivity, compiler, result))
        for node in nodelist:
            if cell.begins(node):
                shown = interactivity if node is nodelist[-1] else "none"
                adapted, self._raised = skip_missing(node, self.missing), None
                before = self.cells_loop.tasks()
                await run([adapted], cell_name, shown, compiler, result)
                if wants_a_loop(result.error_in_exec):
                    result.error_in_exec = None
                    with self.cells_loop.running():
                        await run([adapted], cell_name, shown, compiler, result)
                self.cells_loop.go_on(before)
                error = result.error_before_exec or result.error_in_exec or self._raised
                self.missing.note(node, error)
                cell.ends(error)
                result.error_before_exec = result.error_in_exec = None
        return False

    def safe_execfile(self, fname: Any, *where: dict[str, Any], **options: Any) -> None:
        """Run a file for `%run`, also without packages that are not installed."""
        path = Path(fname).expanduser()
        if not path.is_file():
            # IPython says so, and goes on.
            return
        try:
            with prepended_to_syspath(str(path.parent.resolve())):
                if run_without_missing(path.read_bytes(), str(path), where[0]):
                    skip("beside")
        except SystemExit as status:
            # A program that ends by `sys.exit(0)` has succeeded.
            if status.code and not options.get("exit_ignore"):
                self._raised = status
        except BaseException as error:
            # What the file has defined until then stays, as it does in a kernel.
            self._raised = error

    def safe_execfile_ipy(self, fname: Any, *options: Any, **more: Any) -> None:
        """Run another notebook for `%run`, statement by statement as this one."""
        path, inner = Path(fname), CellRun()
        if path.suffix != ".ipynb":
            super().safe_execfile_ipy(fname, *options, **more)
            return
        for source in sources_of(json.loads(path.read_text("utf-8-sig"))):
            self._cell = inner
            result = self.run_cell(source, silent=True)
            if result.error_before_exec is not None:
                inner.cannot_be_parsed(result.error_before_exec)
        self._cell = None
        if inner.failures:
            # Its lines are not those of the cell that runs it.
            self._raised = inner.failures[0].error.with_traceback(None)

    def get_parent(self) -> dict[str, Any]:
        """Return the message that the cell came in."""
        return _PARENT

    def _tee(self, channel: object) -> contextlib.AbstractContextManager[None]:
        # IPython 9 keeps all that is printed: a flood of it would use up time and memory.
        return contextlib.nullcontext()


ZMQInteractiveShell.__module__ = "ipykernel.zmqshell"


def new_shell(
    module: types.ModuleType, missing: MissingPackages, loop: NotebookLoop
) -> ZMQInteractiveShell:
    """Return the shell that runs a notebook's cells in a module."""
    config = Config()
    # By which a program sees that it runs in a notebook.
    config.IPKernelApp.connection_file = ""
    # The history keeps a thread, which would not survive a fork.
    config.HistoryManager.enabled = False
    shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(config=config, user_module=module)
    shell.missing, shell.cells_loop, shell.loop_runner = missing, loop, loop.run
    # `%store` would remember from one notebook to the next: it gets a folder of the fork's own.
    shell.db.root = Path(os.environ["HOME"], ".ipython")
    shell.extension_manager.load_extension("storemagic")
    _replace_magics(shell)
    IPython.embed = IPython.start_ipython = _nothing
    # Where older versions of IPython had these, notebooks still look for them.
    for name in ("display", "clear_output", "publish_display_data", "update_display"):
        setattr(IPython.core.display, name, getattr(IPython.display, name))
    IPython.display.set_matplotlib_formats = _nothing
    # What it does at its first cell is done here once. Its `reset` would take far longer.
    shell.run_cell("pass", silent=True)
    return shell


def _with_line_numbers(source: str) -> str:
    """Return a cell with comments for the empty lines at its top, which IPython would leave out.

    Errors and notes name its lines by their numbers.
    """
    top = re.match(r"(?:[ \t]*\n)*", source)
    end = top.end() if top else 0
    if source.startswith(("%%", " ", "\t"), end):
        return source
    return "#\n" * source.count("\n", 0, end) + source[end:]


def _nothing(*args: object, **kwargs: object) -> None:
    """Stand in for what shows something, or asks somebody."""


def _replace_magics(shell: ZMQInteractiveShell) -> None:
    for name in _LINE_MAGICS:
        shell.register_magic_function(lambda line: None, "line", name)
    for name in _PROGRAM_MAGICS:
        shell.register_magic_function(_program(name), "line", name)
    for name in _SCRIPT_MAGICS:
        shell.register_magic_function(_script(shell, name), "cell", name)


def _program(name: str) -> Callable[[str], None]:
    return lambda line: skip_command(f"{name} {line}")


def _script(shell: ZMQInteractiveShell, name: str) -> Callable[[str, str], None]:
    def script(line: str, cell: str) -> None:
        skip_command(f"{name} {cell}")
        for target in _SCRIPT_OUTPUTS.findall(line):
            shell.user_ns[target] = ""

    return script
