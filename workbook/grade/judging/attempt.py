"""Runs a student's notebook, and calls its functions in the student's process."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from workbook.course.cases import check_data
from workbook.course.exercises import Exercise
from workbook.course.hidden_tests import AnswerError
from workbook.diagnosis.diagnosis import diagnose, observe, past_asserts
from workbook.diagnosis.undefined import names_in
from workbook.grade.judging.notebook_run import NotebookRun
from workbook.grade.judging.places import CodeCell
from workbook.grade.judging.progress import Progress
from workbook.grade.judging.reference_calls import Earlier
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.judging.time_limit import OutOfTimeError, own_time, until

_LONGEST_DIAGNOSIS = 2000
# All calls for the diagnosis of a function together may take so long.
_DIAGNOSIS_SECONDS = 2.0
# After that, to find a sentence for what they have returned.
_GRACE_SECONDS = 1.0


@dataclass(frozen=True)
class Answer:
    """One function of the student's, as the hidden tests call it."""

    attempt: "Attempt"
    name: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function; raise AnswerError with a message for the student."""
        return next(self.attempt.calls(self.name, [args], kwargs))

    def each(self, calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """Call the function with each of these arguments, all sent at once; yield the answers."""
        return self.attempt.calls(self.name, calls)

    def watched(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function; return its answer and the `Effects` of the call."""
        return next(self.attempt.calls(self.name, [args], kwargs, watched=True))

    def watched_each(self, calls: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """Call the function with each of these; yield answers and the `Effects` of the calls."""
        return self.attempt.calls(self.name, calls, watched=True)


@dataclass
class Attempt:
    """A student's notebook, whose functions are judged where their tests stand.

    Attributes
    ----------
    run : NotebookRun
        Runs the notebook's cells.
    reference : callable
        Returns the right version of a function, by its name.
    exercise : Exercise
        What the notebook is about.
    cells : list of CodeCell
        The code to run.
    places : dict of str to int
        For each function, the number of the first cell that is not run before its tests.
    progress : Progress
        What the tests have found so far.
    of_experiments : callable, optional
        Returns the names that the lesson's own experiments define.
    undefined : set of str
        Functions that the notebook turned out not to define.
    """

    run: NotebookRun
    reference: Callable[[str], Callable[..., Any]]
    exercise: Exercise
    cells: list[CodeCell]
    places: dict[str, int]
    progress: Progress
    of_experiments: Callable[[], frozenset[str]] = frozenset
    undefined: set[str] = field(default_factory=set)

    @property
    def status(self) -> str:
        """The result's status; what went wrong in cells counts only if a function is missing."""
        run = self.run
        return run.cells_status if run.status == "graded" and self.undefined else run.status

    def in_order(self) -> Iterator[str]:
        """Yield each function when it is to be judged: when the cells above its tests have run.

        If it is not defined by then, or only by the untouched stub, the cells below are run, too,
        and it is judged as soon as one of them has defined it.
        """
        waiting = sorted(self.exercise.functions, key=lambda name: self.places[name])
        # Those that may stand in any cell.
        sought = set(waiting) - {cell.answers for cell in self.cells if not cell.is_stub}
        for cell in [*self.cells, None]:
            for name in list(waiting):
                if cell is None or self.places[name] <= cell.number:
                    if name in sought or not self.run.defines(name, stub=False):
                        sought.add(name)
                    else:
                        waiting.remove(name)
                        yield name
            if cell is None or not waiting:
                break
            if cell.is_stub and cell.answers not in sought:
                # The answer stands above, and the stub would take its place.
                continue
            self.run.wanted.append(cell)
            for name in [one for one in sought if self.run.defines(one, stub=False)]:
                sought.remove(name)
                self.run.notes.append(f"{name} was found in cell {cell.shown}")
        yield from waiting

    def calls(
        self,
        name: str,
        each: Sequence[tuple[Any, ...]],
        kwargs: Mapping[str, Any] = MappingProxyType({}),
        watched: bool = False,
    ) -> Iterator[Any]:
        """Call a function of the notebook with each of these arguments, and yield its answers.

        Raises
        ------
        AnswerError
            If there is none; the message is for the student.
        """
        run = self.run
        session = run.running_session()
        try:
            if not run.defines(name):
                self.undefined.add(name)
                raise AnswerError(self._why_undefined(name))
            yield from session.calls(name, each, dict(kwargs), watched, self.beside(name))
        except SessionEndedError as ended:
            run.note_end(ended)
            raise
        except AnswerError as error:
            raised = error.raised
            if raised is None or raised.kind != "NameError" or not raised.names:
                raise
            name = raised.names[0]
            why = run.reason(name, ". It is not defined because ")
            if not why and name in self.of_experiments() - names_in(
                cell.source for cell in self.cells
            ):
                why = (
                    f". Only an experiment of the lesson defines {name}: define it in a cell of "
                    "your own, above the check"
                )
            raise AnswerError(f"{error}{why}", raised) from None
        finally:
            run.take_limits(session, in_call=True)

    def _why_undefined(self, name: str) -> str:
        why = self.run.reason(name, ": ")
        if not why and name in names_in(cell.source for cell in self.run.wanted):
            return (
                f"{name} is not a function where its tests stand: a line above them gives the "
                "name another value, or deletes it"
            )
        return f"the notebook does not define {name}{why}"

    def diagnosis(self, name: str) -> str | None:
        """Return what is said of the mistakes in an answer, if anything."""
        session = self.run.session
        if session is None or session.ended is not None or name in self.undefined:
            return None
        # What the machine has taken until now is not of this time.
        session.give_back()
        began, reached, before = time.monotonic(), set(session.reached), session.deadline
        end = own_time(_DIAGNOSIS_SECONDS + _GRACE_SECONDS)

        def given_back() -> float:
            return session.deadline - before

        try:
            # What this process itself waited for may be given back twice, which harms nobody.
            with until(lambda: end() + given_back()):
                said = self._diagnosis(
                    session, name, lambda: began + _DIAGNOSIS_SECONDS + given_back()
                )
        except OutOfTimeError:
            # It may have been in the middle of a message.
            session.close()
            return None
        except Exception:
            # It explains a mark; it must never be in the way of one.
            return None
        finally:
            # Nor may its time, or a limit that it reaches, count for the student.
            session.reached = reached
            self.run.extend(time.monotonic() - began)
        return said and said[:_LONGEST_DIAGNOSIS]

    def _diagnosis(self, session: Session, name: str, deadline: Callable[[], float]) -> str | None:
        """Return what is said of an answer; None if its calls take or return more than they may."""

        def left() -> float:
            if deadline() <= time.monotonic():
                session.give_back()
            return deadline() - time.monotonic()

        def call(asserts: bool, watched: bool, *args: Any) -> Any:
            seconds = left()
            if seconds <= 0 or self.progress.is_large:
                raise TimeoutError
            return session.call(name, args, {}, watched, self.beside(name), seconds, asserts)

        cases = check_data(name).cases
        answer, stripped = (partial(call, asserts, False) for asserts in (True, False))
        answer.watched = partial(call, True, True)  # type: ignore[attr-defined]
        stripped.watched = partial(call, False, True)  # type: ignore[attr-defined]
        seen = past_asserts(observe(answer, cases), stripped, cases)
        if session.ended is not None or left() <= 0 or self.progress.is_large:
            return None
        failed = self.run.undefining
        others = (c.source for c in self.cells if c.answers != name and c not in failed)
        return diagnose(name, seen, cells=others)

    def beside(self, name: str) -> Earlier:
        """Return right versions of those functions of the same lab that a function calls."""
        uses = next(known.uses for known in self.exercise.written if known.name == name)
        return {one: self.reference(one) for one in uses if one in self.exercise.functions}
