"""Scripts that test a class: plain steps go in, plain values come out.

The judge and the student's process exchange only plain data, never an object. So the class stays
in its process, which runs the steps of a script and returns the values asked for. A script is a
list of steps, each a list:

``["let", "X", value]``
    names data: numbers, arrays, dictionaries.
``["new", "a", 3.0]``
    creates an instance: ``a = Value(3.0)``.
``["do", "c", "*", "a", "b"]``
    uses an operator: ``c = a * b``; with one operand, ``c = -a``.
``["call", "AL", "net", "forward", "X"]``
    calls a method: ``AL = net.forward(X)``. The first name may be None.
``["set", "net", "parameters", "start"]``
    sets an attribute to a copy of the data, which then belongs to the instance.
``["get", "a.grad"]``
    returns a copy of a value. A third entry is the name of the value in the answer.

A text among the operands and arguments is a name from an earlier step.
"""

import copy
import operator
from collections.abc import Callable, Sequence
from inspect import isfunction
from typing import Any

_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}


class Scripted:
    """A class as a function of a script; its answer is a dictionary of the values asked for.

    Parameters
    ----------
    made_by : callable
        The class, which is used only as the script says.
    """

    def __init__(self, made_by: Callable[..., Any]) -> None:
        self.made_by = made_by
        self.__name__ = str(getattr(made_by, "__name__", "the class"))

    def __call__(self, script: Sequence[Sequence[Any]]) -> dict[str, Any]:
        """Run the script and return the values asked for by name, such as ``"a.grad"``.

        An exception that the class raises gets a note with the line of Python that raised it.
        """
        held: dict[str, Any] = {}
        answer: dict[str, Any] = {}
        for step in script:
            try:
                self._run_step(step, held, answer)
            except Exception as error:
                error.add_note(f"in `{_line(step, self.__name__)}`")
                raise
        return answer

    def _run_step(self, step: Sequence[Any], held: dict[str, Any], answer: dict[str, Any]) -> None:
        """Run one step; store a new object in ``held``, and a value asked for in ``answer``."""
        kind, name, *rest = step
        if kind == "let":
            held[name] = rest[0]
        elif kind == "new":
            held[name] = self.made_by(*_values(rest, held))
        elif kind == "do":
            sign, *operands = rest
            values = _values(operands, held)
            held[name] = _BINARY[sign](*values) if len(values) == 2 else operator.neg(*values)
        elif kind == "call":
            of, method, *arguments = rest
            held[name] = getattr(held[of], method)(*_values(arguments, held))
        elif kind == "set":
            attribute, value = rest
            setattr(held[name], attribute, copy.deepcopy(*_values([value], held)))
        elif kind == "get":
            answer[rest[0] if rest else name] = self._copied(name, held)
        else:
            raise ValueError(f"a script has no step {kind!r}")

    def _copied(self, name: str, held: dict[str, Any]) -> Any:
        """Return a copy of ``name`` or ``object.attribute``; raise ValueError for an instance."""
        first, _, attribute = name.partition(".")
        value = getattr(held[first], attribute) if attribute else held[first]
        if isinstance(self.made_by, type) and isinstance(value, self.made_by):
            raise ValueError(f"{name} is a {self.__name__}; it should be plain data")
        return copy.deepcopy(value)


def as_function(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return a class as a function of a script, and any other answer as it is."""
    return Scripted(answer) if isinstance(answer, type) else answer


def as_python(script: Sequence[Sequence[Any]], name: str = "") -> str:
    """Return the Python code of a script, in one line.

    Parameters
    ----------
    script : sequence
        The script.
    name : str, optional
        Name of the class. Without it, the code leaves out the lines that create instances, and so
        the numbers in them.
    """
    left_out = {"let", "get"} | (set() if name else {"new", "set"})
    return "; ".join(_line(step, name) for step in script if step[0] not in left_out)


def learner_code(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that the learner wrote: the answer, or the first method of a class."""
    if not isinstance(answer, type):
        return answer
    return next(filter(isfunction, vars(answer).values()), answer)


def data_name(script: Sequence[Sequence[Any]], place: Sequence[int | str]) -> str:
    """Return the name of the data at a path in the script: a step, 2, then keys and indices."""
    return str(script[int(place[0])][1]) + "".join(f"[{key!r}]" for key in place[2:])


def _values(names: Sequence[Any], held: dict[str, Any]) -> list[Any]:
    return [held[name] if isinstance(name, str) else name for name in names]


def _line(step: Sequence[Any], made_by: str) -> str:
    """Return one step as a line of Python."""
    kind, name, *rest = step
    if kind == "new":
        return f"{name} = {made_by}({_arguments(rest)})"
    if kind == "do":
        sign, *operands = map(_as_python, rest)
        right = f" {sign} ".join(operands) if len(operands) == 2 else f"-{operands[0]}"
        return f"{name} = {right}"
    if kind == "call":
        of, method, *arguments = rest
        called = f"{of}.{method}({_arguments(arguments)})"
        return f"{name} = {called}" if name else called
    if kind == "set":
        return f"{name}.{rest[0]} = {_as_python(rest[1])}"
    return str(name)


def _arguments(arguments: Sequence[Any]) -> str:
    return ", ".join(map(_as_python, arguments))


def _as_python(value: Any) -> str:
    """Return a name, a number or a list of numbers as Python writes it."""
    if isinstance(value, str):
        return value
    return repr(value) if isinstance(value, int | float | list) else "..."
