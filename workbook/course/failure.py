"""The failure of a command: a message for the user, and an exit status."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import click

WRONG_USAGE = 2


class Failure(click.ClickException):
    """A message for the user, and exit status 2."""

    exit_code = WRONG_USAGE


@contextmanager
def as_failure(*errors: type[Exception]) -> Iterator[None]:
    """End the command with the text of an error, if it is of one of these classes."""
    try:
        yield
    except errors as error:
        raise Failure(str(error)) from error


def check_installed(names: Iterable[str], extra: str = "grade") -> None:
    """Fail if one of these packages is not installed; they are not imported, which takes time."""
    for name in names:
        if find_spec(name) is None:
            raise missing_extra(ModuleNotFoundError(f"No module named {name!r}"), extra)


def missing_extra(error: ImportError, extra: str = "grade") -> Failure:
    """Return the failure of a command that needs a package of one of the extras."""
    what = "a learner's installation" if extra == "grade" else "is installed here"
    return Failure(
        f'this needs more than {what} ({error}); run `pip install "backprop-workbook[{extra}]"`'
    )
