"""Honest notebooks that a careless grader would refuse, and what they earn each way.

Lines that fail, or do not end, and names that are given anew: see `tests.judged_in_place`.
"""

import copy
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from tests.conftest import copy_of_course, run_module, run_nbgrader
from tests.gradebooks import address
from tests.honest_by_origin import MORE
from tests.kernels import execute_file
from tests.submissions import COURSE
from workbook.course.exercises import EXERCISES, find
from workbook.grade.submissions import answers
from workbook.grade.submissions.results import read_results

#: Marks that an answer may earn: all of them, or some.
FULL, PART = "full", "part"

#: Limit of one cell, shorter than usual: some cells have no end.
CELL_SECONDS = 2.0


@dataclass(frozen=True)
class Honest:
    """One notebook.

    Attributes
    ----------
    name : str
        What is special about it.
    exercise : str
        The exercise or the lab.
    answer : str, dict of str to str, or None
        The answer to an exercise of one function, or answers by function; the reference where none
        is given. "" removes the cell.
    above, below : str
        Code in the answer's own cell, before and after the answer.
    before, after : str
        A cell of the student's own before the answer's, and one at the end of the notebook.
    setup : str
        Code that was added to the imports cell.
    beside : dict of str to str
        Files beside the notebook, by name.
    earns : str or float
        `FULL`, `PART` or a number of points.
    check : bool or None
        Whether the visible check passes in a kernel; None if it is not run there, since it would
        not end, or needs what is not installed.
    """

    name: str
    exercise: str
    answer: str | dict[str, str] | None = None
    above: str = ""
    below: str = ""
    before: str = ""
    after: str = ""
    setup: str = ""
    beside: dict[str, str] = field(default_factory=dict)
    earns: str | float = FULL
    check: bool | None = True

    @property
    def student(self) -> str:
        """Name of the student who hands it in."""
        return self.name.replace(" ", "_")

    def notebook(self) -> Any:
        """Return the notebook."""
        exercise = find(self.exercise)
        texts = {name: self._text(name) for name in exercise.functions}
        notebook = copy.deepcopy(answers.filled_notebook(COURSE, exercise, texts))
        if self.setup:
            cell = next(c for c in notebook.cells if c.cell_type == "code")
            cell.source = f"{cell.source}\n{self.setup}"
        first = exercise.functions[0]
        place = notebook.cells.index(answers.solution_cell(notebook, first))
        if not texts[first]:
            del notebook.cells[place]
        if self.before:
            notebook.cells.insert(place, new_code_cell(self.before, id="before"))
        if self.after:
            notebook.cells.append(new_code_cell(self.after, id="after"))
        return notebook

    def _text(self, name: str) -> str:
        given = self.answer.get(name) if isinstance(self.answer, dict) else self.answer
        text = answers.reference_answer(COURSE, name) if given is None else given
        if name == find(self.exercise).functions[0]:
            text = "\n".join(filter(None, (self.above, text, self.below)))
        return text


def hand_in(folder: Path, rows: Iterable[Honest]) -> None:
    """Hand in notebooks, with the files beside them, a student each."""
    for row in rows:
        path = answers.submit(folder, row.student, find(row.exercise), row.notebook())
        _write_beside(path, row)


def _write_beside(path: Path, row: Honest) -> None:
    for name, text in row.beside.items():
        file = path.parent / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def workspace(folder: Path, row: Honest) -> Path:
    """Write a learner's folder, all other exercises right, and return the row's notebook."""
    for exercise in EXERCISES:
        text = answers.reference_answer(COURSE, exercise.name)
        answers.submit(folder, "", exercise, answers.filled_notebook(COURSE, exercise, text))
    path = answers.submit(folder, "", find(row.exercise), row.notebook())
    _write_beside(path, row)
    return path


def passes_in_kernel(path: Path) -> bool:
    """Return whether all visible checks of a notebook pass when a kernel runs it."""
    checks = [c for c in execute_file(path).cells if c.source.startswith("check(")]
    return bool(checks) and not any(
        output.output_type == "error" for cell in checks for output in cell.outputs
    )


def passes_command(path: Path) -> bool:
    """Return whether `workbook check` passes a notebook."""
    return run_module("workbook.cli", "check", path).returncode == 0


def graded(submitted: Path, out: Path) -> dict[tuple[str, str], float]:
    """Return the points that `workbook grade` gives, by student and exercise."""
    options = ("--course", COURSE.root, "--out", out, "--no-feedback")
    options += ("--limit", f"cell_seconds={CELL_SECONDS}")
    done = run_module("workbook.cli", "grade", submitted, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return {(one.student, one.exercise): one.points for one in read_results(out / "results")}


def autograded(submitted: Path, root: Path) -> dict[tuple[str, str], float]:
    """Return the points that `nbgrader autograde` enters, by student and exercise.

    The cells of a lab are worth nothing; the points stand beside them, as extra credit.
    """
    copy_of_course(root)
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"\nc.JudgeSubmission.limits = {{'cell_seconds': {CELL_SECONDS}}}\n")
    shutil.copytree(submitted, root / "submitted")
    for assignment in sorted({path.name for path in submitted.glob("*/*")}):
        done = run_nbgrader("autograde", assignment, cwd=root)
        assert done.returncode == 0, done.stderr
    with Gradebook(address(root / "gradebook.db")) as gradebook:
        return {
            (submission.student.id, notebook.name.partition("_")[2]): sum(
                (grade.auto_score or 0) + (grade.extra_credit or 0) for grade in notebook.grades
            )
            for assignment in gradebook.assignments
            for submission in assignment.submissions
            for notebook in submission.notebooks
            if find(notebook.name.partition("_")[2])
        }


