"""Read a question of a lesson or a page, which is YAML, and check its form."""

import ast
import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from workbook.build.question_cells import QuestionCell, questions_data
from workbook.build.text import BuildError, LessonCell, fill_in
from workbook.course.exercises import Exercise, Page
from workbook.course.formulas import not_plain

# What each kind of question has beside `kind:` and `question:`; what is in brackets may be missing.
_KEYS = {
    "choice": ("choices",),
    "number": ("answer", "because", "[tolerance]", "[wrong]", "otherwise"),
    "shape": ("answer", "because", "[wrong]", "otherwise"),
    "open": ("because",),
}
_FEWEST_CHOICES, _MOST_CHOICES = 2, 5

# Two numbers are the same to a learner if they differ by no more than this part of them.
_SAME = 1e-6

# A cell's id is made of it, and may have 64 characters.
_LONGEST_NAME = 50


def cells_and_questions(
    path: Path,
    notebook: Any,
    lines: Sequence[int],
    here: Exercise | Page,
    read: Callable[[Any, int], LessonCell],
) -> tuple[tuple[LessonCell, ...], tuple[QuestionCell, ...]]:
    """Return the cells of a lesson or a page, with those of its questions, and the questions.

    Parameters
    ----------
    path : pathlib.Path
        The lesson or page.
    notebook : NotebookNode
        What is written there.
    lines : sequence of int
        The line where each of its cells begins.
    here : Exercise or Page
        What it is about.
    read : callable
        Reads a cell that is no question, given the line where it begins.

    Raises
    ------
    BuildError
        If a question is not well formed; names the file and the line.
    """
    cells: list[LessonCell] = []
    questions: list[QuestionCell] = []
    for cell, line in zip(notebook.cells, lines, strict=True):
        if "quiz" in cell.metadata:
            question = _question(path, cell, line, here)
            questions.append(question)
            cells += question.cells
        else:
            cells.append(read(cell, line))
    # Two of one name in one file are found whatever is built.
    questions_data(questions)
    return tuple(cells), tuple(questions)


def _question(path: Path, cell: Any, line: int, here: Exercise | Page) -> QuestionCell:
    """Read a question from its cell."""
    others = sorted(set(cell.metadata) - {"quiz"})
    if others:
        raise BuildError(path, line, f"a question's cell has no other option: {', '.join(others)}")
    name = str(cell.metadata["quiz"])
    if not re.fullmatch(rf"[A-Za-z][A-Za-z0-9_]{{0,{_LONGEST_NAME - 1}}}", name):
        said = f"{name!r} cannot be a question's name: use at most {_LONGEST_NAME} letters, digits"
        raise BuildError(path, line, f"{said} and underscores, such as rows_of_first_weights")
    entry = _Reader(path, _first_line(path, cell.source, line), here).read(cell.source)
    return QuestionCell(name, path, line, {"notebook": here.notebook, **entry})


def _first_line(path: Path, source: str, line: int) -> int:
    """Return the line where the body of a cell begins, below its options."""
    lines = path.read_text(encoding="utf-8").splitlines()
    first = source.partition("\n")[0]
    below = (number for number in range(line, len(lines) + 1) if lines[number - 1] == first)
    return next(below, line)


