"""Writes an export: chooses the table, and never writes over what may be somebody's own."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.folder import Course
from workbook.course.words import counted
from workbook.grade.export import fresh
from workbook.grade.export.feedback_pages import moodle_folders, write_feedback_archive
from workbook.grade.export.fill import fill_table
from workbook.grade.export.gather import table_of
from workbook.grade.export.platforms import BRIGHTSPACE, CANVAS, MOODLE, PLATFORMS
from workbook.grade.export.sheet import Sheet
from workbook.grade.export.table import ExportError, Options, Table
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.submissions.results import write_text

#: The folder in the course's for exports that have no name of their own.
FOLDER = "exports"

# Whose table has a place for a text.
_WITH_TEXT = ("moodle", "csv", "json")


@dataclass(frozen=True)
class ExportFiles:
    """The files of an export.

    Attributes
    ----------
    grading : pathlib.Path
        The folder of the grading.
    db_url : str
        SQLAlchemy address of the gradebook.
    template : pathlib.Path or None
        The platform's own table, to be filled in.
    out : pathlib.Path or None
        Where to write; None for a new file in `FOLDER`.
    force : bool
        Whether a file that is there may be replaced.
    pages : bool
        Whether to write archives of feedback pages, too.
    """

    grading: Path
    db_url: str
    template: Path | None = None
    out: Path | None = None
    force: bool = False
    pages: bool = False


@dataclass
class Exported:
    """What was exported.

    Attributes
    ----------
    table : Table
        The marks, with what was left out.
    written : list of (pathlib.Path, str)
        The files, each with what is in it.
    """

    table: Table
    written: list[tuple[Path, str]] = field(default_factory=list)


def export(course: Course, name: str, options: Options, files: ExportFiles) -> Exported:
    """Write the marks of a class for a platform.

    Parameters
    ----------
    course : Course
        The course.
    name : str
        A key of `PLATFORMS`, "csv" or "json".
    options : Options
        What the instructor asks for.
    files : ExportFiles
        Where everything is, and where it goes.

    Raises
    ------
    ExportError
        If nothing can be written.
    RosterError, CannotWriteError
        If the roster cannot be read, or a file not be written.
    """
    _check(name, options, files)
    path = _target(course, name, files)
    _check_free(path, files)
    archives = _archives(path, course, options, files)
    table = table_of(course, files.grading, files.db_url, options)
    done = Exported(table)
    content = _content(name, table, options, files.template)
    _name_excused(name, table)
    if not table.written:
        why = "; ".join(table.problems[:3] or table.notes[:3])
        raise ExportError(f"there is no student to write, so nothing was written: {why}")
    if isinstance(content, Sheet):
        content.write(path)
    else:
        write_text(path, content)
    columns = counted(len(table.columns), "column")
    done.written.append((path, f"{counted(table.written, 'student')}, {columns} of marks"))
    if archives:
        _write_pages(archives, course, files, done)
    return done


def _content(name: str, table: Table, options: Options, template: Path | None) -> Sheet | str:
    if template is not None:
        return fill_table(template, PLATFORMS[name], table, options)
    if name == CANVAS.name:
        return fresh.canvas(table, options)
    if name in PLATFORMS:
        return fresh.by_one_identifier(table, options, PLATFORMS[name])
    return fresh.plain_table(table, options) if name == "csv" else fresh.as_json(table, options)


def _name_excused(name: str, table: Table) -> None:
    """Name the students who are excused, where a platform's table cannot say it."""
    columns = [one.name for one in table.columns]
    excused = [
        row.shown
        for row in table.rows
        if any(row.marks[one].status == "excused" for one in columns)
    ]
    if excused and name in PLATFORMS and not PLATFORMS[name].excused:
        table.notes.append(
            f"excused, to be entered on {PLATFORMS[name].title} by hand: {', '.join(excused)}"
        )


def _check(name: str, options: Options, files: ExportFiles) -> None:
    """Refuse what a platform does not take."""
    if name == "blackboard" and files.template is None:
        raise ExportError(
            "Blackboard takes only its own table back: download it there (Grade Center, Work "
            "Offline, Download, tab-delimited), and name it with --template"
        )
    if files.template is not None and name not in ("canvas", "blackboard", "brightspace"):
        raise ExportError(f"--template is for Canvas, Blackboard and Brightspace, not for {name}")
    if options.with_feedback and name not in _WITH_TEXT:
        raise ExportError(
            f"{PLATFORMS[name].title}'s table has no place for a text: --feedback text is for "
            f"{', '.join(_WITH_TEXT)}"
        )
    if files.pages and name != MOODLE.name:
        raise ExportError(
            "--feedback pages is for Moodle; docs/instructors.md says what to do for the others"
        )
    if options.comma and name == "json":
        raise ExportError("--decimal comma is for tables: JSON always has a decimal point")


def _target(course: Course, name: str, files: ExportFiles) -> Path:
    if files.out is not None:
        return files.out
    suffix = ".json" if name == "json" else ".csv"
    suffix = files.template.suffix if files.template is not None else suffix
    return course.root / FOLDER / f"{name}-{datetime.now():%Y-%m-%d-%H%M%S}{suffix}"


def _check_free(path: Path, files: ExportFiles) -> None:
    """Refuse to write over a file, unless that is wanted, and over the template in any case."""
    if files.template is not None and path.resolve() == files.template.resolve():
        raise ExportError(f"{path} is the template, which is never changed: name another file")
    if path.is_dir():
        raise ExportError(f"{path} is a folder: name a file")
    if path.exists() and not files.force:
        raise ExportError(
            f"{path} already exists, and may be your own: name another file with --out, or pass "
            "--force to replace it"
        )


def _write_pages(
    archives: dict[str, Path], course: Course, files: ExportFiles, done: Exported
) -> None:
    """Write an archive of pages for each assignment: Moodle takes one at a time."""
    recorded, folders = recorded_marks(files.db_url), moodle_folders(course)
    for assignment, path in archives.items():
        count = write_feedback_archive(
            path, folders, files.grading, assignment, done.table, recorded
        )
        done.written.append((path, f"pages of {counted(count, 'student')}"))


def _archives(path: Path, course: Course, options: Options, files: ExportFiles) -> dict[str, Path]:
    """Return the archive of each assignment's pages, all of which can be written."""
    if not files.pages:
        return {}
    if options.assignment in course.other_assignments():
        raise ExportError("--feedback pages is for the course's own assignments")
    moodle_folders(course)
    marks = recorded_marks(files.db_url).marks.values()
    graded = {one.assignment for one in marks if one.points is not None}
    found = {
        name: path.with_name(f"{path.stem}-{name}-feedback.zip")
        for name in ASSIGNMENTS
        if name in graded and options.assignment in ("", name)
    }
    for one in found.values():
        _check_free(one, files)
    return found


def advice_for_platform(name: str, has_template: bool) -> str:
    """Say what to do with the file on the platform."""
    if name == MOODLE.name:
        return (
            "In Moodle: Grades, Import, CSV file. Map the first column to the user's field of that "
            "name, and each column of marks to its grade item."
        )
    if name == CANVAS.name and not has_template:
        return (
            "In Canvas: Grades, Import. A column that Canvas does not know becomes a new "
            "assignment; --template fills in the table that Canvas exports."
        )
    if name == BRIGHTSPACE.name and not has_template:
        return "In Brightspace: Grades, Enter Grades, Import. The items have to be there already."
    return ""
