"""Training steps as facts: every call, the cost, every gradient, the parameters."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbook.learn.flow.finite_differences import Gradient, compared, differing
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import (
    OwnFunctionError,
    advice,
    call,
    cost_of,
    linked,
    parameters_from,
)
from workbook.learn.flow.tracing import Call, Tracer
from workbook.learn.quiet import quiet

Array = NDArray[Any]

#: Up to this many steps are shown in full; of more, the first and the last.
MOST_IN_FULL = 5


@dataclass(frozen=True)
class Setting:
    """What a network is trained on, and how.

    Attributes
    ----------
    layers : tuple of int
        Number of units of every layer, the input first.
    X : ndarray, shape (n_x, m)
        Input.
    Y : ndarray, shape (1, m)
        Right answers.
    data : str
        What X and Y are, in a sentence.
    start : str
        Where the first parameters are from, in a sentence.
    learning_rate : float
        Length of a step, as a multiple of the gradient.
    steps : int
        How many training steps.
    """

    layers: tuple[int, ...]
    X: Array
    Y: Array
    data: str
    start: str
    learning_rate: float
    steps: int

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shapes of the parameters, by their keys."""
        found: dict[str, tuple[int, ...]] = {}
        for l, (before, units) in enumerate(itertools.pairwise(self.layers), 1):
            found[f"W{l}"], found[f"b{l}"] = (units, before), (units, 1)
        return found


@dataclass(frozen=True)
class Step:
    """One training step. What comes after the call that failed is missing.

    Attributes
    ----------
    number : int
        Which step, from 1.
    calls : tuple of Call
        The calls of L_model_forward, compute_cost, L_model_backward and update_parameters, with
        those that they made.
    before, after : mapping of str to ndarray
        The parameters.
    cost, cost_after : float or None
        The cost with the parameters before and after.
    gradients : tuple of Gradient
        Every gradient beside its finite differences, in the order of the backward pass.
    """

    number: int
    calls: tuple[Call, ...]
    before: Mapping[str, Array]
    after: Mapping[str, Array] = field(default_factory=dict)
    cost: float | None = None
    cost_after: float | None = None
    gradients: tuple[Gradient, ...] = ()


@dataclass(frozen=True)
class Flow:
    """Training steps, and what went wrong in them.

    Attributes
    ----------
    setting : Setting
        What was trained.
    source : str
        Whose functions were called.
    steps : tuple of Step
        The steps that are shown in full.
    costs : tuple of float
        The cost before each step, and after the last.
    problem : str
        What ended the training early; empty if nothing did.
    excerpt : str
        The learner's own line that failed.
    advice : str
        Which function to look at first, if something is not as it should be.
    """

    setting: Setting
    source: str
    steps: tuple[Step, ...] = ()
    costs: tuple[float, ...] = ()
    problem: str = ""
    excerpt: str = ""
    advice: str = ""


def run(own: OwnFunctions, setting: Setting, parameters: Mapping[str, Array] | int) -> Flow:
    """Train for some steps and return what happened.

    Parameters
    ----------
    own : OwnFunctions
        The functions; none that is needed may be missing.
    setting : Setting
        What to train on.
    parameters : mapping or int
        The first parameters, or the seed for the learner's initialiser.
    """
    steps: list[Step] = []
    costs: list[float] = []
    trouble: OwnFunctionError | None = None
    with quiet(), np.errstate(all="ignore"):
        try:
            now = initial(own, setting, parameters) if isinstance(parameters, int) else parameters
            for number in range(1, setting.steps + 1):
                now = _one_step(own, setting, number, now, steps, costs)
        except OwnFunctionError as error:
            trouble = error
        wrong = trouble is not None or any(differing(step.gradients) for step in steps)
        said = advice(own) if wrong else ""
    if trouble is None:
        return Flow(setting, own.source, tuple(steps), tuple(costs), advice=said)
    problem, excerpt = trouble.message, trouble.excerpt
    return Flow(setting, own.source, tuple(steps), tuple(costs), problem, excerpt, said)


def initial(own: OwnFunctions, setting: Setting, seed: int) -> Mapping[str, Array]:
    """Return parameters of the learner's initialiser, whose random numbers come from the seed."""
    state = np.random.get_state()
    try:
        # Seeding is the caller's job; what the learner's notebook draws next stays as it was.
        np.random.seed(seed)
        with linked(own):
            made = call(own, "initialize_parameters_deep", list(setting.layers))
    finally:
        np.random.set_state(state)
    return parameters_from("initialize_parameters_deep", made, setting.shapes)


def _one_step(
    own: OwnFunctions,
    setting: Setting,
    number: int,
    parameters: Mapping[str, Array],
    steps: list[Step],
    costs: list[float],
) -> Mapping[str, Array]:
    """Take one step, note it, and return the parameters after it."""
    found: dict[str, Any] = {}
    in_full = setting.steps <= MOST_IN_FULL or number in (1, setting.steps)
    before = copied(parameters) if in_full else {}
    tracer = Tracer({"X": setting.X, "Y": setting.Y, **parameters})
    try:
        with linked(own, tracer.wrap) if in_full else linked(own) as together:
            after = _step(together, setting, parameters, found)
    finally:
        grads, caches = found.pop("grads", None), found.pop("caches", None)
        # Wrong gradients are to be seen, above all where the update cannot use them.
        if in_full and grads is not None:
            with linked(own):
                found["gradients"] = compared(own, setting.X, setting.Y, before, grads, caches)
        if "cost" in found:
            costs.append(found["cost"])
        if in_full:
            steps.append(Step(number, tuple(tracer.calls), before, **found))
    if in_full:
        with linked(own):
            AL, _ = call(own, "L_model_forward", setting.X, after)
            steps[-1] = replace(steps[-1], cost_after=cost_of(own, AL, setting.Y))
    if number == setting.steps:
        costs.extend(cost for cost in [steps[-1].cost_after] if cost is not None)
    return after


def _step(
    own: OwnFunctions, setting: Setting, parameters: Mapping[str, Array], found: dict[str, Any]
) -> dict[str, Array]:
    """Forward, cost, backward, update; note each, and return the new parameters."""
    AL, caches = call(own, "L_model_forward", setting.X, parameters)
    found["cost"] = cost_of(own, AL, setting.Y)
    grads = call(own, "L_model_backward", AL, setting.Y, caches)
    # The learner's update may change what it is given.
    found["grads"], found["caches"] = _kept(grads), caches
    made = call(own, "update_parameters", parameters, grads, setting.learning_rate)
    after = parameters_from("update_parameters", made, setting.shapes)
    found["after"] = copied(after)
    return after


def _kept(grads: Any) -> Any:
    if not isinstance(grads, dict):
        return grads
    return {key: one.copy() if isinstance(one, np.ndarray) else one for key, one in grads.items()}


def copied(parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Return the parameters as arrays of their own."""
    return {key: np.array(value, float) for key, value in parameters.items()}
