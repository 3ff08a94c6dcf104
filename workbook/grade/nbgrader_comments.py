"""The plug-in for ``nbgrader autograde`` that enters the comments by mistake."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.gradebook.comments import CommentsError, read_comments
from workbook.grade.nbgrader_plugins import exercise_of
from workbook.grade.submissions.results import Result


class EnterComments(NbGraderPreprocessor):  # type: ignore[misc]
    """Enters the same automatic comments as ``workbook grade``, after nbgrader's own."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Set the automatic comments of a submission that has just been judged."""
        exercise = exercise_of(resources)
        names = resources["nbgrader"]
        course = Course(Path(self.parent.parent.coursedir.root))
        record = nb.metadata.get("workbook", {}).get("graded")
        if not exercise or not record:
            return nb, resources
        try:
            comments = read_comments(course)
        except CommentsError as error:
            self.log.warning("No comments by mistake were entered: %s", error)
            return nb, resources
        found = comments.on(_judged(record))
        with Gradebook(names["db_url"]) as gradebook:
            keys = names["notebook"], names["assignment"], names["student"]
            held = gradebook.find_submission_notebook(*keys).comments
            for comment in held:
                comment.auto_comment = found.get(comment.name, comment.auto_comment)
            gradebook.db.commit()
        return nb, resources


def _judged(record: Any) -> Result:
    """Return the result that is recorded in the metadata of an autograded notebook."""
    return Result(
        "",
        "",
        record["exercise"],
        record["status"],
        0.0,
        0.0,
        tuple(Verdict(**test) for test in record["tests"]),
        untouched=tuple(record["untouched"]),
        written=dict.fromkeys(record["written"], ""),
    )
