"""Training steps as data: calls, costs, gradients and parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from workbook.learn.flow import linked_calls
from workbook.learn.flow.finite_differences import Gradient, compare_gradients
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import OwnFunctionError, call, linked
from workbook.learn.flow.matrices import Array
from workbook.learn.flow.tracing import Call, Tracer
from workbook.learn.quiet import quiet

#: Up to this many steps are recorded in full; of more, only the first and the last.
MOST_IN_FULL = 5


@dataclass(frozen=True)
class Setup:
    """The setup of a training: network, data, learning rate.

    Attributes
    ----------
    layers : tuple of int
        Number of units of every layer, the input first.
    X : ndarray, shape (n_x, m)
        Input.
    Y : ndarray, shape (1, m)
        Right answers.
    data : str
        Description of X and Y in a sentence.
    start : str
        Description of the initial parameters in a sentence.
    learning_rate : float
        Step length as a multiple of the gradient.
    steps : int
        Number of training steps.
    """

    layers: tuple[int, ...]
    X: Array
    Y: Array
    data: str
    start: str
    learning_rate: float
    steps: int


@dataclass(frozen=True)
class TrainingStep:
    """One training step. If a call failed, the attributes that come after it keep their defaults.

    Attributes
    ----------
    number : int
        Number of the step, from 1.
    calls : tuple of Call
        The calls of L_model_forward, compute_cost, L_model_backward and update_parameters, with
        the calls inside them.
    before, after : mapping of str to ndarray
        The parameters before and after the step.
    cost, cost_after : float or None
        The cost before and after the step.
    gradients : tuple of Gradient
        Every gradient with its finite differences, in the order of the backward pass.
    """

    number: int
    calls: tuple[Call, ...]
    before: Mapping[str, Array]
    after: Mapping[str, Array] = field(default_factory=dict)
    cost: float | None = None
    cost_after: float | None = None
    gradients: tuple[Gradient, ...] = ()


@dataclass
class Flow:
    """Training steps, with the error that ended them, if any.

    Attributes
    ----------
    setting : Setup
        The setup of the training.
    source : str
        Origin of the functions, for the learner.
    steps : list of TrainingStep
        The steps that were recorded in full.
    costs : list of float
        The cost before each step, and after the last step.
    problem : str
        Message of the error that ended the training early; empty if there was none.
    excerpt : str
        The learner's line that failed.
    advice : str
        Which check to run first, if a function failed or a gradient is wrong.
    """

    setting: Setup
    source: str
    steps: list[TrainingStep] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    problem: str = ""
    excerpt: str = ""
    advice: str = ""


def train(own: OwnFunctions, setting: Setup, parameters: Mapping[str, Array] | int) -> Flow:
    """Train a network and record the steps.

    Parameters
    ----------
    own : OwnFunctions
        The functions; none of those needed may be missing.
    setting : Setup
        The setup of the training.
    parameters : mapping or int
        The initial parameters, or the seed for the learner's initialiser.
    """
    flow = Flow(setting, own.source)
    with quiet(), np.errstate(all="ignore"):
        try:
            if isinstance(parameters, int):
                parameters = initial_parameters(own, setting.layers, parameters)
            for number in range(1, setting.steps + 1):
                parameters = _one_step(own, flow, number, parameters)
        except OwnFunctionError as error:
            flow.problem, flow.excerpt = error.message, error.excerpt
        wrong = any(gradient.is_wrong for step in flow.steps for gradient in step.gradients)
        if flow.problem or wrong:
            flow.advice = linked_calls.advice(own)
    return flow


def initial_parameters(
    own: OwnFunctions,
    layers: Sequence[int],
    seed: int,
    name: str = "initialize_parameters_deep",
) -> Mapping[str, Array]:
    """Return parameters from the learner's initialiser.

    Parameters
    ----------
    own : OwnFunctions
        The functions.
    layers : sequence of int
        Number of units of every layer, the input first.
    seed : int
        Seed of NumPy's global random numbers during the call; their state is restored after it.
    name : {"initialize_parameters_deep", "initialize_parameters"}
        Which initialiser; the second makes networks with one hidden layer.

    Raises
    ------
    OwnFunctionError
        If the initialiser fails, or returns no parameters of these layers.
    """
    state = np.random.get_state()
    try:
        # The state is restored below: the learner's notebook must draw the same numbers as before.
        np.random.seed(seed)
        arguments = [list(layers)] if name == "initialize_parameters_deep" else layers
        with linked(own):
            made = call(own, name, *arguments)
    finally:
        np.random.set_state(state)
    return linked_calls.parameters_from(name, made, layers)


def _one_step(
    own: OwnFunctions, flow: Flow, number: int, parameters: Mapping[str, Array]
) -> Mapping[str, Array]:
    """Take one step, record it, and return the parameters after it."""
    setting = flow.setting
    found: dict[str, Any] = {}
    in_full = setting.steps <= MOST_IN_FULL or number in (1, setting.steps)
    before = copy_parameters(parameters) if in_full else {}
    tracer = Tracer({"X": setting.X, "Y": setting.Y, **parameters})
    try:
        with linked(own, tracer.wrap) if in_full else linked(own) as together:
            after = _step(together, setting, parameters, found)
    finally:
        grads, caches = found.pop("grads", None), found.pop("caches", None)
        # Gradients are compared even if the update failed, for wrong gradients may be the reason.
        if in_full and grads is not None:
            with linked(own):
                found["gradients"] = compare_gradients(
                    own, setting.X, setting.Y, before, grads, caches
                )
        if "cost" in found:
            flow.costs.append(found["cost"])
        if in_full:
            flow.steps.append(TrainingStep(number, tuple(tracer.calls), before, **found))
    if in_full:
        with linked(own):
            AL, _ = call(own, "L_model_forward", setting.X, after)
            cost_after = linked_calls.cost_of(own, AL, setting.Y)
        flow.steps[-1] = replace(flow.steps[-1], cost_after=cost_after)
        if number == setting.steps:
            flow.costs.append(cost_after)
    return after


def _step(
    own: OwnFunctions, setting: Setup, parameters: Mapping[str, Array], found: dict[str, Any]
) -> dict[str, Array]:
    """Run forward, cost, backward and update, store each in ``found``, return the parameters."""
    AL, caches = call(own, "L_model_forward", setting.X, parameters)
    found["cost"] = linked_calls.cost_of(own, AL, setting.Y)
    grads = call(own, "L_model_backward", AL, setting.Y, caches)
    # Copied, because the learner's update may change its arguments.
    kept = copied(grads) if isinstance(grads, dict) else grads
    found["grads"], found["caches"] = kept, caches
    made = call(own, "update_parameters", parameters, grads, setting.learning_rate)
    after = linked_calls.parameters_from("update_parameters", made, setting.layers)
    found["after"] = copy_parameters(after)
    return after


def copied(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with copies of the arrays: a learner's function may change what it gets."""
    return {key: one.copy() if isinstance(one, np.ndarray) else one for key, one in values.items()}


def copy_parameters(parameters: Mapping[str, Array]) -> dict[str, Array]:
    """Return a copy of the parameters as arrays of float."""
    return {key: np.array(value, float) for key, value in parameters.items()}
