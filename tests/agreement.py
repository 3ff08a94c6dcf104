"""One answer, judged in every way: by a check in a kernel, from outside, and by grading."""

import ast
import asyncio
import codeop
import contextlib
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from IPython.core.inputtransformer2 import TransformerManager

from grader_tests.catalogue import Accepted, Misconception
from tests import class_of_twelve, other_styles
from tests.cells_that_count import COUNTS, NAME, SPOILS
from tests.reference import COURSE, entries
from tests.submissions import reference_answers
from workbook.course.cases import check_data
from workbook.course.exercises import FUNCTIONS, NOTEBOOKS, Exercise
from workbook.course.verdicts import earned
from workbook.grade.submissions.answers import catalogue_answer, filled_notebook, solution_cell
from workbook.grade.submissions.jobs import Job
from workbook.learn.check.check import make_card
from workbook.learn.quiet import quiet
from workbook.learn.workspace.cells import NotebookError
from workbook.learn.workspace.lab import check_notebook

#: What each check of a card says: its name, and whether it passed. None: there is no card.
Verdicts = list[tuple[str, bool]] | None


@dataclass(frozen=True)
class Answer:
    """One student's notebook, and the function in it that is looked at."""

    label: str
    name: str
    made: Callable[[], Any]

    @cached_property
    def notebook(self) -> Any:
        return self.made()

    @property
    def exercise(self) -> Exercise:
        return FUNCTIONS[self.name]


def with_answer(name: str, text: str, above: tuple[str, ...] = ()) -> Any:
    """Return the released notebook with an answer, in a lab with right answers beside it."""
    exercise = FUNCTIONS[name]
    answers = {**reference_answers(COURSE, exercise), name: text}
    notebook = filled_notebook(COURSE, exercise, answers)
    at = notebook.cells.index(solution_cell(notebook, name))
    notebook.cells[at:at] = map(nbformat.v4.new_code_cell, above)
    return notebook


def of_catalogue() -> Iterator[Answer]:
    """Yield every wrong answer and every other right one of the catalogue."""
    for name in FUNCTIONS:
        for entry in (*entries(name, Misconception), *entries(name, Accepted)):
            yield Answer(f"{name}-{entry.name}", name, partial(_of_entry, name, entry.name))


def _of_entry(name: str, variant: str) -> Any:
    return with_answer(name, catalogue_answer(COURSE, name, variant))


def of_other_styles() -> Iterator[Answer]:
    """Yield the known mistakes as other learners write them."""
    more = "from itertools import pairwise\nfrom workbook import relu, sigmoid\n"
    for name, mistake, function in other_styles.MISTAKES:
        source = textwrap.dedent(inspect.getsource(function)).split("\n", 1)[1]
        text = more + source.replace("def _(", f"def {name}(")
        yield Answer(f"{name}-{mistake}-other", name, partial(with_answer, name, text))


def of_class() -> Iterator[Answer]:
    """Yield what the class of sixteen has handed in."""
    for student, exercise in class_of_twelve.handed_in():
        made = partial(class_of_twelve.notebook_of, COURSE, student, exercise)
        yield Answer(f"{student}-{exercise.name}", exercise.name, made)


#: Answers that have passed one of the checks only; `tests.honest` has more.
TRIED = {
    "a large number": (
        "compute_cost",
        "    return -np.mean(Y * np.log(AL + 1e-3) + (1 - Y) * np.log(1 - AL + 1e-3))",
    ),
    "the list reversed": ("linear_backward", "    cache = [*cache]\n    return cache"),
    "nan in the cost": ("compute_cost", "    return float('nan')"),
    "a name that is not there": ("linear_forward", "    return W @ A + bias, (A, W, b)"),
    "True for one": ("linear_forward", "    return W @ A + b * True, (A, W, b)"),
    "an array of objects": ("linear_forward", "    return (W @ A + b).astype(object), (A, W, b)"),
    "complex numbers": ("linear_forward", "    return W @ A + b + 0j, (A, W, b)"),
    "a masked array": ("linear_forward", "    return np.ma.array(W @ A + b), (A, W, b)"),
    "the input changed": ("linear_forward", "    A += 1\n    return W @ (A - 1) + b, (A, W, b)"),
    "another answer next time": (
        "linear_forward",
        "    Z = W @ A + b + len(seen)\n    seen.append(1)\n    return Z, (A, W, b)",
    ),
}  # fmt: skip


