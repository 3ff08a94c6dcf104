"""Meanings of the common exceptions, with the names and shapes of the line that failed."""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import numpy as np

from workbook.course.words import counted
from workbook.diagnosis.parts import spelling
from workbook.diagnosis.python_errors import meaning
from workbook.diagnosis.shapes_told import inner_sizes_told, misfit, shapes_told
from workbook.diagnosis.undefined import names_in, undefined
from workbook.figures.ipython import shell
from workbook.learn.check import expressions
from workbook.learn.check.expressions import described, parse_code, value_of

#: The global name under which a function that was read from a notebook finds its `Notebook`.
NOTEBOOK = "__notebook__"


@dataclass(frozen=True)
class Notebook:
    """What is known of the notebook that a function was read from.

    Attributes
    ----------
    defined : set of str
        Names that its cells define, wherever they stand.
    failed : dict of str to str
        Sentences on the statements that failed, by the names that they would have defined.
    """

    defined: set[str]
    failed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Spot:
    """The place where the learner's code failed.

    Attributes
    ----------
    frame : FrameType
        The frame of their function.
    line : int
        Number of the line, in its cell.
    source : str
        The line.
    failing : str
        The expression that failed, which may go on in further lines.
    columns : (int, int) or None
        Where the expression begins and ends in the line.
    """

    frame: FrameType
    line: int
    source: str
    failing: str
    columns: tuple[int, int] | None = None


def reason(error: BaseException, said: str, spot: Spot | None, function: str = "") -> str:
    """Return the exception's message, explained where that is possible.

    Parameters
    ----------
    error : BaseException
        The exception.
    said : str
        Its message, on one line.
    spot : Spot or None
        The place in the learner's code; None if the code was not reached.
    function : str
        Name of the learner's function; empty if it is none of the course's.
    """
    match error:
        case UnboundLocalError():
            return (
                f"{said}. With these inputs, the line that gives it a value never runs: look for a "
                "loop that runs zero times, or an `if` whose condition is false"
            )
        case NameError():
            return _name(error, spot, function)
        case KeyError() if spot is not None:
            return _key(said, spot)
        case IndexError() if spot is not None:
            return _index(said, spot)
        case AttributeError():
            return _attribute(error, said, spot)
        case ValueError():
            return _value(error, said, spot)
        case TypeError():
            return _type(error, said, spot)
        case RecursionError():
            # What Python was about to do when it gave up is chance.
            said = re.sub(r"(?<=recursion depth exceeded) .*", "", said)
    return _meant(error, said)


def _meant(error: BaseException, said: str) -> str:
    """Return the message of an exception with what it means, where that is known."""
    return ". ".join(filter(None, [said, meaning(type(error).__name__, said)]))


def _name(error: NameError, spot: Spot | None, function: str) -> str:
    name = error.name or ""
    frame = spot.frame if spot else None
    notebook = frame.f_globals.get(NOTEBOOK) if frame else None
    if isinstance(notebook, Notebook):
        elsewhere, failed = notebook.defined, notebook.failed.get(name)
        if failed:
            return f"`{name}` is not defined, since {failed}"
    else:
        running = shell()
        elsewhere = names_in(running.user_ns.get("In", ())) if running is not None else set()
    return undefined(
        name, function, elsewhere, [*frame.f_locals, *frame.f_globals] if frame else ()
    )


def _near(name: str, names: list[str]) -> str:
    from difflib import get_close_matches  # only a mistake needs it

    return next(iter(get_close_matches(name, names, n=1, cutoff=0.7)), "")


def _key(said: str, spot: Spot) -> str:
    values = dict(expressions.named_values(parse_code(spot.failing), spot.frame))
    held = {name: value for name, value in values.items() if type(value) is dict}
    keys = "".join(
        f"; the keys of `{name}` are {', '.join(map(str, value)) or 'none'}"
        for name, value in held.items()
    )
    near = next(filter(None, (_near_key(said, value) for value in held.values())), "")
    return said + keys + (f". Did you mean `{near}`?" if near else "")


def _near_key(said: str, held: dict[Any, Any]) -> str:
    """Return the key of a dictionary that was meant, if only how it is written differs."""
    asked = spelling(said)
    return next((str(key) for key in held if spelling(key) == asked), "")


def _index(said: str, spot: Spot) -> str:
    parts = (part for part in ast.walk(parse_code(spot.failing)) if isinstance(part, ast.Subscript))
    for part in parts:
        value = value_of(part.value, spot.frame)
        if type(value) in (list, tuple):
            what = f"`{ast.unparse(part.value)}`"
            if not value:
                return f"{said}: {what} is empty"
            entries = counted(len(value), "entry", "entries")
            return f"{said}: {what} has {entries}, numbered from 0"
    return said


