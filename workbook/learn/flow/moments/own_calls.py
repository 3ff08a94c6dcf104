"""The learner's functions shown one by one, while others are not written yet.

Each that can run gets the right numbers of the step, so that its own numbers are seen whatever
comes before it; in the place of the others, the numbers of the step are shown in grey.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.linked_calls import (
    OwnFunctionError,
    call,
    cost_of,
    linked,
    parameters_from,
)
from workbook.learn.flow.moments.moment import NEW, Moment, Source, Walkthrough
from workbook.learn.flow.moments.one_step import activation_of, moments_of
from workbook.learn.flow.moments.recorded_step import Base, setting_in_words, walkthrough_on
from workbook.learn.flow.moments.values import all_there, same_values, values_of_calls
from workbook.learn.flow.moments.walkthrough import notebook_file
from workbook.learn.flow.steps import copied, initial_parameters
from workbook.learn.flow.tracing import Tracer
from workbook.learn.quiet import quiet

# The seed with which flow begins, when it asks the learner's initialiser.
_SEED = 1
# The initialiser of a network with one hidden layer, which is written before that of deep ones.
_SHALLOW = "initialize_parameters"
# What a moment needs besides its function.
_ALSO: dict[tuple[str, ...], tuple[str, ...]] = {(f"J{NEW}",): ("L_model_forward",)}
_UNSEEN = "Your function did not give these numbers."
_DRAWN = "These are the parameters that your {0} draws. The next moments go on with {1}."


def walkthrough_of_parts(own: OwnFunctions, base: Base) -> Walkthrough:
    """Return the moments of a step with the numbers of those functions that are written.

    Parameters
    ----------
    own : OwnFunctions
        The functions that there are.
    base : Base
        The step from which each function gets its inputs.
    """
    with quiet(), np.errstate(all="ignore"):
        every = moments_of(len(base.setting.layers) - 1)
        moments = tuple(_shown(one, own, base) for one in every)
    return walkthrough_on(base, _facts(own, base), moments, _first(moments, own))


def _facts(own: OwnFunctions, base: Base) -> tuple[str, ...]:
    ready = [name for name in own.functions if not own.waits_for(name)]
    mine = [name for name in ready if own.origins.get(name) != "a stand-in"]
    said = f"Functions: none is written yet. In grey: {base.source}."
    if mine:
        said = f"Functions: your own {', '.join(mine)}. For the others, in grey: {base.source}."
    inputs = "Each of your functions gets the right inputs here, whatever the others give."
    return said, inputs, *setting_in_words(base.setting)


def _first(moments: Sequence[Moment], own: OwnFunctions) -> int:
    """Return the moment to look at first: a wrong one, one written here, or the learner's own."""
    places = list(range(len(moments)))
    bad = [i for i in places if moments[i].standing in ("failed", "wrong")]
    shown = [i for i in places if moments[i].standing == "own"]
    here = [i for i in shown if own.origins.get(moments[i].function) == "this notebook"]
    return next(iter(bad or here or shown), 0)


def _shown(moment: Moment, own: OwnFunctions, base: Base) -> Moment:
    """Return a moment with the learner's own numbers, or in grey with the reason."""
    names = (moment.function, *_ALSO.get(moment.makes, ()))
    lacking = tuple(one for name in names for one in own.waits_for(name))
    if moment.phase == "start" and lacking and not own.waits_for(_SHALLOW):
        moment, lacking = _shallow(moment, base), ()
    if lacking:
        note = _why(moment.function, lacking, own)
        return replace(moment, values=base.values, standing="missing", note=note)
    try:
        return _with_own(moment, _made(moment, own, base), own, base)
    except OwnFunctionError as error:
        without = {key: one for key, one in base.values.items() if key not in moment.makes}
        note = f"{error.message.rstrip('.')}. Run check({moment.function})."
        return replace(moment, values=without, standing="failed", note=note)


