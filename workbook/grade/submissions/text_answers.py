"""Answers that stand in a cell which runs nothing, such as one of text."""

from collections.abc import Collection, Mapping
from typing import Any

from workbook.course.unrun_answers import unrun_answers
from workbook.grade.submissions.identify import is_manual
from workbook.grade.submissions.locked import LONGEST, parsed


def answers_in_text(
    cells: list[dict[str, Any]],
    texts: list[str],
    lesson: Collection[str],
    known: Mapping[str, Any],
) -> dict[int, str]:
    """Return which cells that run nothing define a function which no cell of code defines.

    Parameters
    ----------
    cells : list of dict
        The cells, as they were submitted.
    texts : list of str
        The text of each.
    lesson : collection of str
        The course's own texts.
    known : mapping of str to NotebookNode
        The course's own cells with a role in grading, by their names.

    Returns
    -------
    dict of int to str
        The name of the function, by the place of the cell.
    """
    answers = [
        name
        for name, cell in known.items()
        if cell.metadata.nbgrader.solution and not is_manual(cell)
    ]
    return unrun_answers(cells, texts, answers, _is_code, lesson)


def _is_code(text: str) -> bool:
    try:
        return len(text) <= LONGEST and bool(parsed(text))
    except SyntaxError:
        return False
