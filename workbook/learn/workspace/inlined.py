"""Code that a cell hands to IPython's shell, as code of the cell itself."""

import ast
import re
from collections.abc import Callable, Sequence
from itertools import takewhile

from workbook.course.cell_magics import KEEP_NOTHING, WRITE
from workbook.course.definitions import bound_names
from workbook.course.exercises import FUNCTIONS
from workbook.course.missing_packages import run_without_missing
from workbook.course.statements import effect_of
from workbook.learn.workspace import no_kernel

# What `%run` runs: IPython adds the ending of a file that has none. What stands behind it is the
# file's to read.
_FILE = re.compile(
    r"\s*(?:-\w+\s+)*(?:[\"']([^\"'\n]+?)(\.py|\.ipynb|)[\"']|([^\s\"']+?)(\.py|\.ipynb|))(?:\s.*)?"
)
# Options of `%time` and `%prun`, and what some of them take.
_OPTIONS = re.compile(r"\s*(?:(?:-[lsTD]\s*\S+|-[rq]+|--[\w-]+)\s+)*")

# Those of `%timeit`, of which `-o` has it return how long its code takes.
_TIMEIT = re.compile(r"\s*((?:-(?:[nrp]\s*\d+|[tcqov]+)\s+)*)(.*)", re.DOTALL)

# What `%pylab` brings.
_PYLAB = """\
import numpy, numpy as np, matplotlib
from matplotlib import mlab, pylab, pyplot, pyplot as plt
from matplotlib.pylab import *
from numpy import *
"""

# They show something without returning it; a check is not run here.
_RETURN_NOTHING = {"check", "display", "hint", "print", "quiz"}

_RUN_AS_IT_IS = {"run_cell", "run_cell_async", "ex"}


def inlined(tree: ast.Module, parse: Callable[[str], ast.Module]) -> ast.Module:
    """Return a cell in which code stands in the place of calls that have the shell run it.

    Parameters
    ----------
    tree : ast.Module
        A cell as IPython makes Python of it: ``%time x = 1`` is a call of ``run_line_magic``.
    parse : callable
        Parses the text of a cell.
    """
    inlined: ast.Module = _Inlining(parse).visit(tree)
    return inlined


def capturing(name: str, body: list[ast.stmt]) -> list[ast.stmt]:
    """Return the statements of a cell with what they show under a name, as ``%%capture`` has it.

    They are one statement then, which runs as a whole or not at all: so a cell that defines one of
    the course's functions stays as it is, and imports at the top stay outside.

    Parameters
    ----------
    name : str
        The name.
    body : list of ast.stmt
        The statements.
    """
    if not bound_names(body).isdisjoint(FUNCTIONS):
        return body
    imports = [*takewhile(lambda one: isinstance(one, ast.Import | ast.ImportFrom), body)]
    capture = "__import__('IPython.utils.capture', fromlist=['*']).capture_output()"
    (made,) = ast.parse(f"with {capture} as {name}:\n    pass").body
    assert isinstance(made, ast.With)
    made.body = body[len(imports) :] or made.body
    return [*imports, made]


def with_shown(
    bodies: Sequence[tuple[ast.stmt, ...]], sources: Sequence[str]
) -> list[tuple[ast.stmt, ...]]:
    """Return the cells of a notebook, in which ``_`` is what a cell above has shown.

    Where none asks for it, they stay as they are; below a cell that gives ``_`` a value itself,
    IPython leaves it, too. A cell that ends with a setting, such as ``np.random.seed(1)``, stays as
    it is, so that it is still known as one.

    Parameters
    ----------
    bodies : sequence of tuple of ast.stmt
        The statements of each cell.
    sources : sequence of str
        The text of each: one that ends with a semicolon shows nothing.
    """
    made = list(bodies)
    if not any("_" in effect_of(one).uses for body in bodies for one in body):
        return made
    for place, (body, source) in enumerate(zip(bodies, sources, strict=True)):
        if "_" in bound_names(body):
            break
        last = body[-1] if body and not source.rstrip().endswith(";") else None
        if isinstance(last, ast.Expr) and not effect_of(last).setting and _returns(last.value):
            (keeps,) = ast.parse("if (_shown := 0) is not None:\n    _ = _shown").body
            assert isinstance(keeps, ast.If)
            assert isinstance(keeps.test, ast.Compare)
            assert isinstance(keeps.test.left, ast.NamedExpr)
            keeps.test.left.value = last.value
            made[place] = (*body[:-1], ast.copy_location(keeps, last))
    return made


