"""Keys of a dictionary other than the exercise's: their spelling, the numbers of the layers."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from workbook.course.cases import CheckData, PublicCase
from workbook.course.compare import NormalArray
from workbook.course.effects import InputPlace
from workbook.course.exercises import Function
from workbook.course.words import listed
from workbook.diagnosis.parts import at_place, part_name, spelling
from workbook.diagnosis.view import View, put, returned, with_answers

# The gradients dA have an older convention, in which each is stored one layer higher.
_ACTIVATIONS = "dA"


def _dictionaries(
    known: Function, data: CheckData, view: View
) -> Iterator[tuple[InputPlace, list[tuple[dict[str, Any], dict[str, Any]]]]]:
    """Yield the place of each dictionary that all answers have, with the right one beside it."""
    done = returned(data, view)
    for place in [(), *((i,) for i in range(len(known.returns)))] if done else []:
        pairs = [(at_place(got, place), at_place(right, place)) for got, right in done]
        if all(isinstance(one, dict) for pair in pairs for one in pair):
            yield place, pairs


def without_misspelt_keys(known: Function, data: CheckData, view: View) -> View | None:
    """Spell keys as the exercise does; None if they differ in more than case and signs."""
    for place, pairs in _dictionaries(known, data, view):
        meant = {key: there for got, right in pairs for key, there in _misspelt(got, right).items()}
        if meant and all(_misspelt(got, right) for got, right in pairs):
            first, *others = meant
            name = part_name(place, known.returns)
            sentence = f"{name} has the key `{meant[first]}`: did you mean `{first}`?"
            if others:
                sentence += f" The same goes for {listed([f'`{key}`' for key in others])}."
            return _with_keys(view, data, place, meant, sentence)
    return None


def _misspelt(got: dict[str, Any], right: dict[str, Any]) -> dict[str, str]:
    """Return for each missing key the one other key that differs in case and signs only."""
    extra = [key for key in got if isinstance(key, str) and key not in right]
    found = {
        key: [one for one in extra if spelling(one) == spelling(key)]
        for key in right
        if key not in got
    }
    return {key: there[0] for key, there in found.items() if len(there) == 1}


def _with_keys(
    view: View, data: CheckData, place: InputPlace, meant: dict[str, str], sentence: str
) -> View | None:
    """Return a view in which the value of each key comes from another key, where that is there."""

    def change(got: Any, case: PublicCase) -> Any:
        held, right = at_place(got, place), at_place(case.expected, place)
        moved = {key: held[there] for key, there in meant.items() if key in right and there in held}
        kept = {key: held[key] for key in held if key not in meant and key not in meant.values()}
        return put(got, place, kept | moved)

    return with_answers(view, data.cases, change, sentence)


def without_older_keys(known: Function, data: CheckData, view: View) -> View | None:
    """Store each dA one layer lower; None if they are not one layer too high."""
    for place, pairs in _dictionaries(known, data, view):
        highest = [f"{_ACTIVATIONS}{len(_activations(right))}" in got for got, right in pairs]
        if any(highest) and all(_fit_one_layer_lower(got, right) for got, right in pairs):
            most = max(len(right) for _, right in pairs)
            meant = {f"{_ACTIVATIONS}{l}": f"{_ACTIVATIONS}{l + 1}" for l in range(most)}
            sentence = (
                "The dA keys follow an older convention, in which dA1 is what is called dA0 here, "
                "and so on: going back through layer l gives the gradient of its input, the "
                "activations of layer l-1. This costs the tests of dA."
            )
            return _with_keys(view, data, place, meant, sentence)
    return None


def _fit_one_layer_lower(got: dict[str, Any], right: dict[str, Any]) -> bool:
    """Tell whether there is no dA0, and the other arrays dA fit their places one layer lower."""
    lowest = f"{_ACTIVATIONS}0"
    moved = {key: got.get(f"{_ACTIVATIONS}{_layer(key) + 1}") for key in _activations(right)}
    return (
        lowest in right
        and lowest not in got
        and all(
            np.shape(array) == np.shape(right[key])
            for key, array in moved.items()
            if isinstance(array, np.ndarray)
        )
    )


def _activations(right: dict[str, Any]) -> list[str]:
    return [key for key in right if re.fullmatch(rf"{_ACTIVATIONS}\d+", key)]


def _layer(key: str) -> int:
    return int(key.removeprefix(_ACTIVATIONS))


#: Returns, of the numbers of all layers in order, those that stand in their places.
_Exchange = Callable[[list[int]], list[int]]

_EXCHANGES: tuple[tuple[str, _Exchange], ...] = (
    ("{0} and {1} have changed places", lambda layers: [*layers[:2][::-1], *layers[2:]]),
    (
        "{family} of the last layer and of the one before it have changed places",
        lambda layers: [*layers[:-2], *layers[-2:][::-1]],
    ),
    (
        "{family} of the first layer and of the last have changed places",
        lambda layers: [*layers[-1:], *layers[1:-1], *layers[: len(layers) > 1]],
    ),
    ("{family} is numbered from the other end", lambda layers: layers[::-1]),
)


def without_exchanged_layers(known: Function, data: CheckData, view: View) -> View | None:
    """Put the arrays of layers back under their own keys; None if no shapes tell whose they are."""
    for place, pairs in _dictionaries(known, data, view):
        keys = [key for _, right in pairs for key in right if re.fullmatch(r"[A-Za-z]+\d+", key)]
        families = list(dict.fromkeys(key.rstrip("0123456789") for key in keys))
        for text, exchange in _EXCHANGES:
            found = [one for one in families if _are_exchanged(one, exchange, pairs)]
            if not found:
                continue
            first = _layers(found[0], max((right for _, right in pairs), key=len))
            names = [f"{found[0]}{layer}" for layer in first]
            sentence = f"{text.format(*names, family=found[0])}, as their shapes tell."
            if len(found) > 1:
                sentence += f" The same goes for {listed(found[1:])}."
            change = partial(_moved_back, place, found, exchange)
            return with_answers(view, data.cases, change, sentence)
    return None


def _moved_back(
    place: InputPlace, families: Sequence[str], exchange: _Exchange, got: Any, case: PublicCase
) -> Any:
    held, right = at_place(got, place), at_place(case.expected, place)
    moved = {}
    for family in families:
        layers = _layers(family, right)
        for to, layer in zip(exchange(layers), layers, strict=True):
            moved[f"{family}{to}"] = held[f"{family}{layer}"]
    return put(got, place, held | moved)


def _are_exchanged(
    family: str,
    exchange: _Exchange,
    pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]],
) -> bool:
    """Tell whether arrays that do not fit in their places would do so after an exchange."""
    told = False
    for got, right in pairs:
        layers = _layers(family, right)
        for to, layer in zip(exchange(layers), layers, strict=True):
            array = got.get(f"{family}{layer}")
            own, other = (right[f"{family}{one}"].shape for one in (layer, to))
            if not isinstance(array, np.ndarray) or array.shape != other:
                return False
            told = told or array.shape != own
    return told


def _layers(family: str, right: dict[str, Any]) -> list[int]:
    """Return the numbers of the arrays of these letters."""
    return sorted(
        int(key.removeprefix(family))
        for key, array in right.items()
        if re.fullmatch(rf"{family}\d+", key) and isinstance(array, np.ndarray | NormalArray)
    )
