"""Finds answers in cells that do not run, such as text cells, and cuts off long texts."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from workbook.course.cell_magics import magic_of, without_magic
from workbook.course.older_python import for_this_python
from workbook.course.unrun_answers import unrun_answers
from workbook.grade.submissions.identify import MOST_CODE, is_answer
from workbook.grade.submissions.locked import LONGEST_CELL, parse_cell


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
    answers = [name for name, cell in known.items() if is_answer(cell)]
    return unrun_answers(cells, texts, answers, _is_code, lesson)


def made_to_run(
    cells: list[dict[str, Any]], texts: list[str], answers: Mapping[int, str]
) -> Iterator[str]:
    """Make cells that run nothing into code, in place, and yield a note on each.

    Parameters
    ----------
    cells : list of dict
        The cells, as they were submitted.
    texts : list of str
        The text of each.
    answers : mapping of int to str
        What `answers_in_text` returns.
    """
    for index, name in answers.items():
        if cells[index].get("cell_type") != "code":
            yield f"{name} is in a text cell, which was run as code"
        else:
            yield (
                f"{name} stands under `%%{magic_of(texts[index])}`, which keeps nothing that its "
                "cell defines; the cell was run without that line"
            )
        cells[index] |= {"cell_type": "code"}
        texts[index] = without_magic(texts[index])


def shorten_answers(
    cells: list[dict[str, Any]], names: list[str], texts: list[str]
) -> Iterator[str]:
    """Cut off texts of code, and of named cells, that are too long, and yield a note on each.

    Parameters
    ----------
    cells : list of dict
        The cells.
    names : list of str
        Their names in the course; "" for those that have none.
    texts : list of str
        Their texts, which are changed in place.
    """
    for index, text in enumerate(texts):
        if len(text) > MOST_CODE and (cells[index].get("cell_type") == "code" or names[index]):
            texts[index] = text[:MOST_CODE]
            yield f"cell {index + 1} has {len(text):,} characters; the first {MOST_CODE:,} count"


def _is_code(text: str) -> bool:
    try:
        return len(text) <= LONGEST_CELL and bool(parse_cell(text))
    except SyntaxError:
        rewritten, _ = for_this_python(text)
        return rewritten != text and _is_code(rewritten)
