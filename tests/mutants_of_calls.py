"""Mutants of what a function does with its arguments and results, whatever its formula.

A wrapper around the right answer: it remembers what it should forget, hands the caller's arrays
back, cuts numbers off, or refuses what the docstring allows.
"""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.mutants_inputs import types_of_arguments
from tests.reference import COURSE
from workbook.build.mutants import Mutant
from workbook.course.exercises import find_function

#: What each wrapper may use.
_SUPPORT = """
import copy
import inspect
import numpy as np

def _mapped(value, leaf):
    if isinstance(value, dict):
        return {key: _mapped(entry, leaf) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(_mapped(entry, leaf) for entry in value)
    return leaf(value) if isinstance(value, np.ndarray) else value

def _arrays(value):
    found = []
    _mapped(value, lambda one: found.append(one) or one)
    return found

_kept = {}
"""

_WRAPPER = """
_right = {name}

def {name}{signature}:
{before}
    result = _right({names})
{after}
    return result
"""

#: State that outlives a call, and arrays that are shared. The result is `result`.
_STATE = {
    "buffer of each shape": """
def one(array):
    kept = _kept.setdefault((array.shape, len(used)), np.zeros(array.shape))
    used.append(1)
    kept[...] = array
    return kept
used = []
result = _mapped(result, one)""",
    "equal results are one object": """
key = repr(_mapped(result, lambda one: one.tobytes()))
result = _kept.setdefault(key, result)""",
    "equal arrays are one object": """
held = {}
result = _mapped(result, lambda one: held.setdefault((one.shape, one.tobytes()), one))""",
    "equal arrays of all calls are one object": """
result = _mapped(result, lambda one: _kept.setdefault((one.shape, one.tobytes()), one))""",
    "the caller's array where it is equal": """
given = _arrays([ARGUMENTS])
result = _mapped(result, lambda one: next(
    (a for a in given if a.shape == one.shape and np.array_equal(a, one)), one))""",
}
_OF_DICTIONARIES = {
    "results of earlier calls are kept": """
_kept.update(result)
result = dict(_kept)""",
    "one dictionary for all calls": """
_kept.clear()
_kept.update(result)
result = _kept""",
}
_OF_LISTS = {
    "results of earlier calls are kept": """
kept = _kept.setdefault("list", [])
kept.extend(result)
result = list(kept)""",
}
#: What is done to an argument `x` before the right answer is found.
_ARRAYS = {
    "capped at 5": "x = np.clip(x, -5, 5)",
    "capped at 10": "x = np.clip(x, -10, 10)",
    "no negative numbers": "x = np.abs(x)",
    "changed in place": "given = x; x = x.copy(); given += 1",
}
_SHARES = {
    "clipped at 0.001": "x = np.clip(x, 1e-3, 1 - 1e-3)",
    "clipped at 0.01": "x = np.clip(x, 0.01, 0.99)",
    "clipped at 0.05": "x = np.clip(x, 0.05, 0.95)",
}
_LABELS = {
    "refuses integers": 'if x.dtype.kind in "iu": raise TypeError("labels are no floats")',
    "refuses booleans": 'if x.dtype.kind == "b": raise TypeError("labels are no floats")',
}
_NUMBERS = {
    "capped at 1": "x = min(x, 1.0)",
    "at least 0.001": "x = max(x, 1e-3)",
}
_WHOLE = {"capped at 10": "x = min(x, 10)"}
_DICTIONARIES = {
    "capped at 5": "x = {k: np.clip(a, -5, 5) for k, a in x.items()}",
    "capped at 10": "x = {k: np.clip(a, -10, 10) for k, a in x.items()}",
    "refuses another order": (
        "k = [k.lstrip('d') for k in x if 'A' not in k]; "
        "if_not = k != [f'{c}{l}' for l in range(1, 99) for c in 'Wb'][:len(k)]\n"
        "if if_not: raise KeyError('order')"
    ),
    "refuses ten layers": "if any(k.endswith('10') for k in x): raise KeyError('ten layers')",
    "refuses one layer": "if not any(k.endswith('2') for k in x): raise KeyError('one layer')",
    "changed in place": "given = x; x = copy.deepcopy(x); [a.fill(7) for a in given.values()]",
    "an entry added": "x['new'] = np.zeros((1, 1))",
    "an entry removed": "taken = x.popitem()",
}
_LISTS = {
    "capped at 1": "x = [min(one, 1.0) if isinstance(one, float) else one for one in x]",
    "an entry added": "x.append(x[-1])",
    "reversed": "x.reverse()",
}
_RANDOM = {
    "refuses numbers": "if isinstance(x, int): raise TypeError('no generator')",
    "refuses generators": "if not isinstance(x, int): raise TypeError('no number')",
}
_RESULTS = {
    "capped at 5": "np.clip(one, -5, 5)",
    "capped at 6": "np.minimum(one, 6)",
    "capped at 10": "np.clip(one, -10, 10)",
    "capped at 1": "np.minimum(one, 1)",
    "rounded to 3 digits": "np.round(one, 3)",
}


