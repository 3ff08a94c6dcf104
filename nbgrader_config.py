"""Makes this folder an nbgrader course whose submissions are judged outside of nbgrader.

CONTRIBUTING.md says what each plug-in does.
"""

import warnings

c = get_config()  # type: ignore[name-defined] # noqa: F821

c.CourseDirectory.course_id = "backprop_workbook"

# nbgrader 0.9 uses SQLAlchemy in a way that warns at every submission; it works all the same.
warnings.filterwarnings("ignore", message="Object of type <Submitted", module="nbgrader")

# The released notebooks are committed; generate them again instead of skipping them, so that a
# fresh gradebook learns about the assignment.
c.GenerateAssignment.force = True

_PLUGINS = "workbook.grade.nbgrader_plugins"
_NBGRADER = "nbgrader.preprocessors"

c.Autograde.exporter_class = f"{_PLUGINS}.SubmissionExporter"

# The exporter has cleaned the notebook: there are no outputs to clear, no double cells.
c.Autograde.sanitize_preprocessors = [
    f"{_NBGRADER}.OverwriteKernelspec",
    f"{_NBGRADER}.OverwriteCells",
    f"{_NBGRADER}.CheckCellMetadata",
]
# There are no hidden tests to clear: what is graded is what was released, with the outcome.
c.Autograde.autograde_preprocessors = [
    f"{_PLUGINS}.JudgeSubmission",
    f"{_NBGRADER}.LimitOutput",
    f"{_NBGRADER}.SaveAutoGrades",
    "workbook.grade.nbgrader_comments.EnterComments",
    f"{_NBGRADER}.AssignLatePenalties",
    f"{_NBGRADER}.CheckCellMetadata",
]

c.GenerateFeedback.exporter_class = "workbook.grade.nbgrader_feedback.FeedbackExporter"

# `nbgrader collect` takes from the exchange what students own there, and follows no links.
c.ExchangeFactory.collect = "workbook.grade.nbgrader_collect.CollectOwnWork"

# `nbgrader zip_collect` finds student, file and time in the paths of Moodle, Canvas, Blackboard and
# Brightspace. `workbook collect` does more: it needs no layout of folders, and knows the roster.
c.ZipCollectApp.collector_plugin = "workbook.grade.nbgrader_zip_collect.PlatformCollector"
c.FileNameCollectorPlugin.named_regexp = (
    r"(?s).*?/extracted/(?:[^/]+/){0,3}?"
    r"(?:[^/]*?_(?=[^_/]+_attempt_\d)|\d+-\d+ - )?"
    r"(?P<student_id>[^/_]+?)"
    r"(?:_attempt_(?P<timestamp>\d{4}(?:-\d\d){5})_"
    r"|_\d+_assignsubmission_file(?:_?/(?:.*/)?|_)"
    r"|(?:_LATE|_late)?_\d+_\d+_"
    r"| - [A-Z0-9][^/]*/(?:.*/)?)"
    r"(?P<file_id>[^/]+)\.ipynb$"
)
