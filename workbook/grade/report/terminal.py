"""Results in the terminal, also readable as plain text."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from rich.console import Console
from rich.text import Text

from workbook.course.exercises import NOTEBOOKS, Exercise, of_assignment, position
from workbook.course.text import printable
from workbook.course.verdicts import SAME, Verdict, without_repeats
from workbook.course.words import about, in_points, listed
from workbook.grade.report.points_table import points_table
from workbook.grade.roster.roster import display_name
from workbook.grade.submissions.plan import Graded, StudentMarks
from workbook.grade.submissions.results import Result

# Longer ones cannot be read in a terminal.
_LONGEST_TABLE = 60
_LONGEST_LIST = 100
# Longer lines are hard to read, however wide the terminal.
_WIDEST = 100
_STYLES = {"passed": "green", "FAILED": "bold red"}
# A space that does not end a line.
_KEEP = "\N{NO-BREAK SPACE}"


def show_class(graded: Graded, console: Console, absent: Iterable[str] = ()) -> None:
    """Print the points of a class and the notes on its submissions.

    Parameters
    ----------
    graded : Graded
        What was graded.
    console : rich.console.Console
        Where to print.
    absent : iterable of str, optional
        Students of the class who have handed in nothing now.
    """
    students = {line.student for line in graded.lines}.union(absent)
    if len(students) > _LONGEST_TABLE:
        _say(console, f"{len(students)} students: marks.csv has their points.")
        if nothing := sorted(one for one in absent if not graded.marks[one].points):
            _say(console, f"{about(nothing, '{names} {verb}', _LONGEST_LIST)} without any work.")
    else:
        _show_table(graded, sorted(students), console)
    show_list("Notes", _notes(graded), console)


def _notes(graded: Graded) -> Iterator[str]:
    """Yield the notes on each student's submissions, each note once with the exercises."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for line in graded.lines:
        for note in line.notes:
            found.setdefault((line.student, line.status, note), []).append(line.exercise)
    # Those that the table points to come first: the list may be cut off.
    for (student, status, note), names in sorted(
        found.items(), key=lambda one: one[0][1] == "graded"
    ):
        yield f"{_who(student, graded)}, {listed(names, len(NOTEBOOKS))} ({status}): {note}"


def _who(student: str, graded: Graded) -> str:
    """Return a student as people read it: with the name, where the gradebook has one."""
    marks = graded.marks.get(student)
    return display_name(student, marks.name if marks else "")


def _show_table(graded: Graded, students: list[str], console: Console) -> None:
    """Print the table of points, and what its columns are."""
    # Labs are a bonus: the table leaves out those that nobody has handed in.
    given = {line.exercise for line in graded.lines if line.status != "missing"}
    shown = [one for one in NOTEBOOKS if not one.is_lab or one.name in given]
    parts = [[one for one in shown if not one.is_lab], [one for one in shown if one.is_lab]]
    whole = points_table(graded, students, shown, console)
    no_limit = console.options.update(width=1000)
    if console.measure(whole, options=no_limit).minimum <= console.width:
        tables = [whole]
    else:
        # Too narrow for all, a terminal would leave out the students.
        tables = [points_table(graded, students, part, console) for part in parts if part]
    for table, title in zip(tables, ("Points", "Points in the labs"), strict=False):
        console.print(Text(title, "bold"))
        console.print(table)
        console.print()
    for assignment in dict.fromkeys(exercise.assignment for exercise in shown):
        names = ", ".join(f"{e.number}{_KEEP}{e.name}" for e in of_assignment(assignment))
        _say(console, f"{assignment}: {names}", indent=2)
    if any(line.status != "graded" for line in graded.lines):
        _say(console, "* not handed in, or not graded to the end: see the notes", indent=2)


def show_student(
    results: Iterable[Result], marks: Mapping[str, StudentMarks], console: Console
) -> None:
    """Print one student's hidden tests, exercise by exercise, with what failed and why.

    Parameters
    ----------
    results : iterable of Result
        The results.
    marks : mapping of str to StudentMarks
        The final marks, which may have been changed by hand.
    console : rich.console.Console
        Where to print.
    """
    results = sorted(results, key=lambda result: position(result.exercise))
    missing = [result for result in results if result.status == "missing"]
    for result in results:
        if result not in missing:
            _show_exercise(result, console)
    if missing:
        names = ", ".join(f"{_exercise(result).notebook}.ipynb" for result in missing)
        _say(console, f"Not handed in, 0 points: {names}", indent=2)
        console.print()
    labs = [result for result in results if _exercise(result).is_lab]
    said = _total([result for result in results if result not in labs])
    bonus = f"; bonus: {_total(labs)}" if labs else ""
    _say(console, f"Total: {said}{bonus}", "bold")
    for student in dict.fromkeys(result.student for result in results):
        if text := _final(marks.get(student)):
            _say(console, text, "bold", indent=2)


def _final(marks: StudentMarks | None) -> str:
    """Say what the final mark is where a person or the calendar changes it."""
    if marks is None or not (marks.is_by_hand or marks.penalty or marks.waiting):
        return ""
    changes = [f"{marks.by_hand:+g} by hand"] if marks.is_by_hand else []
    changes += [f"{-marks.penalty:+g} for late work"] if marks.penalty else []
    if marks.waiting:
        points = in_points(sum(marks.waiting.values()))
        changes.append(f"{points} still to be given by a person")
    return f"In the gradebook, all assignments together: {marks.total:g} ({', '.join(changes)})"


