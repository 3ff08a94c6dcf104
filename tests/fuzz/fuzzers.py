"""Draws examples and checks them until the time is up, or one breaks a promise."""

import os
import traceback
from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st

from tests.fuzz.frames import nearly_right, other_nodes, trees, wrong_bytes
from tests.fuzz.grading import check_history, histories
from tests.fuzz.plays import check_play, plays
from tests.fuzz.properties import check_bytes, check_tree
from tests.fuzz.reading import check_handed_in, handed_in

Check = Callable[[Any], None]

frames = st.binary(max_size=200) | nearly_right | wrong_bytes | other_nodes

#: By name: what is drawn, what must hold of it, and how many examples are drawn in a row.
FUZZERS: dict[str, list[tuple[st.SearchStrategy[Any], Check, int]]] = {
    "submissions": [(handed_in(), check_handed_in, 200)],
    "wire": [
        (st.tuples(frames, st.integers(1, 300)), check_bytes, 1000),
        (trees, check_tree, 500),
        (plays(), check_play, 500),
    ],
    "grading": [(histories, check_history, 20)],
}


def fuzz(what: str, seconds: float, seed: int, shrink: bool = True) -> tuple[int, str]:
    """Draw examples for so long; return how many there were, and what was found.

    Parameters
    ----------
    what : str
        The name of a fuzzer.
    seconds : float
        How long, about, of a processor's time, so that as much is drawn on a machine that is busy;
        to make an example that fails smaller takes some more.
    seed : int
        The same seed draws the same examples.
    shrink : bool, optional
        Whether to look for a smaller example than the first that is found.
    """
    end, tried = _spent() + seconds, 0
    while _spent() < end:
        for strategy, check, count in FUZZERS[what]:
            more, found = _row(strategy, check, _settings(count, shrink), seed, end)
            tried += more
            if found:
                return tried, found
        seed += 1
    return tried, ""


def _spent() -> float:
    """Return the seconds that a processor has worked for this process and its ended children."""
    return sum(os.times()[:4])


def _settings(count: int, shrink: bool) -> hypothesis.settings:
    return hypothesis.settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate, *([Phase.shrink] if shrink else [])],
        suppress_health_check=list(HealthCheck),
    )


def _row(
    strategy: st.SearchStrategy[Any],
    check: Check,
    chosen: hypothesis.settings,
    seed: int,
    end: float,
) -> tuple[int, str]:
    """Draw a row of examples, until a moment; return how many, and what was found."""
    tried, failed = 0, False

    @hypothesis.seed(seed)
    @chosen
    @hypothesis.given(strategy)
    def row(example: Any) -> None:
        nonlocal tried, failed
        if not failed and _spent() > end:
            return
        tried += 1
        try:
            check(example)
        except BaseException as error:
            if not failed:
                # To make it smaller may take minutes.
                print(f"Found: {error!r:.200}", flush=True)
            failed = True
            raise

    try:
        row()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and not failed:
            raise
        return tried, "".join(traceback.format_exception(error))
    return tried, ""