def _with_own(moment: Moment, made: Mapping[str, Any], own: OwnFunctions, base: Base) -> Moment:
    """Return a moment with what the learner's function made, and the notes on it."""
    values = {**base.values, **made}
    if not all_there(moment.makes, made) and moment.phase != "start":
        values = {key: one for key, one in values.items() if key not in moment.makes}
        note = f"{_UNSEEN} Run check({moment.function})."
        return replace(moment, values=values, standing="unseen", note=note)
    notes = []
    standing: Source = "own"
    if own.origins.get(moment.function) == "a stand-in":
        standing = "lent"
        notes.append(f"The reference stands in here; {notebook_file(moment.function)} makes it.")
    if moment.phase == "start":
        notes.append(_DRAWN.format(moment.function, base.source))
    elif not all(same_values(one, base.values[key]) for key, one in made.items()):
        standing = "wrong"
        notes.append(f"These are not the right numbers. Run check({moment.function}).")
    return replace(moment, values=values, standing=standing, note=" ".join(notes))


def _why(name: str, lacking: tuple[str, ...], own: OwnFunctions) -> str:
    if name in lacking:
        return f"{own.missing[name]}. In grey: the numbers that {notebook_file(name)} will make."
    return f"{name} needs {lacking[0]}, which {notebook_file(lacking[0])} makes."


def _shallow(moment: Moment, base: Base) -> Moment:
    """Return the start of a network with one hidden layer, which its own initialiser can make."""
    title = "The start: the data, and the parameters of layer 1"
    rows = (("A0", "Y"), ("W1", "b1"))
    return replace(moment, function=_SHALLOW, title=title, rows=rows)


def _made(moment: Moment, own: OwnFunctions, base: Base) -> dict[str, Any]:
    """Return what the learner's function makes at a moment, by name."""
    layers, values = base.setting.layers, copied(base.values)
    depth = len(layers) - 1
    known = {"X": values["A0"], "Y": values["Y"], **_parameters(values, depth)}
    tracer = Tracer(known)
    if moment.function == _SHALLOW:
        made = initial_parameters(own, (*layers[:2], 1), _SEED, _SHALLOW)
        return {name: made[name] for name in ("W1", "b1")}
    if moment.phase == "start":
        return dict(initial_parameters(own, layers, _SEED))
    with linked(own, tracer.wrap) as together:
        answer = _asked(moment, together, values, base)
    if moment.function == "update_parameters":
        after = parameters_from("update_parameters", answer, layers)
        return {name: after[name.removesuffix(NEW)] for name in moment.makes}
    if moment.function == "compute_cost":
        return {moment.makes[0]: answer}
    found = values_of_calls(tracer.calls, depth)
    return {name: found[name] for name in moment.makes if name in found}


def _asked(moment: Moment, own: OwnFunctions, values: Mapping[str, Any], base: Base) -> Any:
    """Call the function of a moment with the numbers of the step."""
    depth, rate, l = len(base.setting.layers) - 1, base.setting.learning_rate, moment.layer or 0
    parameters = _parameters(values, depth)
    name, X, Y, AL = moment.function, values["A0"], values["Y"], values[f"A{depth}"]
    if name == "compute_cost":
        if moment.phase == "update":
            after = {key: values[f"{key}{NEW}"] for key in parameters}
            AL, _ = call(own, "L_model_forward", X, after)
        return cost_of(own, AL, Y)
    if name == "L_model_forward":
        return call(own, name, X, parameters)
    if name == "L_model_backward":
        return call(own, name, AL, Y, [_cache(values, one) for one in range(1, depth + 1)])
    if name == "update_parameters":
        return call(own, name, parameters, {f"d{key}": values[f"d{key}"] for key in parameters},
                    rate)  # fmt: skip
    cache, activation = _cache(values, l), activation_of(l, depth)
    if name == "linear_forward":
        return call(own, name, *cache[0])
    if name == "linear_activation_forward":
        return call(own, name, *cache[0], activation)
    if name == "linear_backward":
        return call(own, name, values[f"dZ{l}"], cache[0])
    return call(own, name, values[f"dA{l}"], cache, activation)


def _parameters(values: Mapping[str, Any], depth: int) -> dict[str, Any]:
    return {f"{letter}{l}": values[f"{letter}{l}"] for l in range(1, depth + 1) for letter in "Wb"}


def _cache(values: Mapping[str, Any], l: int) -> tuple[tuple[Any, Any, Any], Any]:
    return (values[f"A{l - 1}"], values[f"W{l}"], values[f"b{l}"]), values[f"Z{l}"]
