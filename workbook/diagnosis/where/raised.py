"""What is said of exceptions of which only the type and the message are known."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from workbook.course.cases import PublicCase
from workbook.course.findings import Findings
from workbook.course.verdicts import Raised
from workbook.course.words import counted, listed
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.parts import spelling
from workbook.diagnosis.python_errors import meaning
from workbook.diagnosis.shapes_told import inner_sizes_told, misfit, shapes_told
from workbook.diagnosis.where.leaves import of_key
from workbook.diagnosis.where.names import titles

# A sentence names so many cases by their titles.
_MOST_TITLES = 2


def on_raised(
    cases: Sequence[PublicCase],
    seen: Observation,
    arguments: Sequence[str],
    all_right: bool,
    explained: bool = False,
) -> Iterator[str]:
    """Yield sentences on the exceptions that ended calls.

    Parameters
    ----------
    cases : sequence of PublicCase
        The public cases.
    seen : Observation
        What the answer did on them.
    arguments : sequence of str
        Names of the function's arguments.
    all_right : bool
        Whether every answer that came back is right.
    explained : bool, optional
        Whether the exceptions' own messages are explained elsewhere, with their lines.
    """
    ended = [(c, o.raised) for c, o in zip(cases, seen.outcomes, strict=True) if o.raised]
    # A name without a value has a sentence of its own.
    if not ended or any(raised.kind == "NameError" for _, raised in ended):
        return
    kinds = list(dict.fromkeys(raised.kind for _, raised in ended))
    if all(isinstance(case.expected, Findings) and case.expected for case, _ in ended):
        where = titles([case for case, _ in ended][:_MOST_TITLES])
        yield (
            f"Your test ends with {listed(kinds)} {where}. If the candidate raises it, on a real "
            "layer, that is a mistake that you have found: catch it. If it comes from your own "
            "lines, they do not expect what this candidate returns."
        )
        return
    if len(ended) < len(cases) and all_right:
        where = titles([case for case, _ in ended])
        if len(ended) > _MOST_TITLES:
            where = f"in {len(ended)} of {len(cases)} cases"
        yield f"The answers that come back are right, but {where} it raises {listed(kinds)}."
    for kind in kinds:
        some = [(case, raised) for case, raised in ended if raised.kind == kind]
        if explained and (kind == "AttributeError" or meaning(kind, some[0][1].message)):
            continue
        yield from _OF_KIND.get(kind, _nothing)(some, arguments)
        for said in dict.fromkeys(meaning(kind, raised.message) for _, raised in some):
            if said:
                yield f"{said}."


_Ended = Sequence[tuple[PublicCase, Raised]]


def _nothing(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    yield from ()


def _key(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on a key that no dictionary of the inputs has."""
    keys = [(case, raised.names[0] if raised.names else "") for case, raised in ended]
    if not all(key for _, key in keys):
        return
    held = [(_dictionaries(case, arguments), key) for case, key in keys]
    dictionaries, key = held[0]
    if all(re.fullmatch(r"d?A\d+", key) for _, key in held):
        holders = [name for name, found in dictionaries.items() if {key, f"d{key}"} & {*found}]
        if holders:
            yield (
                f"`{key}` is asked for where it is no key: {listed(holders)} "
                f"{'holds' if len(holders) == 1 else 'hold'} dA as well, to which no parameter "
                "belongs. Go through the keys of the parameters."
            )
            return
    if any(key in found for dictionaries, key in held for found in dictionaries.values()):
        return
    if key in ("W0", "b0") and all(key == one for _, one in held):
        yield f"`{key}` is asked for, but layers are counted from 1: the first one has `{key[0]}1`."
        return
    if all(_is_one_too_many(found, key) for found, key in held):
        yield (
            f"`{key}` is asked for, but there is no such layer: it is one more than there are. "
            "Are the layers counted wrongly, or written out one by one?"
        )
        return
    every = {str(one): name for name, found in dictionaries.items() for one in found}
    near = [one for one in every if spelling(one) == spelling(key)]
    near += get_close_matches(key, list(every), n=1, cutoff=0.6)
    if near:
        yield f"There is no key `{key}`: did you mean `{near[0]}`, of {every[near[0]]}?"


def _is_one_too_many(dictionaries: dict[str, dict[str, Any]], key: str) -> bool:
    letters, layer = of_key(key)
    for found in dictionaries.values():
        layers = [number for one in found for name, number in [of_key(one)] if name == letters]
        known = [number for number in layers if number is not None]
        if known and layer == max(known) + 1:
            return True
    return False


def _dictionaries(case: PublicCase, arguments: Sequence[str]) -> dict[str, dict[str, Any]]:
    pairs = zip(arguments, case.args, strict=False)
    return {name: value for name, value in pairs if isinstance(value, dict)}


