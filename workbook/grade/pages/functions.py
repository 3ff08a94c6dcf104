"""What a student's page shows of one function: what failed and why, what passed, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from workbook.course.exercises import Function
from workbook.course.verdicts import SAME
from workbook.grade.gradebook.marks import CellMark, Marks, own_words

_HINTS = {1: "a question", 2: "the idea", 3: "the shape of the answer"}


@dataclass(frozen=True)
class ByHand:
    """The mark that a person gave to a part of a function.

    Attributes
    ----------
    part : str
        What the points of that part are for.
    most : float
        Points that its tests can give.
    mark : CellMark
        The mark.
    """

    part: str
    most: float
    mark: CellMark


@dataclass(frozen=True)
class FunctionShown:
    """One function on the page.

    Attributes
    ----------
    name : str
        Its name.
    mistakes : tuple of str
        What seems to be wrong, as sentences.
    reason : str
        The message of all tests that did not pass, if there are several and it is one for all.
    failed : tuple of dict
        The tests that did not pass, as `Verdict` has them, and ``how`` they count if that is not as
        they were written; a message that was just given is replaced by a word.
    passed : tuple of dict
        The others.
    by_hand : tuple of ByHand
        Marks that a person gave, of its own parts.
    code : markupsafe.Markup or None
        The answer; None if there is none.
    is_untouched : bool
        Whether the cell for the answer is as it was released.
    comment : str
        What a person has said about it.
    hint : tuple of (int, str)
        The hint to ask for: its number, and what it is.
    sections : tuple of str
        The sections of the lesson to read again.
    """

    name: str
    mistakes: tuple[str, ...]
    reason: str
    failed: tuple[dict[str, Any], ...]
    passed: tuple[dict[str, Any], ...]
    by_hand: tuple[ByHand, ...]
    code: Markup | None
    is_untouched: bool
    comment: str
    hint: tuple[int, str]
    sections: tuple[str, ...]

    @property
    def points(self) -> float:
        """Points that its tests have given."""
        return float(sum(test["points"] for test in (*self.failed, *self.passed)))

    @property
    def most(self) -> float:
        """The most points that its tests can give."""
        return float(sum(test["max_points"] for test in (*self.failed, *self.passed)))


def function_shown(
    function: Function, record: Any, marks: Marks, code: Markup | None
) -> FunctionShown:
    """Return what the page shows of a function.

    Parameters
    ----------
    function : Function
        The function.
    record : dict
        The result in the notebook's metadata.
    marks : Marks
        The marks in the gradebook.
    code : markupsafe.Markup or None
        The answer.
    """
    (place,) = [one for one in record["functions"] if one["name"] == function.name]
    cells = dict(place["cells"])
    own = {name for names in cells.values() for name in names}
    voided = record.get("voided", {})
    tests = [
        {**test, "how": voided.get(test["name"], "")}
        for test in record["tests"]
        if test["name"] in own
    ]
    failed = [test for test in tests if not test["passed"]]
    is_untouched = function.name in record["untouched"]
    mistakes = tuple(dict.fromkeys(_diagnoses(failed)))
    reason = _common_message(failed)
    is_cut_off = bool(reason) and record["status"] != "graded"
    is_unwritten = is_untouched and len(failed) == len(tests)
    number = 1 if is_unwritten else 2 if len(failed) == len(tests) else 3
    return FunctionShown(
        function.name,
        mistakes,
        reason,
        tuple(_without_repeats(failed, reason)),
        tuple(test for test in tests if test["passed"]),
        tuple(_by_hand(function, cells, tests, marks)),
        code,
        is_untouched,
        own_words(marks.comments.get(function.name, ""), mistakes),
        (number, _HINTS[number]),
        _to_read(place["sections"], failed, is_unwritten, is_cut_off),
    )


def _diagnoses(failed: list[Any]) -> Iterator[str]:
    for test in failed:
        yield from filter(None, (test["diagnosis"] or "").split("\n"))


def _common_message(failed: list[Any]) -> str:
    """Return the message of several tests if it is the same for all, else ""."""
    messages = {test["message"] for test in failed}
    return str(failed[0]["message"]) if len(failed) > 1 == len(messages) else ""


def _without_repeats(failed: list[Any], reason: str) -> Iterator[dict[str, Any]]:
    """Yield the tests that did not pass, each message only where it is said first."""
    if reason:
        yield from ({**test, "message": ""} for test in failed)
        return
    before = ""
    for test in failed:
        is_same = test["message"] and test["message"] == before
        before = test["message"]
        yield {**test, "message": SAME if is_same else test["message"]}


def _by_hand(
    function: Function, cells: dict[str, Any], tests: list[Any], marks: Marks
) -> Iterator[ByHand]:
    most = {test["name"]: test["max_points"] for test in tests}
    # A part in words for each of the cells.
    words = [part for part, _ in function.split]
    for place, (name, of_cell) in enumerate(cells.items()):
        mark = marks.cells.get(name)
        if mark is not None and (mark.by_hand is not None or mark.extra):
            part = words[place] if len(words) == len(cells) else name
            yield ByHand(part, sum(most[one] for one in of_cell), mark)


def _to_read(
    sections: list[str], failed: list[Any], is_unwritten: bool, is_cut_off: bool
) -> tuple[str, ...]:
    """Return the sections of a lesson that say what the tests that failed ask for."""
    task = sections[-1:]
    if not failed:
        return ()
    if is_cut_off or "The formula" not in sections:
        # A lab says all that there is to know right above the stub.
        return tuple(task)
    if is_unwritten:
        return ("The idea", *task)
    wanted = []
    for test in failed:
        if "unchanged" in test["name"] or "does not define" in test["message"]:
            wanted += task
        else:
            wanted += ["The shapes"] if "shape" in test["message"] else ["The formula"]
    return tuple(one for one in sections if one in wanted)
