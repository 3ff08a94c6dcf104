"""What somebody has made so that it costs the grader minutes, or an exception."""

import copy
import json
import time

import nbformat
import numpy as np
import pytest

from workbook.course.checksums import _LINE_ENDS
from workbook.course.exercises import find
from workbook.course.text import one_line
from workbook.course.words import shortened
from workbook.diagnosis.undefined import names_in
from workbook.grade.judging.autograded import _printed
from workbook.grade.judging.passed_over import passed_over
from workbook.grade.judging.places import CodeCell, cells_to_run
from workbook.grade.similar.shared import pieces_of, shared_pieces
from workbook.grade.submissions import choose, identify, submission
from workbook.grade.submissions.decode import decode
from workbook.grade.submissions.handed_in import for_archives, handed_in
from workbook.grade.submissions.harmless import holds_picture, words_for_pictures
from workbook.grade.submissions.identify import MOST_CODE, exercises_of, grade_id, is_answer
from workbook.grade.submissions.locked import ParsingTooLongError, parse_cell
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result, from_json, to_json
from workbook.grade.submissions.staging import is_live
from workbook.grade.submissions.submission import read_submission
from workbook.learn.workspace.lab import _encoded


def test_a_megabyte_of_spaces_is_read_at_once():
    started = time.process_time()
    assert decode(b" " * 2**20 + b'{"cells": []}')[0] == {"cells": []}
    assert time.process_time() - started < 1


# Of each a million signs: what begins anew at each of them takes hours.
LONG = (" ", "\t", "![", "![ ](attachment:", "\r", "'", "\x1b[0", "](", "[", "`", "%%", "\\", "_")


@pytest.mark.parametrize("sign", LONG)
def test_a_text_of_one_sign_is_read_at_once(sign, course):
    exercise = find("update_parameters")
    source = course_notebook(course, "source", exercise)
    text = "1" + sign * (MOST_CODE // len(sign) - 10) + "#"
    claimed = {"workbook": {"checksum": "0"}}
    kinds = [("code", claimed), ("code", {}), ("markdown", claimed), ("raw", {})]
    cells = [{"cell_type": kind, "metadata": data, "source": text} for kind, data in kinds]
    named = {"nbgrader": {"grade_id": "update_parameters-setup", "checksum": "0"}}
    cells.append({"cell_type": "code", "metadata": named, "source": text})
    started = time.process_time()
    read_submission(json.dumps({"cells": cells}).encode(), source)
    assert holds_picture(text) is False
    words_for_pictures(text)
    assert time.process_time() - started < 3


def test_ends_of_lines_are_left_out_as_before():
    assert _LINE_ENDS.sub("\n", "a \t\r\n b  c\t\n\r\n  ") == "a\n b  c\n\n  "
    assert words_for_pictures("![a](attachment:b.png) ![c ![d](attachment:e)") == (
        "*[Picture: a]* ![c *[Picture: d]*"
    )


def test_the_same_is_noted_once_and_of_other_things_a_hundred(course, monkeypatch):
    exercise = find("update_parameters")
    source = course_notebook(course, "source", exercise)
    named = [
        {"cell_type": "code", "source": "", "metadata": {"nbgrader": {"grade_id": one}}}
        for one in ["update_parameters"] * 500
    ]
    notes = read_submission(json.dumps({"cells": named}).encode(), source).notes
    assert sum("was there twice" in note for note in notes) == 1
    lost = [f"the cell {grade_id(cell)!r} was missing" for cell in source.cells if is_answer(cell)]
    monkeypatch.setattr(submission, "_MOST_NOTES", len(lost))
    others = [name for cell in source.cells if (name := grade_id(cell)) and not is_answer(cell)]
    for one, name in zip(named, others * 500, strict=False):
        one["metadata"]["nbgrader"]["grade_id"] = name
    noted = read_submission(json.dumps({"cells": named}).encode(), source).notes
    assert (noted[:-1], noted[-1][:4]) == (tuple(lost), "and ")
    assert shortened(["a", "b", "a"], 2, "letters") == ["a", "b"]
    assert shortened("abc", 2, "letters") == ["a", "b", "c"]
    assert shortened("abcd", 2, "letters") == ["a", "b", "and 2 more letters"]


def test_hundreds_of_thousands_of_cells_are_not_looked_at(monkeypatch):
    """A student's archive may hold hundreds of such files, a few KiB each."""
    cells = [{"cell_type": "code", "source": "def update_parameters(): pass"}]
    raw = {"cells": cells + [{"cell_type": "code"}] * 300_000}
    looked_at = []
    look = identify._exercise_of_cell
    monkeypatch.setattr(
        identify, "_exercise_of_cell", lambda cell: looked_at.append(cell) or look(cell)
    )
    assert [one.answered for one in exercises_of(raw, "a.ipynb")] == [2]
    assert len(looked_at) == identify.MOST_CELLS


@pytest.mark.parametrize("nested", ["-" * 900 + "1", "+".join("x" * 900), "x" + ".y" * 900])
def test_a_stub_may_be_nested_deep(nested):
    source = f"def update_parameters():\n    raise NotImplementedError({nested})\n"
    cell = {"cell_type": "code", "source": source}
    assert [one.answered for one in exercises_of({"cells": [cell]}, "a.ipynb")] == [-1]


def test_what_is_too_much_to_look_at_counts_as_an_answer():
    stub = "def update_parameters():\n    raise NotImplementedError\n"
    cells = [{"cell_type": "code", "source": stub + "# long" * 10_000} for _ in range(5)]
    assert [one.answered for one in exercises_of({"cells": cells}, "a.ipynb")] == [1]
    assert [one.answered for one in exercises_of({"cells": cells[:2]}, "a.ipynb")] == [-2]


def test_of_all_that_one_student_has_handed_in_so_much_is_parsed(tmp_path, monkeypatch):
    """A zip of a MB may hold a thousand stubs of 200,000 characters each."""
    stub = "def update_parameters():\n    raise NotImplementedError\n"
    raw = {"cells": [{"cell_type": "code", "source": stub}]}
    parsing = identify.Parsing(2 * len(stub))
    found = [exercises_of(raw, "a.ipynb", parsing)[0].answered for _ in range(3)]
    assert found == [-1, -1, 1]
    monkeypatch.setattr(choose, "Parsing", lambda: parsing)
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "a.ipynb").write_text(json.dumps(raw))
    entries = handed_in(tmp_path / "ada", for_archives())
    (one,) = choose.choose_files(tmp_path / "ada", entries).chosen.values()
    assert one.answers == 1