def _attribute(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    """Yield a sentence on an attribute that a value does not have."""
    for _, raised in ended:
        if len(raised.names) != 2 or not raised.message.endswith(f"attribute '{raised.names[1]}'"):
            continue
        of, name = raised.names
        if of == "numpy.ndarray" and name in arguments:
            yield (
                f"`.{name}` asks an array for something of this name, which it does not have: was "
                "a comma meant, and not a dot?"
            )
        elif of in ("tuple", "list"):
            yield (
                f"A {of} has no `{name}`, but an array may: look for a cache, or for what a "
                "function returns, that is not taken apart."
            )
        return


def _unbound(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    name = next((raised.names[0] for _, raised in ended if raised.names), "")
    if name:
        yield (
            f"`{name}` is used where nothing has given it a value: look at the `if` or the loop "
            "that should."
        )


def _index(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    yield "An index goes beyond the end: entries are numbered from 0 to one less than their number."


def _type(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    for _, raised in ended:
        if "'NoneType'" in raised.message:
            yield (
                "None stands where a value is needed: is a `return` missing in a function that is "
                "called? Methods that change an object, such as `append`, give None, too."
            )
            return
        if "tuple" in raised.names and (
            "operand" in raised.message or "supported" in raised.message
        ):
            yield (
                "An operation gets a tuple where it needs numbers: look for a cache, or for what a "
                "function returns, that is not taken apart or is taken apart in another order."
            )
            return


def _value(ended: _Ended, arguments: Sequence[str]) -> Iterator[str]:
    case, raised = ended[0]
    if "truth value" in raised.message:
        yield "An `if`, `and` or `or` gets a whole array, where it needs one True or False."
        return
    if "to unpack" in raised.message:
        yield _unpacked(case, raised)
        return
    if "setting an array element with a sequence" in raised.message:
        yield (
            "Several arrays in a tuple or a list are taken for a single array: look for a cache, "
            "or for what a function returns, that is not taken apart or is taken apart in another "
            "order."
        )
        return
    shapes = _on_shapes(raised.message)
    if shapes:
        yield shapes.format(where=titles([case]))
        return
    sizes = inner_sizes_told(raised.message)
    if sizes:
        yield (
            f"Two arrays are multiplied as matrices whose inner sizes are {sizes[0]} and "
            f"{sizes[1]}, {titles([case])}: look at their order, and at what is transposed."
        )


def _on_shapes(message: str) -> str:
    """Return a sentence on the shapes that a message tells, with {where}; "" if it tells none."""
    shapes = shapes_told(message)
    if len(shapes) < 2:
        return ""
    if "non-broadcastable output" in message:
        return (
            f"A result of shape {shapes[1]} does not fit into an array of shape {shapes[0]}, which "
            "is changed in place, as `+=` does it, {where}: make a new array of it."
        )
    if "input array" in message or "value array" in message:
        return (
            f"An array of shape {shapes[0]} is put into a place of shape {shapes[1]}, {{where}}, "
            "and does not fit."
        )
    if "original->remapped" in message:
        return (
            f"Arrays of shapes {shapes[0]} and {shapes[1]} do not fit in `einsum`, {{where}}: one "
            "letter stands for axes of different sizes."
        )
    if "aligned" in message:
        how = "are multiplied as matrices"
    # Of three arrays, two may well fit.
    elif "broadcast" in message and (pair := misfit(shapes)):
        how, shapes = "meet entry by entry", [*pair]
    else:
        return ""
    return f"Arrays of shapes {shapes[0]} and {shapes[1]} {how}, and do not fit, {{where}}."


def _unpacked(case: PublicCase, raised: Raised) -> str:
    """Return a sentence on a value that is taken apart, with what it may be."""
    sizes = re.search(r"expected (\d+)(?:, got (\d+))?", raised.message)
    if not sizes:
        return "A value is taken apart into another number of names than it has entries."
    names, count = int(sizes[1]), sizes[2]
    entries = f" with {counted(int(count), 'entry', 'entries')}" if count else ""
    said = f"A value{entries} is taken apart into {names} names"
    cache = next((one for one in case.args if isinstance(one, tuple)), ())
    inner = cache[0] if cache and isinstance(cache[0], tuple) else ()
    if inner and len(inner) == names and str(len(cache)) == count:
        return (
            f"{said}: the cache has {count} entries, and the linear cache in it has {names}. Which "
            "of them is taken apart, and do all arguments come in the right order?"
        )
    return (
        f"{said}, and has another number of entries: look at what it is, and whether the arguments "
        "of the function that takes it apart come in the right order."
    )


_OF_KIND = {
    "AttributeError": _attribute,
    "KeyError": _key,
    "UnboundLocalError": _unbound,
    "IndexError": _index,
    "TypeError": _type,
    "ValueError": _value,
}
