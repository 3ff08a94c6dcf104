"""`workbook new`: the files of a new exercise, or of a new function of a lab, to be filled in."""

import keyword
from itertools import chain
from pathlib import Path
from string import Template

from workbook.build.headers import ordered_lessons
from workbook.course.exercises import STEPS
from workbook.course.folder import Course, CourseError

#: What the templates say where something must be written; the build refuses it.
FILL_IN = "FILL IN"

_TEMPLATES = Path(__file__).parent / "templates"

# What a lab's lesson needs for one more function.
_IN_A_LAB = """\
In the header of {lesson}, add to `functions:`
  {name}:
    returns: [answer]
and to `hints:`, in the same order, `{name}:` with three hints. Add the points of its tests to
`points:`. Below, add cells with
  :solution: {name}
  :check: {name}
  :tests: [test_{name}_values, test_{name}_inputs_unchanged]  (and an :id:)"""


def new_exercise(course: Course, name: str, after: str, assignment: str | None) -> list[Path]:
    """Write the lesson, the solution, the hidden tests and the misconceptions of an exercise.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        Name of the exercise and of its function.
    after : str
        The exercise behind which it stands.
    assignment : str or None
        nbgrader assignment; that of ``after`` if None.

    Returns
    -------
    list of pathlib.Path
        The files.

    Raises
    ------
    CourseError
        If the name is taken or cannot be used, or the place is none; nothing is written then.
    BuildError
        If a lesson of the course is not well formed.
    """
    lessons = ordered_lessons(course)
    _check_name(course, name)
    exercises = [lesson for lesson in lessons if not lesson.entry["is_lab"]]
    names = [lesson.entry["name"] for lesson in exercises]
    if after not in names:
        raise CourseError(f"--after names no exercise: {after!r}. They are: {', '.join(names)}")
    place = names.index(after)
    before, following = exercises[place], lessons[place + 1 : place + 2]
    folder = assignment or before.entry["assignment"]
    _check_assignment(folder, [lesson.entry["assignment"] for lesson in lessons], place)
    order = (before.order + following[0].order) / 2 if following else before.order + 1
    number = max(lesson.entry["number"] for lesson in lessons) + 1
    path = course.root / "assignments" / folder / f"{number:02d}_{name}.md"
    texts = _of_function(course, name)
    # Behind the last exercise follows the first lab, if there is one.
    leads_to = following[0].entry["name"] if following else after
    step = before.entry["step"] or STEPS[0]
    places = {"order": f"{order:g}", "after": after, "next": leads_to}
    texts[path] = _filled("lesson.md", name=name, number=f"{number:02d}", step=step, **places)
    return _written(texts)


def new_function(course: Course, name: str, lab: str) -> tuple[list[Path], str]:
    """Write the solution, the hidden tests and the misconceptions of a function of a lab.

    Returns
    -------
    files : list of pathlib.Path
        The files.
    left : str
        What is to be added to the lab's lesson by hand.

    Raises
    ------
    CourseError
        If the name is taken or cannot be used, or there is no such lab; nothing is written then.
    BuildError
        If a lesson of the course is not well formed.
    """
    labs = {one.entry["name"]: one for one in ordered_lessons(course) if one.entry["is_lab"]}
    _check_name(course, name)
    if lab not in labs:
        raise CourseError(f"--lab names no lab: {lab!r}. They are: {', '.join(labs)}")
    lesson = labs[lab].path.relative_to(course.root)
    return _written(_of_function(course, name)), _IN_A_LAB.format(lesson=lesson, name=name)


def _check_name(course: Course, name: str) -> None:
    if not name.isidentifier() or keyword.iskeyword(name) or not name.isascii():
        raise CourseError(f"{name!r} cannot be the name of a Python function; choose another")
    lessons = ordered_lessons(course)
    taken = chain.from_iterable([one.entry["name"], *one.entry["functions"]] for one in lessons)
    files = [path for path in _of_function(course, name) if path.exists()]
    if name in taken or files:
        where = files[0] if files else next(
            one.path for one in lessons if name in (one.entry["name"], *one.entry["functions"])
        )  # fmt: skip
        raise CourseError(f"{name} already exists: {where}")


def _check_assignment(folder: str, assignments: list[str], place: int) -> None:
    """Check that an assignment stays in one piece with a new lesson behind this place."""
    beside = assignments[place : place + 2]
    if folder in beside:
        return
    if folder in assignments or (len(set(beside)) == 1 and len(beside) == 2):
        raise CourseError(
            f"an exercise at this place belongs to {' or '.join(dict.fromkeys(beside))}: lessons "
            "of an assignment follow each other. Choose another --after or --assignment"
        )
    if Path(folder).name != folder or folder.startswith("."):
        raise CourseError(f"--assignment {folder!r} cannot be the name of a folder")


def _of_function(course: Course, name: str) -> dict[Path, str]:
    """Return the files that each function has, with their texts."""
    tests = course.tests(name)
    return {
        course.solution(name): _filled("solution.py", name=name),
        tests: _filled("tests.py", name=name),
        tests.parent / "misconceptions" / tests.name: _filled("misconceptions.py", name=name),
    }


def _filled(template: str, **values: str) -> str:
    text = (_TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _written(texts: dict[Path, str]) -> list[Path]:
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(texts)
