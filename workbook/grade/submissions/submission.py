"""Submitted notebooks, made well formed whatever they contain.

A submission is untrusted text. What comes out has the cells of the student, rebuilt from their
plain parts, and the course's own metadata on the cells that count: nothing that a student wrote
there (points, tags, types, identifiers) is kept.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from workbook.course.checksums import is_as_released
from workbook.course.text import printable, without_surrogates
from workbook.course.words import shortened
from workbook.grade.submissions.decode import InvalidSubmissionError, decode
from workbook.grade.submissions.harmless import harmless, words_for_pictures
from workbook.grade.submissions.identify import MOST_CELLS, grade_id, is_answer, is_manual
from workbook.grade.submissions.locked import changes, is_imports
from workbook.grade.submissions.pictures import shown_png
from workbook.grade.submissions.text_answers import answers_in_text, made_to_run, shorten_answers
from workbook.grade.submissions.upgrade import upgraded
from workbook.grade.submissions.written import notes_on_pictures

# Far more than real work holds; to show more would take longer than to judge it.
_MAX_OUTPUT_CHARACTERS = 100_000
_MAX_OUTPUTS = 50
_MOST_NOTES = 100


@dataclass(frozen=True)
class Submission:
    """A submitted notebook.

    Attributes
    ----------
    notebook : NotebookNode
        Well formed, nbformat 4.5, every graded cell of the course present once.
    notes : tuple of str
        Remarks on the file, for the instructor.
    answers : dict of str to str
        Text of each cell for an answer that the notebook has, by the cell's name.
    written : dict of str to str
        The same of the cells that a person marks.
    stubs : tuple of str
        Texts of those that are as they were released, by their own word: stubs of older releases.
    numbers : tuple of int
        For each cell its number in the file, from 1; 0 for one that was not there.
    """

    notebook: Any
    notes: tuple[str, ...]
    answers: dict[str, str]
    written: dict[str, str] = field(default_factory=dict)
    stubs: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


def _nested(value: Any, *keys: str) -> Any:
    """Return the value under keys of nested dicts, or None if one of them is not there."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _short(value: Any) -> str:
    """Return a number or a text, short enough for a note; "?" for anything else."""
    return printable(str(value)[:60]) if isinstance(value, str | int | float) else "?"


def _read_cells(data: bytes) -> tuple[list[dict[str, Any]], list[Any], list[str]]:
    """Return the raw cells of a file, the names of those that it was released with, and notes.

    Raises
    ------
    InvalidSubmissionError
        If the file is not a notebook.
    """
    raw, notes = decode(data, by_code=True)
    if isinstance(raw.get("worksheets"), list):
        notes.append(
            f"the notebook had nbformat {_short(raw.get('nbformat'))}; it was upgraded to 4"
        )
        raw = {**raw, "cells": upgraded(raw["worksheets"])}
    if not isinstance(raw.get("cells"), list):
        raise InvalidSubmissionError("the file is JSON, but not a notebook: it has no cells")
    kernel = _nested(raw, "metadata", "kernelspec", "name")
    if kernel not in (None, "python3"):
        notes.append(f"the notebook names the kernel {_short(kernel)!r}; it was run with python3")
    cells = [cell for cell in raw["cells"] if isinstance(cell, dict)]
    if len(cells) < len(raw["cells"]):
        notes.append(f"{len(raw['cells']) - len(cells)} entries of the notebook were not cells")
    if len(cells) > MOST_CELLS:
        notes.append(f"the notebook has {len(cells)} cells; the first {MOST_CELLS} count")
    had = _nested(raw, "metadata", "workbook", "cells")
    return cells, had if isinstance(had, list) else [], notes