_F, _FORWARD, _BACK = "linear_forward", "L_model_forward", "L_model_backward"
_F_DEF = "def linear_forward(A, W, b):\n{}    return {}W @ A + b, (A, W, b)"
_COPIED = "def linear_forward(A, W, b):\n    return copy.copy(W @ A + b), (A, W, b)"
_DEMO = "import time\nuntil = time.time() + 15\nwhile time.time() < until:\n    pass"
_LINES = {
    "a magic of the notebook's": "%autosave 60",
    "a file of its own": 'import numpy as np\nnp.save("x.npy", np.ones(3))',
}
_ENDLESS = {
    "a slow demo": _DEMO,
    "an endless loop": "while True:\n    pass",
    "all permutations": "import itertools\nall_of_them = list(itertools.permutations(range(14)))",
    "the end of the process": "import os\nos._exit(1)",
}
_TIMES = "def times(one, other):\n    return one @ other\n"
_WITH_MODULE = """\
from helpers import times


def linear_forward(A, W, b):
    return times(W, A) + b, (A, W, b)
"""
_BACKWARD = """\
def L_model_backward(AL, Y, caches):
    L = len(caches)
    linear_cache, Z = caches[-1]
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads = {{}}
    grads[f"dA{{L - 1}}"], grads[f"dW{{L}}"], grads[f"db{{L}}"] = linear_backward(
        sigmoid_backward({}), linear_cache
    )
    for l in reversed(range(1, L)):
        linear_cache, Z = caches[l - 1]
        dZ = relu_backward(grads[f"dA{{l}}"], Z)
        grads[f"dA{{l - 1}}"], grads[f"dW{{l}}"], grads[f"db{{l}}"] = linear_backward(
            dZ, linear_cache
        )
    return grads
"""
_OWN = "def linear_backward(dZ, cache):\n" + "\n".join(
    [
        "    A_prev, W, b = cache",
        "    m = A_prev.shape[1]",
        "    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m",
    ]
)
_DEEP = """\
def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        one = initialize_parameters(layer_dims[l - 1], layer_dims[l], 1)
        parameters[f"W{l}"], parameters[f"b{l}"] = one["W1"], one["b1"]
    return parameters
"""
_COST = """\
def compute_cost(AL, Y):
    m = Y.shape[1]
    total = np.sum(Y * np.log(AL + {0}) + (1 - Y) * np.log(1 - AL + {0}))
    return float(-total / m)
"""
_ACTIVATION = """\
def linear_activation_forward(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = sigmoid(Z)[0] if activation == "sigmoid" else relu(Z)[0]
    return A, ((A_prev, W, b), Z)
"""
_LOOKED_UP = """\
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = globals()[activation](Z)
    return A, (linear_cache, activation_cache)
"""
_INITIAL = """\
def initialize_parameters(n_x, n_h, n_y):
    return {{
        "W1": {0}(n_h, n_x){1},
        "b1": np.zeros((n_h, 1)),
        "W2": {0}(n_y, n_h){1},
        "b2": np.zeros((n_y, 1)),
    }}
"""

_OF_A_CLASS = """\
from dataclasses import dataclass


@dataclass
class Cache:
    A: object
    W: object
    b: object


def linear_forward(A, W, b):
    return W @ A + b, Cache(A, W, b)
"""
_FLOAT32 = """\
def linear_forward(A, W, b):
    A, W, b = (one.astype(np.float32) for one in (A, W, b))
    return W @ A + b, (A, W, b)
"""
_COST_IN_FLOAT32 = """\
def compute_cost(AL, Y):
    AL, Y = AL.astype(np.float32), Y.astype(np.float32)
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
"""
_WRITTEN = """\
%%writefile my_linear.py
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
"""
_DECORATED = """\
def twice(function):
    def inner(*args):
        function(*args)
        return function(*args)

    return inner


@twice
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
"""
_PARTIAL = """\
from functools import partial


def any_forward(more, A, W, b):
    return W @ A + b + more, (A, W, b)


linear_forward = partial(any_forward, 0.0)
"""
_ALIAS = """\
def forward(A, W, b):
    return W @ A + b, (A, W, b)


linear_forward = forward
"""
_SIGMOID_IN_BACKWARD = """\
def linear_activation_backward(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        s = sigmoid(Z)[0]
        dZ = dA * s * (1 - s)
    else:
        dZ = dA * (relu(Z)[0] > 0)
    return linear_backward(dZ, linear_cache)
"""
_MATRICES = """\
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dZ = np.matrix(dZ)
    return W.T * dZ, dZ * A_prev.T / m, dZ.sum(axis=1) / m
"""


