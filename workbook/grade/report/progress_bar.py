"""The progress of a grading: a live bar in a terminal, elsewhere a line now and then."""

import math
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from workbook.grade.submissions.plan import Graded

#: Takes the number of submissions that are done, and the number of these that failed.
Tick = Callable[[int, int], None]

# A smaller class is graded before anyone could read the bar.
_WORTH_WATCHING = 20
# Without a terminal: the shortest and the longest time between two lines.
_SECONDS, _MOST_SECONDS = 10.0, 60.0
_TENTH = 0.1


@contextmanager
def progress_bar(total: int) -> Iterator[Tick]:
    """Show the progress of a grading on standard error while the context lasts.

    Parameters
    ----------
    total : int
        Number of submissions.

    Yields
    ------
    Tick
        To be called when another submission is done.
    """
    if total < _WORTH_WATCHING:
        yield lambda done, failed: None
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        with _live(total) as tick:
            yield tick
    else:
        yield Lines(total)


@contextmanager
def _live(total: int) -> Iterator[Tick]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed"),
        _Rate(),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    # Standard output may be a file: do not send it to the terminal, above the bar.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    with bar:
        task = bar.add_task("Grading", total=total, failed=0)

        def tick(done: int, failed: int) -> None:
            # The last submissions must still be entered, and their feedback written.
            doing = "Grading" if done < total else "Finishing"
            bar.update(task, completed=done, failed=failed, description=doing)

        yield tick


class _Rate(ProgressColumn):
    """The column of submissions per second."""

    def render(self, task: Task) -> Text:
        """Return the rate over the last half minute."""
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "-/s")


class Lines:
    """Prints the progress now and then, as a line for a log.

    Parameters
    ----------
    total : int
        Number of submissions.
    say : callable, optional
        Prints a line; on standard error if not given.
    clock : callable, optional
        Returns the time in seconds.
    """

    def __init__(
        self,
        total: int,
        say: Callable[[str], None] = lambda line: click.echo(line, err=True),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._say = say
        self._clock = clock
        self._then = clock()
        self._said = 0

    def __call__(self, done: int, failed: int) -> None:
        """Print the number of finished submissions, unless it was printed a moment ago."""
        seconds, more = self._clock() - self._then, done - self._said
        due = more >= _TENTH * self._total or seconds >= _MOST_SECONDS
        if not more or seconds < _SECONDS or not due or done >= self._total:
            return
        # Over the time since the last line: submissions that had not changed go much faster.
        rate = more / seconds
        # Rounded up to ten seconds: the estimate is no better than that.
        left = 10 * math.ceil((self._total - done) / rate / 10)
        self._say(
            f"Graded {done:,} of {self._total:,}, {failed:,} failed, {rate:.1f} a second, "
            f"about {duration(left)} left"
        )
        self._then, self._said = self._clock(), done


def duration(seconds: float) -> str:
    """Return a time in words: "0.4 s", "35 s", "4 min 10 s", "2 h 5 min"."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def time_spent(graded: Graded) -> str:
    """Return a paragraph: how many were judged and, for a class, where the time went."""
    seconds = graded.seconds
    unchanged = len(graded.lines) - graded.judged
    text = f"{graded.judged:,} judged, {unchanged:,} had not changed: {duration(seconds['total'])}."
    if len(graded.lines) < _WORTH_WATCHING:
        return text
    here = {
        "reading": seconds["reading"],
        "gradebook": seconds["gradebook"],
        "grades and report": seconds["report"],
        "waiting for the judges": seconds["waiting"],
    }
    here["other"] = seconds["total"] - sum(here.values())
    listed = ", ".join(f"{part} {duration(spent)}" for part, spent in here.items() if spent > 0.05)
    text += f"\nOf that: {listed}." if listed else ""
    if graded.judged:
        text += f" The judges judged for {duration(seconds['judging'])}"
        if seconds["pages"]:
            text += f" and made pages for {duration(seconds['pages'])}"
        text += ", all together."
    return text
