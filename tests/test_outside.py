"""A file outside of the notebook's folder is not there in grading, which the check says."""

import ast

import pytest

from tests.cells_that_count import NAME, RIGHT, scaled
from workbook.grade.judging.passed_over import passed_over
from workbook.grade.judging.places import CodeCell
from workbook.learn.workspace.lab import check_notebook
from workbook.learn.workspace.outside import named_outside


@pytest.fixture
def said(tmp_path, write_notebook, monkeypatch):
    def said(*cells):
        (tmp_path / "k.csv").write_text("1", encoding="utf-8")
        home = tmp_path / "2_forward"
        home.mkdir()
        (home / "k.csv").write_text("1", encoding="utf-8")
        monkeypatch.chdir(home)
        path = write_notebook(home / f"03_{NAME}.ipynb", "from pathlib import Path", *cells)
        (card,) = check_notebook(path, NAME)
        assert not card.failed
        return card.last

    return said


@pytest.mark.parametrize("name", ["../k.csv", "../2_forward/../k.csv"])
def test_the_check_says_that_a_file_is_outside(name, said):
    words = said(f"k = float(Path({name!r}).read_text())", scaled("k"))
    assert words.startswith(f"Your code names {name}, which is not in the notebook's folder.")


def test_so_it_does_of_an_absolute_path(said, tmp_path):
    assert "k.csv, which is not" in said(
        f"k = float(Path('{tmp_path}/k.csv').read_text())", scaled("k")
    )


@pytest.mark.parametrize(
    "cells",
    [
        ["k = float((Path('..') / 'k.csv').read_text())"],
        ["k = float(Path('..', 'k.csv').resolve().read_text())"],
        ["k = float(Path().absolute().parent.joinpath('k.csv').read_text())"],
        ["home = Path.cwd().parents[0]", "k = float((home / 'k.csv').read_text())"],
        ["import os\nk = float(Path(os.path.join(os.pardir, 'k.csv')).read_text())"],
        [
            "import os\nhome = os.path.join(os.getcwd(), '..')",
            "k = float(Path(home + '/k.csv').read_text())",
        ],
        ["home = '..'\nname = 'k'", "k = float(Path(f'{home}/{name}.csv').read_text())"],
    ],
)
def test_so_it_does_of_a_path_that_is_put_together(cells, said):
    words = said(*cells, scaled("k"))
    assert words.startswith("Your code names ../k.csv, which is not in the notebook's folder.")
    assert words.count("k.csv") == 1


@pytest.mark.parametrize(
    "statement",
    ["a = " + " + ".join(["'a'"] * 500), "a = '..'\n" + "a = a + a\n" * 90,
     "a = " + "f(" * 90 + ")" * 90, "a = Path().parents[10**9]"],
    ids=["long", "doubled", "deep", "far up"],
)  # fmt: skip
def test_a_text_that_is_no_path_takes_no_time(statement, tmp_path):
    assert [*named_outside(tmp_path, ast.parse(statement).body)] == []


@pytest.mark.parametrize(
    "cells",
    [
        ("k = float(Path('k.csv').read_text())", scaled("k")),
        ("k = float(Path('../2_forward/k.csv').read_text())", scaled("k")),
        ("data = Path('../k.csv').read_text()", RIGHT),
        ("k = len('../none.csv') / 11", scaled("k")),
        ("k = len('~0.5') / 4", scaled("k")),
        (f"k = len('~ {NAME}') / {len(NAME) + 2}", scaled("k")),
        ("k = float((Path('..') / '2_forward' / 'k.csv').read_text())", scaled("k")),
        ("k = float((Path('..') / '2_forward' / '../2_forward/k.csv').read_text())", scaled("k")),
        (f"def times(k):\n    '../k.csv'\n    return k\n{scaled('times(1)')}",),
    ],
    ids=["inside", "inside by a detour", "not needed", "not there", "no user", "no name",
         "inside by parts", "inside by other parts", "a docstring"],
)  # fmt: skip
def test_of_others_nothing_is_said(cells, said):
    assert said(*cells) == ""


@pytest.mark.parametrize("named", ["2_forward", "link"])
def test_a_folder_reached_by_a_link_is_the_notebooks_own(named, said, tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path / "2_forward")
    assert said(f"k = float(Path('{tmp_path}/{named}/k.csv').read_text())", scaled("k")) == ""
    monkeypatch.chdir(tmp_path / "link")
    statements = ast.parse(f"open('{tmp_path}/{named}/k.csv')\nopen('../2_forward/k.csv')").body
    assert [*named_outside(tmp_path / "link", statements)] == []


@pytest.mark.parametrize(
    ("kind", "message", "is_said"),
    [
        ("FileNotFoundError", "[Errno 2] No such file or directory: '../k.csv'", True),
        ("FileNotFoundError", "../k.csv not found.", True),
        ("FileNotFoundError", "[Errno 2] No such file or directory: '/home/ada/k.csv'", True),
        ("FileNotFoundError", r"[Errno 2] No such file or directory: 'C:\\ada\\k.csv'", True),
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'k.csv'", False),
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'data/k.csv'", False),
        ("ValueError", "'../k.csv'", False),
    ],
)
def test_grading_says_that_a_file_was_outside(kind, message, is_said):
    cell = CodeCell(3, "k = open(NAME)")
    line = str(passed_over(cell, {"type": kind, "message": message, "line": 1, "index": 0}))
    assert line.endswith("only files in the notebook's own folder are there") is is_said
