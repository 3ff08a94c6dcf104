"""Files outside of a notebook's folder, which are not there when work is graded."""

import ast
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial, reduce
from pathlib import Path

from workbook.course.named_in_code import standing_alone

# A module goes along: grading follows what a notebook adds to `sys.path`.
_OUTSIDE = re.compile(r"(?:\.\.[/\\]|/|~|[A-Za-z]:[/\\])(?!.*\.py$)[\w .~/\\:-]{1,200}")

# Functions and methods that make one path of several, or another of the same file; and folders.
_JOIN = {"Path", "PurePath", "join", "joinpath"}
_SAME = {"abspath", "absolute", "expanduser", "fspath", "normpath", "realpath", "resolve", "str"}
_FOLDERS = {"Path": ".", "cwd": ".", "getcwd": ".", "home": "~"}
# Code may be nested deeper, and make longer texts, than a path that somebody writes.
_DEEPEST, _LONGEST = 20, 1000


def named_outside(folder: Path, statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield a sentence on the files outside of a folder that statements name.

    Parameters
    ----------
    folder : Path
        The notebook's folder.
    statements : iterable of ast.stmt
        What a function needs of the notebook.
    """
    named = [one for one in _paths(statements) if _OUTSIDE.fullmatch(one)]
    for name in dict.fromkeys(named):
        # Unlike that of `Path`, it leaves a text as it is that names no user's home.
        file = os.path.realpath(folder / os.path.expanduser(name))
        if os.path.isfile(file) and not Path(file).is_relative_to(os.path.realpath(folder)):
            yield (
                f"Your code names {name}, which is not in the notebook's folder. It is there now, "
                "but not when work is graded: if your code reads it, put it beside the notebook, "
                "and read it from there."
            )


def _paths(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Yield the texts that statements hold, and the paths that they make of them."""
    known = dict[str, str]()
    for statement in statements:
        # A text that stands alone, such as a docstring, tells of a file at most.
        alone = standing_alone(statement)
        for node in ast.walk(statement):
            path = None if node in alone else _path(node, known)
            if path is not None:
                yield path
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            path = _path(statement.value, known)
            known |= {} if path is None else {statement.targets[0].id: path}


def _path(node: ast.AST, known: dict[str, str], deep: int = 0) -> str | None:
    """Return the path that an expression stands for, if it can be told from the text alone."""
    if deep > _DEEPEST:
        return None
    part = partial(_path, known=known, deep=deep + 1)
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.Name(name):
            return known.get(name)
        case ast.FormattedValue(value):
            return part(value)
        case ast.Attribute(ast.Name("os"), "pardir"):
            return ".."
        case ast.Attribute(of, "parent"):
            return _made([part(of), ".."], os.path.join)
        case ast.Subscript(ast.Attribute(of, "parents"), ast.Constant(int(number))):
            return _made([part(of), *[".."] * min(number + 1, _LONGEST)], os.path.join)
        case ast.BinOp(left, ast.Div(), right):
            return _made([part(left), part(right)], os.path.join)
        case ast.BinOp(left, ast.Add(), right):
            return _made([part(left), part(right)], str.__add__)
        case ast.JoinedStr(values):
            return _made([*map(part, values)], str.__add__)
        case ast.Call(ast.Attribute(of, name), arguments, []):
            begin = part(of)
            # A method of a path, or a function of a module.
            return _called(name, [*([] if begin is None else [begin]), *map(part, arguments)])
        case ast.Call(ast.Name(name), arguments, []):
            return _called(name, [*map(part, arguments)])
    return None


def _called(name: str, parts: list[str | None]) -> str | None:
    if name in _FOLDERS and not parts:
        return _FOLDERS[name]
    if name in _JOIN or (name in _SAME and len(parts) == 1):
        return _made(parts, os.path.join)
    return None


def _made(parts: list[str | None], by: Callable[[str, str], str]) -> str | None:
    """Return what is made of parts, as short as it can be told; None if a part is not known."""
    texts = [one for one in parts if one is not None]
    if not texts or len(texts) < len(parts) or sum(map(len, texts)) > _LONGEST:
        return None
    made = reduce(by, texts)
    return os.path.normpath(made) if len(texts) > 1 and by is os.path.join else made
