"""Keeps what was read from archives while it may be asked for again."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from workbook.course.zip_files import MAX_FILE_BYTES

# A class may hand in thousands of small archives, of which none is asked for again.
_MOST = 20

_Asked = ParamSpec("_Asked")
_Read = TypeVar("_Read")


def kept(
    size: Callable[[_Read], int],
) -> Callable[[Callable[_Asked, _Read]], Callable[_Asked, _Read]]:
    """Return a decorator for a function that remembers its last answers.

    Together they hold what one student may have in archives, but the last one stays in any case:
    work in several archives is asked for in turn, and to unpack each of them may take seconds.

    Parameters
    ----------
    size : callable
        Returns how many bytes an answer holds.
    """

    def decorated(read: Callable[_Asked, _Read]) -> Callable[_Asked, _Read]:
        held: dict[Hashable, _Read] = {}

        @wraps(read)
        def remembered(*args: _Asked.args, **kwargs: _Asked.kwargs) -> _Read:
            asked = (args, *kwargs.items())
            if asked not in held:
                found = read(*args, **kwargs)
                left = MAX_FILE_BYTES - size(found)
                while held and (len(held) == _MOST or sum(map(size, held.values())) > left):
                    del held[next(iter(held))]
                held[asked] = found
            return held[asked]

        return remembered

    return decorated
