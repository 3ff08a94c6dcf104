"""Whether any verdict of a hidden test depends on the draw: `python -m tests.seeds --help`."""

import tests.one_thread  # noqa: F401  before NumPy is imported

# isort: split
import argparse
import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader_tests.catalogue import Accepted, Misconception
from tests.near_misses_by_function import near_misses
from tests.other_styles import MISTAKES
from tests.reference import COURSE, entries
from workbook.course.exercises import FUNCTIONS
from workbook.course.hidden_tests import run
from workbook.course.verdicts import Verdict

Answer = tuple[str, Callable[..., Any]]


def answers(name: str) -> Iterator[Answer]:
    """Yield every answer that the project knows of a function, right or wrong, by its name."""
    yield "reference", COURSE.reference(name)
    for kind in (Misconception, Accepted):
        yield from ((entry.name, entry.function) for entry in entries(name, kind))
    yield from ((f"{m}, other style", f) for n, m, f in MISTAKES if n == name)
    yield from near_misses(name)


def changed(name: str, answer: Callable[..., Any], seeds: range) -> dict[str, int]:
    """Return the tests that an answer passes with some seeds only, with the number of them."""
    passed: dict[str, int] = {}
    for seed in seeds:
        for verdict in verdicts(name, answer, seed):
            passed[verdict.name] = passed.get(verdict.name, 0) + verdict.passed
    return {test: n for test, n in passed.items() if 0 < n < len(seeds)}


def verdicts(
    name: str,
    answer: Callable[..., Any],
    seed: int,
    tell: Callable[[Verdict], None] = lambda verdict: None,
) -> list[Verdict]:
    """Return the verdicts of an answer with a seed, of which its process draws, too."""
    np.random.seed(seed)
    # Some answers print.
    with contextlib.redirect_stdout(io.StringIO()):
        return run(COURSE.hidden_tests(name), answer, seed, tell)


class _RefusedError(Exception):
    """A hidden test has refused an answer."""


def gets_full_marks(name: str, answer: Callable[..., Any], seed: int) -> bool:
    """Return whether an answer passes all tests; none is run behind the first that it fails."""

    def refuse(verdict: Verdict) -> None:
        if not verdict.passed:
            raise _RefusedError

    with contextlib.suppress(_RefusedError):
        return all(verdict.passed for verdict in verdicts(name, answer, seed, refuse))
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("functions", nargs="*", default=list(FUNCTIONS), metavar="FUNCTION")
    parser.add_argument("--seeds", type=int, default=300, help="how many, from 0 on")
    arguments = parser.parse_args()
    seeds, total = range(arguments.seeds), 0
    print(
        f"{'function':28} {'answers':>7} {'tests':>5}  verdicts that changed in {len(seeds)} seeds"
    )
    for name in arguments.functions:
        found = [(which, changed(name, answer, seeds)) for which, answer in answers(name)]
        wrong = [(which, test, n) for which, tests in found for test, n in tests.items()]
        total += len(wrong)
        print(
            f"{name:28} {len(found):7} {len(COURSE.hidden_tests(name)):5}  {len(wrong)}", flush=True
        )
        for which, test, n in wrong:
            print(f"    {which}: {test} passes {n} times", flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    raise SystemExit(main())
