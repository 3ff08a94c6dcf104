"""The plug-ins that ``nbgrader_config.py`` names: they read, judge and show submissions.

Each is one of nbgrader's documented extension points: the exporter of ``Autograde``, and its lists
of preprocessors.
"""

import atexit
import shutil
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, NoReturn
from weakref import finalize

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from sqlalchemy.exc import DBAPIError
from traitlets import Bool, Dict, List, Unicode

from workbook.course.exercises import ASSIGNMENTS, Exercise, find, use_course
from workbook.course.folder import Course, find_course
from workbook.course.text import one_line
from workbook.grade.gradebook.assignments import register
from workbook.grade.gradebook.backup import keep_copy
from workbook.grade.gradebook.bulk_write import unmark_assignment
from workbook.grade.judging.autograded import autograded, lesson_address
from workbook.grade.nbgrader_alone import alone_to_the_end
from workbook.grade.nbgrader_execute import check_allowed, use_own_preprocessors
from workbook.grade.nbgrader_found import submissions_of
from workbook.grade.roster.roster import RosterError
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers
from workbook.grade.submissions import results
from workbook.grade.submissions.built import check_built
from workbook.grade.submissions.decode import InvalidSubmissionError
from workbook.grade.submissions.faults import GraderError, JudgeLostError, NotGradedError
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import LimitError, limits_from
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.plan import NotBuiltError
from workbook.grade.submissions.recounting import recounted
from workbook.grade.submissions.results import Judged, Result
from workbook.grade.submissions.seeds import SecretError, course_secret
from workbook.grade.submissions.staging import stage, stage_as_it_is
from workbook.grade.submissions.submission import blank_submission, read_submission
from workbook.grade.submissions.submitted import Submitted
from workbook.grade.submissions.timestamps import TimezoneError
from workbook.grade.submissions.voided import VoidError, read_voids
from workbook.grade.workers import tasks
from workbook.grade.workers.executor import LocalExecutor
from workbook.grade.workers.tasks import Setting


