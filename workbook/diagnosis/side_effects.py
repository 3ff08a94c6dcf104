"""Side effects of a function: changed inputs, second calls that differ, data of other cells."""

import builtins
import dis
import inspect
from collections.abc import Callable, Iterator
from types import CodeType, ModuleType
from typing import Any

from workbook.course.cases import CheckData
from workbook.course.effects_in_words import changes_in_words, input_name
from workbook.course.words import listed
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.parts import at_place

# What is said of each change, the gravest first.
_CHANGES = (
    (
        "numbers",
        "The {kind} changes its {input} {names} in place: the caller holds the same {array}, which "
        "{has} other numbers in {it} afterwards.",
    ),
    (
        "refilled",
        "The caller's own {names} {is} refilled: afterwards other values stand under {its} keys, "
        "and the caller has lost the old ones. Put the new values in a new dictionary.",
    ),
    (
        "added",
        "The {kind} puts new keys into the caller's own {names}: what belongs to the answer goes "
        "in a new dictionary.",
    ),
)
# What stands in these sentences for one name, and for several.
_SEVERAL = {
    "input": "inputs", "array": "arrays", "is": "are", "has": "have", "it": "them", "its": "their",
}  # fmt: skip


def second_call(seen: Observation) -> Iterator[str]:
    """Yield a sentence if a second call gave another result, but should not."""
    if not seen.repeats and seen.outcomes[0].raised is None:
        yield (
            "A later call with the same inputs gives another result: an earlier call leaves "
            "something behind, in a global name or a default argument, or random numbers are drawn."
        )


def changed_inputs(data: CheckData, seen: Observation, is_class: bool = False) -> Iterator[str]:
    """Yield a sentence for each kind of change that the function makes to its inputs.

    Parameters
    ----------
    data : CheckData
        The public cases, and the names of the function's arguments.
    seen : Observation
        What the function did.
    is_class : bool
        Whether it is a class; then the data of each case's script are the inputs.
    """
    found: dict[str, dict[str, None]] = {}
    others: list[tuple[str, str]] = []
    for case, outcome in zip(data.cases, seen.outcomes, strict=True):
        script = case.args[0] if is_class else None
        for change in outcome.changed:
            refilled = change.what in ("replaced", "added") and isinstance(
                at_place(case.args, change.place[:-1]), dict
            )
            place = change.place[:-1] if refilled else change.place
            name = input_name(place, data.arguments, script)
            what = "added" if refilled and change.what == "added" else "refilled"
            if refilled or change.what == "numbers":
                found.setdefault(what if refilled else "numbers", {})[name] = None
            else:
                others.append((change.what, name))
    kind = "class" if is_class else "function"
    for what, text in _CHANGES:
        if what in found:
            names = [*found[what]]
            words = {one: many if len(names) > 1 else one for one, many in _SEVERAL.items()}
            yield text.format(kind=kind, names=listed(names), **words)
    if others:
        yield f"{changes_in_words(others, f'The {kind}')}."


def global_data(function: Callable[..., Any]) -> Iterator[str]:
    """Yield a sentence that lists the data of other cells that the function uses."""
    inner = inspect.unwrap(function)
    code, names = getattr(inner, "__code__", None), getattr(inner, "__globals__", {})
    if not isinstance(code, CodeType):
        return
    # In alphabetical order: that of the instructions differs between versions of Python.
    data = [f"`{name}`" for name in sorted(_global_names(code)) if _is_data(name, names)]
    if data:
        yield (
            f"The function uses {listed(data)} from outside: what stands there from another "
            "cell or an earlier call need not belong to these inputs."
        )


def _global_names(code: CodeType) -> list[str]:
    """Return the global names that a function and its inner functions read."""
    names = [step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"]
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            names += _global_names(constant)
    return list(dict.fromkeys(names))


def _is_data(name: str, names: dict[str, Any]) -> bool:
    """Return whether a global name holds data; functions, modules and CONSTANTS are allowed."""
    if name not in names or hasattr(builtins, name) or name.isupper():
        return False
    return not callable(names[name]) and not isinstance(names[name], ModuleType)
