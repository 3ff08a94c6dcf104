"""Exceptions for faults of the grader, as opposed to errors in a student's code.

They are no kinds of Exception: hidden tests and diagnosis take every Exception for something that
the student's answer has brought about.
"""

from workbook.course.verdicts import Verdict

#: Where there is less room on a disk than this, it counts as full.
LEAST_ROOM = 2**20


class GraderError(BaseException):
    """The grader failed, whatever was handed in; the text says why.

    The submission is judged again in a fresh judge. If that fails, too, it is not graded.
    """


class NotGradedError(Exception):
    """A fault of the grader kept a submission from being graded; the text says which."""


class JudgeLostError(GraderError):
    """The judge's process has died or run out of memory.

    Parameters
    ----------
    message : str
        What has happened.
    earned : tuple of Verdict, optional
        The verdicts so far, if the judge had something large in hand that the student's process
        had sent. Then it may have died of that.
    """

    def __init__(self, message: str, earned: tuple[Verdict, ...] | None = None) -> None:
        super().__init__(message, earned)
        self.earned = earned

    def __str__(self) -> str:
        return str(self.args[0])