def _attribute(error: AttributeError, said: str, spot: Spot | None) -> str:
    name = error.name or ""
    # An error that a module raises itself, as NumPy does for names it has lost, holds no value.
    if error.obj is None and "NoneType" in said:
        return f"{said}. The value before the dot is None: is a `return` missing?"
    if spot is not None and name in spot.frame.f_locals:
        return f"{said}. `{name}` is a variable: did you type a dot instead of a comma?"
    if type(error.obj) in (tuple, list):
        return f"{said}. It is {described(error.obj)}: pick one of its entries first"
    near = _near(name, dir(error.obj))
    return f"{said}: did you mean `{near}`?" if near else said


def _value(error: ValueError, said: str, spot: Spot | None) -> str:
    if "to unpack" in said:
        return _unpacking(said, spot)
    if "sequence" in said:
        return said.split(". The requested")[0] + _odd_values(spot, (tuple, list))
    return _meant(error, _shapes(said, spot))


def _unpacking(said: str, spot: Spot | None) -> str:
    """Describe the value that does not have as many entries as there are names."""
    node = parse_code(spot.source) if spot else None
    if not isinstance(node, ast.Assign | ast.For) or spot is None:
        return said
    source = node.value if isinstance(node, ast.Assign) else node.iter
    value = value_of(source, spot.frame)
    what = f"`{ast.unparse(source)}`"
    if isinstance(value, tuple | list):
        entries = counted(len(value), "entry", "entries")
        return f"{said}: {what} has {entries}: {', '.join(map(described, value))}"
    if isinstance(value, np.ndarray):
        return f"{said}: {what} is {described(value)}, which unpacks into its rows"
    if value is None:
        return f"{said}: {what} is None: is a `return` missing?"
    if isinstance(source, ast.Call):
        return f"{said}: check what {ast.unparse(source.func)} returns"
    return said


def _shapes(said: str, spot: Spot | None) -> str:
    """Name the shapes that do not fit, if the error is about shapes."""
    told, sizes = shapes_told(said), inner_sizes_told(said)
    is_product = "matmul" in said or "not aligned" in said
    # What is assigned, or changed in place, has only one shape that it may have.
    if not (is_product or "broadcast together" in said):
        return said
    found = expressions.operands(parse_code(spot.failing)) if spot else None
    if found is not None and spot is not None:
        shapes = [expressions.shape_of(node, spot.frame) for node in found[1:]]
        known = [shape for shape in shapes if shape is not None]
        if len(known) == 2:
            return _misfit(is_product, [ast.unparse(node) for node in found[1:]], known)
    if sizes:
        return f"the inner sizes of this matrix product differ: {sizes[0]} and {sizes[1]}"
    pair = told if is_product else misfit(told)
    if pair is None or len(pair) != 2 or "remapped" in said:
        return said
    names = ["the left side", "the right side"]
    if found is None:
        # In a line that calls a function, the sides would be taken for those of its `=`.
        names = ["the left factor", "the right factor"] if is_product else ["one array", "another"]
    return _misfit(is_product, names, pair)


def _misfit(is_product: bool, names: Sequence[str], shapes: Sequence[tuple[int, ...]]) -> str:
    one, other = (f"{name} has shape {shape}" for name, shape in zip(names, shapes, strict=True))
    text = f"{one}, {other}. "
    if not is_product:
        return text + "In an entry-by-entry operation, sizes must be equal or 1"
    if not all(shapes):
        return text + "A matrix product needs two arrays, not a single number"
    inner = shapes[0][-1], shapes[1][-2 if len(shapes[1]) > 1 else 0]
    return text + f"A matrix product needs equal inner sizes, but {inner[0]} is not {inner[1]}"


def _type(error: TypeError, said: str, spot: Spot | None) -> str:
    if spot is None:
        # A class's script has left a note of the line that failed.
        of = "each method" if hasattr(error, "__notes__") else "the function"
        return f"{said}. Keep the name and the arguments of {of} as given"
    if meaning(type(error).__name__, said):
        return _meant(error, said)
    if "indices must be" in said:
        return said + _odd_values(spot, (tuple, list), "is {what}: its entries are numbered from 0")
    if "unpack" in said:
        return _unpacking(said, spot)
    if "NoneType" in said:
        return said + _odd_values(spot, (type(None),), "is None: is a `return` missing?")
    if "tuple" in said or "sequence" in said:
        return said + _odd_values(spot, (tuple,))
    return said


def _odd_values(
    spot: Spot | None,
    kinds: tuple[type, ...],
    text: str = "is {what}: unpack it first, unless something else belongs there",
) -> str:
    """Name the variable of the failing expression that has a wrong type."""
    if spot is None:
        return ""
    for name, value in expressions.named_values(parse_code(spot.failing), spot.frame):
        if type(value) in kinds:
            return f". `{name}` {text.format(what=described(value))}"
    return ""
