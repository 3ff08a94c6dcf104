"""Judges that work side by side.

Each is a process of its own, which imports this file and not nbgrader: that alone takes seconds.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from workbook.course import Course
from workbook.grade.confinement import Layers
from workbook.grade.judge import Job, Judge
from workbook.grade.limits import Limits
from workbook.grade.results import Result


def judge_all(
    course: Course, jobs: list[Job], workers: int, layers: Layers, limits: Limits
) -> Iterator[tuple[Job, Result | Exception]]:
    """Yield each job with its result, or with the reason why there is none.

    Parameters
    ----------
    course : Course
        The course.
    jobs : list of Job
        The submissions.
    workers : int
        Number of judges at most.
    layers : Layers
        What confines the students' processes.
    limits : Limits
        What one submission may use.
    """
    if not jobs:
        return
    # A fresh interpreter for each worker: a fork would inherit the instructor's open files.
    with ProcessPoolExecutor(
        max_workers=min(workers, len(jobs)),
        mp_context=get_context("spawn"),
        initializer=_start,
        initargs=(course, layers, limits),
    ) as pool:
        waiting = {pool.submit(_judge, job): job for job in jobs}
        for done in as_completed(waiting):
            try:
                yield waiting[done], done.result()
            except Exception as error:
                yield waiting[done], error


_worker: list[Judge] = []


def _start(course: Course, layers: Layers, limits: Limits) -> None:
    _worker.append(Judge(course, limits, layers))


def _judge(job: Job) -> Result:
    return _worker[0].judge(job)
