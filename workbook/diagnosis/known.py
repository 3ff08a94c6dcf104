"""Known mistakes as data: a sentence for each, and the fingerprints of what it makes of an answer.

Of a mistake nothing is stored but what it does on the public cases other than the right answer.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from workbook.course.cases import CheckData, PublicCase
from workbook.course.effects import InputPlace
from workbook.course.verdicts import Raised
from workbook.diagnosis.deviations import Deviation, Deviations, deviations
from workbook.diagnosis.fingerprints import Fingerprint, fingerprint
from workbook.diagnosis.observation import observe
from workbook.diagnosis.parts import at_place, comparable, places

# By these letters the keys of weights and of biases are told apart.
_LETTERS = ("W", "b")


@dataclass(frozen=True)
class Known:
    """A known mistake, or several in one answer.

    Attributes
    ----------
    sentences : tuple of str
        A sentence for each mistake.
    does : Deviations
        What it does on each public case.
    written : bool
        Whether a person has written the mistake and its sentence; the others are made by rules.
    """

    sentences: tuple[str, ...]
    does: Deviations
    written: bool = True


def known_mistake(
    sentences: Iterable[str],
    function: Callable[..., Any],
    cases: Sequence[PublicCase],
    written: bool = True,
) -> Known:
    """Return what a function that makes a mistake does on the public cases."""
    return Known(tuple(sentences), deviations(observe(function, cases), cases), written)


def to_json(known: Sequence[Known], cases: Sequence[PublicCase]) -> dict[str, Any]:
    """Return known mistakes as JSON can hold them.

    Returns
    -------
    dict
        "sentences" : list of str
        "mistakes" : list, for each mistake the indices of its sentences and what it does: for each
        case 0 if nothing is wrong there, else a dictionary with the fingerprint of each wrong part.
        A part is named by its number among the places of the case's right answer. What does the
        same "of" another mistake is told by the number of that one, and the letter of the keys.
    """
    sentences = list(dict.fromkeys(text for one in known for text in one.sentences))
    parts = [_parts(case) for case in cases]
    mistakes: list[dict[str, Any]] = []
    halves: dict[str, tuple[int, str]] = {}
    for one in known:
        data: dict[str, Any] = {"says": [sentences.index(text) for text in one.sentences]}
        done = _cases_data(one.does.cases, parts)
        if str(done) in halves:
            # The same as another mistake, for the weights or the biases only.
            data["of"] = halves[str(done)]
        else:
            data["cases"] = done
            for letter in _LETTERS:
                half = [_only(case, letter) for case in one.does.cases]
                halves.setdefault(str(_cases_data(half, parts)), (len(mistakes), letter))
        if one.does.second_call:
            data["second call"] = one.does.second_call
        if not one.written:
            data["made"] = 1
        mistakes.append(data)
    return {"sentences": sentences, "mistakes": mistakes}


@lru_cache(maxsize=64)
def known_mistakes(data: CheckData) -> tuple[Known, ...]:
    """Return the known mistakes of a function from its check data."""
    every = [_parts(case) for case in data.cases]
    entries = data.known.get("mistakes", ())
    sentences = data.known.get("sentences", ())
    found: list[Known] = []
    for entry in entries:
        if "of" in entry:
            whole, letter = entry["of"]
            cases = tuple(_only(case, letter) for case in found[whole].does.cases)
        else:
            cases = tuple(_deviation(*pair) for pair in zip(entry["cases"], every, strict=True))
        does = Deviations(cases, entry.get("second call", ""))
        says = tuple(sentences[i] for i in entry["says"])
        found.append(Known(says, does, written="made" not in entry))
    return tuple(found)


def _only(does: Deviation, letter: str) -> Deviation:
    """Return what a mistake does to the weights only, or to the biases."""
    wrong = {
        place: mark for place, mark in does.wrong.items() if place and letter in str(place[-1])
    }
    return replace(does, wrong=wrong)


@dataclass(frozen=True)
class _Parts:
    """The parts of a case's right answer, by whose numbers wrong ones are named."""

    places: tuple[InputPlace, ...]
    structures: tuple[str, ...]


def _parts(case: PublicCase) -> _Parts:
    right = comparable(case.expected, case)
    found = tuple(places(right))
    return _Parts(found, tuple(fingerprint(at_place(right, place)).structure for place in found))


def _cases_data(cases: Iterable[Deviation], parts: Sequence[_Parts]) -> list[Any]:
    return [_deviation_data(*pair) for pair in zip(cases, parts, strict=True)]


def _deviation_data(does: Deviation, parts: _Parts) -> Any:
    if does.raised is not None:
        return {"raised": [does.raised.kind, *does.raised.names]}
    data: dict[str, Any] = {}
    for place, one in does.wrong.items():
        number = parts.places.index(place)
        # The structure is nearly always right, and the numbers are wrong.
        same = one.structure == parts.structures[number]
        data[str(number)] = one.number if same else [one.structure, one.number]
    if does.changed:
        data["changed"] = sorted(map(list, does.changed), key=str)
    if does.extra:
        data["extra"] = sorted(map(list, does.extra), key=str)
    return data or 0


def _deviation(data: Any, parts: _Parts) -> Deviation:
    if data == 0:
        return Deviation()
    if "raised" in data:
        kind, *names = data["raised"]
        return Deviation(raised=Raised(kind, tuple(names)))
    wrong = {
        parts.places[int(key)]: Fingerprint(*one)
        if isinstance(one, list)
        else Fingerprint(parts.structures[int(key)], one)
        for key, one in data.items()
        if key.isdigit()
    }
    changed = frozenset((at, what) for at, what in data.get("changed", ()))
    return Deviation(wrong, None, changed, frozenset(map(tuple, data.get("extra", ()))))
