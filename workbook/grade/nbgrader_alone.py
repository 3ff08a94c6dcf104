"""Keeps other commands out of a course's folder while ``nbgrader autograde`` works in it."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from weakref import finalize

from nbgrader.converters.base import NbGraderException

from workbook.grade.submissions.results import CannotWriteError, alone_in


@contextmanager
def alone_to_the_end(converter: Any) -> Iterator[None]:
    """Keep other commands out of the folder of a course until a converter of nbgrader's has ended.

    nbgrader says only that a converter begins, when it makes its exporter.

    Parameters
    ----------
    converter : nbgrader.converters.BaseConverter
        It converts its notebooks after this context, unless something has failed in it.

    Raises
    ------
    NbGraderException
        If the folder cannot be opened, or if another command is at work in it and the formgrader
        asks: a whole Jupyter server would wait with it.
    """
    root, say = Path(converter.coursedir.root), converter.log.warning
    if asyncio._get_running_loop() is not None:
        say = partial(_refuse, root, converter.log)
    with ExitStack() as failing:
        try:
            failing.enter_context(alone_in(root, say))
        except CannotWriteError as error:
            converter.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        yield
        alone = failing.pop_all()
    convert = converter.convert_notebooks

    def convert_alone() -> None:
        with alone:
            convert()

    converter.convert_notebooks = convert_alone
    # The formgrader goes on after one that is never asked to convert.
    finalize(converter, alone.close)


def _refuse(root: Path, log: Any, _: str) -> None:
    said = f"another command is at work in {root}; autograde again once it has ended"
    log.error(said)
    raise NbGraderException(said)
