"""Run a notebook's cells: plain Python by `exec`, and what needs IPython in its shell."""

import ast
import linecache
import re
import sys
import types
from typing import Any

from workbook.course.event_loop import NotebookLoop
from workbook.course.missing_packages import FEATURES, MissingPackages, executing
from workbook.course.older_python import for_this_python
from workbook.course.parsable import parsable
from workbook.grade.sandbox.skipped import skip, skip_missing
from workbook.grade.sandbox.statements import CellRun

# What only IPython gives to a cell: its functions, its package, and what earlier cells said and
# returned.
_NAMED = re.compile(
    r"\b(?:(?:get_ipython|display|exit|quit|IPython|_(?:i+|[iod]h|i?\d+))\b|(?:In|Out)[\[).])"
)
# Of what is no Python IPython makes something where it finds one of these: its commands, prompts, a
# cell that is indented, a call whose brackets are left out, an `await`.
_FOR_IPYTHON = re.compile(
    r"^[ \t]*(?:[%!?,;/]|>>>|In \[)|=[ \t]*[%!]|[\w*\]]\?{1,2}[ \t]*$"
    r"|\A(?:[ \t]*\n)*[ \t]+\S|\bawait\b|\basync\b",
    re.M,
)

_AWAITS = re.compile(r"\b(?:await|async)\b")

# Lines at the margin of a cell that only defines functions and imports what has been imported.
_AT_MARGIN = re.compile(r"^\S.*", re.M)
_PLAIN = re.compile(
    r"import ([\w.]+)(?: as \w+)?|from ([\w.]+) import (?:\(|[\w, ]+)|def \w+\([^()]*\):|\)|#.*"
)

# Magics for a whole cell that do no more than run it. Their lines stay, empty, so that the numbers
# of the others are the student's.
_TRANSPARENT = re.compile(r"\A\s*%%(?:time\b|prun\b|capture[ \t]*$)[^\n]*", re.M)

# The values that earlier cells showed; everybody else's name for what is of no interest.
_UNDERSCORES = re.compile(r"\b_{1,3}\b")


class NeedsIPythonError(Exception):
    """A cell needs IPython, which has not been imported here."""


class CellRunner:
    """Runs the cells of one notebook, which share one namespace.

    Parameters
    ----------
    with_ipython : bool
        Whether IPython is there for those that need it.

    Attributes
    ----------
    names : dict of str to object
        The namespace.
    """

    def __init__(self, with_ipython: bool) -> None:
        # Where pickle, dataclasses and others look for what a notebook defines.
        self._module = types.ModuleType("__main__")
        sys.modules["__main__"] = self._module
        self.names = self._module.__dict__
        self.names["exec"] = executing(lambda: skip("beside"))
        # What earlier cells have imported from `__future__` holds for later ones.
        self._features = 0
        self._count = 0
        self._missing = MissingPackages(self.names)
        self._loop = NotebookLoop()
        self._shell: Any = None
        if with_ipython:
            # A process without IPython does without this module.
            from workbook.grade.sandbox.shell import new_shell

            self._shell = new_shell(self._module, self._missing, self._loop)

    def run(self, source: str, cell: CellRun) -> None:
        """Run a cell, statement by statement; ``cell`` is told what is run and what fails.

        IPython's own way does the same and much besides, for which nobody looks here.

        Raises
        ------
        NeedsIPythonError
            If there is none; nothing of the cell has been run then.
        """
        self._loop.prepare(source)
        if "%%" in source:
            source = _TRANSPARENT.sub(lambda magic: "\n" * magic.group().count("\n"), source)
        if _NAMED.search(source):
            return self._run_in_shell(source, cell)
        self._count += 1
        name = f"<ipython-input-{self._count}>"
        # With its text, so that an error can show its line, as `inspect` can.
        linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
        if self._runs_at_once(source, name, cell):
            return None
        try:
            tree = ast.parse(source)
            if _AWAITS.search(source):
                # Outside of a function only IPython runs it, as compiling the whole cell shows.
                compile(source, name, "exec", self._features, dont_inherit=True)
            # What a cell shows, later ones may ask for.
            shows = self._shell is not None and tree.body and isinstance(tree.body[-1], ast.Expr)
            if shows or (_UNDERSCORES.search(source) and _reads_underscores(tree)):
                return self._run_in_shell(source, cell)
        except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
            # Where IPython makes Python of it, only what then cannot be read is rewritten.
            if _FOR_IPYTHON.search(source):
                return self._run_in_shell(source, cell)
            rewritten, lost = for_this_python(source)
            if rewritten != source:
                self._missing.note_lost(lost)
                return self.run(rewritten, cell)
            tree = ast.parse(_repaired(source, error, cell, self._missing))
        for statement in tree.body:
            if cell.begins(statement):
                cell.ends(self._execute(statement, name))
        return None

    def _runs_at_once(self, source: str, name: str, cell: CellRun) -> bool:
        """Run a cell of nothing but plain imports and functions; return whether that went well.

        Most are such cells, and their syntax trees would make each fork write a tenth more pages of
        memory. What fails is run again, statement by statement: that does no harm to any of these.
        """
        if cell.passed_over or self._missing:
            return False
        if _UNDERSCORES.search(source) or _AWAITS.search(source):
            return False
        for line in _AT_MARGIN.findall(source):
            plain = _PLAIN.fullmatch(line)
            if plain is None or (plain[1] or plain[2] or "sys") not in sys.modules:
                return False
        try:
            code = compile(source, name, "exec", self._features, dont_inherit=True)
            self._features |= code.co_flags & FEATURES
            exec(code, self.names)
        except BaseException:
            return False
        return True

    def _execute(self, statement: ast.stmt, name: str) -> BaseException | None:
        """Run one statement, and return what it raised."""
        raised = None
        try:
            module = ast.Module([skip_missing(statement, self._missing)], [])
            code = compile(module, name, "exec", self._features, dont_inherit=True)
            self._features |= code.co_flags & FEATURES
            self._loop.execute(code, self.names)
        except BaseException as error:
            raised = error
        self._missing.note(statement, raised)
        return raised

    def _run_in_shell(self, source: str, cell: CellRun) -> None:
        if self._shell is None:
            raise NeedsIPythonError
        self._shell.run_statements(source, cell)


def _repaired(source: str, error: BaseException, cell: CellRun, missing: MissingPackages) -> str:
    """Return what can be parsed of a cell that cannot be parsed as a whole."""
    try:
        if isinstance(error, SyntaxError):
            source, errors = parsable(source)
            ast.parse(source)
            for one in errors or [error]:
                cell.cannot_be_parsed(one)
                missing.note_unread(one)
            return source
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError):
        pass
    cell.cannot_be_parsed(error)
    return ""


def _reads_underscores(tree: ast.Module) -> bool:
    """Tell whether a cell asks for values that earlier cells have shown, by `_`, `__` or `___`."""
    names = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and not node.id.strip("_") and len(node.id) < 4
    ]
    written = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return not written.issuperset(node.id for node in names)