def _total(results: Iterable[Result]) -> str:
    results = list(results)
    points, of = (sum(getattr(one, key) for one in results) for key in ("points", "max_points"))
    return f"{points:g} of {of:g} points"


def _exercise(result: Result) -> Exercise:
    return NOTEBOOKS[position(result.exercise)]


def _show_exercise(result: Result, console: Console) -> None:
    status = "" if result.status == "graded" else f" ({result.status})"
    points = f"{result.points:g} of {result.max_points:g} points"
    _say(console, f"{_exercise(result).notebook}.ipynb: {points}{status}", "bold")
    messages = {verdict.message for verdict in result.tests}
    for note in result.notes:
        if note not in messages:
            _say(console, f"  note: {note}", indent=4)
    for verdict in _together(result.tests):
        word = "passed" if verdict.passed else "FAILED"
        head = f"  {word}  {verdict.points:g} of {verdict.max_points:g}  "
        _say(console, f"{head}{verdict.title}", _STYLES[word], len(head), styled=len(head))
        for text in filter(None, (verdict.message, verdict.diagnosis)):
            _say(console, f"{' ' * len(head)}- {text}", indent=len(head) + 2)
    titles = {verdict.name: verdict.title for verdict in result.tests}
    for name, one in result.voided.items():
        if one["how"]:
            _say(console, f"  voided: {titles[name]}: {one['how']}", indent=4)
    console.print()


def _together(tests: tuple[Verdict, ...]) -> Iterator[Verdict]:
    """Yield the tests with each reason once; one test if all of them fail for the same reason."""
    messages = {verdict.message for verdict in tests}
    if len(tests) > 1 and len(messages) == 1 and not any(verdict.passed for verdict in tests):
        of = sum(verdict.max_points for verdict in tests)
        title = f"all {len(tests)} hidden tests"
        points = sum(verdict.points for verdict in tests)
        yield replace(tests[0], title=title, points=points, max_points=of)
        return
    before = ""
    for verdict in without_repeats(tests):
        message = SAME if verdict.message and verdict.message == before else verdict.message
        yield replace(verdict, message=message)
        before = verdict.message or before


def show_changes(graded: Graded, console: Console) -> None:
    """Print the marks that differ from the last grading, and what could not be graded."""
    kept = (
        f"{_who(one.student, graded)}, {one.exercise}, {one.cell}: the hidden tests gave "
        f"{one.before:g} and now give {one.after:g}; {one.by_hand:g}, given by hand, stays"
        for one in graded.kept
    )
    rewritten = (
        f"{_who(one.student, graded)}, {one.exercise}, {one.cell}: the answer has changed since "
        f"it was marked; {one.by_hand:g}, given by hand, stays until you mark it again"
        for one in graded.rewritten
    )
    moved = (
        f"{_who(one.student, graded)}, {one.exercise}: {one.before:g} -> {one.after:g}"
        for one in graded.moved
    )
    late = (
        f"{_who(one.student, graded)}, {one.exercise}: late penalty {one.before:g} -> {one.after:g}"
        for one in graded.penalties
    )
    show_list("Marks that changed", chain(moved, late), console)
    show_list("Marks by hand that stay", chain(kept, rewritten), console)
    show_list("Waiting to be marked by a person, in the formgrader", _waiting(graded), console)
    show_list("Not graded", graded.problems, console)


def _waiting(graded: Graded) -> Iterator[str]:
    """Yield what waits for a person to give points, by exercise, of the whole class."""
    for exercise in NOTEBOOKS:
        found = {
            _who(student, graded): marks.waiting[exercise.name]
            for student, marks in graded.marks.items()
            if exercise.name in marks.waiting
        }
        if found:
            yield f"{exercise.name}: {in_points(sum(found.values()))} of {listed([*found])}"


def show_left_alone(notes: Iterable[str], console: Console) -> None:
    """Print what was handed in and did not have to be graded."""
    show_list("Left alone", notes, console)


def show_list(
    title: str, lines: Iterable[str], console: Console, most: int | None = _LONGEST_LIST
) -> None:
    """Print lines below a title; nothing if there are none.

    Parameters
    ----------
    title : str
        The title.
    lines : iterable of str
        The lines.
    console : rich.console.Console
        Where to print.
    most : int or None, optional
        So many are printed, if ``results/`` has all of them; None for all.
    """
    lines = list(lines)
    if lines:
        console.print(Text(f"\n{title}", "bold"))
        for line in lines[:most]:
            _say(console, f"- {line}", indent=2)
        if most is not None and len(lines) > most:
            _say(console, f"- and {len(lines) - most} more: see results/", indent=2)


def _say(
    console: Console, text: str, style: str = "", indent: int = 0, styled: int | None = None
) -> None:
    """Print a paragraph with its further lines indented and its first characters styled."""
    lines = textwrap.fill(
        printable(text),
        min(console.width, _WIDEST),
        subsequent_indent=" " * indent,
        # A path or a name that is cut in two cannot be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )
    shown = Text(lines.replace(_KEEP, " "))
    shown.stylize(style, 0, styled)
    # Already wrapped. A Text, for square brackets in a title are no markup.
    console.print(shown, soft_wrap=True)
