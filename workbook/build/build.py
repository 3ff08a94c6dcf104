"""`workbook build`: lessons, solutions and hidden tests become notebooks and check data."""

import contextlib
import filecmp
import json
import shutil
import traceback
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from workbook.build.cases import public_data
from workbook.build.changes import Changes, data_path, outputs
from workbook.build.headers import gathered
from workbook.build.install_cell import install_cells
from workbook.build.lessons import Lesson, read_lesson
from workbook.build.manual_cells import manual_points
from workbook.build.new import FILL_IN
from workbook.build.pages import PageText, page_notebook, read_page
from workbook.build.question_cells import questions_data
from workbook.build.release import release
from workbook.build.text import BuildError, line_of_key
from workbook.build.weave import weave
from workbook.course.data_folder import COURSE_FILE, PLACE
from workbook.course.exercises import Exercise, Page, describe, in_order
from workbook.course.folder import Course, CourseError
from workbook.course.mistakes import declared_mistakes
from workbook.course.questions import QUESTIONS_FILE

#: Folders that the build fills, relative to the course's.
BUILT = ("source", "release", PLACE.as_posix())


def build(course: Course, names: Collection[str] = ()) -> list[Path]:
    """Build what has changed, and return the files that have changed, were added or were removed.

    Parameters
    ----------
    course : Course
        The course.
    names : collection of str, optional
        Names of exercises, labs and pages, to leave all others as they are.

    Raises
    ------
    BuildError
        If a lesson, a solution or a test file is not as it should be; nothing is written then.
    """
    changes = Changes(course)
    with TemporaryDirectory() as scratch:
        built = Path(scratch)
        new = _build_into(course, built, changes, names)
        stale = list(_stale(course.root, built))
        for path in stale:
            old, new_file = course.root / path, built / path
            if new_file.is_file():
                old.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(new_file, old)
            else:
                old.unlink()
    changes.remember(new)
    return stale


def stale_files(course: Course, names: Collection[str] = ()) -> list[Path]:
    """Return the committed files that a build would change, add or remove.

    Parameters
    ----------
    course : Course
        The course.
    names : collection of str
        Names of lessons or pages that alone are built; all by default.

    Returns
    -------
    list of Path
        Relative to the course's folder.

    Raises
    ------
    BuildError
        If a lesson or what belongs to it is wrong; the message names file and line.
    """
    with TemporaryDirectory() as scratch:
        built = Path(scratch)
        changes = Changes(course)
        new = _build_into(course, built, changes, names)
        stale = list(_stale(course.root, built))
    named = {path.as_posix() for path in stale}
    changes.remember(what for what in new if named.isdisjoint(outputs(what)))
    return stale


def _build_into(
    course: Course, target: Path, changes: Changes, names: Collection[str]
) -> list[Exercise | Page]:
    """Fill a folder with all that a build makes; return which notebooks are made anew."""
    described = gathered(course)
    # The data that was built last may be older than the lessons, or missing.
    describe(described)
    every = in_order()
    _check_names(names, [what.name for what in every])
    new = [w for w in every if (not names or w.name in names) and not changes.is_current(w)]
    texts = [_read(course, what) for what in every]
    _add_manual_points(described, texts)
    asked = questions_data(one for text in texts for one in text.questions)
    hints: dict[str, tuple[str, ...]] = {}
    hints_for: dict[str, dict[str, int]] = {}
    for what, text in zip(every, texts, strict=True):
        if isinstance(text, Lesson):
            hints |= text.hints
            hints_for |= _hints_by_sentence(course, text)
        if what in new:
            _build_one(course, text, target, changes)
    release(course, target / "source", target / "release")
    for path in (path for what in every if what not in new for path in outputs(what)):
        if (course.root / path).is_file():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(course.root / path, target / path)
    told: dict[str, dict[str, Any]] = {
        "hints.json": hints,
        "hints_for.json": hints_for,
        QUESTIONS_FILE: asked,
    }
    _write_data(target, {COURSE_FILE: described, **told})
    return new


def _add_manual_points(described: dict[str, Any], texts: list[Lesson | PageText]) -> None:
    """Add to the lessons' entries the answers in them that a person marks."""
    entries = {entry["name"]: entry for entry in described["notebooks"]}
    for text in texts:
        if isinstance(text, Lesson) and (points := manual_points(text.cells)):
            entries[text.exercise.name]["manual"] = points


