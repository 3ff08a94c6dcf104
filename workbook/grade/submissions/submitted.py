"""What was found in the submissions of a class, as plain data."""

import re
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from workbook.course.exercises import Exercise
from workbook.course.words import counted
from workbook.grade.submissions.beside import NOTHING_BESIDE, files_beside
from workbook.grade.submissions.beside_archived import beside_in_archive
from workbook.grade.submissions.choose import Chosen
from workbook.grade.submissions.handed_in import FilePlace
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.modules_above import above_on_disk

# What uses another notebook; as an expression it is found in half the time.
_RUN = re.compile(rb"%run")


@dataclass(frozen=True, slots=True)
class Submitted:
    """A notebook that a student handed in, or should have.

    Attributes
    ----------
    student : str
        Name of the student.
    exercise : Exercise
        The exercise.
    place : FilePlace or None
        Where the file is; None if there is none that can be read.
    folder : pathlib.Path or None
        The folder whose timestamp counts; None if it is a link, which is not followed.
    problem : str
        Why it cannot be read, if there is something in its place.
    notes : tuple of str
        Where it was found, and which other files do not count.
    home : pathlib.Path or None
        The folder whose other files go with it; None where they may be others'.
    is_alone : bool
        Whether only notebooks lie in the student's folders.
    """

    student: str
    exercise: Exercise
    place: FilePlace | None
    folder: Path | None
    problem: str = ""
    notes: tuple[str, ...] = ()
    home: Path | None = None
    is_alone: bool = False

    def job(self) -> Job:
        """Return the job of judging it, with the file's content."""
        # A class is read one notebook at a time: all of them may not fit into memory.
        data, problem, notes = self.place.read() if self.place else (None, self.problem, [])
        beside = NOTHING_BESIDE
        if self.place and data is not None and not self._needs_nothing(data):
            if self.place.inside:
                beside = beside_in_archive(self.place, data)
            elif self.home is not None:
                modules = above_on_disk(self.home, self.student, data)
                beside = files_beside(self.home, data, modules)
        said = (*self.notes, *notes)
        return Job(self.student, self.exercise, data, problem=problem, beside=beside, notes=said)

    def _needs_nothing(self, data: bytes) -> bool:
        """Tell whether no file beside the notebook can be of use to it."""
        return self.is_alone and _RUN.search(data) is None

    @property
    def path(self) -> Path | None:
        """The file on the disk: the notebook, or the archive that holds it."""
        return self.place.path if self.place else None

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in."""
        return self.place is None and not self.problem


@dataclass(frozen=True)
class Found:
    """Submissions to grade.

    Attributes
    ----------
    submitted : tuple of Submitted
        One for each exercise of each assignment that a student handed in, student by student and
        assignment by assignment.
    problems : tuple of str
        What cannot be graded, and why.
    notes : tuple of str
        What was handed in and is not graded because there is nothing in it to grade.
    is_class : bool
        Whether it is what a whole class handed in.
    """

    submitted: tuple[Submitted, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_class: bool = False


@dataclass
class FoundSoFar:
    """What has been found in the submissions of a class so far.

    Attributes
    ----------
    others : tuple of str
        Names of assignments that are left to nbgrader.
    submitted, problems, notes, is_class
        As in `Found`.
    left_to_nbgrader : dict of str to int
        How many students have a folder of such an assignment.
    zone : tzinfo or None
        The zone of the times in names; None for this machine's.
    """

    others: tuple[str, ...] = ()
    zone: tzinfo | None = None
    submitted: list[Submitted] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_class: bool = False
    left_to_nbgrader: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        student: str,
        exercise: Exercise,
        chosen: Chosen,
        folder: Path | None,
        is_own: bool = True,
    ) -> None:
        """Add a notebook that was found, and a problem if it cannot be read.

        Parameters
        ----------
        student, exercise, chosen, folder
            As in `Submitted`.
        is_own : bool, optional
            Whether all files beside it are the student's.
        """
        place = None if chosen.problem else chosen.place
        if chosen.problem:
            self.problems.append(f"{student}: {chosen.problem}; it earns no points")
        home = chosen.place.path.parent if is_own else None
        self.submitted.append(
            Submitted(student, exercise, place, folder, chosen.problem, chosen.notes, home)
        )

    def result(self, exercise: Exercise | None) -> Found:
        """Return what has been found, of one exercise or of all."""
        for name, count in self.left_to_nbgrader.items():
            self.notes.append(
                f"{name} ({counted(count, 'student')}) is left to nbgrader: `nbgrader autograde "
                f"{name}` grades it"
            )
        wanted = (one for one in self.submitted if exercise in (None, one.exercise))
        return Found(tuple(wanted), tuple(self.problems), tuple(self.notes), self.is_class)
