"""Notebooks with right answers and something beside them, as students hand them in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import nbformat

from tests.reference import COURSE
from tests.submissions import graded_cells, reference_answers
from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.grade.submissions.answers import filled_notebook, solution_cell
from workbook.grade.submissions.notebooks import course_notebook

LAB = "initialise_it"


def place_of(cell_id: str) -> int:
    """Return the place of a cell, from 1, in the released notebook of linear_forward."""
    cells = course_notebook(COURSE, "release", find("linear_forward")).cells
    return next(
        n for n, cell in enumerate(cells, 1)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == cell_id
    )  # fmt: skip


#: The cells of the answer and of the imports in words; the places below the answer and the last.
HERE, IMPORTS = (f"cell {place_of(one)}" for one in ("linear_forward", "linear_forward-setup"))
BELOW = place_of("linear_forward") + 1
END = len(course_notebook(COURSE, "release", find("linear_forward")).cells) + 1


@dataclass(frozen=True)
class Honest:
    """A notebook that deserves full marks.

    Attributes
    ----------
    change : callable
        Makes it of a notebook with right answers: ``change(notebook, course)``.
    note : str
        Part of a note of the result; "" if there is none.
    exercise : str
        What it is handed in for.
    """

    change: Callable[[Any, Course], None]
    note: str = ""
    exercise: str = "linear_forward"


def code(source: str) -> Any:
    return nbformat.v4.new_code_cell(source)


def answer_cell(notebook: Any, name: str = "") -> Any:
    return solution_cell(notebook, name or None)


def with_cell(source: str, place: str, function: str = "") -> Callable[..., None]:
    """Return a change that adds text: "above" or "below" an answer in its cell, in a cell "over"
    it or "under" it, or in one at the "end" of the notebook."""

    def change(notebook: Any, course: Course) -> None:
        cell = answer_cell(notebook, function)
        at = notebook.cells.index(cell)
        if place == "above":
            cell.source = f"{source}\n{cell.source}"
        elif place == "below":
            cell.source = f"{cell.source}\n{source}\n"
        else:
            where = {"over": at, "under": at + 1, "end": len(notebook.cells)}[place]
            notebook.cells.insert(where, code(source))

    return change


def stub(course: Course, exercise: str, function: str = "") -> str:
    release = course_notebook(course, "release", find(exercise))
    return str(solution_cell(release, function or None).source)


def answer_elsewhere(place: str, exercise: str = "linear_forward") -> Callable[..., None]:
    """Return a change that leaves the stub and puts the answer into a cell of its own."""

    def change(notebook: Any, course: Course) -> None:
        cell = answer_cell(notebook)
        right, cell.source = cell.source, "# See below.\n" + stub(course, exercise)
        with_cell(right, place)(notebook, course)

    return change


def over_a_short_stub(notebook: Any, course: Course) -> None:
    """Put the answer over a stub of which little is left."""
    cell = answer_cell(notebook)
    right = cell.source
    cell.source = "def linear_forward(A, W, b):\n    raise NotImplementedError"
    with_cell(right, "over")(notebook, course)


def _both_spread(notebook: Any, course: Course) -> None:
    """Let both initialisers have a helper of the same name, each its own."""
    rules = {"initialize_xavier": "n_prev + n", "initialize_he": "n_prev"}
    for name, under in rules.items():
        answer_cell(notebook, name).source = (
            f"def spread(n_prev, n):\n    return np.sqrt(2 / ({under}))\n\n\n"
            f"def {name}(layer_dims):\n"
            "    parameters = {}\n"
            "    for l in range(1, len(layer_dims)):\n"
            "        n_prev, n = layer_dims[l - 1], layer_dims[l]\n"
            '        parameters[f"W{l}"] = np.random.randn(n, n_prev) * spread(n_prev, n)\n'
            '        parameters[f"b{l}"] = np.zeros((n, 1))\n'
            "    return parameters\n"
        )


def _constants(notebook: Any, course: Course) -> None:
    """Let each slope use a constant of the same name."""
    answer_cell(
        notebook, "relu_derivative"
    ).source = "AT = 0\n\ndef relu_derivative(Z):\n    return (Z > AT) * 1.0\n"
    answer_cell(
        notebook, "tanh_derivative"
    ).source = "AT = 1\n\ndef tanh_derivative(Z):\n    return AT - np.tanh(Z) ** 2\n"


def _each(lines: list[str]) -> Callable[..., None]:
    """Return a change that puts lines below the answers of the lab, one each."""

    def change(notebook: Any, course: Course) -> None:
        for name, line in zip(find(LAB).functions, lines, strict=False):
            answer_cell(notebook, name).source += f"\n{line}\n"

    return change


def moved_tests(to: str, beside: str) -> Callable[..., None]:
    """Return a change that moves the test cells to the "top" or the "end", or drops them."""

    def change(notebook: Any, course: Course) -> None:
        tests = graded_cells(notebook)
        rest = [cell for cell in notebook.cells if cell not in tests] + [code(beside)]
        notebook.cells = {"top": tests + rest, "end": rest + tests, "lost": rest}[to]

    return change


def without_first_tests(notebook: Any, course: Course) -> None:
    check, first, *_ = graded_cells(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell not in (check, first)]
    notebook.cells.append(code(WRONG))


def fixed_above_the_tests(notebook: Any, course: Course) -> None:
    """Let a wrong answer be followed by the right one, in a cell between the check and the tests"""
    cell = answer_cell(notebook)
    right, cell.source = cell.source, WRONG
    _, first, *_ = graded_cells(notebook)
    notebook.cells.insert(notebook.cells.index(first), code(right))


def without_metadata(notebook: Any, course: Course) -> None:
    for cell in notebook.cells:
        cell.metadata = {}


def added_to_imports(notebook: Any, course: Course) -> None:
    imports = next(cell for cell in notebook.cells if cell.cell_type == "code")
    imports.source += "\nimport no_such_package"


def package_is_missing(notebook: Any, course: Course) -> None:
    """Let the answer use what is imported beside a package that is not there."""
    missing = "import pandas_of_another_course as pd"
    with_cell(f"{missing}\nimport copy as cp", "over")(notebook, course)
    answer = "def linear_forward(A, W, b):\n    return cp.copy((W @ A + b, (A, W, b)))\n"
    answer_cell(notebook).source = answer


WRONG = "def linear_forward(A, W, b):\n    return A @ W, None"
SLEEP = "import time; time.sleep(60)"
LOOP = "while True:\n    pass"
FAILS = {
    "a package": "import torch",
    "a division by zero": "print(1 / 0)",
    "an assertion": "assert 1 + 1 == 3, 'still to do'",
    "a name": "print(undefined)",
    "the end by sys.exit": "import sys\nsys.exit()",
    "a question": "size = int(input('Size? '))",
    "too deep a recursion": "def deep():\n    return deep()\ndeep()",
    "a file": "import numpy as np\ntable = np.loadtxt('table.csv')",
    "too much memory": "import numpy as np\ntable = np.ones((10**6, 10**5))",
    "a return": "return 3",
    "an open bracket": "print(np.array([1, 2)",
    "an unfinished loop": "for i in range(3):",
    "an open text": "title = 'it's open'",
    "an error message": "Traceback (most recent call last):\n  File 'x.py', line 3\nKeyError: 'W1'",
    "a formula": "Z = W A + b",
    "an older Python": "print 'hello'",
    "signs of Markdown": "```python\nx = 3\n```",
    "a merge": "<<<<<<< HEAD\nx = 3\n=======\nx = 4\n>>>>>>> theirs",
}
NOTHING = {
    "a shell line": ("!pip install -q numpy", "did nothing"),
    "an install": ("%pip install numpy", "did nothing"),
    "the shell's output": ("files = !ls", "did nothing"),
    "a magic of the notebook's": ("%autosave 60", ""),
    "a backend": ('import matplotlib; matplotlib.use("TkAgg")', ""),
    "another backend": ('import matplotlib\nmatplotlib.use("nbAgg")', ""),
    "the end by exit": ("exit()", ""),
}
ENDS = {
    "a long wait": SLEEP,
    "an endless loop": LOOP,
    "a loop that catches everything": "while True:\n    try:\n        sum(range(1000))\n"
    "    except:\n        pass",
    "all sums": "sum(range(10**13))",
    "all numbers": "import itertools\nlist(itertools.count())",
    "a lock": "import threading\nthreading.Event().wait()",
    "an awaited wait": "import asyncio\nawait asyncio.sleep(60)",
    "os._exit": "import os\nos._exit(1)",
    "os.abort": "import os; os.abort()",
    "a bad address": "import ctypes\nctypes.string_at(0)",
    "several": f"{SLEEP}\n{LOOP}\nimport os\nos._exit(1)\nprint(1 / 0)\n{SLEEP}",
}

CASES = {
    **{
        f"{name} in the answer's cell": Honest(
            with_cell(line, "below" if number % 2 else "above"), "passed over"
        )
        for number, (name, line) in enumerate((FAILS | ENDS).items())
    },
    **{name: Honest(with_cell(line, "above"), note) for name, (line, note) in NOTHING.items()},
    **{
        f"{name} in a cell over it": Honest(with_cell(line, "over"), "passed over")
        for name, line in ENDS.items()
    },
    "a package beside one that is missing": Honest(
        package_is_missing, "No module named 'pandas_of_another_course'"
    ),
    "another definition below": Honest(with_cell(WRONG, "end")),
    "the result under its name": Honest(
        with_cell(
            "linear_forward = linear_forward(np.ones((3, 4)), np.ones((2, 3)), np.zeros((2, 1)))",
            "end",
        )
    ),
    "given functions under another name": Honest(
        with_cell("z = np.ones(3)\nsigmoid, relu = sigmoid(z)[0], relu(z)[0]", "end"),
        exercise="linear_activation_forward",
    ),
    "helpers of the same name": Honest(_both_spread, exercise=LAB),
    "constants of the same name": Honest(_constants, exercise=LAB),
    "a wait below one function": Honest(
        with_cell(SLEEP, "below", "relu_derivative"), "time.sleep(60)", LAB
    ),
    "an endless loop below each function": Honest(_each([LOOP] * 6), "passed over", LAB),
    "another end below each function": Honest(
        _each(["import os; os._exit(1)", SLEEP, LOOP, "import sys; sys.exit()", "1 / 0", "quit()"]),
        "passed over",
        LAB,
    ),
    "a function of the lab under another's name": Honest(
        with_cell("relu_derivative = sigmoid_derivative = None", "under", "initialize_he"),
        exercise=LAB,
    ),
    "the answer below": Honest(answer_elsewhere("end"), f"linear_forward was found in cell {END}"),
    "the answer over the stub": Honest(answer_elsewhere("over"), f"was found in {HERE}"),
    "the answer over a short stub": Honest(over_a_short_stub, f"was found in {HERE}"),
    "the answer under the stub": Honest(answer_elsewhere("under"), f"was found in cell {BELOW}"),
    "what the cells are for lost": Honest(without_metadata, f"linear_forward was found in {HERE}"),
    "a line that fails among the imports": Honest(
        added_to_imports, f"{IMPORTS}, line 1, `import no_such_package`"
    ),
    "the tests at the top": Honest(moved_tests("top", WRONG)),
    "the tests at the end": Honest(moved_tests("end", WRONG)),
    "the tests lost": Honest(moved_tests("lost", WRONG), "was missing"),
    "the first tests lost": Honest(without_first_tests, "was missing"),
    "mended above the tests": Honest(fixed_above_the_tests),
}


def notebook_of(course: Course, case: Honest) -> Any:
    exercise = find(case.exercise)
    notebook = filled_notebook(course, exercise, reference_answers(course, exercise))
    case.change(notebook, course)
    return notebook