def exercise_of(resources: Any) -> Exercise | None:
    """Return the exercise of the notebook that nbgrader is working on."""
    names = resources["nbgrader"]
    exercise = find(names["notebook"].partition("_")[2])
    is_ours = exercise is not None and exercise.assignment == names["assignment"]
    return exercise if is_ours else None


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """Reads any submitted notebook, so that a broken one does not stop the class."""

    unconfined = Bool(
        False,
        help="Whether student code may run with your own rights where nothing can confine it.",
    ).tag(config=True)

    unconfined_assignments = List(
        Unicode(),
        help="Assignments other than the workbook's, by name, that nbgrader may run with your own "
        "rights.",
    ).tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        course = Course(Path(self.parent.coursedir.root))
        use_course(course.root)
        # nbgrader makes its exporter before it touches a submission, so this can still stop it.
        with alone_to_the_end(self.parent):
            self._prepare(course, self._assignment)

    def _prepare(self, course: Course, assignment: str) -> None:
        try:
            # What confines the kernel of another assignment is looked at when it is staged.
            self.layers = detect_layers(self.unconfined or assignment not in ASSIGNMENTS)
        except NotConfinedError as error:
            self._stop(f"{error} (here: c.SubmissionExporter.unconfined = True)", error)
        try:
            self.limits = limits_from(JudgeSubmission(parent=self).limits.items())
        except LimitError as error:
            self._stop(f"c.JudgeSubmission.limits: {error}", error)
        try:
            course_secret(course)
            read_voids(course)
            if assignment in ASSIGNMENTS:
                check_built(course, [assignment])
            keep_copy(self.parent.coursedir.db_url)
        except (SecretError, VoidError, NotBuiltError) as error:
            self._stop(str(error), error)
        except (OSError, DBAPIError) as error:
            self._stop(f"the gradebook cannot be copied before it is changed: {error}", error)
        #: Files that were left out of what nbgrader sees, with the reason.
        self.left_out: dict[Path, str] = {}
        #: What the notebooks of another assignment have written, see `ConfinedKernelManager`.
        self.written: dict[Path, bytes] = {}
        #: What was found, by the path of its copy.
        self.found: dict[Path, Submitted] = {}
        self._stage()

    @property
    def _assignment(self) -> str:
        return str(self.parent.coursedir.assignment_id)

    def _stop(self, text: str, error: Exception) -> NoReturn:
        self.log.error("%s", text)
        raise NbGraderException(str(error)) from error

    def _stage(self) -> None:
        """Let nbgrader see a harmless copy of the submissions that it has found."""
        converter = self.parent
        before = converter.coursedir
        scratch = Path(mkdtemp(prefix="submitted-"))
        finalize(self, shutil.rmtree, scratch, ignore_errors=True)
        settings = {name: getattr(before, name) for name in before.trait_names(config=True)}
        settings["submitted_directory"] = str(scratch)
        # A copy, for the formgrader keeps its course after this command.
        converter.coursedir = CourseDirectory(config=before.config, **settings)
        assignment = before.assignment_id
        if assignment in ASSIGNMENTS:
            self._stage_found(before)
        else:
            use_own_preprocessors(converter, check_allowed(self, assignment))
            self._stage_listed()
        for path, reason in self.left_out.items():
            where = one_line(str(path.relative_to(scratch)))
            self.log.warning("%s: %s", where, one_line(reason))

    def _stage_listed(self) -> None:
        """Stage what nbgrader has listed of an assignment that is nbgrader's alone."""
        listed, self.parent.assignments = self.parent.assignments, {}
        for folder in map(Path, sorted(listed)):
            if folder.is_symlink() or folder.parent.is_symlink():
                self.log.warning("%s is a link; it is left out", folder)
                continue
            names = str(self.parent.coursedir.submitted_directory), folder.parent.name, folder.name
            copy = Path(self.parent.coursedir.format_path(*names))
            self.left_out |= stage_as_it_is(folder, copy)
            there = [str(copy / Path(one).name) for one in sorted(listed[str(folder)])]
            self.parent.assignments[str(copy)] = [one for one in there if Path(one).is_file()]

    def _stage_found(self, before: Any) -> None:
        """Stage what counts of an assignment, wherever it was found."""
        converter, assignment = self.parent, before.assignment_id
        scratch = converter.coursedir.submitted_directory
        converter.assignments = {}
        # A gradebook refuses an assignment that it does not hold. The course is the
        # instructor's: a course that a student hands in is not used.
        course = Course(Path(before.root))
        register(course, before.db_url, assignment)
        try:
            found = submissions_of(before, self.log)
        except (RosterError, TimezoneError) as error:
            self._stop(str(error), error)
        for student, wanted in found.items():
            there = [f"{one.exercise.notebook}.ipynb" for one in wanted if not one.is_missing]
            names = student, assignment
            copy = Path(converter.coursedir.format_path(scratch, *names))
            if there:
                own = Path(before.format_path(before.submitted_directory, *names))
                self.left_out |= stage(wanted, own, copy)
                self.found |= {copy / f"{one.exercise.notebook}.ipynb": one for one in wanted}
                converter.assignments[str(copy)] = [str(copy / name) for name in there]
            elif wanted:
                self.log.warning("%s holds no notebook of %s", student, assignment)

    def from_filename(self, filename: str, resources: Any = None, **kwargs: Any) -> Any:
        """Read the file, submitted or already sanitised, and pass it on as a clean notebook."""
        path = Path(filename)
        exercise = exercise_of(resources) if resources else None
        if exercise is None or path.parent != submitted_folder(self.parent, resources):
            return super().from_filename(filename, resources=resources, **kwargs)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        notebook = self._clean(path, exercise)
        return self.from_notebook_node(notebook, resources=resources, **kwargs)

    def _clean(self, path: Path, exercise: Exercise) -> Any:
        course = Course(Path(self.parent.coursedir.root))
        source = course_notebook(course, "source", exercise)
        problem = self.left_out.get(path)
        if problem:
            return blank_submission(source, problem)
        try:
            return read_submission(path.read_bytes(), source).notebook
        except InvalidSubmissionError as error:
            return blank_submission(source, str(error))


