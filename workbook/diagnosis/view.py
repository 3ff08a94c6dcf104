"""An answer without some conventions that differ from the exercise's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbook.course.cases import CheckData, PublicCase
from workbook.course.effects import InputPlace
from workbook.diagnosis.observation import Observation


@dataclass(frozen=True)
class View:
    """An answer without some styles.

    Attributes
    ----------
    seen : Observation
        What it would have done on the public cases.
    sentences : tuple of str
        The sentences of these styles; one that is as good as the exercise's own has none.
    effects : bool
        Whether what it changes of its inputs is still there.
    any_axes : bool
        Whether it does not matter how many axes of length 1 a wrong array has.
    taken_off : int
        The number of styles.
    """

    seen: Observation
    sentences: tuple[str, ...] = ()
    effects: bool = True
    any_axes: bool = False
    taken_off: int = 0


def with_answers(
    view: View,
    cases: Sequence[PublicCase],
    change: Callable[[Any, PublicCase], Any],
    *sentences: str,
) -> View | None:
    """Return a view with other answers and further sentences; None if they are the same ones.

    Parameters
    ----------
    view : View
        The view.
    cases : sequence of PublicCase
        The public cases.
    change : callable
        Returns the other answer to a case, or the same one: ``change(answer, case)``.
    *sentences : str
        What is said of it.
    """
    seen = view.seen
    before = [*zip(seen.outcomes, cases, strict=True), (seen.second, cases[0])]
    after = [
        one if one.raised else replace(one, answer=change(one.answer, case)) for one, case in before
    ]
    if all(one.answer is other.answer for one, (other, _) in zip(after, before, strict=True)):
        return None
    *outcomes, second = after
    seen = Observation(tuple(outcomes), second)
    return replace(view, seen=seen, sentences=(*view.sentences, *sentences))


def returned(data: CheckData, view: View) -> list[tuple[Any, Any]]:
    """Return the answers of the calls that returned, each with the right one."""
    pairs = zip(view.seen.outcomes, data.cases, strict=True)
    return [(outcome.answer, case.expected) for outcome, case in pairs if not outcome.raised]


def put(value: Any, place: InputPlace, part: Any) -> Any:
    """Return an answer with another part at a place, which its containers already have."""
    if not place:
        return part
    items = value.items() if isinstance(value, dict) else enumerate(value)
    changed = {key: put(one, place[1:], part) if key == place[0] else one for key, one in items}
    return changed if isinstance(value, dict) else tuple(changed.values())