def _returns(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return not (isinstance(called, ast.Name) and called.id in _RETURN_NOTHING)


class _Inlining(ast.NodeTransformer):
    def __init__(self, parse: Callable[[str], ast.Module]) -> None:
        self._parse = parse

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        code = _handed_over(node.value)
        return self.generic_visit(node) if code is None else self._statements(code, node) or node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        # `x = %time f()`, `x = %timeit -o f()`
        timed = _timed(node)
        code = timed or _handed_over(node)
        statements = [] if code is None else self._statements(code, node)
        if len(statements) == 1 and isinstance(statements[0], ast.Expr):
            value = statements[0].value
            return ast.copy_location(_timing(value), node) if timed else value
        return self.generic_visit(node)

    def _statements(self, code: str, there: ast.expr | ast.stmt) -> list[ast.stmt]:
        try:
            tree = self._parse(code)
        except SyntaxError:
            return []
        for node in ast.walk(tree):
            # Errors name the line of the cell that hands it over.
            if "lineno" in node._attributes:
                ast.copy_location(node, there)
        return tree.body


def _timed(call: ast.Call) -> str | None:
    """Return the code of a `%timeit` that returns how long that takes, or None."""
    match call:
        case ast.Call(
            func=ast.Attribute(ast.Call(func=ast.Name("get_ipython")), "run_line_magic"),
            args=[ast.Constant("timeit"), ast.Constant(str(line)), *_],
        ):
            options, code = _TIMEIT.fullmatch(line).groups()  # type: ignore[union-attr]
            return code if "o" in options else None
    return None


def _timing(value: ast.expr) -> ast.expr:
    """Return a call that computes an expression once, and returns how long that has taken."""
    module = f"__import__({no_kernel.__name__!r}, fromlist=['*'])"
    made = ast.parse(f"{module}.timed(lambda: 0)", mode="eval").body
    assert isinstance(made, ast.Call)
    assert isinstance(made.args[0], ast.Lambda)
    made.args[0].body = value
    return made


def _handed_over(call: ast.expr) -> str | None:
    """Return the code that a call has IPython's shell run, or None."""
    match call:
        case ast.Call(
            func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr=method)
        ):
            texts = [one.value for one in call.args if isinstance(one, ast.Constant)]
        case _:
            return None
    match method, texts:
        case "magic", [str(text)]:
            name, _, line = text.strip().lstrip("%").partition(" ")
            return _of_line_magic(name, line)
        case "run_line_magic", [str(name), str(line), *_]:
            return _of_line_magic(name, line)
        case "run_cell_magic", [str(name), str(), str(code)] if name not in KEEP_NOTHING | WRITE:
            return code
        case method, [str(code), *_] if method in _RUN_AS_IT_IS:
            return code
    return None


def _of_line_magic(name: str, line: str) -> str | None:
    if name in ("time", "prun"):
        return _OPTIONS.sub("", line, count=1)
    if name == "pylab":
        return _PYLAB
    found = _FILE.fullmatch(line) if name == "run" else None
    if found is None:
        return None
    stem, ending = found[1] or found[3], found[2] or found[4] or ""
    if ending == ".ipynb":
        code = f"__import__('{__package__}.cells', fromlist=['*']).code_of({stem + ending!r})"
        return f"exec({code}, globals())"
    run = f"__import__({run_without_missing.__module__!r}, fromlist=['*']).run_without_missing"
    file = stem + ".py"
    return f"{run}(__import__('pathlib').Path({file!r}).read_bytes(), {file!r}, globals())"
