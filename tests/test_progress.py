"""Where a learner stands."""

import importlib
import inspect
import io

import pytest
from rich.console import Console

from workbook.exercises import EXERCISES, find
from workbook.learn.progress import Standing, render, standings


def stub(name):
    return f"def {name}(*args):\n    raise NotImplementedError()"


@pytest.fixture
def course(tmp_path, write_notebook):
    return lambda name, *cells: write_notebook(tmp_path / find(name).notebook_path, *cells)


def states(folder):
    return {standing.exercise.name: standing for standing in standings(folder)}


def test_an_empty_folder_is_not_started(tmp_path):
    found = standings(tmp_path)
    assert [standing.exercise for standing in found] == list(EXERCISES)
    assert {standing.state for standing in found} == {"not started"}
    assert "no notebook" in found[0].detail


def test_each_state(tmp_path, course, capsys):
    course("linear_forward", stub("linear_forward"))
    course(
        "linear_backward",
        "import numpy as np",
        "def linear_backward(dZ, cache):\n"
        "    print('noise')\n"
        "    A_prev, W, b = cache\n"
        "    m = A_prev.shape[1]\n"
        "    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m",
    )
    course("update_parameters", "def update_parameters(params, grads, rate):\n    return params")
    found = states(tmp_path)
    assert found["linear_forward"].state == "not started"
    assert found["linear_backward"] == Standing(find("linear_backward"), "passing")
    assert found["update_parameters"].state == "in work"
    assert "largest error" in found["update_parameters"].detail
    assert capsys.readouterr().out == ""


def test_the_ten_solutions_pass_from_any_folder(tmp_path, course, monkeypatch):
    for exercise in EXERCISES:
        source = inspect.getsource(importlib.import_module(f"solutions.{exercise.name}"))
        for used in exercise.uses:
            source = source.replace(f"from solutions.{used} ", "from workbook.earlier ")
        course(exercise.name, source)
    monkeypatch.chdir(tmp_path.parent)
    found = states(tmp_path)
    assert {name: standing.state for name, standing in found.items()} == dict.fromkeys(
        found, "passing"
    )
    course("linear_forward", stub("linear_forward"))
    detail = states(tmp_path)["L_model_forward"].detail
    assert "linear_forward is not written yet: finish 03_linear_forward.ipynb" in detail


@pytest.mark.parametrize(
    "cell",
    [
        "def linear_backward(dZ, cache:\n    return 1",
        "import math",
        "def linear_backward(dZ, cache):\n    exit(1)",
        "def linear_backward(dZ, cache):\n    raise SystemExit(1)",
        "def linear_backward(dZ, cache):\n    return linear_backward(dZ, cache)",
        "import nothing\ndef linear_backward(dZ, cache):\n    return nothing.at_all",
        "linear_backward = lambda dZ, cache: dZ",
        "class linear_backward:\n    def __init__(self, dZ, cache):\n        pass",
        "from workbook.earlier import linear_backward\ndef f():\n    return linear_backward",
        "def linear_backward(dZ, cache):\n    dZ[...] = 0 / dZ\n    raise NotImplementedError",
    ],
)
def test_a_broken_notebook_is_in_work(tmp_path, course, cell):
    course("linear_backward", cell)
    standing = states(tmp_path)["linear_backward"]
    assert standing.state == "in work"
    assert standing.detail


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 3}'])
def test_a_broken_file_is_in_work(tmp_path, course, text):
    course("linear_backward", "").write_text(text)
    standing = states(tmp_path)["linear_backward"]
    assert standing.state == "in work"
    assert "07_linear_backward.ipynb" in standing.detail


def rendered(found, width=100):
    out = io.StringIO()
    render(found, Console(file=out, width=width))
    return out.getvalue()


def test_render_shows_the_cycle_and_the_next_step():
    found = [Standing(exercise, "not started") for exercise in EXERCISES]
    found[0] = Standing(EXERCISES[0], "passing")
    found[1] = Standing(EXERCISES[1], "in work", "W1 [bold] has shape (3,)")
    text = rendered(found)
    places = [text.index(exercise.name) for exercise in EXERCISES]
    assert places == sorted(places)
    assert text.index("Backward:") < places[6]
    assert "W1 [bold] has shape (3,)" in text
    assert "1 of 10 pass" in text
    assert "go on with 1_initialization/02_initialize_parameters_deep.ipynb" in text


def test_render_at_the_start_and_at_the_end():
    assert "Next: start 1_initialization/01" in rendered([Standing(EXERCISES[0], "not started")])
    assert "complete" in rendered([Standing(exercise, "passing") for exercise in EXERCISES])


def test_render_in_a_narrow_terminal_keeps_names_whole():
    found = [Standing(exercise, "in work", "word " * 40) for exercise in EXERCISES]
    text = rendered(found, width=60)
    assert all(exercise.name in text for exercise in EXERCISES)
