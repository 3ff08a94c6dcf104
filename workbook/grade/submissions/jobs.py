"""Jobs: submissions to judge, and the hash of everything that decides their marks."""

import hashlib
import os
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.metadata import version
from pathlib import Path

from workbook.course.exercises import EXERCISES, FUNCTIONS, Exercise, before
from workbook.course.folder import Course
from workbook.grade.submissions.beside import NOTHING_BESIDE, Beside


@dataclass(frozen=True)
class Job:
    """One submission to judge.

    Attributes
    ----------
    student : str
        Name of the student.
    exercise : Exercise
        The exercise.
    data : bytes or None
        The submitted file; None if there is none that can be read.
    seed : int or None
        Seed of the tests' inputs; if None, it comes from the secret and the answer.
    problem : str
        Why it cannot be read, if there is something in its place.
    beside : Beside
        The files that were handed in with it.
    secret : bytes
        The course's secret, for a machine that has no course of its own; else the judge reads it.
    notes : tuple of str
        Remarks on how it was found, for the instructor.
    """

    student: str
    exercise: Exercise
    data: bytes | None
    seed: int | None = None
    problem: str = ""
    beside: Beside = NOTHING_BESIDE
    # Whatever prints a job does not print it.
    secret: bytes = field(default=b"", repr=False)
    notes: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in."""
        return self.data is None and not self.problem

    @cached_property
    def sha256(self) -> str:
        """Hash of the submitted file and the files beside it, "" if there is none."""
        if self.data is None:
            return ""
        return hashlib.sha256(self.data + self.beside.digest()).hexdigest()


def tests_sha256(course: Course, exercise: Exercise) -> str:
    """Return a hash of everything that decides a mark: the tests, what they use, the program."""
    files = _files(course, exercise)
    return _hash_of(files, tuple(os.stat(file).st_mtime_ns for file in files))


@lru_cache(maxsize=64)
def _files(course: Course, exercise: Exercise) -> tuple[str, ...]:
    files = [course.tests(name) for name in exercise.functions]
    # Files without a function's name hold what the tests share.
    beside = sorted(files[0].parent.glob("*.py"))
    files += [file for file in beside if file.stem not in FUNCTIONS]
    # All exercises, and for a lab the labs up to it: a change in a later lab changes no mark.
    used = {one.name: one for one in (*EXERCISES, *before(exercise), exercise)}.values()
    files += [course.solution(name) for one in used for name in one.functions]
    files += [course.root / "source" / exercise.notebook_path]
    return tuple(map(str, files))


@lru_cache(maxsize=64)
def _hash_of(files: tuple[str, ...], _changed: tuple[int, ...]) -> str:
    digest = hashlib.sha256(version("backprop-workbook").encode())
    for file in files:
        digest.update(Path(file).read_bytes())
    return digest.hexdigest()