def read_submission(data: bytes, source: Any) -> Submission:
    """Return the submission in a file.

    Parameters
    ----------
    data : bytes
        The submitted file.
    source : NotebookNode
        The course's source notebook of the same exercise.

    Raises
    ------
    InvalidSubmissionError
        If the file is not a notebook.
    """
    raw, had, notes = _read_cells(data)
    known = {name: cell for cell in source.cells if (name := grade_id(cell))}
    texts = [_text(cell.get("source")) for cell in raw]
    # Of several cells with one name the last counts: in a notebook the last definition wins.
    names = [grade_id(cell) for cell in raw]
    last = {name: index for index, name in enumerate(names)}
    counted, imports, said, number_of = _counted(raw, names, texts, last, source, known)
    missing = [cell for name, cell in known.items() if name not in last]
    # What an older release did not have is not missing. It comes first, as the last are left out.
    absent = [
        f"the cell {grade_id(cell)!r} was missing"
        for cell in missing
        if is_answer(cell) or grade_id(cell) in had
    ]
    imports += [_missing_cell(cell) for cell in missing if is_imports(cell)]
    counted += [_missing_cell(cell) for cell in missing if cell.metadata.nbgrader.grade]
    cells = _with_imports(counted, imports)
    manual = {name for name, cell in known.items() if is_manual(cell)}
    solutions = {name for name, cell in known.items() if is_answer(cell)}
    answers = {name: cell.source for cell in cells if (name := grade_id(cell)) in solutions}
    written = {name: texts[place] for name, place in last.items() if name in manual}
    said += notes_on_pictures(written, {name: raw[last[name]] for name in written})
    every = (answers | written).items()
    stubs = tuple(text for name, text in every if is_as_released(raw[last[name]], text))
    numbers = tuple(number_of.get(id(cell), 0) for cell in cells)
    noted = tuple(shortened([*absent, *notes, *said], _MOST_NOTES, "notes on the notebook"))
    return Submission(_notebook(cells, source), noted, answers, written, stubs, numbers)


def _counted(
    raw: list[dict[str, Any]],
    names: list[str],
    texts: list[str],
    last: dict[str, int],
    source: Any,
    known: dict[str, Any],
) -> tuple[list[Any], list[Any], list[str], dict[int, int]]:
    """Return the cells, imports that are not today's, notes, and numbers in the file by `id`.

    In `raw` and `texts`, answers that run nothing become code, and what is too long is cut off.
    """
    lesson = {cell["source"] for cell in source.cells if cell["cell_type"] != "code"}
    answers = answers_in_text(raw, texts, lesson, known)
    notes = [*made_to_run(raw, texts, answers), *shorten_answers(raw, names, texts)]
    cells: list[Any] = []
    imports: list[Any] = []
    numbers: dict[int, int] = {}
    for index, (cell, name, text) in enumerate(zip(raw, names, texts, strict=True)):
        if name in known and last[name] == index:
            added, said = changes(cell, text, known[name])
            notes += said
            # One that was dragged below an answer is as good as one that was deleted.
            late = any(map(grade_id, cells))
            moves = is_imports(known[name]) and (late or text != known[name].source)
            counting = _graded_cell(cell, text, known[name])
            (imports if moves else cells).append(counting)
            numbers[id(counting)] = index + 1
            if added:
                cells.append(_code_cell(added, NotebookNode(), []))
                numbers[id(cells[-1])] = index + 1
            continue
        if name in known:
            what = "answer" if known[name].metadata.nbgrader.solution else "one"
            notes.append(f"the cell {name!r} was there twice; the last {what} counts")
        if len(cells) < MOST_CELLS:
            cells.append(_plain_cell(cell, text, lesson))
            numbers[id(cells[-1])] = index + 1
    return cells, imports, notes, numbers


def _with_imports(cells: list[Any], imports: list[Any]) -> list[Any]:
    """Return the cells with imports above all code, where they replace nothing of a student's."""
    first = next((n for n, cell in enumerate(cells) if cell.cell_type == "code"), len(cells))
    return [*cells[:first], *imports, *cells[first:]]


def blank_submission(source: Any, reason: str) -> Any:
    """Return a notebook with the reason why a file cannot be read, and with no answer."""
    text = f"**This submission could not be read:** {reason}."
    cells = [_plain_cell({"cell_type": "markdown"}, text)]
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cells.append(_missing_cell(cell))
    return _notebook(cells, source)


