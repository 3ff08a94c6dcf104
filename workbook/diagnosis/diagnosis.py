"""The mistakes behind a wrong answer, found from what the answer does on the public cases.

Known mistakes explain the wrong parts of an answer, alone or together (see `explain`). What they
do not explain is examined for where it is wrong (see `where_it_goes_wrong`).
"""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np

from workbook.course.cases import CheckData, check_data
from workbook.course.exercises import Function, find_function
from workbook.course.words import listed
from workbook.diagnosis import side_effects
from workbook.diagnosis.deviations import Deviations, deviations
from workbook.diagnosis.explain import Explanation, explain
from workbook.diagnosis.known import known_mistakes
from workbook.diagnosis.misplaced import misplaced
from workbook.diagnosis.observation import Observation, observe, past_asserts
from workbook.diagnosis.parts import holds_arrays
from workbook.diagnosis.random_faults import random_faults
from workbook.diagnosis.styles import views
from workbook.diagnosis.undefined import undefined_name
from workbook.diagnosis.view import View
from workbook.diagnosis.where.where import further_keys, has_no_right_key, where_it_goes_wrong

__all__ = ["diagnose", "observe", "past_asserts"]

_log = logging.getLogger(__name__)

# More than two sentences would hide the first.
_MOST_SENTENCES = 2
# The name of the result that a sentence on a mutant is about.
_NAME = re.compile(r"^`\w+` (?=comes out as if)")
# A text among the arguments to which a sentence on a mutant is limited.
_WITH = re.compile(r'With (\w+) ("\w+"), ')


def diagnose(
    name: str,
    seen: Observation,
    function: Callable[..., Any] | None = None,
    cells: Iterable[str] = (),
) -> str | None:
    """Return the likely mistakes of a wrong answer in a sentence or two.

    What goes wrong in here is logged, for debugging, and never raised: a diagnosis explains a
    verdict, and must not be in the way of one.

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
        None if there is nothing unusual about the answer, or nothing true can be said of it.
    """
    try:
        return _diagnosis(name, seen, function, cells)
    except Exception:
        _log.debug("no diagnosis of %s", name, exc_info=True)
        return None


def _diagnosis(
    name: str,
    seen: Observation,
    function: Callable[..., Any] | None,
    cells: Iterable[str],
) -> str | None:
    data, known = check_data(name), find_function(name)
    assert known is not None
    does = deviations(seen, data.cases)
    if not does:
        return next(further_keys(known.returns, data.cases, seen), None)
    view, found = _best_view(known, data, seen, does)
    if len(found.sentences) > 1 and has_no_right_key(known.returns, data.cases, seen):
        # What is missing is all that mistakes could be known by, so any two of them would do.
        found = Explanation()
    if found.made and does.second_call and not found.complete:
        # Numbers that are others in each call may agree by chance with one of many mistakes.
        found = Explanation()
    # That some of a few numbers are those of a mistake may be chance.
    said = _joined(found.sentences) if found.complete or holds_arrays(data.cases) else []
    if not found.complete and len(said) < _MOST_SENTENCES:
        others = _other_sentences(known, data, view, found, seen, function, cells)
        said += islice(others, _MOST_SENTENCES - len(said))
    said = [*dict.fromkeys(said)][:_MOST_SENTENCES]
    # Two conventions are worth two sentences only if there is nothing else to say.
    said += view.sentences[: 1 if said else _MOST_SENTENCES]
    return "\n".join(said) or None


def _best_view(
    known: Function, data: CheckData, seen: Observation, whole: Deviations
) -> tuple[View, Explanation]:
    """Return the answer after taking off the styles whose removal explains it best."""
    found = []
    is_random = data.cases[0].is_random
    for view in views(known, data, seen):
        does = deviations(view.seen, data.cases, view.effects) if view.taken_off else whole
        does = replace(does, any_axes=view.any_axes)
        if not is_random:
            # Examples in another order may be in yet another one in a second call.
            does = replace(does, second_call=whole.second_call)
        found.append((view, explain(known_mistakes(data), does, known.returns)))

    def rank(one: tuple[View, Explanation]) -> tuple[int, ...]:
        view, explanation = one
        unknown = len(explanation.unexplained)
        count = explanation.mistakes + (0 if unknown else view.taken_off)
        unsaid = explanation.mistakes - len(explanation.sentences)
        # Nothing is known of it: the more is taken off, the less is in the way.
        order = -view.taken_off if unknown else view.taken_off
        return (not explanation.complete, unknown, unsaid, count, explanation.made, order)

    return min(found, key=rank)


def _joined(sentences: Iterable[str]) -> list[str]:
    """Return sentences with those that say the same of several results made one."""
    groups: dict[str, list[str]] = {}
    for sentence in _with_all_texts(sentences):
        groups.setdefault(_NAME.sub("", sentence), []).append(sentence)
    return [
        f"Each of {listed([one.split()[0] for one in alike])} {how}" if len(alike) > 1 else alike[0]
        for how, alike in groups.items()
    ]


def _with_all_texts(sentences: Iterable[str]) -> Iterator[str]:
    """Yield sentences, those made one that say the same with several texts as an argument."""
    groups: dict[str, list[re.Match[str]]] = {}
    for sentence in sentences:
        found = _WITH.match(sentence)
        groups.setdefault(sentence[found.end() :] if found else sentence, [])
        if found:
            groups[sentence[found.end() :]].append(found)
    for text, found_in in groups.items():
        texts = listed([found[2] for found in found_in]) if found_in else ""
        yield f"With {found_in[0][1]} {texts}, {text}" if found_in else text


def _other_sentences(
    known: Function,
    data: CheckData,
    view: View,
    found: Explanation,
    whole: Observation,
    function: Callable[..., Any] | None,
    cells: Iterable[str],
) -> Iterator[str]:
    """Yield sentences on what no known mistake explains; each further one takes time to find."""
    seen = view.seen
    if function is None:
        # If the function is in this process, its exception has been explained with its line.
        yield from undefined_name(seen, known.name, cells)
    for sentence in misplaced(seen):
        yield sentence
        return
    if any(_holds_halves(outcome.answer) for outcome in seen.outcomes):
        # Where so few digits are too few says nothing; the check itself names them.
        return
    is_random = data.cases[0].is_random
    # Two calls may differ in nothing but the order, which is not seen once a style is taken off.
    again = [] if is_random else [*side_effects.second_call(whole)]
    yield from again
    if not again:
        # Numbers that depend on earlier calls, nobody finds again.
        places = found.unexplained if found.sentences and holds_arrays(data.cases) else None
        yield from where_it_goes_wrong(
            known.returns,
            data.cases,
            seen,
            places,
            data.arguments,
            function is not None,
            not view.taken_off,
            found.all_keys,
        )
    if is_random:
        yield from random_faults(known.returns, data.cases, seen)
    if function is not None:
        yield from side_effects.global_data(function)


def _holds_halves(answer: Any) -> bool:
    """Tell whether an answer has numbers of half precision."""
    if isinstance(answer, dict):
        return any(map(_holds_halves, answer.values()))
    if isinstance(answer, tuple | list):
        return any(map(_holds_halves, answer))
    return getattr(answer, "dtype", None) == np.float16