def of_honest_notebooks() -> Iterator[Answer]:
    """Yield answers of kinds that are seldom thought of, and cells that count for an answer."""
    for label, (name, body) in TRIED.items():
        arguments = ", ".join(check_data(name).arguments)
        text = f"def {name}({arguments}):\n{body}"
        yield Answer(label, name, partial(with_answer, name, text, ("seen = []",)))
    for label, cells in (COUNTS | SPOILS).items():
        *above, answer = cells
        yield Answer(label, NAME, partial(with_answer, NAME, answer, tuple(above)))


def checked_in_kernel(answer: Answer, path: Path) -> Verdicts:
    """Return the verdicts of the check in the notebook itself, after Restart & Run All."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    shell = _Shell(namespace)
    namespace["get_ipython"] = lambda: shell
    experiments = _experiments(answer.exercise)
    with _inside(path.parent):
        for cell in answer.notebook.cells:
            settings = cell.metadata.get("nbgrader", {})
            if settings.get("grade") and settings["grade_id"].startswith(f"{answer.name}-"):
                break
            if cell.cell_type == "code" and cell.source not in experiments:
                shell.run_cell(cell.source)
        try:
            card = make_card(namespace[answer.name], answer.name)
        except (KeyError, TypeError):
            return None
    # Of a stub, the notebook itself cannot know that the answer stands elsewhere.
    return None if card.note else [(e.verdict.name, e.verdict.passed) for e in card.entries]


def checked_from_outside(answer: Answer, path: Path) -> Verdicts:
    """Return the verdicts of `workbook check`, and of `progress`, which does the same."""
    path.write_text(nbformat.v4.writes(answer.notebook), encoding="utf-8")
    with _inside(path.parent):
        try:
            (card,) = check_notebook(path, answer.name)
        except NotebookError:
            return None
    return [(one.verdict.name, one.verdict.passed) for one in card.entries]


def full_marks(answer: Answer, judge: Any) -> bool:
    """Return whether the function passes all of its hidden tests."""
    data = nbformat.v4.writes(answer.notebook).encode()
    result = judge.judge(Job("ada", answer.exercise, data, 0))
    names = {test.name for test in COURSE.hidden_tests(answer.name)}
    found = [verdict for verdict in result.tests if verdict.name in names]
    return earned(found) == sum(verdict.max_points for verdict in found) > 0


def _experiments(exercise: Exercise) -> set[str]:
    released = filled_notebook(COURSE, exercise, None)
    return {cell.source for cell in released.cells if cell.metadata.get("tags")}


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder as a kernel does, quietly, and leave nothing behind."""
    path, modules, files = [*sys.path], set(sys.modules), set(folder.iterdir())
    sys.path.insert(0, str(folder))
    with contextlib.chdir(folder), quiet(), np.errstate():
        try:
            yield
        finally:
            sys.path[:] = path
            for name in set(sys.modules) - modules:
                if str(folder) in str(getattr(sys.modules[name], "__file__", "")):
                    del sys.modules[name]
            for file in set(folder.glob("*.py")) - files:
                file.unlink()


class _Shell:
    """The part of IPython's shell that answers are tried with; other magics do nothing here."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        # It remembers what is imported from `__future__`.
        self._compile = codeop.Compile()
        self._compile.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT

    def run_cell(self, source: str) -> None:
        code = TransformerManager().transform_cell(source)
        with contextlib.suppress(Exception, SystemExit):
            compiled = self._compile(code, "<cell>", "exec")
            if compiled.co_flags & inspect.CO_COROUTINE:
                asyncio.run(eval(compiled, self._namespace))
            else:
                exec(compiled, self._namespace)

    def run_line_magic(self, magic: str, line: str) -> None:
        if magic == "time":
            exec(line, self._namespace)

    def run_cell_magic(self, magic: str, line: str, body: str) -> None:
        if magic in ("time", "capture"):
            exec(body, self._namespace)
        elif magic == "writefile":
            *options, name = line.split()
            with open(name, "a" if options else "w", encoding="utf-8") as file:
                file.write(body)

    def system(self, line: str) -> None:
        pass


def lab_of_right_answers(folder: Path) -> Path:
    """Write the notebooks of somebody who has solved everything, for what imports from them."""
    from tests.lesson_checks import write_solved

    write_solved(COURSE, NOTEBOOKS, folder)
    return folder