class _Reader:
    """Reads the YAML of one question.

    Every scalar is taken as the text that it is: ``text: 0.50`` is no number, and ``text: no`` is
    not false.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    line : int
        The line where the YAML begins.
    here : Exercise or Page
        The notebook that asks the question.
    """

    def __init__(self, path: Path, line: int, here: Exercise | Page) -> None:
        self._path, self._line, self._here = path, line, here

    def read(self, source: str) -> dict[str, Any]:
        """Return the question as data."""
        try:
            node = yaml.compose(source, yaml.BaseLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            said = " ".join(str(getattr(error, "problem", None) or error).split())
            line = self._line + (mark.line if mark else 0)
            raise BuildError(self._path, line, f"the question cannot be read: {said}") from error
        what = "a question is a list of keys, such as `kind: choice`"
        keys = self._keys(node, what)
        kind = self._plain(keys["kind"], "kind") if "kind" in keys else None
        if kind not in _KEYS:
            said = f"a question needs `kind:`, one of {', '.join(_KEYS)}"
            raise self._error(keys.get("kind", node), said)
        known = ("kind", "question", *_KEYS[kind])
        self._check_keys(node, keys, known, f"a question of kind {kind}")
        entry = {"kind": kind, "question": self._text(keys["question"], "question")}
        if kind == "choice":
            return entry | {"choices": self._choices(keys["choices"])}
        if kind == "open":
            return entry | {"because": self._text(keys["because"], "because")}
        return entry | self._with_answer(keys, _number if kind == "number" else _shape)

    def _choices(self, node: Any) -> list[dict[str, Any]]:
        what = f"`choices:` is a list of {_FEWEST_CHOICES} to {_MOST_CHOICES} choices"
        nodes = self._list(node, what)
        if not _FEWEST_CHOICES <= len(nodes) <= _MOST_CHOICES:
            raise self._error(node, f"{what}; this has {len(nodes)}")
        choices = [self._choice(one, number) for number, one in enumerate(nodes, 1)]
        right = sum(one["right"] for one in choices)
        if right != 1:
            raise self._error(node, f"one choice has `right: true`; here {right} have it")
        for key in ("text", "because"):
            self._check_different(nodes, [one[key] for one in choices], f"`{key}:`")
        return choices

    def _choice(self, node: Any, number: int) -> dict[str, Any]:
        what = f"choice {number}"
        keys = self._keys(node, f"{what} needs `text:` and `because:`")
        self._check_keys(node, keys, ("text", "[right]", "because"), what)
        right = self._plain(keys["right"], "right") if "right" in keys else "false"
        if right not in ("true", "false"):
            raise self._error(keys["right"], f"`right:` of {what} is true, or is left out")
        text = self._text(keys["text"], "text")
        if "\n" in text:
            raise self._error(keys["text"], f"`text:` of {what} is one line")
        because = self._text(keys["because"], "because")
        return {"text": text, "right": right == "true", "because": because}

    def _with_answer(self, keys: dict[str, Any], value: Callable[[str], Any]) -> dict[str, Any]:
        """Return what is said of a question whose answer is typed."""
        answer = self._value(keys["answer"], "answer", value)
        entry = {"answer": answer}
        if "tolerance" in keys:
            entry["tolerance"] = self._value(keys["tolerance"], "tolerance", _number)
            if entry["tolerance"] <= 0:
                raise self._error(keys["tolerance"], "`tolerance:` is more than 0")
        nodes = self._list(keys["wrong"], "`wrong:` is a list") if "wrong" in keys else []
        wrong = []
        for number, node in enumerate(nodes, 1):
            what = f"wrong answer {number}"
            inner = self._keys(node, f"{what} needs `answer:` and `because:`")
            self._check_keys(node, inner, ("answer", "because"), what)
            given = self._value(inner["answer"], "answer", value)
            if _same(given, answer, entry.get("tolerance")):
                raise self._error(node, f"{what} is the right answer")
            wrong.append({"answer": given, "because": self._text(inner["because"], "because")})
        because = self._text(keys["because"], "because")
        otherwise = self._text(keys["otherwise"], "otherwise")
        self._check_different(nodes, [str(one["answer"]) for one in wrong], "`answer:`")
        every = [keys["because"], *nodes, keys["otherwise"]]
        said = [because, *(one["because"] for one in wrong), otherwise]
        self._check_different(every, said, "sentence")
        return entry | {"because": because, "wrong": wrong, "otherwise": otherwise}

    def _check_different(self, nodes: list[Any], texts: list[str], what: str) -> None:
        for place, text in enumerate(texts):
            if text in texts[:place]:
                first = self._line_of(nodes[texts.index(text)])
                raise self._error(nodes[place], f"the same {what} is in line {first}")

    def _keys(self, node: Any, what: str) -> dict[str, Any]:
        """Return the keys of a mapping, each with its node."""
        if not isinstance(node, yaml.MappingNode):
            raise self._error(node, what)
        found: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                raise self._error(key, f"`{name}:` is given twice")
            found[name] = value
        return found

    def _check_keys(
        self, node: Any, keys: dict[str, Any], known: tuple[str, ...], what: str
    ) -> None:
        names = [one.strip("[]") for one in known]
        for key, _ in node.value:
            if key.value not in names:
                listed = ", ".join(names)
                raise self._error(key, f"`{key.value}:` is unknown; {what} has {listed}")
        for name in known:
            if not name.startswith("[") and name not in keys:
                raise self._error(node, f"{what} needs `{name}:`")

    def _list(self, node: Any, what: str) -> list[Any]:
        if not isinstance(node, yaml.SequenceNode):
            raise self._error(node, what)
        return list(node.value)

    def _plain(self, node: Any, key: str) -> str:
        """Return a scalar as it is written."""
        if not isinstance(node, yaml.ScalarNode):
            raise self._error(node, f"`{key}:` is not a text; put it in quotes")
        return str(node.value).strip()

    def _text(self, node: Any, key: str) -> str:
        """Return a text with its placeholders filled in, one that a terminal can show as well."""
        text = fill_in(self._path, self._plain(node, key), self._line_of(node), self._here)
        if not text:
            raise self._error(node, f"`{key}:` is empty")
        left = not_plain(text)
        if left:
            raise self._error(node, f"`{key}:` cannot be shown as plain text: it holds {left}")
        return text

    def _value(self, node: Any, key: str, value: Callable[[str], Any]) -> Any:
        try:
            return value(self._plain(node, key))
        except ValueError as error:
            raise self._error(node, f"`{key}:` {error}") from None

    def _line_of(self, node: Any) -> int:
        return self._line + (node.start_mark.line if node is not None else 0)

    def _error(self, node: Any, said: str) -> BuildError:
        return BuildError(self._path, self._line_of(node), said)


def _number(text: str) -> int | float:
    """Return a number as it is written, a whole one or not."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"is {text!r}, which is not a number such as 19 or 0.25")
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else number


def _shape(text: str) -> list[int]:
    """Return the sizes of a shape such as ``(3, 4)``."""
    try:
        shape = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        shape = None
    if not isinstance(shape, tuple) or not all(type(size) is int and size >= 0 for size in shape):
        raise ValueError(f"is {text!r}, which is not a shape such as (3, 4) or (5,)")
    return list(shape)


def _same(one: Any, other: Any, tolerance: float | None) -> bool:
    if isinstance(one, list):
        return bool(one == other)
    if tolerance is None:
        return math.isclose(one, other, rel_tol=_SAME)
    return bool(abs(one - other) <= tolerance)
