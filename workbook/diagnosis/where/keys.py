"""Keys of a dictionary that are missing, misspelt, or one layer off."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from workbook.course.compare import NormalArray, alike
from workbook.course.kinds import OfKind
from workbook.course.words import listed
from workbook.diagnosis.parts import MISSING, spelling
from workbook.diagnosis.where.containers import same
from workbook.diagnosis.where.leaves import of_key
from workbook.diagnosis.where.names import LAYER_ROLES

# So many missing keys are listed.
_FEW = 3
# What may be missing: groups of layers, as in `LAYER_ROLES`.
_LEFT_OUT = (
    *LAYER_ROLES[1:],
    ("{} of the last two layers", lambda layer, layers: layer > layers - 2),
    ("{} of the first two layers", lambda layer, layers: layer <= 2),
)


def on_keys(name: str, pairs: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Yield what is wrong with the keys of a dictionary.

    Parameters
    ----------
    name : str
        Name of the dictionary.
    pairs : sequence of (dict, dict)
        For each case the learner's dictionary, and the right one.
    """
    for step, families in shifted_families(pairs).items():
        first = min(_numbers(pairs[0][1], families[0]))
        is_random = isinstance(pairs[0][1][f"{families[0]}{first}"], NormalArray)
        what = "has the shape" if is_random else "holds the value"
        yield (
            f"The keys of {listed(families)} are one layer off: {families[0]}{first + step} {what} "
            f"of {families[0]}{first}."
        )
        return
    bare = [
        key
        for key in pairs[0][0]
        if isinstance(key, str) and all(_is_bare(key, *one) for one in pairs)
    ]
    if bare:
        yield f"{name} has the keys {listed(bare)} without the number of a layer."
        return
    meant = _meant(pairs)
    if meant:
        key, *others = meant
        more = f" The same holds for {listed([f'`{one}`' for one in others])}." if others else ""
        yield f"{name} has the key `{meant[key]}`: did you mean `{key}`?{more}"
        return
    missing = list(dict.fromkeys(key for got, right in pairs for key in right if key not in got))
    if not missing:
        return
    if all(not got for got, _ in pairs):
        why = (
            "" if "." in name else ": no key is set. If a loop should set them, does it run at all?"
        )
        yield f"{name} is empty{why or '.'}"
        return
    lacking = [[key for key in right if key not in got] for got, right in pairs]
    some = "" if all(lacking) else f" in {sum(map(bool, lacking))} of {len(lacking)} cases"
    which = _which(missing, pairs)
    if which.startswith("`") and any(
        keys and key in right and key not in keys
        for keys, (_, right) in zip(lacking, pairs, strict=True)
        for key in missing
    ):
        # It is not the same keys that are missing each time.
        once = listed([f"`{key}`" for key in next(filter(None, lacking))])
        yield f"{name} lacks keys{some}, the first time {once}."
        return
    yield f"{name} lacks {which}{some}."


