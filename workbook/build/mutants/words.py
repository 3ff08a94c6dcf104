"""The sentence on a mutant, in the docstring's words: which result is wrong, as if by what."""

import ast
import re

from workbook.build.mutants.docstrings import (
    described_names,
    makings,
    returned,
    targets_of,
    types_of,
)
from workbook.build.mutants.places import CodeChange, Places, called, family

#: Names that the whole course uses, whether a docstring has them or not.
_OF_THE_FIELD = frozenset(
    ("A", "A_prev", "AL", "L", "W", "W1", "W2", "X", "Y", "Z", "b", "b1", "b2", "cache", "caches")
) | frozenset(("dA", "dA_prev", "dAL", "dW", "dZ", "db", "grads", "l", "m", "n_l", "n_prev"))
_FAMILIES = ("W", "b", "dA", "dW", "db")
_FUNCTIONS = {
    "abs": "the absolute value of {}",
    "exp": "e to the {}",
    "len": "the number of {}",
    "log": "the logarithm of {}",
    "mean": "the mean of {}",
    "randn": "the random numbers",
    "sqrt": "the square root of {}",
    "std": "the standard deviation of {}",
    "sum": "the sum of {}",
    "tanh": "tanh of {}",
}
_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "{} plus {}",
    ast.Sub: "{} minus {}",
    ast.Mult: "{} times {}",
    ast.Div: "{} divided by {}",
    ast.MatMult: "the product of {} and {}",
}
_OPERATORS = {"__add__": "+", "__mul__": "*", "__pow__": "**"}
_LONGEST = 42


class PartWords:
    """The words for the parts of a function.

    Parameters
    ----------
    function : ast.FunctionDef
        The reference.
    of : ast.ClassDef or None
        The class that it is a method of.

    Attributes
    ----------
    arguments : list of str
        Names of the arguments.
    types : dict
        The type of each argument and result, as the docstring begins it.
    returns : list of str
        Names of the results.
    stored : set of str
        The letters of the keys under which arrays are stored: "W", "db".
    """

    def __init__(self, function: ast.FunctionDef, of: ast.ClassDef | None = None) -> None:
        self.function = function.name
        self.is_method = of is not None
        texts = [ast.get_docstring(function) or "", (of and ast.get_docstring(of)) or ""]
        both = "\n".join(texts)
        self.arguments = [one.arg for one in function.args.args if one.arg != "self"]
        self.types = types_of(both)
        self.returns = described_names(texts[0], "Returns")
        self._known = _OF_THE_FIELD | {*re.findall(r"\w+", both), *self.arguments}
        self._names = _OF_THE_FIELD | {*self.types, *self.arguments}
        self._returned = [one for one in returned(function) if len(one) == len(self.returns)]
        self._makings = [one for one in makings(function) if len(one) == len(self.returns)]
        self._alias = _aliases(self._returned, self.returns)
        self.stored = {
            key
            for one in ast.walk(function)
            if isinstance(one, ast.Subscript) and isinstance(one.ctx, ast.Store)
            for key in [family(one.slice)]
            if key in _FAMILIES
        }
        self._entries = _entries(function)
        self._singular = _singulars(function)

    def named(self, name: str) -> str:
        """Return the name that the reader knows for a variable, or "" if there is none."""
        name = self._alias.get(name, name)
        return self._singular.get(name) or (name if name in self._known else "")

    def of(self, node: ast.AST) -> str:
        """Return an expression in words, or "" where they would be too many or mean nothing."""
        found = self._of(node)
        return found if len(found) <= _LONGEST else ""

    def _of(self, node: ast.AST) -> str:
        if isinstance(node, ast.Name):
            return "self" if node.id == "self" else self.named(node.id)
        if isinstance(node, ast.Constant):
            return str(node.value) if isinstance(node.value, int | float) else ""
        if isinstance(node, ast.Attribute):
            inner = self._of(node.value)
            if node.attr == "T":
                return inner and f"the transpose of {inner}"
            if node.attr not in self._known:
                return ""
            return node.attr if inner in ("", "self") else f"{node.attr} of {inner}"
        if isinstance(node, ast.Subscript):
            return self._of_entry(node)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            inner = self._of(node.operand)
            return inner and f"minus {inner}"
        if isinstance(node, ast.BinOp):
            return self._of_operation(node)
        return self._of_call(node) if isinstance(node, ast.Call) else ""

    def _of_entry(self, node: ast.Subscript) -> str:
        held, key = self._of(node.value), family(node.slice)
        if key in _FAMILIES:
            return key
        if held == "grads":
            return "the gradient"
        if held == "caches":
            return "the cache"
        return held if key == "d" else ""

    def _of_operation(self, node: ast.BinOp) -> str:
        left, right = self._of(node.left), self._of(node.right)
        if isinstance(node.op, ast.Pow) and left:
            squared = isinstance(node.right, ast.Constant) and node.right.value == 2
            return f"{left} squared" if squared else right and f"{left} to the power {right}"
        words = _SIGNS.get(type(node.op), "")
        return words.format(left, right) if words and left and right else ""

    def _of_call(self, node: ast.Call) -> str:
        inside: list[ast.expr] = list(node.args[:1])
        if not inside and isinstance(node.func, ast.Attribute):
            inside = [node.func.value]
        words = _FUNCTIONS.get(called(node))
        inner = self._of(inside[0]) if inside and words else ""
        return words.format(inner) if words and inner else ""

    def made(self, statement: ast.stmt) -> str:
        """Return the name that the reader knows for the first thing that a statement makes."""
        made = (self.of(one) for one in targets_of(statement))
        return next((name for name in made if name not in ("", "self")), "")

    def sentence(self, change: CodeChange, places: Places) -> str:
        """Return the sentence on a change, or "" if there is nothing pointed to say."""
        if not change.phrase:
            return ""
        is_default = change.at not in places.nodes or change.at in places.function.args.defaults
        statement = None if is_default else places.statement(change.at)
        subject, local = self._subject(statement, change.at)
        # What is made on the way is no "it" unless it has a name.
        if change.phrase.startswith("it ") and self._is_on_the_way(statement, change.at):
            return f"{subject} as if {local}{change.phrase.removeprefix('it')}." if local else ""
        # A name of the formula says enough of where it is.
        named = self._names & {*re.findall(r"\w+", change.phrase)}
        where = change.only or (f"in {local}" if local and not named else "")
        return f"{subject} as if{where and f', {where},'} {change.phrase}."

    def _subject(self, statement: ast.stmt | None, at: ast.AST) -> tuple[str, str]:
        """Return which results come out wrong, and what a reader calls what the statement makes."""
        if self.is_method:
            return f"`{_OPERATORS.get(self.function, self.function)}` works", ""
        made = self._made(statement, at)
        parts = {*self.returns, *self.stored, *self._entries}
        direct = [name for name in made if name in parts]
        if direct and not isinstance(statement, ast.For | ast.If):
            return _come_out(direct), ""
        reached = [
            name
            for at_index, name in enumerate(self.returns)
            if any(one in reach[at_index] for one in made for reach in self._makings)
        ]
        local = next((self.named(one) for one in made if self.named(one)), "")
        local = "" if isinstance(statement, ast.For | ast.If) else local
        return _come_out(reached if len(reached) < 3 else []), local

    def _is_on_the_way(self, statement: ast.stmt | None, at: ast.AST) -> bool:
        """Return whether a statement makes something that is no part of what is returned."""
        parts = {*self.returns, *self.stored, *self._entries}
        return not (self.is_method or parts & {*self._made(statement, at)})

    def _made(self, statement: ast.stmt | None, at: ast.AST) -> list[str]:
        """Return the names of what a statement makes, by the docstring where it has one."""
        if isinstance(statement, ast.Return):
            for values in self._returned:
                pairs = list(zip(values, self.returns, strict=True))
                if inside := [name for value, name in pairs if at in ast.walk(value)]:
                    return inside
            return self.returns if len(self.returns) == 1 else []
        found = []
        for target in _at_place(targets_of(statement), statement, at):
            key = family(target.slice) if isinstance(target, ast.Subscript) else ""
            held = target.value if isinstance(target, ast.Subscript) else target
            if isinstance(held, ast.Attribute):
                found.append(held.attr)
            elif key in _FAMILIES:
                found.append(key)
            elif isinstance(held, ast.Name) and held.id in self.stored:
                found.append(f"{held.id} on the way")
            elif isinstance(held, ast.Name):
                found.append(self._alias.get(held.id, held.id))
        return list(dict.fromkeys(found))


