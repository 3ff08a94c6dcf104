"""The answers of a class, as the students wrote them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.grade.submissions.decode import InvalidSubmissionError
from workbook.grade.submissions.identify import is_answer
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.submission import read_submission
from workbook.grade.submissions.submitted import Submitted

#: Longer answers are compared by their beginning.
LONGEST_ANSWER = 20_000


@dataclass(frozen=True)
class Answer:
    """A student's answer to one function.

    Attributes
    ----------
    student : str
        Name of the student's folder.
    exercise : Exercise
        The exercise that the function belongs to.
    function : str
        Name of the function.
    text : str
        The text of the cell.
    """

    student: str
    exercise: Exercise
    function: str
    text: str


def answers_of(course: Course, submitted: Iterable[Submitted]) -> Iterator[Answer]:
    """Yield the answers in submissions; what cannot be read and what is still the stub is left out.

    Parameters
    ----------
    course : Course
        The course, built.
    submitted : iterable of Submitted
        The submissions.
    """
    for one in submitted:
        data = one.place.read()[0] if one.place else None
        if data is None:
            continue
        source = course_notebook(course, "source", one.exercise)
        try:
            found = read_submission(data, source)
        except InvalidSubmissionError:
            continue
        stubs = {*found.stubs, *given_texts(course, one.exercise, "release")}
        for name, text in found.answers.items():
            if text not in stubs and text.strip():
                yield Answer(one.student, one.exercise, name, text[:LONGEST_ANSWER])


def given_texts(course: Course, exercise: Exercise, folder: str) -> list[str]:
    """Return the texts of the cells for answers as the course has them.

    Parameters
    ----------
    course : Course
        The course, built.
    exercise : Exercise
        The exercise.
    folder : str
        ``release`` for the stubs, ``source`` for the solutions.
    """
    notebook = course_notebook(course, folder, exercise)
    return [cell.source for cell in notebook.cells if is_answer(cell)]