def _check_names(names: Collection[str], known: list[str]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        there = ", ".join(known)
        raise CourseError(f"no exercise, lab or page is called {unknown[0]!r}; there are: {there}")


def _read(course: Course, what: Exercise | Page) -> Lesson | PageText:
    """Read the text of a notebook, and check what it says."""
    if isinstance(what, Page):
        return read_page(course.lesson(what), what)
    _check_files(course, what)
    return read_lesson(course.lesson(what))


def _write_data(target: Path, files: dict[str, dict[str, Any]]) -> None:
    """Write what the lessons say, to the data of the course; a course may ask no questions."""
    (target / PLACE).mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        if content:
            text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
            (target / PLACE / file).write_text(text, encoding="utf-8")


def _check_files(course: Course, exercise: Exercise) -> None:
    parts = []
    for name in exercise.functions:
        parts.append((f"solution of {name}", course.solution(name)))
        parts.append((f"test file of {name}", course.tests(name)))
    for part, path in parts:
        if not path.is_file():
            raise BuildError(path, 1, f"the {part} is missing")


def _check_filled_in(course: Course, exercise: Exercise) -> None:
    files = [course.lesson(exercise)]
    for name in exercise.functions:
        tests = course.tests(name)
        files += [course.solution(name), tests, tests.parent / "misconceptions" / tests.name]
    for path in filter(Path.is_file, files):
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if FILL_IN in text:
                raise BuildError(path, line, f"something is missing here: replace {FILL_IN}")


@contextlib.contextmanager
def _named_errors(course: Course) -> Iterator[None]:
    """Name the file and the line of an error that a solution or a test file raises."""
    try:
        yield
    except (BuildError, CourseError):
        raise
    except Exception as error:
        folders = [course.root / "solutions", course.root / "grader_tests"]
        places = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)]
        said = str(error)
        if isinstance(error, SyntaxError):
            places.append((str(error.filename), error.lineno))
            said = error.msg
        own = [p for p in places if any(Path(p[0]).is_relative_to(f) for f in folders)]
        if not own:
            raise
        file, line = own[-1]
        raise BuildError(Path(file), line or 1, f"{type(error).__name__}: {said}") from error


def _build_one(course: Course, text: Lesson | PageText, target: Path, changes: Changes) -> None:
    if isinstance(text, PageText):
        _write_source(target, text.page, page_notebook(text, install_cells(course)))
        return
    _check_filled_in(course, text.exercise)
    with _named_errors(course):
        _write_source(target, text.exercise, weave(course, text))
        _write_check_data(course, text.exercise, target, changes)


def _write_check_data(course: Course, exercise: Exercise, target: Path, changes: Changes) -> None:
    for name in exercise.functions:
        data = target / data_path(name)
        data.parent.mkdir(parents=True, exist_ok=True)
        if changes.has_data(name):
            shutil.copyfile(course.root / data_path(name), data)
        else:
            data.write_text(_check_data(course, name), encoding="utf-8")


def _write_source(target: Path, what: Exercise | Page, notebook: Any) -> None:
    path = target / "source" / what.notebook_path
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def _check_data(course: Course, name: str) -> str:
    tests = course.module(f"grader_tests.{name}")
    wrong = [(entry.sentence, entry.function) for entry in declared_mistakes(course, name)]
    source = course.solution(name).read_text(encoding="utf-8")
    return public_data(tests, course.reference(name), wrong, source)


def _hints_by_sentence(course: Course, lesson: Lesson) -> dict[str, dict[str, int]]:
    """Return which hint is for which mistake, by the sentence that a card says of it."""
    found: dict[str, dict[str, int]] = {}
    for name, numbers in lesson.hint_for.items():
        sentences = {one.name: one.sentence for one in declared_mistakes(course, name)}
        for mistake in numbers:
            if mistake not in sentences:
                line = line_of_key(lesson.path.read_text(encoding="utf-8"), "hint_for")
                said = f"`hint_for:` names {mistake!r}, which is not a known mistake of {name}"
                raise BuildError(lesson.path, line, said)
        found[name] = {sentences[mistake]: number for mistake, number in numbers.items()}
    return found


def _stale(root: Path, built: Path) -> Iterator[Path]:
    for folder in BUILT:
        names = {path.relative_to(base) for base in (root, built) for path in _files(base / folder)}
        for name in sorted(names):
            pair = (root / name, built / name)
            if not all(path.is_file() for path in pair) or not filecmp.cmp(*pair, shallow=False):
                yield name


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, without Jupyter's checkpoints."""
    for path in folder.rglob("*"):
        if path.is_file() and ".ipynb_checkpoints" not in path.parts and path.suffix != ".pyc":
            yield path
