"""Runs a notebook's cells in the student's process, again after something has ended it."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.passed_over import PassedOver, passed_over
from workbook.grade.judging.places import CodeCell
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox.cells import NeedsIPythonError

# How many statements that were passed over the notes name, and how many are remembered, as a reason
# why a name is not defined; and how many lines that did nothing the notes name.
_MOST_NAMED, _MOST_REMEMBERED, _MOST_LINES = 20, 200, 50

# What part of the time that is left a cell may take in the second run: something is always left.
_SHARE = 1 / 4
_LEAST_SECONDS = 0.05


@dataclass
class NotebookRun:
    """A notebook's cells, run up to the one that was asked for last.

    If a statement of a cell ends the session, or takes too long, there is a second run, in which
    it is passed over, and others that take long are interrupted. If a test ends the session, the
    cells are run again for the next one.

    Attributes
    ----------
    start : callable
        Called with whether IPython is to be imported, and with the seconds that are left for the
        notebook; returns a new session.
    cell_seconds : float
        Limit of one cell.
    deadline : float
        When all work on the notebook ends, on the clock of `time.monotonic`.
    with_ipython : bool
        Whether the session's process has imported IPython and matplotlib, or is to import them.
    wanted : list of CodeCell
        The cells to run.
    status, cells_status : str
        What went wrong in calls, or where the notebook cannot be run; and in cells.
    crashed : bool
        Whether a process of the notebook has ended by itself.
    """

    start: Callable[[bool, float], Session]
    cell_seconds: float
    deadline: float
    with_ipython: bool
    wanted: list[CodeCell] = field(default_factory=list)
    status: str = "graded"
    cells_status: str = "graded"
    crashed: bool = False
    notes: list[str] = field(default_factory=list)
    limits: set[str] = field(default_factory=set)
    session: Session | None = None
    # How many cells the session has run.
    _ran: int = 0
    # The number of the cell for which there was a second run.
    _second_run: int | None = None
    # Cells' numbers and places of statements in them that are not run again.
    _left_out: set[tuple[int, int]] = field(default_factory=set)
    _passed_over: list[PassedOver] = field(default_factory=list)
    # Notes on lines that did nothing.
    _did_nothing: set[str] = field(default_factory=set)
    _defined: set[tuple[str, bool]] = field(default_factory=set)
    _cannot_run: AnswerError | None = None

    def running_session(self) -> Session:
        """Return a session in which all cells that are wanted have been run.

        Raises
        ------
        AnswerError
            If they cannot be run, or the time is over.
        """
        self.settle()
        session = self.session
        if session is not None and session.ended is None and self._ran == len(self.wanted):
            # For each call of a test.
            return session
        while self._cannot_run is None:
            session = self.session
            if session is None or session.ended is not None:
                session = self._new_session()
            try:
                self._catch_up(session)
                return session
            except NeedsIPythonError:
                session.close()
                self.with_ipython = True
            except SessionEndedError as ended:
                self._pass_over(session, ended)
        raise self._cannot_run

    def settle(self) -> None:
        """Take what still arrives of calls that were sent together with one that ended a test."""
        if self.session is not None and self.session.ended is None:
            self.session.settle()

    def defines(self, name: str, stub: bool = True) -> bool:
        """Tell whether the wanted cells define a function; the untouched stub may not count.

        If they cannot be run, nothing is defined, and a call says why.
        """
        try:
            session = self.running_session()
            if (name, stub) not in self._defined and session.defines(name, stub):
                self._defined |= {(name, stub), (name, True)}
        except SessionEndedError as ended:
            self.note_end(ended)
            return False
        except AnswerError:
            return False
        return (name, stub) in self._defined

    def reason(self, name: str, before: str) -> str:
        """Return why a name is not defined, after some words, or "" if that is not known."""
        known = [one for one in self._passed_over if name in one.names]
        known += [one for one in self._passed_over if name == one.cell.answers]
        return f"{before}{known[0]}" if known else ""

    @property
    def undefining(self) -> set[CodeCell]:
        """Cells in which a statement was passed over that would have defined something."""
        return {statement.cell for statement in self._passed_over if statement.names}

    def note_end(self, ended: SessionEndedError) -> None:
        """Note that the session was ended, other than by a cell that can be passed over."""
        self.status = ended.status
        self.crashed |= ended.status == "crashed"
        if str(ended) not in self.notes:
            self.notes.append(str(ended))

    def take_limits(self, session: Session, in_call: bool = False) -> None:
        """Note the limits that have been reached since this was done last, and time given back."""
        self.deadline = max(self.deadline, session.deadline)
        if not session.reached:
            return
        if "memory_bytes" in session.reached:
            if not in_call:
                self._note_in_cells("out_of_memory")
            elif self.status == "graded":
                self.status = "out_of_memory"
        self.limits |= session.reached
        session.reached.clear()

    def end(self) -> float:
        """Return when the notebook's time ends, with time given back during a call included."""
        return max(self.deadline, self.session.deadline if self.session else 0.0)

    def extend(self, seconds: float) -> None:
        """Give the notebook more time: so much was used for what is not the student's."""
        self.deadline += seconds
        if self.session is not None:
            self.session.deadline += seconds

    def close(self) -> None:
        """End the session."""
        if self.session is not None:
            self.session.close()

    def _new_session(self) -> Session:
        if time.monotonic() >= self.deadline:
            self._cannot_run = AnswerError("earlier tests have used up the time for this notebook")
            raise self._cannot_run
        session = self.start(self.with_ipython, self.deadline - time.monotonic())
        if self.session is not None:
            session.go_on_from(self.session)
        # A new process takes a second, and it is not the student who takes it.
        self.deadline = session.deadline
        self.session, self._ran = session, 0
        self._defined.clear()
        return session

    def _catch_up(self, session: Session) -> None:
        """Run the cells that are wanted and have not been run in this session."""
        while self._ran < len(self.wanted):
            cell = self.wanted[self._ran]
            left_out = [place for number, place in self._left_out if number == cell.number]
            seconds = None
            if self._second_run is not None and cell.number >= self._second_run:
                left = (self.deadline - time.monotonic()) * _SHARE
                seconds = max(min(self.cell_seconds, left), _LEAST_SECONDS)
            stub_of = cell.answers if cell.is_stub else ""
            failures = session.run_cell(cell.shown, cell.source, stub_of, left_out, seconds)
            self._ran += 1
            self._note_lines(session)
            self.take_limits(session)
            for failure in failures:
                statement = passed_over(cell, failure)
                if statement.too_slow:
                    self._left_out.add((cell.number, statement.place))
                    self._note_in_cells("timeout")
                self._note(statement)

    def _pass_over(self, session: Session, ended: SessionEndedError) -> None:
        """Prepare the second run after a cell has ended the session, or note that there is none."""
        self.take_limits(session)
        if self._second_run is not None or time.monotonic() >= self.deadline:
            self.note_end(ended)
            self._cannot_run = AnswerError(f"your notebook could not be run: {ended}")
            return
        self._note_in_cells(ended.status)
        self.crashed |= ended.status == "crashed"
        cell, (place, line) = self.wanted[self._ran], session.statement
        self._second_run = cell.number
        self._left_out.add((cell.number, place))
        reason = str(ended).removeprefix(f"cell {cell.shown} ")
        if ended.status == "crashed":
            how = re.search(r" \(SIG\w+\)$|, for there was .*", reason)
            reason = "ended the process" + (how[0] if how else "")
        self._note(PassedOver(cell, line, reason))

    def _note_lines(self, session: Session) -> None:
        """Note the lines that did nothing, each of them once."""
        for note in session.notes:
            if len(self._did_nothing) <= _MOST_LINES and note not in self._did_nothing:
                self._did_nothing.add(note)
                is_named = len(self._did_nothing) <= _MOST_LINES
                self.notes.append(
                    note if is_named else "more lines did nothing than are named here"
                )
        session.notes.clear()

    def _note(self, statement: PassedOver) -> None:
        """Note a statement that was passed over, once."""
        if len(self._passed_over) == _MOST_REMEMBERED or statement in self._passed_over:
            return
        self._passed_over.append(statement)
        note = f"{statement}. It was passed over"
        if len(self._passed_over) <= _MOST_NAMED:
            # Two statements may stand in one line.
            self.notes += [note] if note not in self.notes else []
        elif len(self._passed_over) == _MOST_NAMED + 1:
            self.notes.append("more statements were passed over than are named here")

    def _note_in_cells(self, status: str) -> None:
        if self.cells_status == "graded":
            self.cells_status = status