def on_extra_keys(name: str, pairs: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    """Yield which keys a dictionary of parameters has besides the right ones.

    Parameters
    ----------
    name : str
        Name of the dictionary.
    pairs : sequence of (dict, dict)
        For each case the learner's dictionary, and the right one.
    """
    extra = list(dict.fromkeys(str(key) for got, right in pairs for key in got if key not in right))
    if not extra or any(key not in got for got, right in pairs for key in right):
        return
    letters = {of_key(key)[0] for _, right in pairs for key in right}
    # Gradients besides those that are asked for do no harm; the layers of parameters are counted.
    if letters != {"W", "b"}:
        return
    shown, when = extra, ""
    if any(key in right for key in extra for _, right in pairs):
        # What is too many in one case belongs in another.
        every = ([str(key) for key in got if key not in right] for got, right in pairs)
        shown, when = next(filter(None, every)), "the first time "
    keys = when + listed([f"`{key}`" for key in shown], _FEW)
    if any(_is_kept(key, pairs) for key in extra):
        yield (
            f"{name} still holds keys of an earlier call, {keys}: a dictionary that is made "
            "outside of the function, or as a default argument, outlives the call."
        )
        return
    why = ""
    if all(re.fullmatch(r"(d?W|d?b)0", key) for key in extra):
        why = ": layer 0 is the input, and has none"
    elif all(of_key(key)[0] not in letters for key in extra):
        why = f", where only keys of {listed([f'`{one}`' for one in sorted(letters)])} belong"
    some = [any(key not in right for key in got) for got, right in pairs]
    why += "" if all(some) else f" in {sum(some)} of {len(some)} cases"
    yield (
        f"{name} has further keys, {keys}{why}."
        if len(extra) > 1
        else (f"{name} has a further key, {keys}{why}.")
    )


def _is_kept(key: str, pairs: Sequence[tuple[Any, Any]]) -> bool:
    """Return whether a key too many holds the array that belongs there in an earlier case."""
    found = [(got[key], key in right) for got, right in pairs if key in got]
    return any(
        not belongs and belonged and np.any(value) and same(value, before)
        for at, (value, belongs) in enumerate(found)
        for before, belonged in found[:at]
    )


def _is_bare(key: Any, got: Any, right: Any) -> bool:
    """Return whether a key has the letters of keys that are missing, but no number."""
    return (
        key in got
        and key not in right
        and any(of_key(one)[0] == key for one in right if one not in got)
    )


def _which(missing: Sequence[str], pairs: Sequence[tuple[Any, Any]]) -> str:
    """Return the missing keys: by name if they are few, else those of some layers."""
    if len(missing) <= _FEW:
        return listed([f"`{key}`" for key in missing])
    layers = [
        (max(filter(None, (of_key(key)[1] for key in right)), default=0), got, right)
        for got, right in pairs
    ]
    some = any(key in got for got, right in pairs for key in right)
    for text, holds in _LEFT_OUT if some else ():
        if all(
            (key in got) != holds(of_key(key)[1] or 0, depth)
            for depth, got, right in layers
            for key in right
        ):
            return text.format("the keys")
    families = list(dict.fromkeys(of_key(key)[0] for key in missing))
    letters = {of_key(key)[0] for got, _ in pairs for key in map(str, got)}
    if not letters.intersection(families):
        every = f"every key of {listed(families)}"
        there = list(dict.fromkeys(str(key) for got, _ in pairs for key in got))
        if any(isinstance(key, OfKind) for got, _ in pairs for key in got):
            # Several keys of one kind are one key here.
            return f"{every}: {listed(there)} stands where text such as `{missing[0]}` belongs"
        return f"{every}: its keys are {listed(there)}"
    return listed([f"`{key}`" for key in missing])


def _meant(pairs: Sequence[tuple[Any, Any]]) -> dict[str, str]:
    """Return for missing keys the key that is there in their place.

    Some may have no such key, if the others have the right letters and number.
    """
    found: dict[str, str] = {}
    every = True
    for got, right in pairs:
        extra = [key for key in got if key not in right]
        for key in right:
            if key not in got and extra:
                there = _nearest(key, got, right, extra)
                every = every and there is not None
                if there is not None and found.setdefault(key, str(there)) != str(there):
                    return {}
    spelt = all(spelling(there) == spelling(key) for key, there in found.items())
    return found if every or spelt else {}


def _nearest(key: str, got: Any, right: Any, extra: Sequence[Any]) -> Any:
    """Return the key that was meant to be this one: by its letters, or by its value."""
    spelt = [one for one in extra if spelling(one) == spelling(key)]
    if spelt:
        return spelt[0]
    value = right[key]
    if not isinstance(value, NormalArray) and np.any(value):
        equal = [one for one in extra if alike(got[one], value)]
        if len(equal) == 1:
            return equal[0]
    return None


def shifted_families(pairs: Sequence[tuple[Any, Any]]) -> dict[int, list[str]]:
    """Return the letters of keys that hold the values of a neighbouring layer, by the step."""
    families = list(dict.fromkeys(of_key(key)[0] for _, right in pairs for key in right))
    found: dict[int, list[str]] = {}
    for family in families:
        for step in (1, -1):
            if all(_is_shifted(got, right, family, step) for got, right in pairs):
                found.setdefault(step, []).append(family)
    return found


def _numbers(right: dict[str, Any], family: str) -> list[int]:
    return [
        int(key[len(family) :]) for key in right if re.fullmatch(rf"{re.escape(family)}\d+", key)
    ]


def _is_shifted(got: dict[str, Any], right: dict[str, Any], family: str, step: int) -> bool:
    layers = _numbers(right, family)
    return (
        bool(layers)
        and all(
            same(got.get(f"{family}{number + step}", MISSING), right[f"{family}{number}"])
            for number in layers
        )
        and not all(
            same(got.get(f"{family}{number}", MISSING), right[f"{family}{number}"])
            for number in layers
        )
    )