def mutants_of_calls(name: str) -> list[Mutant]:
    """Return the mutants of a function, or those of a class's attributes."""
    source = COURSE.solution(name).read_text(encoding="utf-8")
    reference = COURSE.reference(name)
    if isinstance(reference, type):
        return list(_of_class(name, source, reference))
    return list(_of_function(name, source, reference))


def _of_function(name: str, source: str, reference: Callable[..., Any]) -> Iterator[Mutant]:
    signature = inspect.signature(reference)
    names = list(signature.parameters)
    known = find_function(name)
    assert known is not None

    def made(rule: str, before: str = "pass", after: str = "pass", head: str = "") -> Mutant:
        text = _WRAPPER.format(
            name=name,
            signature=head or str(signature),
            names=", ".join(names),
            before=_indented(before),
            after=_indented(after.replace("ARGUMENTS", ", ".join(names))),
        )
        return Mutant(rule, "", f"{source}\n{_SUPPORT}\n{text}", name)

    kinds = types_of_arguments(reference)
    state = _state(source, reference, known.new)
    for rule, after in state.items():
        yield made(f"state: {rule}", after=after)
    for rule, text in _RESULTS.items():
        if "rounded" in rule and "np.random.randn" in source:
            continue
        capped = f"one = {text.replace('one', 'result')} if isinstance(result, float) else None\n"
        after = f"result = _mapped(result, lambda one: {text})\n{capped}"
        yield made(
            f"result: {rule}", after=f"{after}result = result if one is None else float(one)"
        )
    for argument in names:
        for rule, before in _changes_of(argument, kinds.get(argument, "")):
            yield made(f"{argument}: {rule}", before=re.sub(r"\bx\b", argument, before))
    for at, argument in enumerate(signature.parameters.values()):
        if argument.default is not argument.empty:
            # None before it may have one, either.
            rest = [str(one) for one in signature.parameters.values()][at + 1 :]
            head = f"({', '.join([*names[: at + 1], *rest])})"
            yield made(f"{argument.name}: no default", head=head)


def _state(source: str, reference: Callable[..., Any], new: bool) -> dict[str, str]:
    """Return what can outlive a call, or be shared, of such a result."""
    doc_of_arguments, _, doc = (inspect.getdoc(reference) or "").partition("Returns\n")
    results = re.findall(r"^\w[\w, ]* : (.+)", doc, re.M)
    returned = results[0] if len(results) == 1 else ""
    state = dict(_STATE)
    takes_arrays = {"ndarray", "dict"} & {*re.findall(r"\w+", doc_of_arguments)}
    if not new or not takes_arrays:
        del state["the caller's array where it is equal"]
    if not new:
        del state["equal results are one object"]
        del state["equal arrays of all calls are one object"]
    if not new or "np.zeros" not in source:
        del state["equal arrays are one object"]
    if "np.random" in source:
        state.pop("equal results are one object", None)
    if not {"ndarray", "dict", "list"} & {*re.findall(r"\w+", " ".join(results))}:
        return {}
    more = {"dict": _OF_DICTIONARIES, "list": _OF_LISTS}
    return state | more.get(returned.partition(" ")[0], {})


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.strip("\n").splitlines())


def _changes_of(name: str, kind: str) -> Iterator[tuple[str, str]]:
    """Yield what can be done to an argument of a type."""
    if name == "Y" or "0 or 1" in kind:
        yield from _LABELS.items()
        return
    first = kind.split()[0].strip(",") if kind else ""
    if "numpy.random.Generator" in kind:
        yield from _RANDOM.items()
        return
    tables = {
        "ndarray": _ARRAYS,
        "float": _NUMBERS,
        "int": _WHOLE,
        "dict": _DICTIONARIES,
        "list": _LISTS,
    }
    if first != "float" or re.search("rate|lambd|norm", name):
        yield from tables.get(first, {}).items()
    if name in ("layer_dims", "caches"):
        yield "refuses ten layers", "if len(x) > 10: raise ValueError('too many')"
    if first == "dict" and "dA0" in kind:
        yield "refuses dA", "if any('A' in k for k in x): raise KeyError('dA')"
    if "between 0 and 1" in kind:
        yield from _SHARES.items()
    if "any shape" in kind or "vector or a matrix" in kind:
        yield "refuses vectors", "if np.ndim(x) == 1: raise ValueError('one axis')"
    if "any shape" in kind:
        yield "refuses three axes", "if np.ndim(x) > 2: raise ValueError('three axes')"


def _of_class(name: str, source: str, reference: type) -> Iterator[Mutant]:
    """Yield mutants in which an attribute is missing, or cannot be set from outside."""
    doc = inspect.getdoc(reference) or ""
    attributes = re.findall(r"^(\w+) : ", doc.partition("Attributes\n")[2], re.M)
    for one in attributes:
        if "set from outside" not in doc.partition(f"\n{one} : ")[2].partition(" : ")[0]:
            continue
        hidden = re.sub(rf"\.{one}\b", f"._{one}", source)
        yield Mutant(f"state: {one} under another name", "", hidden, name)
        deaf = re.sub(rf"self\.{one}\b(?! = )", f"self._{one}", source)
        deaf = re.sub(rf"self\.{one} = ", f"self.{one} = self._{one} = ", deaf)
        if deaf != source and ast.parse(deaf):
            yield Mutant(f"state: {one} not to be set from outside", "", deaf, name)
