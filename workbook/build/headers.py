"""Gather the headers of the lessons into one description of the course."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import yaml

from workbook.build.text import BuildError, line_of_key
from workbook.course.exercises import STEPS
from workbook.course.folder import Course

# What every lesson written by Jupytext has, and what this course adds.
_JUPYTEXT = {"jupytext", "kernelspec"}
_KEYS = {
    "exercise", "order", "assignment_title", "step", "points", "minutes", "bonus", "functions",
    "demo", "hint_for", "hints", "withheld",
}  # fmt: skip
_FUNCTION_KEYS = {"returns", "uses", "is_class", "new", "split"}
_MAY_HAVE = "`uses:`, `is_class:`, `new:` and `split:`, the points of each part"
_HEADING = re.compile(r"^# (?:(?:\d+|\{number:\w+\})\. )?(.+)$", re.MULTILINE)


def gathered(course: Course) -> dict[str, Any]:
    """Return what ``course.json`` holds: the notebooks in order, the pages, the assignments.

    Raises
    ------
    BuildError
        If a header is not as it should be, or two of them contradict each other.
    """
    headers = list(_headers(course))
    lessons = _ordered(headers)
    titles = {one.path.parent.name: one.assignment_title for one in lessons if one.assignment_title}
    folders = dict.fromkeys(one.path.parent.name for one in lessons)
    pages = [(path, header) for path, header, _ in headers if "page" in header]
    for path, header in pages:
        _check(path, header["page"] == path.stem, "page", "must be the file's name")
        _check_minutes(path, header)
    return {
        "assignments": {folder: titles.get(folder, folder) for folder in folders},
        "notebooks": [one.entry for one in lessons],
        "pages": [
            {"name": path.stem, "assignment": path.parent.name, "minutes": header["minutes"]}
            for path, header in pages
        ],
    }


@dataclass(frozen=True)
class Described:
    """A lesson as its header describes it: its place in the order, and its entry in the data."""

    order: float
    path: Path
    entry: dict[str, Any]
    assignment_title: str


def ordered_lessons(course: Course) -> list[Described]:
    """Return the lessons of a course in order, without its pages.

    Raises
    ------
    BuildError
        If a header is not as it should be, or two of them contradict each other.
    """
    return _ordered(_headers(course))


def _ordered(headers: Iterable[tuple[Path, dict[str, Any], str]]) -> list[Described]:
    found = []
    for path, header, text in headers:
        if "page" not in header:
            _check_form(path, header)
            title = str(header.get("assignment_title", ""))
            found.append(Described(header["order"], path, _notebook(path, header, text), title))
    found.sort(key=lambda one: one.order)
    _check_order(found)
    _check_names(found)
    return found


def _headers(course: Course) -> Iterator[tuple[Path, dict[str, Any], str]]:
    for path in sorted((course.root / "assignments").glob("*/*.md")):
        yield path, *_header(path)


def _header(path: Path) -> tuple[dict[str, Any], str]:
    """Return the header of a lesson, and the text below it."""
    try:
        parts = path.read_text(encoding="utf-8").split("---\n", 2)
        header = yaml.safe_load(parts[1]) if len(parts) == 3 and not parts[0] else None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        # YAML counts from 0, and from the first line below the dashes.
        line = mark.line + 2 if mark else 1
        said = " ".join(str(error).split())
        raise BuildError(path, line, f"the lesson cannot be read: {said}") from error
    keys = re.findall(r"^(\w+):", parts[1], re.MULTILINE) if header else []
    for key in {key for key in keys if keys.count(key) > 1}:
        _check(path, False, key, "is given twice")
    if not isinstance(header, dict):
        said = "a lesson begins with a header, lines such as `exercise: name` between two of `---`"
        raise BuildError(path, 1, said)
    return header, parts[2]


def _check(path: Path, right: Any, key: str, said: str) -> None:
    if not right:
        line = line_of_key(path.read_text(encoding="utf-8"), key)
        raise BuildError(path, line, f"`{key}:` {said}")


def _check_form(path: Path, header: dict[str, Any]) -> None:
    """Check what a header says, apart from the other lessons."""
    unknown = sorted(map(str, set(header) - _KEYS - _JUPYTEXT))
    for key in unknown:
        _check(path, False, key, f"is unknown; a header has {', '.join(sorted(_KEYS))}")
    name = header.get("exercise")
    file = re.fullmatch(r"\d\d+_(\w+)", path.stem)
    said = f"must be the name in the file's own, which is a number and a name, not {path.stem}"
    _check(path, file and file[1] == name, "exercise", said)
    _check(path, _is_number(header.get("order")), "order", "must be a number, such as 4 or 4.5")
    points = header.get("points")
    _check(path, isinstance(points, int) and points > 0, "points", "must be a whole number")
    _check_minutes(path, header)
    step = header.get("step", "")
    _check(path, not step or step in STEPS, "step", f"must be one of {', '.join(STEPS)}")
    bonus = header.get("bonus", False)
    _check(path, isinstance(bonus, bool), "bonus", "must be true or false")
    demo = header.get("demo", {})
    _check(path, isinstance(demo, dict), "demo", "must name a student and a known mistake")
    withheld = header.get("withheld", [])
    named = isinstance(withheld, list) and all(isinstance(one, str) for one in withheld)
    _check(path, named, "withheld", "must be a list of functions that grading does not serve")
    functions = header.get("functions")
    _check(path, isinstance(functions, dict) and functions, "functions", "must name functions")
    assert isinstance(functions, dict)
    said = f"must name {name} alone; only a lesson with `bonus: true` has functions of other names"
    _check(path, bonus or list(functions) == [name], "functions", said)
    for function, known in functions.items():
        said = f"{function} needs `returns:`, a list of names, and may have {_MAY_HAVE}"
        _check(path, _is_function(function, known), "functions", said)


def _check_minutes(path: Path, header: dict[str, Any]) -> None:
    minutes = header.get("minutes")
    said = "must be a whole number: how long the notebook takes, about"
    _check(path, type(minutes) is int and minutes > 0, "minutes", said)


def _is_function(name: Any, known: Any) -> bool:
    if not isinstance(known, dict) or set(known) - _FUNCTION_KEYS:
        return False
    names = known.get("returns"), known.get("uses", [])
    if not all(isinstance(one, list) for one in names) or not known["returns"]:
        return False
    words = [name, *known["returns"], *known.get("uses", [])]
    marks = known.get("is_class", False), known.get("new", False)
    return (
        all(isinstance(mark, bool) for mark in marks)
        and all(isinstance(word, str) and word.isidentifier() for word in words)
        and _is_split(known.get("split", {}))
    )


def _is_split(parts: Any) -> bool:
    return isinstance(parts, dict) and all(
        isinstance(part, str) and type(points) is int for part, points in parts.items()
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _notebook(path: Path, header: dict[str, Any], text: str) -> dict[str, Any]:
    heading = _HEADING.search(text)
    return {
        "number": int(path.stem.partition("_")[0]),
        "name": header["exercise"],
        "assignment": path.parent.name,
        "points": header["points"],
        "minutes": header["minutes"],
        "title": heading[1] if heading else header["exercise"],
        "step": header.get("step", ""),
        "is_lab": header.get("bonus", False),
        "demo": header.get("demo", {}),
        "withheld": header.get("withheld", []),
        "functions": {
            name: {"returns": known["returns"], "uses": known.get("uses", []),
                   "is_class": known.get("is_class", False), "new": known.get("new", False),
                   "split": known.get("split", {})}
            for name, known in header["functions"].items()
        },
    }  # fmt: skip


def _check_order(lessons: list[Described]) -> None:
    """Check that each lesson has a place of its own, in one piece with its assignment."""
    for one, two in pairwise(lessons):
        said = f"is that of {one.path.name} as well"
        _check(two.path, one.order != two.order, "order", said)
    runs = [name for name, _ in groupby(one.path.parent.name for one in lessons)]
    for path in (one.path for one in lessons):
        said = f"tears {path.parent.name} apart: lessons of another assignment come in between"
        _check(path, runs.count(path.parent.name) == 1, "order", said)


def _check_names(lessons: list[Described]) -> None:
    """Check that names and numbers are used once, and that used functions stand earlier."""
    numbers: dict[int, Path] = {}
    functions: dict[str, Path] = {}
    names: dict[str, Path] = {}
    for path, entry in ((one.path, one.entry) for one in lessons):
        first = numbers.setdefault(entry["number"], path)
        _check(path, first == path, "exercise", f"has the number of {first.name}; choose another")
        first = names.setdefault(entry["name"], path)
        _check(path, first == path, "exercise", f"has the name of {first.name}; choose another")
        for name in entry["functions"]:
            first = functions.setdefault(name, path)
            _check(path, first == path, "functions", f"{name} is written in {first.name} already")
        for name, known in entry["functions"].items():
            for used in known["uses"]:
                said = f"{name} uses {used}, which no lesson up to this one writes"
                _check(path, used in functions, "functions", said)
        for name in entry["withheld"]:
            said = f"names {name}, which no lesson before this one writes"
            _check(path, functions.get(name, path) != path, "withheld", said)
