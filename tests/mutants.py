"""Whether the hidden tests refuse every mutant of a reference: `python -m tests.mutants --help`."""

import tests.one_thread  # noqa: F401  before NumPy is imported

# isort: split
import argparse
import ast
import contextlib
import copy
import difflib
import io
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tests.mutants_inputs import inputs
from tests.mutants_of_calls import mutants_of_calls
from tests.mutants_proofs import proof
from tests.reference import COURSE
from tests.seeds import gets_full_marks
from workbook.build.mutants import Mutant, mutants
from workbook.build.mutants.make import drop_docstrings
from workbook.course.cases import check_data
from workbook.course.compare import alike
from workbook.course.exercises import FUNCTIONS, find_function
from workbook.course.findings import in_brief
from workbook.course.scripted import as_function
from workbook.course.visible import faults

#: Seconds of processor time for a mutant: an endless loop is a killed mutant, too.
LIMIT = 20
KILLED, EQUAL, PROVED, SURVIVED = "killed", "equal on all inputs", "proved equal", "survived"
#: Two results are equal to within so much.
_SAME = 1e-11


class TimeUpError(BaseException):
    """A mutant has run for longer than its limit; no test takes it for an error of the answer."""


@dataclass(frozen=True)
class Fate:
    """What became of a mutant.

    Attributes
    ----------
    mutant : Mutant
        The mutant.
    fate : str
        One of KILLED, EQUAL, PROVED and SURVIVED.
    """

    mutant: Mutant
    fate: str


@cache
def mutants_of(name: str) -> tuple[Mutant, ...]:
    """Return the mutants of a reference: of its code, and of what it does with its arguments."""
    source = COURSE.solution(name).read_text(encoding="utf-8")
    return (*mutants(source, name), *mutants_of_calls(name))


def fate(name: str, mutant: Mutant, seed: int = 0, number: int = 10_000) -> Fate:
    """Run the checks and hidden tests on a mutant; compare what passes with the reference."""
    return fates(name, [mutant], seed, number)[0]


def fates(name: str, some: Sequence[Mutant], seed: int = 0, number: int = 10_000) -> list[Fate]:
    """Run the checks and hidden tests on mutants; compare those that pass with the reference."""
    found = [_fate_in_tests(name, mutant, seed) for mutant in some]
    passing = [mutant for mutant, one in zip(some, found, strict=True) if not one]
    differ = iter(differences(name, [mutant.function() for mutant in passing], number))
    return [
        Fate(mutant, one or (EQUAL if next(differ) is None else SURVIVED))
        for mutant, one in zip(some, found, strict=True)
    ]


def _fate_in_tests(name: str, mutant: Mutant, seed: int) -> str:
    """Return what becomes of a mutant by its proof or the tests; "" if it is to be compared."""
    if proof(name, mutant.name):
        return PROVED
    try:
        with limited(LIMIT):
            if not _passes(name, mutant.function(), seed):
                return KILLED
    except (TimeUpError, Exception):
        return KILLED
    # No single call shows what is kept, and the docstring allows what is refused.
    untold = mutant.name.startswith("state: ") or ": refuses" in mutant.name
    return SURVIVED if untold else ""


def _passes(name: str, answer: Callable[..., Any], seed: int) -> bool:
    """Return whether an answer gets full marks."""
    np.random.seed(seed)
    known = find_function(name)
    assert known is not None
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # The visible check is quick, and most mutants fail it.
        fails = next(faults(known, as_function(answer)), None) is not None
        return not fails and gets_full_marks(name, answer, seed)


def differences(
    name: str, answers: Sequence[Callable[..., Any]], number: int
) -> list[tuple[Any, ...] | None]:
    """Return for each answer arguments for which it differs from the reference, or None."""
    right = as_function(COURSE.reference(name))
    form = check_data(name).cases[0].expected
    left = dict(enumerate(map(as_function, answers)))
    found: dict[int, tuple[Any, ...]] = {}
    for at, args in enumerate(inputs(name, number) if left else ()):
        wanted = _outcome(right, args, at, form)
        for which, answer in [*left.items()]:
            if not alike(wanted, _outcome(answer, args, at, form), _SAME):
                found[which] = args
                del left[which]
    return [found.get(which) for which in range(len(answers))]


def _outcome(function: Callable[..., Any], args: tuple[Any, ...], seed: int, form: Any) -> Any:
    """Return what a function returns, and what is left of its arguments."""
    args = copy.deepcopy(args)
    np.random.seed(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # A limit for each call: a mutant may be endless for a few inputs.
            with limited(LIMIT):
                return in_brief(function(*args), form), args
        except (TimeUpError, Exception) as error:
            return type(error).__name__


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TimeUpError if what runs inside takes more processor time."""

    def end(_signal: int, _frame: Any) -> None:
        raise TimeUpError

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def changes(name: str, mutant: Mutant) -> Iterator[str]:
    """Yield the lines in which a mutant differs from its reference."""
    if "\n_right = " in mutant.source:
        yield from mutant.source.partition("\n_right = ")[2].splitlines()[2:-1]
        return
    one = reference_text(name).splitlines()
    other = ast.unparse(ast.parse(mutant.source)).splitlines()
    yield from (line for line in difflib.ndiff(one, other) if line[0] in "+-")


@cache
def reference_text(name: str) -> str:
    """Return the text of a reference as mutants have theirs: without comments."""
    tree = ast.parse(COURSE.solution(name).read_text(encoding="utf-8"))
    drop_docstrings(tree)
    return ast.unparse(tree)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("functions", nargs="*", default=list(FUNCTIONS), metavar="FUNCTION")
    parser.add_argument("--sample", type=int, default=1, help="every n-th mutant only")
    parser.add_argument("--seed", type=int, default=0, help="seed of the hidden tests")
    parser.add_argument("--inputs", type=int, default=10_000, help="for a proof that two are equal")
    parser.add_argument("--equal", action="store_true", help="name the equivalent ones, too")
    arguments = parser.parse_args()
    columns = (KILLED, EQUAL, PROVED, SURVIVED)
    print(f"{'function':28} {'mutants':>7} " + " ".join(f"{one:>20}" for one in columns))
    total = dict.fromkeys(columns, 0)
    for name in arguments.functions:
        some = mutants_of(name)[:: arguments.sample]
        found = fates(name, some, arguments.seed, arguments.inputs)
        counts = {one: sum(two.fate == one for two in found) for one in columns}
        total = {one: total[one] + counts[one] for one in columns}
        print(_line(name, counts), flush=True)
        for one in found:
            if one.fate == SURVIVED or (arguments.equal and one.fate == EQUAL):
                print(f"    {one.fate}: {one.mutant.name}")
                print(
                    "\n".join(f"        {line}" for line in changes(name, one.mutant)), flush=True
                )
    print(_line("all", total))
    return 1 if total[SURVIVED] else 0


def _line(name: str, counts: dict[str, int]) -> str:
    return f"{name:28} {sum(counts.values()):7} " + " ".join(f"{n:20}" for n in counts.values())


if __name__ == "__main__":
    raise SystemExit(main())
