"""The moments of training steps that the learner's own functions took."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbook.course.exercises import EXERCISES, find
from workbook.course.words import listed
from workbook.learn.flow import wording
from workbook.learn.flow.finite_differences import Gradient
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.moments.moment import NEW, Moment, Source, Walkthrough
from workbook.learn.flow.moments.one_step import moments_of
from workbook.learn.flow.moments.values import all_there, values_of_step
from workbook.learn.flow.steps import Flow, TrainingStep
from workbook.learn.flow.tracing import Call

_UNSEEN = (
    "These numbers are not seen: your functions compute them without a call of {0}, or under "
    "another name."
)


def walkthrough_of(flow: Flow, own: OwnFunctions) -> Walkthrough:
    """Return the moments of training steps.

    Parameters
    ----------
    flow : Flow
        The training steps.
    own : OwnFunctions
        The functions that took them.
    """
    setting = flow.setting
    steps: Sequence[TrainingStep | None] = flow.steps or [None]
    moments: list[Moment] = []
    for step in steps:
        ended = flow if flow.problem and step is steps[-1] else None
        moments += _moments_of_step(flow, step, ended, own)
    bad = (i for i, moment in enumerate(moments) if moment.standing in ("failed", "wrong"))
    return Walkthrough(
        wording.flow_heading(flow), tuple(wording.setup_facts(flow)), setting.layers,
        setting.learning_rate, tuple(moments), next(bad, 0),
    )  # fmt: skip


def notebook_file(function: str) -> str:
    """Return the file of the notebook in which a function is written."""
    exercise = find(function)
    assert exercise is not None
    return f"{exercise.notebook}.ipynb"


def _moments_of_step(
    flow: Flow, step: TrainingStep | None, ended: Flow | None, own: OwnFunctions
) -> Iterator[Moment]:
    values = values_of_step(flow.setting, step)
    number = step.number if step else 1
    moments = list(moments_of(len(flow.setting.layers) - 1))
    failed = len(moments) if ended is None else _where_failed(moments, values, step)
    for i, moment in enumerate(moments):
        moment = replace(moment, step=number, values=values)
        if i >= failed:
            # What comes later stays without numbers, even if a cache or a gradient holds some.
            there = {key: one for key, one in values.items() if key not in moment.makes}
            standing: Source = "failed" if i == failed else "unreached"
            note = _failure(flow) if i == failed else "This was not reached."
            yield replace(moment, standing=standing, note=note, values=there)
        elif not all_there(moment.makes, values):
            yield replace(moment, standing="unseen", note=_UNSEEN.format(moment.function))
        else:
            yield _with_notes(moment, step, flow, own)


def _where_failed(
    moments: Sequence[Moment], values: Mapping[str, Any], step: TrainingStep | None
) -> int:
    """Return which moment's function failed."""
    call = _innermost_failure(step.calls if step else ())
    for i, moment in enumerate(moments):
        if call is not None and _is_call_of(call, moment):
            return i
    missing = (i for i, one in enumerate(moments) if not all_there(one.makes, values))
    return next(missing, len(moments) - 1)


def _is_call_of(call: Call, moment: Moment) -> bool:
    return moment.function == call.name and call.layer in (None, moment.layer)


def _innermost_failure(calls: Iterable[Call]) -> Call | None:
    for call in calls:
        if call.failed:
            inner = _innermost_failure(call.inner)
            return inner or (call if find(call.name) in EXERCISES else None)
    return None


def _failure(flow: Flow) -> str:
    return " ".join(filter(None, (f"{flow.problem.rstrip('.')}.", flow.advice)))


def _with_notes(moment: Moment, step: TrainingStep | None, flow: Flow, own: OwnFunctions) -> Moment:
    """Return a moment with whose numbers it shows, and with how its gradients compare."""
    notes, standing = _of_gradients(_compared(moment, step), flow)
    if own.origins.get(moment.function) == "a stand-in":
        standing = "lent"
        notes.append(f"The reference stands in here; {notebook_file(moment.function)} makes it")
    if moment.makes == (f"J{NEW}",) and step is not None:
        notes.append(wording.cost_change(step).rstrip("."))
    return replace(moment, standing=standing, note=" ".join(f"{one}." for one in notes if one))


def _of_gradients(compared: Sequence[Gradient], flow: Flow) -> tuple[list[str], Source]:
    """Return how gradients compare with finite differences, and whether they are right."""
    if compared and all(one.verdict == "agrees" and not one.note for one in compared):
        names = listed([one.name for one in compared])
        return [f"{names} agree with finite differences"], "own"
    said = "; ".join(map(wording.comparison, compared))
    notes = [f"Beside finite differences: {said}"] if said else []
    if any(one.is_wrong for one in compared):
        return [*notes, flow.advice.rstrip(".")], "wrong"
    return notes, "own"


def _compared(moment: Moment, step: TrainingStep | None) -> list[Gradient]:
    made = moment.makes if moment.phase == "backward" else ()
    return [one for one in (step.gradients if step else ()) if one.name in made]
