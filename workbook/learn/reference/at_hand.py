"""The reference solutions that are at hand: those of a whole course, or of the self-study wheel."""

import ast
import base64
import json
import linecache
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

from workbook.course.data_folder import OWN_DATA, SOLUTIONS_FILE
from workbook.course.folder import Course, courses_in
from workbook.course.statements import parsed

#: What a learner has: the wheel for classes, the self-study wheel, or the whole course.
Edition = Literal["class", "self-study", "whole course"]

#: What each edition is, as the beginning of a sentence.
EDITIONS: dict[Edition, str] = {
    "class": "the wheel for classes, which has neither solutions nor hidden tests",
    "self-study": "the self-study wheel, which has the solutions, but no hidden tests",
    "whole course": "the whole course, with its solutions and hidden tests",
}

_HIDDEN_TESTS: dict[Edition, str] = {
    "class": (
        "Hidden tests run when your class grades your work. Without a class, get the whole course "
        "(a checkout of its repository), which has them: see `workbook grade`."
    ),
    "self-study": (
        "The hidden tests come with the whole course (a checkout of its repository), not with this "
        "wheel."
    ),
    "whole course": (
        "For the hidden tests run `workbook grade FOLDER` in the course's folder, where FOLDER is "
        "that of your notebooks."
    ),
}

_WHERE_SOLUTIONS_ARE = (
    "Solutions come with the whole course (a checkout of its repository), and with the wheel that "
    "`workbook wheel --self-study` makes of it."
)


def courses_around(folder: Path) -> Iterator[Course]:
    """Return the whole courses to which a folder, or this program, belongs.

    Parameters
    ----------
    folder : Path
        Where the learner works.
    """
    here = folder.resolve()
    found = courses_in([here, *here.parents, Path(__file__).resolve().parents[3]])
    return (course for course in found if (course.root / "solutions").is_dir())


def edition(folder: Path) -> Edition:
    """Return which edition of the course a learner in a folder has.

    Parameters
    ----------
    folder : Path
        Where the learner works.
    """
    if next(courses_around(folder), None) is not None:
        return "whole course"
    return "self-study" if _packed_file().is_file() else "class"


def about_hidden_tests(folder: Path) -> str:
    """Return when, if ever, hidden tests run for a learner who works in a folder.

    Parameters
    ----------
    folder : Path
        Where the learner works.
    """
    return _HIDDEN_TESTS[edition(folder)]


def why_missing(name: str, folder: Path) -> str:
    """Return why there is no reference solution of a function, and where there is one.

    Parameters
    ----------
    name : str
        Name of the function.
    folder : Path
        Where the learner works.
    """
    what = edition(folder)
    if what == "whole course":
        course = next(courses_around(folder))
        return f"{course.solution(name)} is missing, or does not define `{name}`."
    if what == "self-study":
        return "The self-study wheel should have it, but it is damaged here: install it again."
    return f"{_WHERE_SOLUTIONS_ARE} What is installed here is the wheel for classes: it has none."


def reference_text(name: str, folder: Path) -> str | None:
    """Return the file of a reference solution as text, or None where there is none.

    Parameters
    ----------
    name : str
        Name of the function.
    folder : Path
        Where the learner works.
    """
    for course in courses_around(folder):
        try:
            text = course.solution(name).read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
        if definition(text, name) is not None:
            return text
    return _packed().get(name)


def definition(text: str, name: str) -> ast.FunctionDef | ast.ClassDef | None:
    """Return the definition of a function or class in a text; None if there is none.

    Parameters
    ----------
    text : str
        Python code.
    name : str
        Name of the function or class.
    """
    tree = parsed(text)
    body = tree.body if tree else []
    found = (one for one in body if isinstance(one, ast.FunctionDef | ast.ClassDef))
    return next((one for one in found if one.name == name), None)


def reference_function(name: str, folder: Path) -> Callable[..., Any] | None:
    """Return a reference solution, which calls other reference solutions; None if there is none.

    Parameters
    ----------
    name : str
        Name of the function or class.
    folder : Path
        Where the learner works.
    """
    text = reference_text(name, folder)
    if text is None:
        return None
    label = f"<the reference's {name}>"
    linecache.cache[label] = (len(text), None, text.splitlines(keepends=True), label)
    namespace: dict[str, Any] = {"__name__": f"reference.{name}"}
    for node in ast.parse(text, label).body:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("solutions."):
            # A wheel has no such package, and in a learner's folder it would be theirs.
            for one in node.names:
                namespace[one.asname or one.name] = reference_function(one.name, folder)
        else:
            exec(compile(ast.Module([node], []), label, "exec"), namespace)
    function: Callable[..., Any] = namespace[name]
    return function


def _packed_file() -> Path:
    return OWN_DATA / SOLUTIONS_FILE


@cache
def _packed() -> dict[str, str]:
    """Return the solutions of the self-study wheel, as `workbook.build.wheel` has encoded them."""
    try:
        data = zlib.decompress(base64.b85decode(_packed_file().read_bytes()))
        found: dict[str, str] = json.loads(data)
    except (OSError, ValueError, zlib.error):
        return {}
    return found
