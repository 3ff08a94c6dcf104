"""Students' pages in the archive in which Moodle takes them back: "Upload multiple feedback files".

Moodle numbers the students anew in each assignment, and says the numbers in what it sends: so they
are read from the lists of what was collected.
"""

import csv
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from workbook.course.exercises import of_assignment
from workbook.course.folder import Course
from workbook.grade.collect.collect import FOLDER
from workbook.grade.collect.listing import FILE, SEPARATOR, rows_in
from workbook.grade.collect.platforms import Platform, all_platforms
from workbook.grade.export.table import ExportError, MarksRow, Table
from workbook.grade.gradebook.marks import end_of, end_of_page
from workbook.grade.gradebook.recorded_marks import Recorded
from workbook.grade.report.spreadsheet import from_text
from workbook.grade.submissions.results import whole_file

_MOODLE = "moodle"


def moodle_folders(course: Course) -> dict[tuple[str, str], str]:
    """Return Moodle's folder of each student and assignment, by what was collected last.

    Parameters
    ----------
    course : Course
        The course.

    Raises
    ------
    ExportError
        If nothing was collected from Moodle.
    """
    found: dict[tuple[str, str], str] = {}
    moodle = all_platforms(course).by_name[_MOODLE]
    for path in sorted((course.root / FOLDER).glob(f"*-{_MOODLE}/{FILE}")):
        with suppress(OSError, UnicodeDecodeError, csv.Error):
            found.update(_folders(path, moodle))
    if not found:
        raise ExportError(
            "Moodle's feedback needs the numbers that Moodle gave to the students: collect its "
            "download with `workbook collect` first"
        )
    return found


def _folders(path: Path, moodle: Platform) -> Iterator[tuple[tuple[str, str], str]]:
    heading, *rows = rows_in(path) or [[]]
    for cells in rows:
        row = dict(zip(heading, cells, strict=False))
        named = _named(from_text(row.get("file", "")), moodle)
        for target in from_text(row.get("in submitted/", "")).split(SEPARATOR):
            student, _, rest = target.partition("/")
            if named and rest:
                # Moodle splits at underscores; an identifier that a person has put there may
                # have some. Pages go back among the files, also where a text was handed in.
                name = named["name"].replace("_", " ")
                folder = f"{name}_{named['number']}_assignsubmission_file_"
                yield (student, rest.partition("/")[0]), folder


def _named(path: str, moodle: Platform) -> dict[str, str] | None:
    """Return what Moodle has written into a path; folders of the download may be above that."""
    parts = path.split("/")
    # From above: what lies below may have any name that a student has given.
    tails = ("/".join(parts[above:]) for above in range(len(parts)))
    found = next(filter(None, map(moodle.match, tails)), None)
    # Patterns of the course's own may know students by something else.
    return found if found and {"name", "number"} <= found.keys() else None


def write_feedback_archive(
    path: Path,
    folders: Mapping[tuple[str, str], str],
    grading: Path,
    assignment: str,
    table: Table,
    recorded: Recorded,
) -> int:
    """Write the archive of an assignment's pages; return how many students are in it.

    Parameters
    ----------
    path : pathlib.Path
        The archive to write.
    folders : mapping of (str, str) to str
        Moodle's folder of each student and assignment; see `moodle_folders`.
    grading : pathlib.Path
        The folder with ``feedback/``.
    assignment : str
        The assignment.
    table : Table
        The class. It receives the students who are left out.
    recorded : Recorded
        The marks that the pages should show.

    Raises
    ------
    workbook.grade.submissions.results.CannotWriteError
        If it cannot be written.
    """
    count = 0
    with (
        whole_file(path, encoding=None) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for row in table.rows:
            pages = list(_pages(grading, assignment, row, recorded, table.problems))
            folder = folders.get((row.student.id, assignment))
            if pages and folder is None:
                table.problems.append(
                    f"{row.shown}: no feedback on {assignment}: nothing that was collected "
                    "from Moodle says this student's number there"
                )
                continue
            for page in pages:
                archive.write(page, f"{folder}/{page.name}")
            count += bool(pages)
    return count


def _pages(
    grading: Path, assignment: str, row: MarksRow, recorded: Recorded, problems: list[str]
) -> Iterator[Path]:
    """Yield a student's pages that show the marks of the gradebook; name the others."""
    for exercise in of_assignment(assignment):
        page = grading / "feedback" / row.student.id / assignment / f"{exercise.notebook}.html"
        held = recorded.marks.get((row.student.id, exercise.notebook))
        if held is None or not page.is_file():
            continue
        if end_of(page) == end_of_page(held.marks.digest):
            yield page
        else:
            problems.append(
                f"{row.shown}: the page on {exercise.name} shows other marks than the gradebook: "
                "run `workbook grade submitted`, and export again"
            )