def _entries(function: ast.FunctionDef) -> set[str]:
    """Return the variables that are returned in a dictionary under their own name."""
    displays = [one for values in returned(function) for one in values if isinstance(one, ast.Dict)]
    return {
        value.id
        for one in displays
        for key, value in zip(one.keys, one.values, strict=True)
        if isinstance(value, ast.Name) and isinstance(key, ast.Constant) and key.value == value.id
    }


def _at_place(targets: list[ast.expr], statement: ast.stmt | None, at: ast.AST) -> list[ast.expr]:
    """Return the targets of an assignment to which a place in it belongs."""
    value = statement.value if isinstance(statement, ast.Assign) else None
    values = value.elts if isinstance(value, ast.Tuple) else [None] * len(targets)
    if len(values) == len(targets):
        for pair in zip(targets, values, strict=True):
            if any(at in ast.walk(one) for one in pair if one is not None):
                return [pair[0]]
    return targets


def _aliases(values_of: list[list[ast.expr]], returns: list[str]) -> dict[str, str]:
    """Return the docstring's name of each variable that is returned under another."""
    found: dict[str, str] = {}
    for values in values_of:
        for value, name in zip(values, returns, strict=True):
            if isinstance(value, ast.Name):
                found.setdefault(value.id, name)
    return found


def _singulars(function: ast.FunctionDef) -> dict[str, str]:
    """Return what to call the variable of each loop over the entries of a dictionary."""
    found = {}
    for node in ast.walk(function):
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.target, ast.Tuple):
            held = node.iter.func if isinstance(node.iter, ast.Call) else None
            if isinstance(held, ast.Attribute) and held.attr == "items":
                value = node.target.elts[1]
                of = ast.unparse(held.value)
                what = "gradient" if "grad" in of else "parameter" if "param" in of else ""
                # Of a loop over what was made of another dictionary, that one's word is kept.
                if isinstance(value, ast.Name) and what:
                    found[value.id] = f"the {what}"
    return found


def _come_out(names: list[str]) -> str:
    if not names:
        return "The answer comes out"
    *first, last = [f"`{name}`" for name in names]
    return f"{', '.join(first)} and {last} come out" if first else f"{last} comes out"
