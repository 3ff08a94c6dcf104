"""Runs a student's notebook, and calls its functions in the student's process."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from workbook.course.cases import check_data
from workbook.course.exercises import Exercise
from workbook.course.hidden_tests import AnswerError
from workbook.diagnosis.diagnosis import diagnose, observe
from workbook.diagnosis.undefined import names_in
from workbook.grade.judging.reference_calls import Earlier
from workbook.grade.judging.session import Session, SessionEndedError, raised
from workbook.grade.sandbox.cells import NeedsIPythonError

_LONGEST_DIAGNOSIS = 2000


@dataclass(frozen=True)
class CodeCell:
    """One cell of code to run.

    Attributes
    ----------
    number : int
        Its number among all cells of the notebook, from 1.
    source : str
        Its text.
    needed : bool
        Whether it is a cell of the course's that answers depend on: the imports or an answer. The
        others are the student's own, and experiments that were changed.
    """

    number: int
    source: str
    needed: bool


@dataclass(frozen=True)
class Answer:
    """One function of the student's, as the hidden tests call it."""

    attempt: "Attempt"
    name: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the student's function; raise AnswerError with a message for the student."""
        return self.attempt.call(self.name, args, kwargs)

    def watched(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function; return its answer and the `Effects` of the call."""
        return self.attempt.call(self.name, args, kwargs, watched=True)


@dataclass
class Attempt:
    """A student's notebook in a session, which starts again after a test has ended it.

    Attributes
    ----------
    start : callable
        Called with whether IPython is to be imported, and with the seconds that are left for the
        notebook; returns a new session.
    reference : callable
        Returns the right version of a function, by its name.
    exercise : Exercise
        What the notebook is about.
    cells : list of CodeCell
        The code to run before a function can be called.
    deadline : float
        When all work on the notebook ends, on the clock of `time.monotonic`.
    with_ipython : bool
        Whether the session's process has imported IPython and matplotlib, or is to import them.
    undefined : set of str
        Functions that the notebook turned out not to define.
    """

    start: Callable[[bool, float], Session]
    reference: Callable[[str], Callable[..., Any]]
    exercise: Exercise
    cells: list[CodeCell]
    deadline: float
    with_ipython: bool
    status: str = "graded"
    notes: list[str] = field(default_factory=list)
    limits: set[str] = field(default_factory=set)
    undefined: set[str] = field(default_factory=set)
    _defined: set[str] = field(default_factory=set)
    _session: Session | None = None
    _running: CodeCell | None = None
    _only_definitions: bool = False
    _first_error: str = ""
    _cannot_run: AnswerError | None = None

    def call(
        self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any], watched: bool = False
    ) -> Any:
        """Call a function of the notebook; raise AnswerError with a message for the student."""
        if self._cannot_run is not None:
            raise self._cannot_run
        try:
            session = self._running_session()
            self._check_defined(session, name)
            return session.call(name, args, kwargs, watched, self.beside(name))
        except SessionEndedError as ended:
            self.status = ended.status
            if str(ended) not in self.notes:
                self.notes.append(str(ended))
            raise
        finally:
            self._note_limits()

    def diagnosis(self, name: str) -> str | None:
        """Return a sentence about the known mistake that an answer shows, if any."""
        session = self._session
        if session is None or session.ended is not None or self._cannot_run is not None:
            return None
        if name in self.undefined:
            return None

        def answer(*args: Any) -> Any:
            return session.call(name, args, {}, beside=self.beside(name))

        def watched(*args: Any) -> Any:
            return session.call(name, args, {}, watched=True, beside=self.beside(name))

        answer.watched = watched  # type: ignore[attr-defined]
        try:
            seen = observe(answer, check_data(name).cases)
            elsewhere = names_in(cell.source for cell in self.cells)
            said = diagnose(name, seen, elsewhere=elsewhere)
        except Exception:
            # It explains a mark; it must never be in the way of one.
            return None
        return said and said[:_LONGEST_DIAGNOSIS]

    def close(self) -> None:
        """End the session."""
        if self._session is not None:
            self._session.close()

    def _running_session(self) -> Session:
        """Return a session in which the notebook has been run."""
        if self._session is not None and self._session.ended is None:
            return self._session
        if time.monotonic() >= self.deadline:
            self._cannot_run = AnswerError("earlier tests have used up the time for this notebook")
            raise self._cannot_run
        self._session = self.start(self.with_ipython, self.deadline - time.monotonic())
        # A new process takes a second, and it is not the student who takes it.
        self.deadline = self._session.deadline
        self._defined = set()
        try:
            self._run_cells(self._session)
        except NeedsIPythonError:
            self._session.close()
            self.with_ipython = True
            return self._running_session()
        except SessionEndedError as ended:
            if not self._leave_out(ended):
                raise self._given_up(ended) from None
            return self._running_session()
        return self._session

    def _leave_out(self, ended: SessionEndedError) -> bool:
        """Leave out the student's own cells if one has ended the session; return whether one has.

        Learners play: a long training in a cell of their own must not cost them their answers.
        """
        if self._only_definitions or self._running is None or self._running.needed:
            return False
        self._only_definitions = True
        self._note_limits()
        self.status = ended.status
        self.notes.append(
            f"{ended}. Your answers are judged without it: of cells that hold no answer, only the "
            "imports, functions and plain values were taken"
        )
        return True

    def _given_up(self, ended: SessionEndedError) -> SessionEndedError:
        """Note that the notebook cannot be run, and return the error."""
        self._cannot_run = AnswerError(f"your notebook could not be run: {ended}")
        return ended

    def _check_defined(self, session: Session, name: str) -> None:
        """Raise AnswerError unless the notebook defines the function."""
        if name in self._defined:
            return
        if name not in self.undefined:
            try:
                defined = session.defines(name)
            except SessionEndedError as ended:
                raise self._given_up(ended) from None
            (self._defined if defined else self.undefined).add(name)
        if name in self.undefined:
            raise AnswerError(self._first_error or f"the notebook does not define {name}")

    def beside(self, name: str) -> Earlier:
        """Return right versions of those functions of the same lab that a function calls."""
        uses = next(known.uses for known in self.exercise.written if known.name == name)
        return {one: self.reference(one) for one in uses if one in self.exercise.functions}

    def _run_cells(self, session: Session) -> None:
        for cell in self.cells:
            self._running = cell
            only_definitions = self._only_definitions and not cell.needed
            reply = session.run_cell(cell.number, cell.source, only_definitions)
            self.notes += [one for one in reply.get("notes", ()) if one not in self.notes]
            error = reply["error"]
            if error and not self._first_error:
                said = "failed: " + raised(error).removeprefix("your function raised ")
                self._first_error = f"cell {cell.number} of the notebook {said}"
                self.notes.append(f"cell {cell.number} {said}")

    def _note_limits(self) -> None:
        self.limits |= self._session.reached if self._session is not None else set()
        if "memory_bytes" in self.limits and self.status == "graded":
            self.status = "out_of_memory"
