"""Hidden tests and their verdicts: each test gives one verdict, whatever the answer does."""

import copy
import re
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from workbook.course.cases import check_data
from workbook.course.effects import NO_EFFECTS, Effects
from workbook.course.effects_in_words import returned_name
from workbook.course.exercises import find_function
from workbook.course.precision import half_precision, place_of_half_precision
from workbook.course.scripted import Scripted, as_function
from workbook.course.text import message_of, notes_of
from workbook.course.unusual_inputs import unusual
from workbook.course.verdicts import Raised, Verdict
from workbook.course.visible import effects_in_words, faults
from workbook.course.watched import Watched

# Parts of the names of tests that check whether inputs stay as they are, and arrays are new.
_TESTS_INPUTS, _TESTS_NEW = "unchanged", "new"
# A message quotes what an answer returned or raised, which can be megabytes.
_LONGEST = 2000


class AnswerError(Exception):
    """The answer could not be obtained; the text is the complete message for the student.

    Parameters
    ----------
    message : str
        The message.
    raised : Raised, optional
        The exception that the answer itself raised, if that is the reason.
    """

    def __init__(self, message: str, raised: Raised | None = None) -> None:
        super().__init__(message)
        self.raised = raised


@dataclass(frozen=True)
class HiddenTest:
    """A test function that takes the answer and a random generator.

    Attributes
    ----------
    name : str
        Name of the test function.
    title : str
        First line of its docstring: the property as the student reads it.
    points : float
        Points for passing it.
    function : callable
        Called as ``function(student=answer, rng=generator)``; raises if the answer fails.
    of : str
        Name of the learner's function that it tests.
    """

    name: str
    title: str
    points: float
    function: Callable[..., None]
    of: str = ""


def hidden_test(function: Callable[..., None], points: float, of: str = "") -> HiddenTest:
    """Return the hidden test of a test function, titled by the first line of its docstring."""
    title = (function.__doc__ or function.__name__).strip().splitlines()[0].rstrip(".")
    return HiddenTest(function.__name__, title, float(points), function, of)


