"""Apply every rule at every place of a reference solution."""

import ast
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from workbook.build.mutants import arithmetic, calls, keys, loops, names, statements
from workbook.build.mutants.places import CodeChange, Places, expr, replaced
from workbook.build.mutants.words import PartWords
from workbook.course.folder import SOLUTION_MARKERS

#: Functions that yield the changes of a node.
RULES = (
    *arithmetic.RULES,
    *calls.RULES,
    *names.RULES,
    *keys.RULES,
    *loops.RULES,
    *statements.RULES,
)
#: What may be wrong in some entries only: for the weights, for the biases, in layer 1.
_PARTIAL = (arithmetic.factors, arithmetic.divisors, arithmetic.terms)

_KINDS = (("W", "weights"), ("b", "biases"))

# What a mutant may call that the reference does not import.
_IMPORTS = (
    ("np", "import numpy as np"),
    *(
        (name, f"from workbook import {name}")
        for name in ("relu", "sigmoid", "relu_backward", "sigmoid_backward")
    ),
)


@dataclass(frozen=True)
class Mutant:
    """A wrong answer that a rule has made of the right one.

    Attributes
    ----------
    name : str
        The rule and the place, the same whenever the reference is the same.
    sentence : str
        What comes out, true of every answer that gives what the mutant gives; "" where it would
        say nothing pointed.
    source : str
        The mutant's module.
    of : str
        Name of the function or class.
    """

    name: str
    sentence: str
    source: str
    of: str

    def function(self, namespace: dict[str, Any] | None = None) -> Callable[..., Any]:
        """Return the function or class of the mutant.

        Parameters
        ----------
        namespace : dict, optional
            Where its module runs; a new one if not given. It imports what the reference imports.
        """
        namespace = {} if namespace is None else namespace
        namespace["__name__"] = f"mutant_of_{self.of}"
        exec(compile(self.source, f"<{self.name}>", "exec"), namespace)
        function: Callable[..., Any] = namespace[self.of]
        return function


def mutants(source: str, name: str, only: Collection[str] | None = None) -> list[Mutant]:
    """Return the mutants of a reference solution, always in the same order.

    Parameters
    ----------
    source : str
        Text of the solution's module. Only what stands between the markers of the solution is
        changed, and the defaults of the arguments.
    name : str
        Name of the function or class.
    only : collection of str, optional
        Names of the mutants that alone are made: to write out all takes much longer.

    Returns
    -------
    list of Mutant
        No two with the same code, and none with the code of the reference.
    """
    tree = ast.parse(source)
    parts = _parts(tree, name)
    drop_docstrings(tree)
    seen = {ast.unparse(tree)}
    found: list[Mutant] = []
    counts: dict[str, int] = {}
    for label, sentence, change in _changes(_lines_of_solution(source), parts):
        if only is not None and label not in only:
            continue
        text = _text(replaced(tree, change.replacements))
        if text in seen or not _compiles(text):
            continue
        seen.add(text)
        counts[label] = counts.get(label, 0) + 1
        numbered = label if counts[label] == 1 else f"{label} {counts[label]}"
        found.append(Mutant(numbered, sentence, text, name))
    return found


def _parts(tree: ast.Module, name: str) -> list[tuple[ast.FunctionDef, PartWords]]:
    """Return the function, or the methods of the class, with the words of its docstring."""
    definition = next(
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
    )
    of = definition if isinstance(definition, ast.ClassDef) else None
    functions = [definition] if of is None else of.body
    return [(one, PartWords(one, of)) for one in functions if isinstance(one, ast.FunctionDef)]


def drop_docstrings(tree: ast.Module) -> None:
    """Drop the docstrings: they are most of the text, and no mutant needs them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            continue
        if ast.get_docstring(node) is not None:
            node.body = [*node.body[1:]] or [ast.Pass()]


def _changes(
    lines: set[int], parts: list[tuple[ast.FunctionDef, PartWords]]
) -> Iterator[tuple[str, str, CodeChange]]:
    """Yield each change with its name and its sentence, in the order of the places."""
    for function, words in parts:
        places = Places(function, lines)
        for node in places.nodes:
            for rule in RULES:
                for change in rule(node, places, words):
                    if rule in arithmetic.RULES and places.in_index(node):
                        # What is said of an index is said by the rules for names and keys.
                        change = replace(change, phrase="")
                    for one in (change, *_partial(change, rule, places)):
                        yield _label(one, node, words), words.sentence(one, places), one


def _partial(change: CodeChange, rule: object, places: Places) -> Iterator[CodeChange]:
    """Yield a change for some entries only, where it stands in a loop over them."""
    node = change.at
    new = change.replacements.get(node)
    if rule not in _PARTIAL or not isinstance(node, ast.expr) or places.in_index(node):
        return
    variable, loop = places.key_variable(node), places.around(node, ast.For)
    tests = []
    if variable:
        tests = [(f"{letter!r} in {variable}", f"for the {kind}") for letter, kind in _KINDS]
    elif loop is not None and ast.unparse(loop.target) == "l":
        tests = [("l == 1", "in layer 1")]
    for test, only in tests:
        both = expr(f"x if {test} else y", x=new, y=node)
        yield CodeChange(f"{change.rule} {only}", node, change.phrase, {node: both}, only)


def _label(change: CodeChange, node: ast.AST, words: PartWords) -> str:
    """Return a name for a change: the rule, the method of a class, and the code at its place."""
    place = re.sub(r"\s+", " ", ast.unparse(node))
    place = place if len(place) <= 40 else f"{place[:37]}..."
    method = f"{words.function}: " if words.is_method else ""
    return f"{change.rule}: {method}{place}"


def _lines_of_solution(source: str) -> set[int]:
    begin, end = SOLUTION_MARKERS
    inside, found = False, set()
    for number, line in enumerate(source.splitlines(), 1):
        inside = (inside or line.strip() == begin) and line.strip() != end
        if inside:
            found.add(number)
    return found


def _text(tree: ast.Module) -> str:
    """Return the code of a tree, with `pass` in empty blocks and imports of what it lacks."""
    nodes = list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.For | ast.If | ast.FunctionDef) and not node.body:
            node.body.append(ast.Pass())
    imports = (one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom))
    bound = {alias.asname or alias.name for one in imports for alias in one.names}
    used = {one.id for one in nodes if isinstance(one, ast.Name)}
    missing = [line for name, line in _IMPORTS if name in used - bound]
    return "\n".join([*missing, ast.unparse(tree)])


def _compiles(text: str) -> bool:
    try:
        compile(text, "<mutant>", "exec")
    except SyntaxError:
        return False
    return True
