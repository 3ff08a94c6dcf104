"""The judge's side of one submission: run its cells, call its function, end it."""

import math
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from workbook.course.effects import NO_EFFECTS, read_effects
from workbook.course.exercises import is_class
from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.exceptions import as_raised, limit_of, raised
from workbook.grade.judging.reference_calls import ARGUMENT, Argument, Earlier
from workbook.grade.judging.student_process import NOTHING, SessionEndedError, StudentProcess
from workbook.grade.sandbox import skipped
from workbook.grade.sandbox.cells import NeedsIPythonError
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.sandbox.wire import Message
from workbook.grade.submissions.faults import GraderError
from workbook.grade.submissions.limits import Limits

# The exceptions of one cell that a result tells of.
_MOST_FAILURES = 20

# What a cell may take beyond the time after which its own process interrupts it.
_GRACE_SECONDS = 1.0

# Seconds for the reply to a call whose answer nobody has asked for.
_PATIENCE = 1.0


class Session(StudentProcess):
    """One submission in the student's process.

    Parameters
    ----------
    warm : WarmProcess
        Where the submission's process is forked from.
    limits : Limits
        What it may use.
    earlier : mapping of str to callable
        Right versions of the earlier exercises, which the judge serves.
    deadline : float
        When all work on the submission ends, on the clock of `time.monotonic`.
    seed : int, optional
        What the student's process draws from, with NumPy's or Python's own generator; another one
        than the tests'.
    on_large : callable, optional
        Called when the student's process sends more than any right answer holds.

    Raises
    ------
    GraderError
        If the process does not start. All methods raise it, too, where something goes wrong that
        the student's code has no part in.
    """

    def __init__(
        self,
        warm: WarmProcess,
        limits: Limits,
        earlier: Earlier,
        deadline: float,
        seed: int = 0,
        on_large: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(warm, limits, earlier, deadline, on_large)
        self._seed: int | None = seed
        # Replies to calls that were sent together.
        self._unread: Iterator[Message] = iter(())
        #: Notes on lines that did nothing.
        self.notes: list[str] = []

    def run_cell(
        self,
        number: int,
        source: str,
        stub_of: str = "",
        passed_over: Collection[int] = (),
        seconds: float | None = None,
    ) -> list[dict[str, Any]]:
        """Run one cell; return the exceptions of its statements that have failed.

        Parameters
        ----------
        number : int
            Its number in the notebook.
        source : str
            Its text.
        stub_of : str, optional
            The function whose untouched stub it holds.
        passed_over : collection of int, optional
            Places of the statements that are not to be run.
        seconds : float, optional
            The time for the cell, after which what still runs is interrupted. Without, the limit
            for a cell holds, and ends the session.

        Raises
        ------
        NeedsIPythonError
            If the cell needs IPython, and this process has not imported it; nothing has been run.
        """
        body: dict[str, Any] = {"source": source, "stub_of": stub_of, "seconds": seconds}
        body["passed_over"] = list(passed_over)
        # With the first cell; later ones go on from where they are.
        body["seed"], self._seed = self._seed, None
        at_most = None if seconds is None else seconds + _GRACE_SECONDS
        reply = self._ask("cell", body, "cell_seconds", f"cell {number}", at_most=at_most)
        if reply.kind == "more" and not self._warm.with_ipython:
            raise NeedsIPythonError
        found = reply.body if reply.kind == "done" and isinstance(reply.body, dict) else {}
        failures = found.get("failures")
        if not isinstance(failures, list):
            raise self._end("crashed", "the student's process sent something that is not a reply")
        if found.get("cut") is True:
            self.reached.add("output_characters")
        self.notes += skipped.notes(number, source, found.get("skipped"))
        failures = [one for one in failures[:_MOST_FAILURES] if isinstance(one, dict)]
        self.reached |= set(map(self._limit_of, failures)) - {""}
        return failures

    def put_files(self, files: Mapping[str, bytes]) -> None:
        """Put files into the working folder, before the first cell runs."""
        arrays = {name: np.frombuffer(data, np.uint8) for name, data in files.items()}
        problem = self._ask("files", arrays, "cell_seconds", "the copying of your files").body
        if problem is not None:
            raise GraderError(f"the files beside the notebook could not be written ({problem})")

    def defines(self, name: str, stub: bool = True) -> bool:
        """Tell whether the notebook defines a function of this name; a stub may not count."""
        body = {"name": name, "stub": stub}
        return self._ask("defined", body, "cell_seconds", name).body is True

    def call(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        watched: bool = False,
        beside: Earlier = NOTHING,
        seconds: float | None = None,
        asserts: bool = True,
    ) -> Any:
        """Call a function of the notebook and return its answer; see `calls`."""
        return next(self.calls(name, [args], kwargs, watched, beside, seconds, asserts))

    def calls(
        self,
        name: str,
        each: Sequence[tuple[Any, ...]],
        kwargs: dict[str, Any],
        watched: bool = False,
        beside: Earlier = NOTHING,
        seconds: float | None = None,
        asserts: bool = True,
    ) -> Iterator[Any]:
        """Call a function of the notebook and yield its answers; its arguments stay as they are.

        Calls are sent together, and made one after the other until one of them raises, even if
        nobody asks for the other answers: see `settle`.

        Parameters
        ----------
        name : str
            The function's name.
        each : sequence of tuple
            Its positional arguments in each call. One that is a function is served by the judge
            when it is called, and a generator stands for one in the student's process that has
            its seed, and goes on there from call to call: such calls are sent one by one.
        kwargs : dict
            Its other arguments.
        watched : bool, optional
            Whether to yield pairs, an answer and the `Effects` of the call.
        beside : mapping of str to callable, optional
            Right versions of functions of the same notebook: while this call lasts, the judge
            serves them in the place of the student's own.
        seconds : float, optional
            The time for a call, if it is to be shorter than the limit for one.
        asserts : bool, optional
            Whether the function's own `assert` statements hold.

        Raises
        ------
        AnswerError
            If the function raises, or the process ends; the message is for the student.
        """
        if len(each) > 1 and any(map(_stands_for_another, chain(*each))):
            for args in each:
                yield from self.calls(name, [args], kwargs, watched, beside, seconds, asserts)
            return
        arguments, served = _sent(each)
        body = {"name": name, "kwargs": kwargs, "watched": watched, "asserts": asserts}
        body |= {"beside": list(beside), **arguments}
        at_most = None if seconds is None else min(seconds, self._limits.call_seconds)
        self._unread = self._replies(
            len(each), "call", body, "call_seconds", name, {**beside, **served}, at_most
        )
        for reply in self._unread:
            if reply.kind == "raised":
                raise self._error(name, reply.body)
            try:
                value, told = reply.body["value"], reply.body["effects"]
                effects = NO_EFFECTS if told is None else read_effects(told)
            except (LookupError, TypeError, ValueError):
                raise self._end(
                    "crashed", "the student's process sent something that is not a reply"
                ) from None
            yield (value, effects) if watched else value

    def settle(self) -> None:
        """Take the replies to calls that were sent together and whose answers nobody has asked for.

        The process is ended if there is something in the way: that is held against nobody, for
        without the calls before them these would not have been made.
        """
        reached, self._patience = set(self.reached), _PATIENCE
        try:
            deque(self._unread, maxlen=0)
        except SessionEndedError:
            self.reached = reached
        finally:
            self._patience = math.inf

    def _error(self, name: str, error: Any) -> AnswerError:
        """Return the exception that a function has raised, for the student."""
        limit = self._limit_of(error)
        self.reached |= {limit} - {""}
        more = f". The limit is {self._limits.named(limit)}" if limit else ""
        what = "your class" if is_class(name) else "your function"
        return AnswerError(raised(error, what) + more, as_raised(error))

    def _limit_of(self, error: Any) -> str:
        """Return the name of the limit that an exception reports, or ""."""
        limit = limit_of(error)
        if limit in ("written_bytes", "written_files") and (why := self._warm.full_disk):
            raise GraderError(why)
        return limit


def _sent(each: Sequence[tuple[Any, ...]]) -> tuple[dict[str, Any], dict[str, Argument]]:
    """Return what is sent of the arguments of some calls, and the functions that the judge serves.

    A function cannot cross: the judge calls it for the student, as it does the earlier ones.
    """
    given = {place: value for place, value in enumerate(each[0]) if callable(value)}
    seeds = [
        [place, value.bit_generator.seed_seq.entropy]  # type: ignore[attr-defined]
        for place, value in enumerate(each[0])
        if isinstance(value, np.random.Generator)
    ]
    if other := {*given, *(place for place, _ in seeds)}:
        each = [
            tuple(None if place in other else value for place, value in enumerate(args))
            for args in each
        ]
    served = {f"{ARGUMENT}{place}": Argument(function) for place, function in given.items()}
    return {"each": each, "functions": list(given), "generators": seeds}, served


def _stands_for_another(value: Any) -> bool:
    """Tell whether an argument cannot cross, so that another one is handed over for it."""
    return callable(value) or isinstance(value, np.random.Generator)
