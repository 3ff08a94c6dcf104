"""The table of a class: a row for each student, a cell for each exercise."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workbook.course.exercises import NOTEBOOKS, Exercise
from workbook.grade.report.tally import REMARKS, Tally
from workbook.grade.submissions.plan import StudentMarks

#: More cells than these get their links from the page's script, so that the page stays small.
MOST_LINKS = 8_000

#: From a student and an exercise: the page's address, or "" if there is none.
PageOf = Callable[[str, Exercise], str]


@dataclass(frozen=True)
class ExerciseMark:
    """A student's mark in an exercise.

    Attributes
    ----------
    points : float or None
        The points; None if nothing was handed in, and nothing was given.
    remarks : str
        What is to be said of them: letters of `REMARKS`.
    page : str
        The address of the student's page; empty if there is none.
    kind : str
        "z" without points, "p" with some of them, "" with all.
    """

    points: float | None
    remarks: str
    page: str
    kind: str

    @property
    def signs(self) -> list[str]:
        """The remarks, each as a sign and a word."""
        return [REMARKS[letter][0] for letter in self.remarks if letter != "m"]


@dataclass(frozen=True)
class StudentRow:
    """A student's row.

    Attributes
    ----------
    marks : StudentMarks
        The student, and the total.
    cells : tuple of ExerciseMark
        A cell for each exercise of the table.
    kinds : str
        By what the row is found: the cells' remarks, and "n" if nothing at all was handed in.
    """

    marks: StudentMarks
    cells: tuple[ExerciseMark, ...]
    kinds: str

    @property
    def page(self) -> str:
        """The first of the student's pages; empty if there is none."""
        return next((cell.page for cell in self.cells if cell.page), "")


@dataclass(frozen=True)
class ClassTable:
    """The table.

    Attributes
    ----------
    exercises : tuple of Exercise
        The exercises of which there is a mark.
    rows : tuple of StudentRow
        A row for each student.
    """

    exercises: tuple[Exercise, ...]
    rows: tuple[StudentRow, ...]

    @property
    def is_linked(self) -> bool:
        """Whether every cell holds its link; else the page's script makes them."""
        return len(self.rows) * len(self.exercises) <= MOST_LINKS

    @property
    def has_sections(self) -> bool:
        """Whether any student has a section."""
        return any(row.marks.section for row in self.rows)

    @property
    def has_names(self) -> bool:
        """Whether any student's name is known."""
        return any(row.marks.name for row in self.rows)

    @property
    def kinds(self) -> dict[str, str]:
        """Kinds of rows that there are, in words, by their letters."""
        words = {"n": "nothing handed in", "m": "something not handed in"}
        words |= {letter: said for letter, (_, said) in REMARKS.items() if letter != "m"}
        return {one: said for one, said in words.items()
                if any(one in row.kinds for row in self.rows)}  # fmt: skip

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The signs that there are, with what they mean."""
        return [REMARKS[one] for one in REMARKS if one in self.kinds]

    def means(self) -> list[float | None]:
        """Return the mean of each exercise and of the totals, over the students with a mark."""
        columns = (
            [row.cells[number].points for row in self.rows]
            for number, _ in enumerate(self.exercises)
        )
        totals = [row.marks.total for row in self.rows if row.marks.points]
        return [*map(_mean, columns), _mean(totals)]


def _mean(values: Iterable[float | None]) -> float | None:
    there = [value for value in values if value is not None]
    return sum(there) / len(there) if there else None


def class_table(marks: Mapping[str, StudentMarks], tally: Tally, page_of: PageOf) -> ClassTable:
    """Return the table of a class.

    Parameters
    ----------
    marks : mapping of str to StudentMarks
        The final marks.
    tally : Tally
        What is to be said of them.
    page_of : callable
        Returns the address of a student's page.
    """
    set_so_far = {name for one in marks.values() for name in one.points}
    exercises = tuple(one for one in NOTEBOOKS if one.name in set_so_far)
    rows = []
    for student, held in marks.items():
        cells = tuple(
            _cell(held.points.get(one.name), tally.remarks.get((student, one.name), ""), one,
                  page_of(student, one))
            for one in exercises
        )  # fmt: skip
        missing = [cell.points is None for cell in cells]
        kinds = {letter for cell in cells for letter in cell.remarks}
        kinds |= {"m"} if any(missing) else set()
        kinds |= {"n"} if all(missing) else set()
        rows.append(StudentRow(held, cells, "".join(sorted(kinds))))
    return ClassTable(exercises, tuple(rows))


def _cell(points: float | None, remarks: str, exercise: Exercise, page: str) -> ExerciseMark:
    if points is None or ("m" in remarks and not points):
        return ExerciseMark(None, remarks, page, "")
    kind = "z" if points <= 0 else "p" if points < exercise.most else ""
    return ExerciseMark(points, remarks, page, kind)
