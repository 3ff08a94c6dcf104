"""Side effects of a function: changed inputs, second calls that differ, data of other cells."""

import builtins
import dis
import inspect
from collections.abc import Callable, Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

from workbook.course.effects_in_words import changes_in_words, input_name
from workbook.diagnosis.observation import Observation
from workbook.diagnosis.structure import listed


def second_call(seen: Observation) -> Iterator[str]:
    """Yield a sentence if a second call gave another result, but should not."""
    if not seen.repeats and seen.outcomes[0].raised is None:
        yield (
            "A second call with the same inputs gives another result: the first call leaves "
            "something behind, in a global name or a default argument, or random numbers are drawn."
        )


def changed_inputs(
    arguments: Sequence[str], seen: Observation, scripts: Sequence[Any] = ()
) -> Iterator[str]:
    """Yield a sentence that lists the inputs that the function changes.

    Parameters
    ----------
    arguments : sequence of str
        Names of the function's arguments.
    seen : Observation
        What the function did.
    scripts : sequence, optional
        For a class, the script of each case, whose data are the inputs.
    """
    found = [
        (change.what, input_name(change.place, arguments, scripts[number] if scripts else None))
        for number, outcome in enumerate(seen.outcomes)
        for change in outcome.changed
    ]
    kind = "class" if scripts else "function"
    arrays = list(dict.fromkeys(name for what, name in found if what == "numbers"))
    if arrays:
        yield (
            f"The {kind} changes its input {listed(arrays)} in place: the caller holds the same "
            "array, which has other numbers in it afterwards."
        )
    others = [one for one in found if one[0] != "numbers"]
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
            f"The function uses {listed(data)} from outside: data of another cell need not belong "
            "to these inputs."
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
