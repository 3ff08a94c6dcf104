"""What a student's page shows of an answer that a person marks."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from workbook.course.exercises import Exercise
from workbook.grade.gradebook.marks import NO_RESPONSE, CellMark, Marks
from workbook.grade.pages.handed_in import Rendering


@dataclass(frozen=True)
class Written:
    """One answer on the page.

    Attributes
    ----------
    name : str
        The name of its cell.
    most : float
        Points that a person can give.
    mark : CellMark
        Its mark.
    text : markupsafe.Markup or None
        The answer; None if nothing was written.
    is_code : bool
        Whether it is a cell of code.
    comment : str
        What the marker has said about it.
    """

    name: str
    most: float
    mark: CellMark
    text: Markup | None
    is_code: bool
    comment: str


def written_answers(
    exercise: Exercise, notebook: Any, record: Any, marks: Marks, rendering: Rendering
) -> Iterator[Written]:
    """Yield the answers of a notebook that a person marks, in the lesson's order.

    Parameters
    ----------
    exercise : Exercise
        What the notebook is about.
    notebook : NotebookNode
        The autograded notebook.
    record : dict
        The result in the notebook's metadata.
    marks : Marks
        The marks in the gradebook.
    rendering : Rendering
        Makes HTML of the answers.
    """
    cells = {
        cell.metadata.nbgrader["grade_id"]: cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader")
    }
    for name, most in exercise.manual.items():
        cell = cells.get(name)
        comment = marks.comments.get(name, "")
        yield Written(
            name,
            most,
            marks.cells.get(name, CellMark(None)),
            rendering.answer(cell) if cell and name in record["written"] else None,
            cell is not None and cell.cell_type == "code",
            "" if comment == NO_RESPONSE else comment,
        )