def _notebook(cells: list[Any], source: Any) -> Any:
    metadata = nbformat.from_dict(dict(source.metadata))
    notebook = NotebookNode(cells=cells, metadata=metadata, nbformat=4, nbformat_minor=5)
    for number, cell in enumerate(cells, 1):
        # Identifiers of our own: a student's may be missing, malformed or used twice.
        cell.id = f"cell-{number:04d}"
    return notebook


def _text(source: Any) -> str:
    """Return a cell's text, which a notebook may store as one string or as a list of them."""
    if isinstance(source, list):
        source = "".join([line for line in source if isinstance(line, str)])
    return without_surrogates(source) if isinstance(source, str) else ""


def _graded_cell(cell: Any, text: str, known: Any) -> Any:
    """Return a cell with the student's text and the course's metadata."""
    if known.cell_type == "markdown":
        # A written answer, the only one of the cells that count that is of text.
        shown = harmless(words_for_pictures(text))
        return NotebookNode(cell_type="markdown", metadata=_copied(known.metadata), source=shown)
    source = text if known.metadata.nbgrader.solution else known.source
    return _code_cell(source, _copied(known.metadata), _outputs(cell))


def _missing_cell(known: Any) -> Any:
    """Return a cell of the course that a submission lacks; in what a person marks is no answer."""
    return _graded_cell(known, "" if is_manual(known) else known.source, known)


def _copied(value: Any) -> Any:
    """Return a copy of metadata of the course; `copy.deepcopy` would take three times as long."""
    if isinstance(value, dict):
        return NotebookNode({key: _copied(one) for key, one in value.items()})
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _plain_cell(cell: dict[str, Any], source: str, lesson: Collection[str] = ()) -> Any:
    """Return a cell that is not graded, as code or as text that cannot run or load anything.

    Parameters
    ----------
    cell : dict
        The cell, as it was submitted.
    source : str
        Its text.
    lesson : collection of str
        The course's own texts, which stay as they are, with words for the pictures.
    """
    kind = cell.get("cell_type")
    if kind == "code":
        # Those of an older release are known by their checksums; like today's they are not run.
        tags = {"tags": ["experiment"]} if is_as_released(cell, source) else {}
        return _code_cell(source, NotebookNode(tags), _outputs(cell))
    tags = {"tags": ["lesson"]} if source in lesson else {}
    source = words_for_pictures(source) if tags else harmless(source)
    kind = "raw" if kind == "raw" else "markdown"
    return NotebookNode(cell_type=kind, metadata=NotebookNode(tags), source=source)


# nbformat's own constructors validate each cell, which takes longer than all the rest. Tests
# check that the cells built here are valid.
def _code_cell(source: str, metadata: Any, outputs: list[Any]) -> Any:
    return NotebookNode(
        cell_type="code", execution_count=None, metadata=metadata, outputs=outputs, source=source
    )


def _outputs(cell: Any) -> list[Any]:
    """Return the submitted outputs that are text or PNG images, within a size."""
    outputs = cell.get("outputs")
    kept = []
    for output in outputs[:_MAX_OUTPUTS] if isinstance(outputs, list) else []:
        if not isinstance(output, dict):
            continue
        if output.get("output_type") == "stream":
            kept.append(_stream(_text(output.get("text"))))
        elif isinstance(data := output.get("data"), dict):
            kept += _display(data)
    return kept


def _stream(text: str) -> Any:
    if len(text) > _MAX_OUTPUT_CHARACTERS:
        text = text[:_MAX_OUTPUT_CHARACTERS] + "\n[the rest of this output is left out]\n"
    return NotebookNode(output_type="stream", name="stdout", text=text)


def _display(data: dict[str, Any]) -> list[Any]:
    # HTML, SVG and JavaScript could run in the instructor's browser; they are left out.
    image, instead = shown_png(_text(data.get("image/png")))
    kept = {"text/plain": instead or _text(data.get("text/plain"))[:_MAX_OUTPUT_CHARACTERS]}
    if image:
        kept["image/png"] = image
    if not any(kept.values()):
        return []
    data = NotebookNode(kept)
    return [NotebookNode(output_type="display_data", data=data, metadata=NotebookNode())]
