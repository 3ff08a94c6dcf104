"""A moment of a training step, and all moments one after another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

Phase = Literal["start", "forward", "cost", "backward", "update"]

#: Whose numbers a moment shows: the learner's, the reference's in their place, or recorded ones;
#: the learner's that are not right; those of a function that is not written yet; or none, because
#: the function failed, was not called, or was not reached.
Source = Literal["own", "lent", "recorded", "wrong", "missing", "failed", "unseen", "unreached"]

#: What a cache is at a moment.
CacheState = Literal["empty", "written now", "kept", "read now"]

#: Added to a parameter's name, and to J, for its value after the step.
NEW = " new"


@dataclass(frozen=True)
class Moment:
    """One formula of a training step, with its numbers.

    Attributes
    ----------
    phase : str
        The part of the step.
    function : str
        Which of the ten functions computes it.
    layer : int or None
        The layer; None if it concerns no single one.
    title : str
        What happens, in a few words.
    formulas : tuple of str
        The formulas, as plain text.
    rows : tuple of tuple of str
        The numbers, each row an equation: names of arrays, and signs between them. A name with
        ``ᵀ`` stands for the transposed array.
    makes : tuple of str
        Names of the numbers that are new.
    cache : {"", "written", "read"}
        What happens to the cache of the layer.
    step : int
        Number of the training step.
    values : mapping of str to array or float
        The numbers of this step that are known, by name: ``A0`` is X, ``A{L}`` is AL, ``J`` the
        cost, and ``W1 new`` is W1 after the step.
    standing : str
        Whose numbers these are.
    note : str
        A remark for the learner; may be empty.
    """

    phase: Phase
    function: str
    layer: int | None
    title: str
    formulas: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    makes: tuple[str, ...]
    cache: Literal["", "written", "read"] = ""
    step: int = 1
    values: Mapping[str, Any] = field(default_factory=dict)
    standing: Source = "own"
    note: str = ""

    @property
    def is_grey(self) -> bool:
        """Whether the learner has no numbers of this moment yet."""
        return self.standing in ("missing", "unseen", "unreached")


@dataclass(frozen=True)
class Walkthrough:
    """All moments of some training steps, in their order.

    Attributes
    ----------
    heading : str
        What is shown.
    facts : tuple of str
        Sentences on the functions, the data and the start.
    layers : tuple of int
        Number of units of every layer, the input first.
    learning_rate : float
        Step length as a multiple of the gradient.
    moments : tuple of Moment
        The moments.
    first : int
        Where to look first: where something failed, or where the learner's own numbers begin.
    """

    heading: str
    facts: tuple[str, ...]
    layers: tuple[int, ...]
    learning_rate: float
    moments: tuple[Moment, ...]
    first: int = 0

    @property
    def depth(self) -> int:
        """Number of layers with weights."""
        return len(self.layers) - 1

    @property
    def points(self) -> int:
        """Number of examples."""
        return int(self.moments[0].values["A0"].shape[1])

    @cached_property
    def _made(self) -> list[frozenset[str]]:
        found: list[frozenset[str]] = []
        made: frozenset[str] = frozenset()
        for before, moment in zip((None, *self.moments), self.moments, strict=False):
            if before is None or before.step != moment.step:
                made = frozenset()
            made |= frozenset(name for name in moment.makes if name in moment.values)
            found.append(made)
        return found

    def known(self, at: int) -> frozenset[str]:
        """Return the names of all numbers that are there at a moment."""
        return self._made[at]

    def cache_states(self, at: int) -> list[CacheState]:
        """Return what the cache of each layer is at a moment, from layer 1 on."""
        states: list[CacheState] = ["empty"] * self.depth
        now = self.moments[at]
        for moment in self.moments[: at + 1]:
            if moment.step == now.step and moment.cache == "written" and not _never_ran(moment):
                states[_index(moment)] = "kept"
        if now.cache and not _never_ran(now):
            states[_index(now)] = "written now" if now.cache == "written" else "read now"
        return states

    def name_shown(self, name: str) -> str:
        """Return the name of an array as the lessons write it: X for A0, AL for the last A."""
        if name.endswith(NEW):
            return f"new {name.removesuffix(NEW)}"
        base, last = name.removesuffix("ᵀ"), str(self.depth)
        shown = {"A0": "X", f"A{last}": "AL", f"dA{last}": "dAL"}.get(base, base)
        return shown + name[len(base) :]

    def written(self, text: str) -> str:
        """Return a formula or a title with the names as the lessons write them."""
        return re.sub(r"\bd?A\d+", lambda found: self.name_shown(found[0]), text)

    def status(self, at: int) -> str:
        """Return where a moment stands and what it shows, as a sentence."""
        moment = self.moments[at]
        steps = f"step {moment.step}, " if self.moments[-1].step > 1 else ""
        formulas = "; ".join(map(self.written, moment.formulas))
        words = [f"{steps}{at + 1} of {len(self.moments)}: {self.written(moment.title)}"]
        said = f"{': '.join([*words, formulas]) if formulas else words[0]}."
        return f"{said} {moment.note}".rstrip()


def _never_ran(moment: Moment) -> bool:
    return moment.standing in ("failed", "unreached")


def _index(moment: Moment) -> int:
    assert moment.layer is not None
    return moment.layer - 1