def submitted_folder(converter: Any, resources: Any) -> Path:
    """Return the folder of the submission that a converter is working on."""
    names = resources["nbgrader"]
    directory = converter.coursedir.submitted_directory
    path = converter.coursedir.format_path(directory, names["student"], names["assignment"])
    return Path(path)


class JudgeSubmission(NbGraderPreprocessor):  # type: ignore[misc]
    """Judges a submission, and shows the points in its cells.

    It takes the place of nbgrader's ``Execute``: the notebook itself is not run here.
    """

    results_directory = Unicode(
        "",
        help="Folder of results to use instead of judging again, where they are of the same file.",
    ).tag(config=True)

    limits = Dict(
        help="Limits of one submission that differ from the default: see `workbook grade --help`.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Write the outcome of each hidden test into the graded cell that held it."""
        exercise = exercise_of(resources)
        if exercise is None:
            self.log.warning("No exercise is called %s", resources["nbgrader"]["notebook"])
            return nb, resources
        result = self._result(exercise, resources)
        for note in result.notes:
            self.log.warning("%s, %s: %s", result.student, result.exercise, one_line(note))
        course = Course(Path(self.parent.parent.coursedir.root))
        release = course_notebook(course, "release", exercise)
        return autograded(nb, release, result, lesson_address(course, exercise)), resources

    def _result(self, exercise: Exercise, resources: Any) -> Result:
        # The exporter holds the preprocessors, and the converter holds the exporter.
        converter = self.parent.parent
        course = find_course(Path(converter.coursedir.root))
        file = submitted_folder(converter, resources) / f"{exercise.notebook}.ipynb"
        problem = self.parent.left_out.get(file, "")
        data = None if problem else file.read_bytes()
        job = replace(self.parent.found[file].job(), data=data, problem=problem)
        if self.results_directory:
            earlier = results.read_result(Path(self.results_directory), job.student, exercise.name)
            if earlier is not None and earlier.submission_sha256 == job.sha256:
                return recounted(course, read_voids(course), earlier)
        setting = Setting(course.root, self.parent.limits, self.parent.layers)
        # Where `workbook grade` and `workbook report` look for it, too.
        folder = course.root / "results"
        try:
            result = _judged(setting, job)
            results.write_result(folder, result)
            return result
        except results.CannotWriteError as error:
            self.log.warning("%s; the report will lack this result", error)
            return result
        except GraderError as error:
            fault = NotGradedError(
                f"{job.student}: {exercise.name} was not graded: {error}; there are no marks for "
                f"{exercise.assignment}; run the command again for this student"
            )
        # No mark of an earlier grading stays for what was handed in now.
        unmark_assignment(converter.coursedir.db_url, exercise.assignment, job.student)
        results.remove(results.result_path(folder, job.student, exercise.name))
        self.log.error("%s", fault)
        raise fault


def _judged(setting: Setting, job: Job) -> Result:
    """Return the result of a submission; after a fault of the grader, try once more.

    Raises
    ------
    GraderError
        If there is none.
    """
    workers = _workers(setting.limits.judge_memory_bytes)
    judged: Judged
    try:
        judged = workers.submit(tasks.judge, setting, job).result()
    except GraderError:
        try:
            judged = workers.submit(tasks.judge, setting, job).result()
        except JudgeLostError as error:
            if error.earned is None:
                raise
            judged = workers.submit(tasks.lost, setting, job, error.earned).result()
    return judged.result


@lru_cache(maxsize=1)
def _workers(memory_bytes: int) -> LocalExecutor:
    """Return the executor of this nbgrader command: one judge for all submissions."""
    workers = LocalExecutor(1, memory_bytes=memory_bytes)
    atexit.register(workers.shutdown)
    return workers
