"""Settings of a site, fixed before it is built."""

from dataclasses import dataclass
from pathlib import Path

from workbook.course.folder import Course


@dataclass(frozen=True)
class Site:
    """A website that is being built.

    Attributes
    ----------
    course : Course
        The course that it shows.
    folder : pathlib.Path
        Where it is written.
    wheel : str
        The file name of the course's wheel, which lies in `wheels/`.
    address : str or None
        Its public address, without a slash at the end; None where none is set.
    offline : pathlib.Path or None
        The folder that holds Pyodide and its packages; None to take them from Pyodide's CDN.
    self_study : bool
        Whether the wheel holds the solutions.
    """

    course: Course
    folder: Path
    wheel: str
    address: str | None
    offline: Path | None
    self_study: bool
