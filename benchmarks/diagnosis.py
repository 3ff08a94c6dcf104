"""What a diagnosis takes, and what its data weigh: `python benchmarks/diagnosis.py` prints a table.

Each function is tried with the wrong answers of the catalogue, with mutants of the reference, and
with answers of which nothing is known: right ones whose numbers are disturbed in many ways.

Each answer is diagnosed three times, and the quickest counts, for what else runs on the machine
costs processor time, too. The first diagnosis of a function, which unpacks its known mistakes as
well, is told as it comes. Python's garbage collector looks through what a diagnosis has made; it is
kept from all that the benchmark holds, through which it would go now and then, and the longer, the
more functions have been tried.
"""

import contextlib
import copy
import gc
import importlib
import io
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

TARGET = 0.05
DATA_TARGET = 1_000_000
# Of each function so many mutants are tried, and so many disturbed answers.
MUTANTS, DISTURBED = 40, 10
# Of so many diagnoses of an answer the quickest counts.
REPEATS = 3

Answer = Callable[..., Any]


def wrong_answers(name: str, reference: Answer) -> Iterator[Answer]:
    """Yield wrong answers to a function."""
    from grader_tests.catalogue import Misconception, declared
    from workbook.build.mutants import mutants

    catalogue = importlib.import_module(f"grader_tests.misconceptions.{name}")
    for entry in declared(catalogue, Misconception):
        yield entry.function
    source = (ROOT / "solutions" / f"{name}.py").read_text(encoding="utf-8")
    made = mutants(source, name)
    for mutant in made[:: max(len(made) // MUTANTS, 1)]:
        yield mutant.function()
    if not isinstance(reference, type):
        for seed in range(DISTURBED):
            yield disturbed(reference, seed)


def disturbed(reference: Answer, seed: int) -> Answer:
    """Return an answer in which every number is another one."""

    def answer(*args: Any) -> Any:
        return _changed(reference(*args), np.random.default_rng(seed))

    return answer


def _changed(value: Any, rng: np.random.Generator) -> Any:
    if isinstance(value, dict):
        return {key: _changed(one, rng) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return tuple(_changed(one, rng) for one in value)
    if isinstance(value, np.ndarray | float):
        return value + rng.standard_normal(np.shape(value))
    return copy.deepcopy(value)


def seconds(name: str, answer: Answer) -> list[float]:
    """Return the processor times of diagnoses of an answer, without the calls of the answer."""
    from workbook.course.cases import check_data
    from workbook.course.scripted import as_function
    from workbook.diagnosis.diagnosis import diagnose, observe

    with contextlib.redirect_stdout(io.StringIO()):
        seen = observe(as_function(answer), check_data(name).cases)
    taken = []
    for _ in range(REPEATS):
        begin = time.process_time()
        diagnose(name, seen, answer)
        taken.append(time.process_time() - begin)
    return taken


def main() -> None:
    """Measure everything and print the table."""
    from workbook.course.data_folder import data_folder
    from workbook.course.exercises import FUNCTIONS

    warnings.simplefilter("ignore")
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
    print(f"{versions}, {platform.system()}, {os.cpu_count()} processors. Milliseconds.\n")
    print("| function | answers | first | median | longest | target | every one below |")
    print("|---|---|---|---|---|---|---|")
    for name in FUNCTIONS:
        reference = getattr(importlib.import_module(f"solutions.{name}"), name)
        # The garbage collector need not look through what is there by now.
        gc.collect()
        gc.freeze()
        every = [seconds(name, answer) for answer in wrong_answers(name, reference)]
        first, taken = every[0][0], [min(some) for some in every]
        holds = "yes" if max(first, *taken) < TARGET else "no"
        middle, longest = (1000 * f(taken) for f in (median, max))
        print(
            f"| {name} | {len(taken)} | {1000 * first:.1f} | {middle:.1f} | {longest:.1f} "
            f"| {1000 * TARGET:.0f} | {holds} |",
            flush=True,
        )
    # The folder holds the lessons' questions, too.
    size = sum((data_folder() / f"{name}.json").stat().st_size for name in FUNCTIONS)
    print(f"\nThe data of all functions: {size:,} bytes; at most {DATA_TARGET:,}.")


if __name__ == "__main__":
    main()
