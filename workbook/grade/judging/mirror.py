"""Changes that a student's function made to its arguments, made in the judge's own."""

from typing import Any

import numpy as np


def mirrored(ours: Any, theirs: Any) -> Any:
    """Return our object with their contents, or theirs where ours cannot hold them.

    Parameters
    ----------
    ours : object
        An argument of a call, changed in place: an array, or a tree of dicts, lists and tuples.
    theirs : object
        The student's copy of it, as the call has left it.
    """
    if isinstance(ours, np.ndarray) and isinstance(theirs, np.ndarray):
        if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
            return theirs
        ours[...] = theirs
    elif type(ours) is not type(theirs):
        return theirs
    elif isinstance(ours, dict):
        for key in ours.keys() - theirs.keys():
            del ours[key]
        for key, value in theirs.items():
            ours[key] = mirrored(ours.get(key), value)
    elif isinstance(ours, list):
        ours[:] = [*map(mirrored, ours, theirs), *theirs[len(ours) :]]
    elif isinstance(ours, tuple):
        for one, other in zip(ours, theirs, strict=False):
            mirrored(one, other)
    else:
        return theirs
    return ours