@pytest.mark.parametrize("nested", ["y." * 900 + "z", "-" * 900 + "1", "+".join("x" * 900)])
def test_a_statement_that_was_passed_over_may_be_nested_deep(nested):
    told = {"type": "NameError", "message": "no", "line": 1, "index": 0}
    assert passed_over(CodeCell(1, f"x = {nested}"), told).names == {"x"}


def test_an_older_format_is_read_at_once(course):
    output = {"output_type": "pyout", "x" * 200_000: 1, "text": ["3"]}
    code = {"cell_type": "code", "input": "1 + 2", "outputs": [output]}
    headings = [
        {"cell_type": "heading", "level": level, "source": ["a"]} for level in (2, 10**9, "x", 2.0)
    ]
    raw = {"worksheets": [{"cells": [code, *headings]}], "nbformat": "3" * 200_000}
    source = course_notebook(course, "source", find("update_parameters"))
    started = time.process_time()
    read = read_submission(json.dumps(raw).encode(), source)
    assert time.process_time() - started < 1
    texts = [cell.source for cell in read.notebook.cells if cell.cell_type == "markdown"]
    assert texts == ["## a", "# a", "# a", "# a"]
    (shown,) = [cell.outputs[0].data for cell in read.notebook.cells if cell.source == "1 + 2"]
    assert shown == {"text/plain": "3"}
    assert max(map(len, read.notes)) < 200


def test_what_students_code_says_makes_no_line_of_its_own():
    said = "x\n\npassed  8 of 8\r\u202e\x1b[2J"
    shown = str(passed_over(CodeCell(1, "x"), {"type": "ValueError", "message": said}))
    assert shown.isprintable()
    assert "failed: ValueError: x passed 8 of 8" in shown
    assert _printed("a\n\u202e\x1b").text == "a\n\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}"
    assert one_line(f" {said}\n").startswith("x passed 8 of 8")


# Code for it would be doubled at each level.
NESTED = "".join(f"{' ' * n}try:\n{' ' * n} x = 1\n{' ' * n}finally:\n" for n in range(40))
NESTED += f"{' ' * 40}answer = fees\n"
# Or be there once for each way out.
WAYS_OUT = "def f(fees):\n try:\n" + "  if fees: return 1\n" * 2000 + " finally:\n"
WAYS_OUT += "  fees = 1\n" * 2000


@pytest.mark.parametrize("text", [NESTED, WAYS_OUT], ids=["nested", "ways out"])
def test_what_cells_define_is_seen_without_code_that_is_far_longer(text, course):
    exercise = find("linear_forward")
    source = course_notebook(course, "source", exercise)
    notebook = copy.deepcopy(source)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(text))
    started = time.process_time()
    cells_to_run(notebook, source)
    names_in([text])
    passed_over(CodeCell(1, text), {"type": "ValueError"})
    assert time.process_time() - started < 2


def test_an_answer_is_compared_in_bounded_time():
    started = time.process_time()
    pieces = pieces_of("x = '%" + "0" * 19_000 + "'")
    assert time.process_time() - started < 3
    assert shared_pieces([pieces, pieces], [], 0.0)


@pytest.mark.parametrize("odd", ["\x7f", "\x9b31mé", "\u202eabc", "\u2028", "\x1b]0;a\x07\xa0é"])
def test_a_result_can_be_shown_in_a_terminal(odd):
    result = Result("ada", "a", "b", "graded", 0.0, 8.0, (), (f"says {odd}",))
    text = to_json(result)
    assert all(c.isprintable() or c == "\n" for c in text)
    assert ("é" in text) == ("é" in odd)
    assert from_json(text) == result


@pytest.mark.parametrize("value", [np.zeros(3), {"a": np.ones(2)}, [1], None, 7])
def test_an_exception_may_be_told_in_any_values(value):
    told = {"type": value, "message": value, "line": value, "index": value}
    cell = CodeCell(1, "x = 1")
    assert str(passed_over(cell, told)).endswith("failed: an exception")


def test_few_lines_for_ipython_are_understood_and_many_left_as_they_are():
    assert parse_cell("%time x = 1\n" * 20)
    with pytest.raises(ParsingTooLongError):
        parse_cell("%time x = 1\n" * 1000)


def test_a_learners_notebook_may_hold_half_a_surrogate_pair():
    notebook = json.loads('{"cells": [{"source": "\\ud83d \\u00e9"}]}')
    assert json.loads(_encoded(notebook)) == notebook


@pytest.mark.parametrize(
    ("names", "live"),
    [
        ("a.html A.XHT a.shtml a.rss a.rdf a.svgz a.xsl a.mjs a.css a.xml a.mhtml a.eml", True),
        ("a.py a.csv a.txt a.md a.json a.png a.pdf a.eps a.npz a.zip a.docx a.tex a README", False),
    ],
)
def test_what_may_run_beside_the_feedback_is_told_from_other_files(names, live):
    assert {is_live(name) for name in names.split()} == {live}