def generator(seed: int, name: str) -> np.random.Generator:
    """Return the random generator of a test, which does not depend on the order of the tests."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def run(
    tests: Iterable[HiddenTest],
    student: Callable[..., Any],
    seed: int,
    tell: Callable[[Verdict], None] = lambda verdict: None,
) -> list[Verdict]:
    """Run each test on the answer.

    Parameters
    ----------
    tests : iterable of HiddenTest
        The tests.
    student : callable
        The learner's function or class, or a proxy that calls it in another process. A proxy has
        an attribute ``watched``, which calls it, too, and returns the answer and its `Effects`;
        and ``each`` and ``watched_each``, which do the same for several calls at once.
    seed : int
        Seed of the tests' inputs.
    tell : callable, optional
        Called with each verdict when it is known, before a remark on its inputs is added.

    Returns
    -------
    list of Verdict
        One for each test, in order.

    Raises
    ------
    MemoryError
        If a proxy's answer is too large for the memory here.
    """
    tests, answer = list(tests), as_function(student)
    verdicts, remarks = [], []
    for test in tests:
        verdict, remark = _run_one(test, answer, generator(seed, test.name))
        verdicts.append(verdict)
        remarks.append(remark)
        tell(verdict)
    if any(verdict.passed for verdict in verdicts):
        # What fails everywhere has nothing to do with what is unusual in some inputs, and what
        # fails in the same words with others has not, either.
        pairs = list(zip(verdicts, remarks, strict=True))
        usual = {verdict.message for verdict, remark in pairs if not remark}
        verdicts = [
            replace(verdict, message=f"{verdict.message}; {remark}")
            if remark and verdict.message not in usual
            else verdict
            for verdict, remark in pairs
        ]
    if verdicts and all(verdict.passed for verdict in verdicts):
        at, message = _fault(tests, answer)
        if message:
            verdicts[at] = replace(verdicts[at], passed=False, points=0.0, message=message)
    return verdicts


def _fault(tests: list[HiddenTest], student: Callable[..., Any]) -> tuple[int, str]:
    """Return why an answer fails the visible check, and the test that this belongs to.

    What fails there does not earn full marks, although no other input has shown it.
    """
    known = find_function(tests[0].of)
    if known is None:
        return 0, ""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            part, message = next(faults(known, student), ("", ""))
        except AssertionError as error:
            return 0, f"in the visible check, {error}"[:_LONGEST]
        except Exception as error:
            if _is_our_own(error, student):
                raise
            # What has answered all the tests may be out of time by now.
            return 0, ""
    if message and not part:
        return next((at for at, t in enumerate(tests) if _TESTS_INPUTS in t.name), 0), message
    words = [re.findall(r"\w+", test.title) for test in tests]
    named = (at for at, title in enumerate(words) if {part, part.rstrip("0123456789")} & {*title})
    return next(named, 0), message[:_LONGEST]


def _run_one(
    test: HiddenTest, student: Callable[..., Any], rng: np.random.Generator
) -> tuple[Verdict, str]:
    """Return the verdict of a test, and what is unusual about the inputs with which it failed."""
    message = ""
    answer = _Answer(student, test)
    with warnings.catch_warnings():
        # NumPy's warnings are shown in the notebook; they do not affect the mark.
        warnings.simplefilter("ignore")
        try:
            test.function(student=answer, rng=rng)
        except AssertionError as error:
            # Numbers of so little precision have the blame, whatever a test has found.
            message = next(iter(answer.coarse), str(error) or "the property does not hold")
        except AnswerError as error:
            message = str(error)
        except (Exception, SystemExit) as error:
            if _is_our_own(error, student):
                raise
            what = "your class" if isinstance(student, Scripted) else "your function"
            # An answer in another process has raised an `AnswerError`: this is what came back.
            what = f"what came back from {what}" if hasattr(student, "watched") else what
            message = f"{what} raised {type(error).__name__}: {message_of(error)}".rstrip(": ")
            message = "; ".join([message, *notes_of(error)])
    passed = not message
    points = test.points if passed else 0.0
    verdict = Verdict(test.name, test.title, passed, points, test.points, message[:_LONGEST])
    return verdict, "" if passed or answer.coarse else unusual(answer.last)


class _Answer:
    """The learner's function as a test calls it.

    Attributes
    ----------
    coarse : list of str
        A sentence for numbers of half precision in what it returns.
    last : list
        The arguments of the last call whose answer the test has got.
    """

    def __init__(self, student: Callable[..., Any], test: HiddenTest) -> None:
        self._student = student
        self._test = test
        looks = _TESTS_INPUTS in test.name or _TESTS_NEW in test.name
        self._watched = Watched(student) if looks else None
        self.coarse: list[str] = []
        self.last: list[Any] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.last = [args, kwargs]
        if self._watched:
            return self._noted(_untouched(self._test, args, *self._watched(*args, **kwargs)))
        return self._noted(_on_copies(self._student, *args, **kwargs))

    def each(self, calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """Call it with each of these arguments, whatever it answers to the first; yield answers."""
        answers = self._answers(calls)
        for args in calls:
            self.last = [args, {}]
            yield self._noted(next(answers))

    def _answers(self, calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        if self._watched:
            answers = zip(calls, self._watched.each(calls), strict=True)
            return (_untouched(self._test, args, *answer) for args, answer in answers)
        if hasattr(self._student, "watched_each"):
            return iter(self._student.each(calls))  # type: ignore[attr-defined]
        return (_on_copies(self._student, *args) for args in calls)

    def _noted(self, value: Any) -> Any:
        if not self.coarse and (found := place_of_half_precision(value)):
            place, verb = found
            known = find_function(self._test.of)
            returned = known.returns if known else ("the answer",)
            self.coarse.append(half_precision(returned_name(place, returned), verb))
        return value


def _is_our_own(error: BaseException, student: Callable[..., Any]) -> bool:
    """Tell whether an exception means that this process, not the student's, is out of memory."""
    return isinstance(error, MemoryError) and hasattr(student, "watched")


def _on_copies(student: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call an answer with copies of its arguments: it must not change the expected result.

    What runs in another process, and is watched there, gets copies as it is.
    """
    if hasattr(student, "watched"):
        return student(*args, **kwargs)
    return student(*copy.deepcopy(args), **copy.deepcopy(kwargs))


def _untouched(test: HiddenTest, args: tuple[Any, ...], value: Any, effects: Effects) -> Any:
    """Return an answer; raise AssertionError if its call did what it must not do."""
    if effects == NO_EFFECTS:
        return value
    known = find_function(test.of)
    if known is None:
        return value
    if _TESTS_INPUTS not in test.name:
        effects = effects._replace(changes=())
    right = check_data(known.name).cases[0].expected
    for said in effects_in_words(known, effects, args, right):
        raise AssertionError(said)
    return value
