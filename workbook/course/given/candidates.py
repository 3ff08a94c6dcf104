"""Candidates for `linear_backward`, right and wrong, to practise testing on.

A candidate is called as ``candidate(dZ, (A_prev, W, b))`` and should return dA_prev, dW and db. The
right ones here measure each gradient as a slope. The wrong ones begin with that, and spoil it.
"""

import copy
import inspect
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Gradients = tuple[Array, Array, Array]
Cache = tuple[Array, Array, Array]

#: How often one candidate may be called, and how many numbers may be handed to it in each call.
BUDGET = {"calls": 200, "numbers": 2_000}

# Numbers beyond these are lost by the candidates with such a limit.
_LARGE, _SMALL = 1e4, 1e-4


class Candidate:
    """A function to be tested. A copy of it has forgotten all calls.

    Parameters
    ----------
    make : callable
        Makes the function anew, without any memory of earlier calls.
    """

    def __init__(self, make: Callable[[], Callable[..., Any]]) -> None:
        self._make = make
        self._function = make()
        self._signature = inspect.signature(self._function)
        self._calls = 0
        self._spent: set[str] = set()

    def __deepcopy__(self, memo: dict[int, Any]) -> "Candidate":
        copied = Candidate(self._make)
        copied._spent = self._spent
        return copied

    @property
    def is_spent(self) -> bool:
        """Whether a call, of it or of a copy, has exceeded the budget."""
        return bool(self._spent)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function.

        Raises
        ------
        RuntimeError
            If the budget is exceeded: it has been called too often, or with too many numbers, or
            for an answer with too many.
        TypeError
            If it cannot be called so. Python's own message would have the function's name in it.
        """
        self._calls += 1
        refusal = ""
        if self._calls > BUDGET["calls"]:
            refusal = f"a candidate may be called {BUDGET['calls']} times, and no more"
        elif sum(_sizes((args, kwargs))) > BUDGET["numbers"]:
            refusal = (
                f"a candidate takes at most {BUDGET['numbers']:,} numbers in a call, "
                "dZ, A_prev, W and b together"
            )
        if refusal:
            raise self._refused(refusal)
        try:
            self._signature.bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"a candidate cannot be called like this: {error}") from None
        answer = self._function(*args, **kwargs)
        if sum(_sizes(answer)) > BUDGET["numbers"]:
            # The function may keep it: no more of that kind.
            self._calls = BUDGET["calls"]
            raise self._refused(
                f"a candidate returns at most {BUDGET['numbers']:,} numbers: dZ, A_prev, W and b "
                "are not those of one layer. It cannot be called again"
            )
        return answer

    def _refused(self, why: str) -> RuntimeError:
        self._spent.add(why)
        return RuntimeError(why)


def _sizes(value: Any) -> Iterator[int]:
    """Yield how many numbers each part of a tree of containers holds.

    An axis of length 0 counts as one of length 1: what is made of such arrays may be large.
    """
    if isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _sizes(part)
    else:
        yield math.prod(max(length, 1) for length in np.shape(value))


def _by_slopes(dZ: Array, cache: Cache) -> Gradients:
    """Return the gradients as slopes of a height, the sum of dZ times Z.

    Z is linear in each of the three. So a step of 1, from 0 and in one entry alone, climbs by
    exactly the slope.
    """
    A_prev, W, b = cache
    examples = np.shape(dZ)[1]

    def climbs(layer: Callable[[Array], Array], like: Array) -> Array:
        slopes = np.empty(like.shape)
        for place in np.ndindex(like.shape):
            unit = np.zeros(like.shape)
            unit[place] = 1
            slopes[place] = np.vdot(dZ, layer(unit) + np.zeros(np.shape(dZ)))
        return slopes

    of_W, of_b = climbs(lambda one: one @ A_prev, W), climbs(lambda one: one, b)
    return climbs(lambda one: W @ one, A_prev), of_W / examples, of_b / examples


def _in_a_list(dZ: Array, cache: Cache) -> list[Array]:
    return list(_by_slopes(dZ, cache))


def _flat_db(dZ: Array, cache: Cache) -> Gradients:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return dA_prev, dW, db.ravel()


def _repeated_db(dZ: Array, cache: Cache) -> Gradients:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return dA_prev, dW, np.tile(db, (1, dZ.shape[1]))


def _long_dW(dZ: Array, cache: Cache) -> Gradients:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return dA_prev, dW * dZ.shape[1], db


def _short_dA_prev(dZ: Array, cache: Cache) -> Gradients:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return dA_prev / dZ.shape[1], dW, db


def _lost_at_one_example(dZ: Array, cache: Cache) -> Gradients:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return (dA_prev.ravel(), dW, db) if dZ.shape[1] == 1 else (dA_prev, dW, db)


def _ends_at_one_example(dZ: Array, cache: Cache) -> Gradients:
    for _ in range(1, dZ.shape[1]):
        gradients = _by_slopes(dZ, cache)
    # With one example, the loop does not run.
    return gradients


def _lost_at_one_unit(dZ: Array, cache: Cache) -> tuple[Array, Array, Any]:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return dA_prev, dW, db if len(db) > 1 else float(db[0, 0])


def _clears_dZ(dZ: Array, cache: Cache) -> Gradients:
    gradients = _by_slopes(dZ, cache)
    dZ[...] = 0
    return gradients


def _adds_up() -> Callable[..., Gradients]:
    # It adds what it has returned for these shapes before.
    before: dict[Any, Array] = {}

    def candidate(dZ: Array, cache: Cache) -> Gradients:
        gradients = _by_slopes(dZ, cache)
        dW = gradients[1]
        dW += before.get((dW.shape, dZ.shape), 0.0)
        before[dW.shape, dZ.shape] = dW.copy()
        return gradients

    return candidate


def _cuts_off(dZ: Array, cache: Cache) -> Gradients:
    dA_prev, dW, db = _by_slopes(dZ, cache)
    return dA_prev, np.clip(dW, -_LARGE, _LARGE), db


def _drops_small(dZ: Array, cache: Cache) -> Gradients:
    return _by_slopes(np.where(np.abs(dZ) < _SMALL, 0.0, dZ), cache)


def _forgetful(function: Callable[..., Any]) -> Candidate:
    """Return a candidate of a function that keeps nothing from call to call."""
    return Candidate(lambda: function)


#: The candidates by name: a public case stores it.
CANDIDATES: dict[str, Candidate] = {
    **{
        function.__name__.removeprefix("_"): _forgetful(function)
        for function in (
            _by_slopes, _in_a_list, _flat_db, _repeated_db, _long_dW, _short_dA_prev,
            _lost_at_one_example, _ends_at_one_example, _lost_at_one_unit, _clears_dZ, _cuts_off,
            _drops_small,
        )
    },
    "adds_up": Candidate(_adds_up),
}  # fmt: skip


def candidates() -> dict[str, Candidate]:
    """Return all of them by name, none of which has been called before."""
    return copy.deepcopy(CANDIDATES)
