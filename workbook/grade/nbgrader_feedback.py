"""The plug-in for ``nbgrader generate_feedback``: it makes the same pages as ``workbook grade``."""

from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.converters.base import NbGraderException

from workbook.course.exercises import use_course
from workbook.grade.gradebook.recorded_marks import recorded_marks
from workbook.grade.nbgrader_plugins import exercise_of
from workbook.grade.pages.student import NotRecordedError, page_of


class FeedbackExporter(HTMLExporter):  # type: ignore[misc]
    """Makes the page of an autograded notebook; nbgrader's own for other assignments."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        use_course(Path(self.parent.coursedir.root))

    def from_notebook_node(self, nb: Any, resources: Any = None, **kwargs: Any) -> Any:
        """Return the page, and the resources with the end of its name."""
        exercise = exercise_of(resources) if resources and "nbgrader" in resources else None
        if exercise is None:
            return super().from_notebook_node(nb, resources, **kwargs)
        names = resources["nbgrader"]
        held = recorded_marks(names["db_url"], names["student"]).marks
        try:
            made = page_of(nb, held[names["student"], exercise.notebook].marks)
        except (KeyError, NotRecordedError) as error:
            said = str(error) if isinstance(error, NotRecordedError) else "it has no marks"
            raise NbGraderException(f"{names['student']}, {exercise.name}: {said}") from error
        # By this the page gets the end of its name.
        resources["output_extension"] = self.file_extension
        return made, resources
