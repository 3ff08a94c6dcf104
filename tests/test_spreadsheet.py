"""Tables for people: nothing in them is a formula, and numbers are numbers."""

import csv
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.marked import marks_of
from tests.test_report import result
from workbook.grade.report.spreadsheet import as_text, from_text, write_marks

FORMULAS = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\ufeff=1+1",
    "＝1+1",  # noqa: RUF001
    'ada";=1+1',
    "ada;=1+1",
    "ada\t@SUM(A1)",
    "ada\n=1+1",
]


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_begins_a_formula(name, separator, tmp_path):
    path = tmp_path / "marks.csv"
    marks = marks_of([result(name, "linear_forward", passed=5, failed=3)])[name]
    write_marks(path, [replace(marks, name=name)])
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
    assert not [cell for cell in cells if re.match(r"[\s\ufeff]*[=+@＝-]", cell)]  # noqa: RUF001


def test_names_and_numbers_stay_as_they_are(tmp_path):
    names = ["ada", "li wei", "josé", "o'hara", "12345", "0042", "a-b=c+d@example.org", "x;y"]
    path = tmp_path / "marks.csv"
    marks = marks_of(result(name, "linear_forward", passed=7) for name in names)
    write_marks(path, marks.values())
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == sorted(names)
    assert {(row["linear_forward"], row["total"]) for row in rows} == {("7", "7")}


@given(st.text())
def test_only_apostrophes_are_added(text):
    shown = as_text(text)
    assert as_text(shown) == shown
    assert shown.replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["@ada/1/a.ipynb", "-x/a; +y/b; ada/c", "ada/it's = 'x'", ""])
def test_what_a_cell_said_is_read_back(text):
    assert from_text(as_text(text)) == text


def test_an_apostrophe_before_a_sign_is_lost():
    assert from_text(as_text("'=x; 'y")) == "=x; 'y"
