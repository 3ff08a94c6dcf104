"""Decides whether a submission has to be judged, or its earlier result still holds."""

from typing import Literal

from workbook.grade.entering import Records
from workbook.grade.submissions.find import Submitted
from workbook.grade.submissions.jobs import Job, tests_sha256
from workbook.grade.submissions.plan import Plan
from workbook.grade.submissions.results import Result, read_result

Task = Literal["judge", "show", "nothing"]


def choose(plan: Plan, records: Records, one: Submitted) -> tuple[Job, Result | None, Task]:
    """Return the job of a submission, its earlier result, and what is to be done.

    Returns
    -------
    job : Job
        What is to be judged.
    earlier : Result or None
        What an earlier run has found; there is one unless the task is "judge".
    task : str
        "judge"; or "show", where the earlier result holds but is not entered everywhere; or
        "nothing".
    """
    job = one.job()
    earlier = read_result(plan.out / "results", one.student, one.exercise.name)
    if (
        plan.force
        or earlier is None
        or earlier.submission_sha256 != job.sha256
        or (earlier.status == "missing") != job.is_missing
        or earlier.tests_sha256 != tests_sha256(plan.course, one.exercise)
    ):
        return job, earlier, "judge"
    return job, earlier, "nothing" if records.hold(one, earlier) else "show"
