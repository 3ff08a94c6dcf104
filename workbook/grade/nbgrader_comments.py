"""The plug-in for ``nbgrader autograde`` that enters the comments by mistake."""

from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from workbook.course.folder import Course
from workbook.grade.gradebook.comments import CommentsError, read_comments
from workbook.grade.nbgrader_plugins import exercise_of
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import read_result


class EnterComments(NbGraderPreprocessor):  # type: ignore[misc]
    """Enters the same automatic comments as ``workbook grade``, after nbgrader's own."""

    def preprocess(self, nb: Any, resources: Any) -> Any:
        """Set the automatic comments of a submission that has just been judged."""
        exercise = exercise_of(resources)
        names = resources["nbgrader"]
        course = Course(Path(self.parent.parent.coursedir.root))
        result = exercise and read_result(course.root / "results", names["student"], exercise.name)
        if not exercise or not result:
            return nb, resources
        try:
            comments = read_comments(course)
        except CommentsError as error:
            self.log.warning("No comments by mistake were entered: %s", error)
            return nb, resources
        found = comments.on(result, course_notebook(course, "release", exercise))
        with Gradebook(names["db_url"]) as gradebook:
            keys = names["notebook"], names["assignment"], names["student"]
            held = gradebook.find_submission_notebook(*keys).comments
            for comment in held:
                comment.auto_comment = found.get(comment.name, comment.auto_comment)
            gradebook.db.commit()
        return nb, resources
