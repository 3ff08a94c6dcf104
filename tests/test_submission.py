"""What is shown of a submission: the lesson as it is, and nothing of a student's that runs."""

import base64
import json
import struct

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from workbook.grade.submissions.submission import read_submission

PICTURE = "Before ![A cycle with four arrows.](attachment:cycle.png) and after."
PNG = {"cycle.png": {"image/png": "iVBORw0KGgo="}}


def shown(*cells, lesson=()):
    """Return the cells of a submission as they are shown, and check that they are a notebook."""
    data = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    notebook = read_submission(data.encode(), new_notebook(cells=list(lesson))).notebook
    nbformat.validate(notebook)
    return notebook.cells


def read(cells):
    data = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    return read_submission(data.encode(), new_notebook())


def test_a_long_notebook_and_a_long_cell_are_whole():
    table = f"table = [{'0.5, ' * 100_000}]"
    cells = [text(f"Note {number}.") for number in range(3000)]
    submission = read([*cells, {**text(table), "cell_type": "code"}])
    assert submission.notes == ()
    assert submission.notebook.cells[-1].source == table


def test_what_is_cut_off_is_noted():
    (note,) = read([text("A text."), {**text("#" * 1_000_001), "cell_type": "code"}]).notes
    assert note == "cell 2 has 1,000,001 characters; the first 1,000,000 count"


def text(source, **more):
    return {"cell_type": "markdown", "id": "a", "metadata": {}, "source": source, **more}


def test_a_picture_of_the_lesson_is_told_in_words():
    lesson = [new_markdown_cell(PICTURE, attachments=PNG)]
    (cell,) = shown(text(PICTURE, attachments=PNG), lesson=lesson)
    assert cell.source == "Before *[Picture: A cycle with four arrows.]* and after."
    assert "attachments" not in cell


def test_a_picture_of_a_students_is_neither_shown_nor_looked_for():
    # nbconvert fails where an attachment is missing.
    for attachments in ({}, {"attachments": PNG}, {"attachments": 3}):
        (cell,) = shown(text(PICTURE, **attachments))
        assert "attachments" not in cell
        assert "![" not in cell.source
        assert cell.source.replace("\N{ZERO WIDTH SPACE}", "") == PICTURE


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        ("<script>alert(1)</script>", "<s"),
        ("<img src=x onerror=alert(1)>", "<i"),
        ("[me](javascript:alert(1))", "](j"),
        ("[me][1]\n\n[1]: data:text/html,x", "]: d"),
        ("$\\href{javascript:alert(1)}{x}$", "\\href"),
        ("$\\csname href\\endcsname{javascript:alert(1)}{x}$", "\\csname"),
    ],
)
def test_nothing_is_live(source, gone):
    (cell,) = shown(text(source))
    assert gone not in cell.source
    assert cell.source.replace("\N{ZERO WIDTH SPACE}", "") == source


def picture(width, height, kind=b"\x89PNG"):
    """Return the beginning of a picture in Base64, in lines as some programs write it."""
    head = kind + b"\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)
    return base64.encodebytes(head + b"\x01\0\0\0\0").decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (picture(640, 480), None),
        (picture(30_000, 30_000), "[a picture of 30,000 by 30,000 points is left out here]"),
        (picture(2**32 - 1, 1), "[a picture of 4,294,967,295 by 1 points is left out here]"),
        # A browser shows what it is, whatever it is called.
        (picture(640, 480, b"\xff\xd8\xff\xe0"), "<Figure>"),
        (" " * 2000 + picture(640, 480), "<Figure>"),
        ("A", "<Figure>"),
    ],
    ids=["usual", "large", "wide", "another kind", "behind spaces", "no picture"],
)
def test_a_picture_that_would_fill_a_browser_is_left_out(data, said):
    output = {"output_type": "display_data", "data": {"image/png": data, "text/plain": "<Figure>"}}
    cell = {"cell_type": "code", "source": "plot()", "metadata": {}, "outputs": [output]}
    (shown_cell,) = shown(cell)
    (out,) = shown_cell.outputs
    expected = (
        {"image/png": data, "text/plain": "<Figure>"} if said is None else {"text/plain": said}
    )
    assert out.data == expected


def test_plain_text_and_links_to_pages_stay():
    source = "a < b, [NumPy](https://numpy.org) and $\\frac{1}{m}$"
    (cell,) = shown(text(source))
    assert cell.source == source