def _forward(caches: str, add: str) -> str:
    return f"""\
def L_model_forward(X, parameters):
    L = len(parameters) // 2
    A, caches = X, {caches}
    for l in range(1, L + 1):
        activation = "sigmoid" if l == L else "relu"
        W, b = parameters[f"W{{l}}"], parameters[f"b{{l}}"]
        A, cache = linear_activation_forward(A, W, b, activation)
        {add}
    return A, caches
"""


_LONGDOUBLE = _INITIAL.format("np.random.randn", ".astype(np.longdouble) * 0.01")
_NAN = _INITIAL.format("np.random.randn", " ** 0.001")
_OF_A_ZIP = "def linear_forward(A, W, b):\n    return W @ A + b, zip(A, W, b)"
_IN_A_DEQUE = f"from collections import deque\n\n\n{_forward('deque()', 'caches.append(cache)')}"
_BY_NUMBER = _forward("{}", "caches[l] = cache")
_CAPPED = _ACTIVATION.replace("relu(Z)[0]", "np.minimum(relu(Z)[0], 6)")
_EPS = "EPS = 10 ** -12\n\n\n"
_REVERSED = (
    answers.reference_answer(COURSE, _BACK)
    .replace("L = len(caches)", "L = len(caches)\n    caches.reverse()")
    .replace("caches[l - 1]", "caches[L - l]")
)


ROWS = (
    # What comes after the tests takes nothing away.
    Honest("the name deleted below", _F, after="del linear_forward"),
    # Lines that fail where nobody sits before the notebook.
    *(Honest(f"{name} above", _F, above=line) for name, line in _LINES.items()),
    Honest("a magic that is not there above", _F, above="%%memit", check=None),
    Honest("an open magic above", _F, above="%% time", check=None),
    Honest("a magic that keeps nothing above", _F, above="%%timeit -n1 -r1", check=None),
    Honest("a display inside", _F, _F_DEF.format("    display(A.shape)\n", "")),
    Honest("a breakpoint inside", _F, _F_DEF.format("    breakpoint()\n", ""), check=None),
    # What does not end.
    *(Honest(f"{name} at the end", _F, after=c, check=None) for name, c in _ENDLESS.items()),
    # Locked cells that were changed.
    Honest("an import added to the imports", _F, _COPIED, setup="import copy"),
    Honest("the answer among the imports", _F, "", setup=_F_DEF.format("", "")),
    # What cannot cross takes nothing along.
    Honest("longdouble weights", "initialize_parameters", _LONGDOUBLE),
    Honest("a cache of a class", _F, _OF_A_CLASS, earns=7.0, check=False),
    Honest("a cache of a zip", _F, _OF_A_ZIP, earns=7.0, check=False),
    Honest("caches in a deque", _FORWARD, _IN_A_DEQUE, earns=PART, check=False),
    Honest("caches by number", _FORWARD, _BY_NUMBER, earns=PART, check=False),
    # Numbers of less precision.
    Honest("float32", _F, _FLOAT32),
    Honest("float16", _F, _FLOAT32.replace("float32", "float16"), earns=0.0, check=False),
    Honest("a cost in float32", "compute_cost", _COST_IN_FLOAT32),
    # Files beside the notebook.
    Honest("a module beside", _F, _WITH_MODULE, beside={"helpers.py": _TIMES}),
    Honest("a module that it writes", _F, "from my_linear import linear_forward", before=_WRITTEN),
    # Names at hand.
    Honest("its own linear_backward", _BACK, _OWN + "\n\n\n" + _BACKWARD.format("dA, Z")),
    Honest("the earlier linear_backward", _BACK, _BACKWARD.format("dA, Z")),
    Honest("the published parameter", _BACK, _BACKWARD.format("dA, cache=Z")),
    Honest("the one for two layers", "initialize_parameters_deep", _DEEP),
    Honest("names that are looked up", "linear_activation_forward", _LOOKED_UP),
    Honest("sigmoid in backward", "linear_activation_backward", _SIGMOID_IN_BACKWARD),
    # The draw decides nothing.
    Honest("a small number in the logarithm", "compute_cost", _COST.format("1e-7")),
    Honest("relu capped", "linear_activation_forward", _CAPPED, earns=PART, check=None),
    # The check and the mark agree.
    Honest("weights that are nan", "initialize_parameters", _NAN, earns=PART, check=False),
    Honest("a number that is computed", "compute_cost", _EPS + _COST.format("EPS")),
    Honest("its caller's list reversed", _BACK, _REVERSED, earns=PART, check=False),
    Honest("a lambda", _F, "linear_forward = lambda A, W, b: (W @ A + b, (A, W, b))"),
    Honest("another name", _F, _ALIAS),
    Honest("a decorator", _F, _DECORATED),
    Honest("a partial", _F, _PARTIAL),
    # As the programs and habits of real classes make them.
    *(Honest(name, _F, **described) for name, described in MORE.items()),
    Honest("numpy.matrix", "linear_backward", _MATRICES, earns=0.0, check=False),
)
