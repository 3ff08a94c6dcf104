"""What a gradebook would hold of results to which nobody has changed anything."""

from workbook.course.exercises import find
from workbook.grade.gradebook.class_marks import class_marks
from workbook.grade.gradebook.marks import Marks
from workbook.grade.gradebook.recorded_marks import Recorded, RecordedMark


def recorded(results):
    """Return the marks in the gradebook of a class with these results, all of them in time."""
    held = Recorded()
    for one in results:
        if one.status != "missing":
            key = one.student, find(one.exercise).notebook
            held.marks[key] = RecordedMark(
                one.assignment, one.points, one.points, False, 0.0, None, 0.0, Marks()
            )
            held.students[one.student] = ""
    return held


def marks_of(results):
    """Return the final marks of these results, by student."""
    results = list(results)
    missing = [(one.student, one.exercise) for one in results if one.status == "missing"]
    return class_marks(recorded(results), missing)
