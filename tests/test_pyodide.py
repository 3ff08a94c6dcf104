"""The learner's side in a browser's Python, under Node: it shows what it shows in this Python."""

import importlib.util
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.browser.pyodide_files import PYODIDE, needs_pyodide
from tests.conftest import ROOT, run_python
from tests.lesson_checks import write_solved
from tests.reference import WHOLE
from tests.submissions import COURSE, answer_text
from workbook.build.wheel import build_wheel
from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES, find

BROWSER = ROOT / "tests" / "browser"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    needs_pyodide,
    pytest.mark.skipif(shutil.which("node") is None, reason="needs Node"),
]

# Pure Python that Pyodide's folder lacks, and that a site for the course would bring along.
BROUGHT = ("comm", "ipywidgets")
# Notebooks that are run from top to bottom: all, where everything is tested.
SOME = ("00_start_here", "linear_backward")
MISTAKES = {
    "initialize_parameters": ("weights_zero", "biases_flat"),
    "compute_cost": ("no_minus", "not_divided_by_m"),
    "linear_backward": ("dA_prev_divided_by_m", "W_not_transposed"),
}
IN_GENERAL = """
from workbook import bring_work, catch_up, check, flow, hint, playground, progress, quiz
from workbook import save_work, solution, start_again
hint("linear_forward")
quiz("units_to_close_a_boundary", "A")
quiz("shape_of_a_layer", "3 x 4")
quiz("slope_along_w2", "0,5")
quiz("units_to_close_a_boundary")
progress()
solution("linear_forward")
catch_up(3)
from workbook.earlier import linear_forward
linear_forward.__name__
def compute_cost(AL, Y): return sorted([AL], key=lambda one: compute_cost(one, Y))
check(compute_cost)
def compute_cost(AL, Y): return compute_cost(AL, Y)
check(compute_cost)
flow(); "the end of flow"
flow(recorded=True, moment=14)
del compute_cost; playground()
import asyncio; from workbook.learn.playground.playground import _open
player = _open[-1].player; player.start(); await asyncio.sleep(1); player.stop()
player.training.step > 0, player.state in ("stopped", "finished")
from workbook import chain_slider, learning_rate_slider, partial_slider, slope_slider
from workbook import watch_learning
moved = watch_learning(); moved.followed[0].value = 40; moved.said.value
moved = learning_rate_slider(); moved.followed[0].value = 0.2; moved.said.value
moved = slope_slider(); moved.followed[0].value = -1; moved.said.value
moved = partial_slider(); moved.followed[0].value = -1; moved.said.value
moved = chain_slider(); moved.followed[0].value = -1; moved.said.value
open("../quiz_answers.json").read()
save_work("work.zip")
start_again("linear_forward")
progress()
bring_work("work.zip")
progress()
"""
# Warnings of NumPy, which WebAssembly cannot notice, and matplotlib's words at its first use.
LEFT_OUT = re.compile(
    r"^.*RuntimeWarning: .*\n( .*\n)?|^Matplotlib is building the font cache.*\n", re.MULTILINE
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What the session shows in this Python and in a browser's, and how the cells were grouped."""
    packages = tmp_path_factory.mktemp("packages")
    wheel = build_wheel(COURSE, tmp_path_factory.mktemp("wheel"), False)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    for name in BROUGHT:
        home = Path(importlib.util.find_spec(name).origin).parent
        shutil.copytree(home, packages / name, ignore=shutil.ignore_patterns("__pycache__"))
    folders = [tmp_path_factory.mktemp("here"), tmp_path_factory.mktemp("browser")]
    for folder in folders:
        (folder / "learner").mkdir()
        write_solved(COURSE, NOTEBOOKS, folder / "learner")
        for page in PAGES:
            shutil.copy(ROOT / "release" / page.notebook_path, folder / "learner" / page.assignment)
        shutil.copytree(packages, folder / "packages")
        (folder / "cells.json").write_text(json.dumps(groups(folder / "learner")))
    here, browser = folders
    session = BROWSER / "learner_session.py"
    environment = {"PYTHONPATH": str(here / "packages"), "XDG_CACHE_HOME": str(here / "cache")}
    done = run_python("-P", session, cwd=here, **environment)
    assert done.returncode == 0, done.stderr
    command = ["node", str(BROWSER / "pyodide.mjs"), PYODIDE, str(browser), str(session)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads((folder / "shown.json").read_text()) for folder in folders]


def groups(learner):
    """Return the cells of the session, with the folder of each group."""
    found = [(page_or_exercise.assignment, cells_of(learner, page_or_exercise))
             for page_or_exercise in chosen()]  # fmt: skip
    for name, mistakes in MISTAKES.items():
        exercise = find(name)
        cells = [cells_of(learner, exercise)[0]]
        for mistake in ("", *mistakes):
            cells += [answer_text(exercise, mistake), f"check({name})"]
        found.append((exercise.assignment, cells))
    return [*found, ("2_forward_propagation", IN_GENERAL.strip().splitlines())]


def chosen():
    """Return the notebooks and pages that are run from top to bottom."""
    every = [*PAGES, *NOTEBOOKS]
    return every if WHOLE else [one for one in every if one.name in SOME]


def cells_of(learner, notebook):
    """Return the code cells of one of the learner's notebooks."""
    cells = json.loads((learner / notebook.notebook_path).read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def test_every_cell_of_the_notebooks_runs(shown):
    assert len(chosen()) == (len(PAGES) + len(NOTEBOOKS) if WHOLE else len(SOME))
    for group in shown[1][: len(chosen())]:
        for source, _, error, stderr in group:
            assert (error, LEFT_OUT.sub("", stderr)) == ("", ""), source


def test_the_checks_and_all_else_say_the_same(shown):
    here, browser = (
        [[source, text.partition("]: ")[2] if text.startswith("Out[") else text, error]
         for group in found[len(chosen()) :] for source, text, error, _ in group]
        for found in shown
    )  # fmt: skip
    for mine, theirs in zip(here, browser, strict=True):
        assert theirs == mine
    failed = [error for source, _, error in browser if source.startswith("check(") and error]
    assert len(failed) == 2 + sum(map(len, MISTAKES.values()))
    assert f"{len(EXERCISES)} of {len(EXERCISES)} pass" in browser[-1][1]
