"""Outcomes of checks are known again as long as nothing has changed that decides on them."""

import json
import os
import stat

import pytest

from workbook.course.exercises import find
from workbook.learn.workspace import check_process, known_results
from workbook.learn.workspace.check_process import Checked
from workbook.learn.workspace.known_results import Contents, KnownResults
from workbook.learn.workspace.standings import standings

NAME = "linear_activation_forward"
FORWARD = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
IMPORTS = "from workbook import relu, sigmoid\nfrom workbook.earlier import linear_forward"
LAYER = (
    "def linear_activation_forward(A_prev, W, b, activation):\n"
    "    Z, linear = linear_forward(A_prev, W, b)\n"
    "    return (relu if activation == 'relu' else sigmoid)(Z)[0], (linear, Z)"
)


@pytest.fixture
def lab(tmp_path, write_notebook):
    """A folder in which notebook 4 imports from notebook 3."""

    def write(name, *cells):
        return write_notebook(tmp_path / "lab" / find(name).notebook_path, *cells)

    write("linear_forward", FORWARD)
    return write(NAME, IMPORTS, LAYER), write


def key(path):
    return Contents().key(path, NAME)


def edited(path, change):
    notebook = json.loads(path.read_text("utf-8"))
    change(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")


CHANGES = {
    "its code": lambda path, write: write(NAME, IMPORTS, f"{LAYER}\n"),
    "an earlier notebook": lambda path, write: write("linear_forward", f"{FORWARD}\n"),
    "an earlier notebook goes": lambda path, _: path.with_name("03_linear_forward.ipynb").unlink(),
    "a module beside": lambda path, write: (path.parent / "helpers.py").write_text("x = 1"),
    "a package beside": lambda path, write: (
        (path.parent / "mine").mkdir(), (path.parent / "mine" / "a.py").write_text("x = 1")
    ),
    "data beside": lambda path, write: (path.parent / "x.npy").write_bytes(b"1"),
    "an answer in a cell of text": lambda path, write: edited(path, lambda cells: cells.append(
        {"cell_type": "markdown", "source": LAYER}
    )),
    "its code in UTF-16": lambda path, write: path.write_bytes(
        path.read_text("utf-8").replace("relu", "elu").encode("utf-16")
    ),
    "what is graded": lambda path, write: edited(path, lambda cells: cells[-1].update(
        metadata={"nbgrader": {"grade": True, "grade_id": "linear_activation_forward-check"}}
    )),
    "it goes": lambda path, write: path.unlink(),
    "it breaks": lambda path, write: path.write_text("{"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_decides_changes_the_key(change, lab):
    path, write = lab
    before = key(path)
    assert key(path) == before
    change(path, write)
    assert key(path) != before


SAME = {
    "outputs": lambda path: edited(path, lambda cells: cells[0].update(execution_count=3)),
    "text": lambda path: edited(
        path,
        lambda cells: cells.append({"cell_type": "markdown", "source": "more"}),
    ),
    "another function's notebook": lambda path: (path.parent / "05_x.ipynb").write_text("{}"),
    "a hidden file": lambda path: (path.parent / ".DS_Store").write_text("x"),
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_what_does_not_decide_leaves_the_key(change, lab):
    path, _ = lab
    before = key(path)
    change(path)
    assert key(path) == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_beside_is_not_opened(lab):
    path, _ = lab
    os.mkfifo(path.parent / "helpers.py")
    assert key(path)


def test_the_program_and_the_function_are_in_the_key(lab, monkeypatch):
    path, _ = lab
    assert Contents().key(path, "linear_forward") != key(path)
    before = key(path)
    monkeypatch.setattr(known_results, "_program", lambda: "another version")
    assert key(path) != before


def test_what_is_installed_is_in_the_key(lab, tmp_path, monkeypatch):
    path, _ = lab
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "packages"))
    before = key(path)
    (tmp_path / "packages").mkdir()
    assert key(path) != before


def noted(path):
    return json.dumps({"cells": [{"cell_type": "code", "source": "1", "outputs": [path]}]})


@pytest.mark.parametrize(
    ("name", "change", "is_same"),
    [
        ("a.py", lambda file: file.write_text("x = 2"), False),
        ("a.csv", lambda file: file.write_text("2"), False),
        ("a.csv", lambda file: file.unlink(), False),
        ("a.csv", lambda file: os.utime(file, (1, 1)), True),
        ("none.csv", lambda file: file.write_text("2"), False),
        ("a.ipynb", lambda file: file.write_text(noted("2")), True),
        ("a.ipynb", lambda file: file.write_text(noted("2").replace('"1"', '"2"')), False),
        ("in", lambda file: (file / "b.py").write_text("x = 2"), False),
        ("in", lambda file: (file / ".b.py.swp").write_text("x = 2"), True),
    ],
)  # fmt: skip
def test_an_outcome_holds_as_long_as_what_the_check_has_looked_at(name, change, is_same, tmp_path):
    for text, file in (("x = 1", "a.py"), ("1", "a.csv"), (noted("1"), "a.ipynb")):
        (tmp_path / file).write_text(text)
    (tmp_path / "in").mkdir()
    cache = tmp_path / "cache" / "checks.json"
    known = KnownResults(cache)
    known.put("a", Checked(True, "", "", looked_at=[str(tmp_path / name)]))
    known.save()
    assert KnownResults(cache).get("a") is not None
    change(tmp_path / name)
    assert (KnownResults(cache).get("a") is not None) is is_same


def test_an_outcome_is_not_stored_where_a_file_was_saved_during_the_check(tmp_path):
    file = tmp_path / "helper.py"
    file.write_text("x = 1")
    known = KnownResults(tmp_path / "checks.json")
    for began, is_stored in ((file.stat().st_mtime + 1, True), (file.stat().st_mtime, False)):
        known.put(str(began), Checked(True, "", "", looked_at=[str(file)]), began)
        assert (known.get(str(began)) is not None) is is_stored


@pytest.mark.slow
def test_what_a_check_has_opened_is_known(lab):
    path, write = lab
    for name in ("../common/far.py", "mine/in/near.py"):
        path.parent.joinpath(name).parent.mkdir(parents=True)
        path.parent.joinpath(name).write_text("x = 1")
    (path.parent / "one.txt").write_text("1")
    (path.parent / "mine.ipynb").write_text(noted(""))
    write(
        NAME, IMPORTS, "%run mine.ipynb", "import sys\nsys.path.append('../common')\nimport far",
        "from mine.in_.near import y", "one = far.x * float(open('one.txt').read())",
        LAYER.replace("(Z)[0]", "(Z)[0] * one"),
    )  # fmt: skip
    with check_process.Checker(3.0) as checker:
        for _ in range(2):
            (found,) = checker.check(path, NAME)
            assert found.passed, found.text
            names = {os.path.relpath(one, os.path.realpath(path.parent)).replace(os.sep, "/")
                     for one in found.looked_at}  # fmt: skip
            assert {"../common/far.py", "one.txt", "mine.ipynb", "mine"} <= names


def test_progress_starts_no_process_where_nothing_has_changed(lab, tmp_path, monkeypatch):
    path, write = lab
    monkeypatch.setattr(known_results, "_users_folder", lambda: tmp_path / "cache")
    before = standings(path.parents[1])
    assert [one.exercise.name for one in before if one.state == "passing"] == [
        "linear_forward", NAME
    ]  # fmt: skip
    monkeypatch.setattr(check_process, "_Child", None)
    assert standings(path.parents[1]) == before
    write("linear_forward", FORWARD.replace("+", "-"))
    with pytest.raises(TypeError, match="NoneType"):
        standings(path.parents[1])


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "[]", "3", "null", "[" * 100_000,
        '{"a": 1}', '{"a": null}', '{"a": {"passed": 1}}',
        '{"a": {"passed": 1, "problem": "", "text": "", "written": true, "kind": "card"}}',
        '{"a": {"passed": true, "problem": "", "text": [], "written": true, "kind": "card"}}',
        '{"a": {"passed": true, "problem": "", "text": "", "written": true, "kind": "card"}}',
        '{"a": {"passed": true, "problem": "", "text": "", "written": true, "kind": "card", '
        '"looked_at": ["x"]}}',
    ],
    ids=range(13),
)  # fmt: skip
def test_a_damaged_or_foreign_file_is_as_good_as_none(content, tmp_path):
    file = tmp_path / "checks.json"
    file.write_text(content)
    known = KnownResults(file)
    assert known.get("a") is None
    known.put("a", Checked(True, "", "all right"))
    known.save()
    assert KnownResults(file).get("a") == Checked(True, "", "all right")


def test_a_place_that_cannot_be_written_does_no_harm(tmp_path):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "checks.json", tmp_path):
        known = KnownResults(place)
        known.put("a", Checked(True, "", ""))
        known.save()
        assert KnownResults(place).get("a") is None
    assert os.listdir(tmp_path) == ["file"]


def test_only_what_would_be_the_same_again_is_kept(tmp_path):
    known = KnownResults(tmp_path / "checks.json")
    for kind in ("card", "refused", "too slow", "ended"):
        known.put(kind, Checked(False, "", "", kind=kind))
    known.save()
    assert sorted(json.loads((tmp_path / "checks.json").read_text())) == ["card", "refused"]


def test_the_oldest_go_first_and_the_file_is_the_users_own(tmp_path, monkeypatch):
    monkeypatch.setattr(known_results, "_MOST", 2)
    file = tmp_path / "checks.json"
    known = KnownResults(file)
    for name in "abc":
        known.put(name, Checked(True, "", name))
        known.get("a")
    known.save()
    assert sorted(json.loads(file.read_text())) == ["a", "c"]
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
