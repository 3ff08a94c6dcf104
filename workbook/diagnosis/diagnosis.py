"""The mistake behind a wrong answer, found from what the answer does on the public cases.

The known mistakes are data: a sentence for each, and what such an answer returns, raises and
changes. An answer that no known mistake explains is examined for its structure (see
`structural_relations`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbook.course.cases import CheckData, PublicCase, check_data, from_json, to_json
from workbook.course.compare import alike
from workbook.course.effects import Change
from workbook.course.exercises import find_function
from workbook.course.verdicts import Raised
from workbook.diagnosis import side_effects
from workbook.diagnosis.observation import Observation, Outcome, observe
from workbook.diagnosis.random_arrays import random_faults, repeated_arrays, with_signatures
from workbook.diagnosis.structure import structural_relations
from workbook.diagnosis.undefined import undefined_name

__all__ = ["diagnose", "known_mistakes", "observe"]

# More than two sentences would hide the first.
_MOST_SENTENCES = 2


@dataclass(frozen=True)
class _Known:
    """A known mistake: its sentence, and what such an answer does on each case."""

    sentence: str
    outcomes: tuple[Outcome, ...]
    repeats: bool


def diagnose(
    name: str,
    seen: Observation,
    function: Callable[..., Any] | None = None,
    cells: Iterable[str] = (),
) -> str | None:
    """Return the likely mistake of a wrong answer in a sentence or two.

    Parameters
    ----------
    name : str
        Name of the function that the learner writes.
    seen : Observation
        What the answer did on the public cases, from `observe`.
    function : callable, optional
        The answer itself, if it is in this process; then its global names are examined as well.
    cells : iterable of str
        The text of the notebook's cells.

    Returns
    -------
    str or None
        None if the answer passes, or nothing true can be said of it.
    """
    data = check_data(name)
    if _passes(seen, data.cases):
        return None
    known = _known_mistakes(data)
    best = _best_match(known, seen, data.cases)
    if best is not None:
        return best
    sentences = _sentences_by_part(known, seen, data.cases) or _structural_sentences(
        name, data, seen, function, cells
    )
    return " ".join(sentences[:_MOST_SENTENCES]) or None


@lru_cache(maxsize=64)
def _known_mistakes(data: CheckData) -> tuple[_Known, ...]:
    return tuple(_known_mistake(entry) for entry in data.misconceptions)


def _passes(seen: Observation, cases: Sequence[PublicCase]) -> bool:
    for outcome, case in zip(seen.outcomes, cases, strict=True):
        done = not outcome.raised and not outcome.changed
        if not done or not _is_right(comparable(outcome.answer, case), case):
            return False
    return not repeated_arrays(cases[0], seen) if cases[0].is_random else seen.repeats


def _structural_sentences(
    name: str,
    data: CheckData,
    seen: Observation,
    function: Callable[..., Any] | None,
    cells: Iterable[str],
) -> list[str]:
    """Return sentences on an answer that no known mistake explains."""
    known = find_function(name)
    assert known is not None
    random = data.cases[0].is_random
    scripts = [case.args[0] for case in data.cases] if known.is_class else []
    return [
        # If the function is in this process, its exception has been explained with its line.
        *(undefined_name(seen, name, cells) if function is None else ()),
        *structural_relations(known.returns, data.cases, seen),
        *(random_faults(data.cases, seen) if random else side_effects.second_call(seen)),
        *side_effects.changed_inputs(data.arguments, seen, scripts),
        *(side_effects.global_data(function) if function is not None else ()),
    ]


def known_mistakes(
    wrong: Iterable[tuple[str, Callable[..., Any]]], cases: Sequence[PublicCase]
) -> Iterator[dict[str, Any]]:
    """Yield known mistakes as an exercise's check data hold them.

    Parameters
    ----------
    wrong : iterable of (str, callable)
        The sentence of each mistake, and a function that makes this mistake.
    cases : sequence of PublicCase
        The public cases.
    """
    for sentence, function in wrong:
        seen = observe(function, cases)
        yield {
            "sentence": sentence,
            "repeats": seen.repeats,
            "outcomes": [
                _outcome_data(o, case) for o, case in zip(seen.outcomes, cases, strict=True)
            ],
        }


def _outcome_data(outcome: Outcome, case: PublicCase) -> dict[str, Any]:
    if outcome.raised is not None:
        return {"raised": [outcome.raised.kind, *outcome.raised.names]}
    written: dict[str, Any] = {"answer": to_json(comparable(outcome.answer, case))}
    changed = sorted({int(change.place[0]) for change in outcome.changed})
    return written | ({"changed": changed} if changed else {})


def _known_mistake(data: dict[str, Any]) -> _Known:
    outcomes = []
    for entry in data["outcomes"]:
        if "raised" in entry:
            kind, *names = entry["raised"]
            outcomes.append(Outcome(raised=Raised(kind, tuple(names))))
        else:
            changed = tuple(Change((position,), "numbers") for position in entry.get("changed", ()))
            outcomes.append(Outcome(from_json(entry["answer"]), changed=changed))
    return _Known(data["sentence"], tuple(outcomes), data["repeats"])


def comparable(answer: Any, case: PublicCase) -> Any:
    """Return an answer in comparable form: random numbers are replaced by their signatures."""
    return with_signatures(answer, case.expected) if case.is_random else answer


def _is_right(viewed: Any, case: PublicCase) -> bool:
    right = comparable(case.expected, case)
    return alike(_without_extras(viewed, right), right)


def _without_extras(answer: Any, *others: Any) -> Any:
    """Return a dictionary without the keys that none of the others has; they are allowed."""
    if isinstance(answer, dict) and all(isinstance(other, dict) for other in others):
        return {key: answer[key] for key in answer if any(key in other for other in others)}
    if isinstance(answer, tuple) and all(_has_parts(other, answer) for other in others):
        return tuple(map(_without_extras, answer, *others))
    return answer


def _best_match(
    known: Sequence[_Known], seen: Observation, cases: Sequence[PublicCase]
) -> str | None:
    """Return the sentence of the mistake with the highest score, the first if several have it."""
    scores = [_score(one, seen, cases) for one in known]
    best = max(scores, default=0)
    return known[scores.index(best)].sentence if best else None


def _score(known: _Known, seen: Observation, cases: Sequence[PublicCase]) -> int:
    """Return a score for how many cases show the mistake; 0 if a case contradicts it."""
    if known.repeats != seen.repeats:
        return 0
    told = 0
    raised_alike = []
    for theirs, ours, case in zip(known.outcomes, seen.outcomes, cases, strict=True):
        if (theirs.raised is None) != (ours.raised is None):
            return 0
        if theirs.raised is not None and ours.raised is not None:
            raised_alike.append(_same_exception(theirs.raised, ours.raised))
        elif _arguments(theirs) != _arguments(ours) or not _same_answer(theirs, ours, case):
            return 0
        else:
            told += bool(theirs.changed) or not _is_right(theirs.answer, case)
    # Exceptions alone say little: all must have the same type, and the same name or key. An
    # exception without a name, such as one for shapes that do not fit, may have any cause.
    named = any(outcome.raised and outcome.raised.names for outcome in known.outcomes)
    if not told and raised_alike and not (all(raised_alike) and named):
        return 0
    # Random numbers that repeat, and other results that do not, are mistakes in themselves.
    unusual = known.repeats == cases[0].is_random
    return 2 * told + sum(raised_alike) + unusual


def _arguments(outcome: Outcome) -> set[int | str]:
    return {change.place[0] for change in outcome.changed}


def _same_answer(theirs: Outcome, ours: Outcome, case: PublicCase) -> bool:
    answer = comparable(ours.answer, case)
    return alike(_without_extras(answer, theirs.answer, case.expected), theirs.answer)


def _same_exception(theirs: Raised, ours: Raised) -> bool:
    # The name of a loop variable says nothing about the mistake.
    same_names = theirs.names == ours.names or theirs.kind == "UnboundLocalError"
    return theirs.kind == ours.kind and same_names


def _sentences_by_part(
    known: Sequence[_Known], seen: Observation, cases: Sequence[PublicCase]
) -> list[str]:
    """Return the sentences of mistakes that each explain one part of the answer.

    An answer with one mistake in dW and another one in db matches no single known mistake.
    """
    found: dict[int, str] = {}
    for one in known:
        part = _wrong_part(one, cases)
        if part is not None and part not in found and _same_part(part, one, seen, cases):
            found[part] = one.sentence
    return [found[part] for part in sorted(found)]


def _wrong_part(known: _Known, cases: Sequence[PublicCase]) -> int | None:
    """Return the index of the part of the answer that a known mistake affects, if only one."""
    wrong = set()
    for outcome, case in zip(known.outcomes, cases, strict=True):
        answer, right = outcome.answer, comparable(case.expected, case)
        if outcome.raised:
            continue
        if outcome.changed or not isinstance(right, tuple) or not _has_parts(answer, right):
            return None
        wrong |= {part for part, value in enumerate(right) if not alike(answer[part], value)}
    return wrong.pop() if len(wrong) == 1 else None


def _has_parts(answer: Any, right: tuple[Any, ...]) -> bool:
    return isinstance(answer, tuple | list) and len(answer) == len(right)


def _same_part(part: int, known: _Known, seen: Observation, cases: Sequence[PublicCase]) -> bool:
    """Return whether every answer that was returned has the known mistake in this part."""
    told = False
    for theirs, ours, case in zip(known.outcomes, seen.outcomes, cases, strict=True):
        if ours.raised:
            continue
        answer, right = comparable(ours.answer, case), comparable(case.expected, case)
        if theirs.raised or not _has_parts(answer, right):
            return False
        if not alike(answer[part], theirs.answer[part]):
            return False
        told = told or not alike(theirs.answer[part], right[part])
    return told
