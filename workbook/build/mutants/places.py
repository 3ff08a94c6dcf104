"""The places of a function where a rule may change its code, and the change itself."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CodeChange:
    """A change of the code.

    Attributes
    ----------
    rule : str
        What is done, in two or three words.
    at : ast.AST
        The node that the phrase is about.
    phrase : str
        The sentence's end, after "comes out as if".
    replacements : dict
        What stands in the place of each node; for a statement it may be a list of statements.
    only : str
        For what alone it is so, such as "for the biases"; "" for everything.
    """

    rule: str
    at: ast.AST
    phrase: str
    replacements: dict[ast.AST, Any] = field(hash=False)
    only: str = ""


def change(rule: str, node: ast.AST, new: Any, phrase: str) -> CodeChange:
    """Return the change that puts something in the place of one node."""
    return CodeChange(rule, node, phrase, {node: new})


class Places:
    """The nodes of a function's solution, and what surrounds each.

    Parameters
    ----------
    function : ast.FunctionDef
        The function.
    lines : set of int
        The lines of the solution; nodes elsewhere stay as they are, but for defaults of arguments.

    Attributes
    ----------
    nodes : list of ast.AST
        The nodes in the order of the text, outer ones first.
    """

    def __init__(self, function: ast.FunctionDef, lines: set[int]) -> None:
        self.function = function
        self._parents: dict[ast.AST, ast.AST] = {
            child: node for node in ast.walk(function) for child in ast.iter_child_nodes(node)
        }
        # What has no line of its own, such as the loop of a comprehension, is where its parent is.
        inside: set[ast.AST] = set()
        for node in _preorder(function):
            line = getattr(node, "lineno", None)
            if line in lines or (line is None and self._parents[node] in inside):
                inside.add(node)
        solution = [node for node in _preorder(function) if node in inside]
        defaults = function.args.defaults if solution else []
        self.nodes: list[ast.AST] = [*defaults, *solution]
        self.body = [one for one in function.body if one.lineno in lines]

    def parent(self, node: ast.AST) -> ast.AST:
        """Return the node that a node is a part of."""
        return self._parents[node]

    def around(self, node: ast.AST, kind: Any) -> Any:
        """Return the nearest node of a kind around a node, or the node itself."""
        found: ast.AST | None = node
        while found is not None and not isinstance(found, kind):
            found = self._parents.get(found)
        return found

    def statement(self, node: ast.AST) -> ast.stmt:
        """Return the statement that a node is a part of."""
        found: ast.stmt = self.around(node, ast.stmt)
        return found

    def block(self, statement: ast.stmt) -> list[ast.stmt]:
        """Return the statements among which a statement stands."""
        parent = self.parent(statement)
        for name in ("body", "orelse"):
            block = getattr(parent, name, None)
            if isinstance(block, list) and statement in block:
                return block
        return [statement]

    def is_only_one(self, node: ast.AST) -> bool:
        """Return whether its statement holds no other operation, call or name like a node."""
        return sum(_alike(one, node) for one in ast.walk(self.statement(node))) == 1

    def is_stored_in(self, part: ast.AST, node: ast.AST) -> bool:
        """Return whether the statement around a node stores its value where a part is read from."""
        statement = self.statement(node)
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        sources = [part]
        if self.key_variable(node) and isinstance(part, ast.Name):
            # The value of an entry comes from the dictionary.
            sources.append(self.dictionary(node))
        return any(ast.unparse(one) == ast.unparse(source) for one in targets for source in sources)

    def named_before(self, node: ast.AST) -> list[str]:
        """Return the variables of the function that have a value above a place."""
        line = getattr(node, "lineno", 0)
        stored = (
            one
            for one in ast.walk(self.function)
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
        )
        return [one.id for one in stored if one.lineno < line]

    def _over_entries(self, node: ast.AST) -> tuple[str, ast.expr] | None:
        """Return the key's name and the dictionary of the loop over entries around a node."""
        around = self.around(node, ast.For | ast.DictComp)
        loop: Any = around.generators[0] if isinstance(around, ast.DictComp) else around
        if loop is None or not is_call(loop.iter, "items"):
            return None
        return loop.target.elts[0].id, loop.iter.func.value

    def key_variable(self, node: ast.AST) -> str:
        """Return the key's name in the loop over a dictionary's entries around a node, or ""."""
        return (self._over_entries(node) or ("", None))[0]

    def dictionary(self, node: ast.AST) -> ast.expr:
        """Return the dictionary over whose entries the loop around a node goes."""
        found = self._over_entries(node)
        assert found is not None
        return found[1]

    def in_index(self, node: ast.AST) -> bool:
        """Return whether a node is a part of an index, of a key or of the bounds of a loop."""
        inner, found = node, self._parents.get(node)
        while found is not None and not isinstance(found, ast.stmt):
            if isinstance(found, ast.FormattedValue | ast.Slice):
                return True
            if isinstance(found, ast.Subscript) and inner is found.slice:
                return True
            if is_call(found, "range"):
                return True
            inner, found = found, self._parents.get(found)
        return False


def each_of(loop: ast.For | ast.comprehension) -> str:
    """Return what a loop goes through, in a word."""
    names = [one.id for one in ast.walk(loop.target) if isinstance(one, ast.Name)]
    return "layer" if names == ["l"] else "round"


def _alike(one: ast.AST, other: ast.AST) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.Call) and isinstance(other, ast.Call):
        return called(one) == called(other)
    if isinstance(one, ast.BinOp) and isinstance(other, ast.BinOp):
        return type(one.op) is type(other.op)
    return ast.dump(one) == ast.dump(other)


def _preorder(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        yield from _preorder(child)


def replaced(node: Any, replacements: dict[ast.AST, Any]) -> Any:
    """Return a tree in which some nodes are replaced; what holds none of them is not copied."""
    if isinstance(node, ast.AST):
        if node in replacements:
            return replacements[node]
        old = dict(ast.iter_fields(node))
        new = {name: replaced(value, replacements) for name, value in old.items()}
        if all(new[name] is old[name] for name in old):
            return node
        return ast.copy_location(type(node)(**new), node)
    if isinstance(node, list):
        copies = [replaced(one, replacements) for one in node]
        if all(copy is one for copy, one in zip(copies, node, strict=True)):
            return node
        return [one for copy in copies for one in (copy if isinstance(copy, list) else [copy])]
    return node


def expr(text: str, **parts: Any) -> ast.expr:
    """Return the expression of a text, with expressions in the place of some of its names."""
    tree = ast.parse(text, mode="eval").body
    named = [one for one in ast.walk(tree) if isinstance(one, ast.Name) and one.id in parts]
    found: ast.expr = replaced(tree, {one: parts[one.id] for one in named})
    return found


def is_call(node: ast.AST, *names: str) -> bool:
    """Return whether a node is a call of one of these functions or methods, by its last name."""
    return isinstance(node, ast.Call) and called(node) in names


def called(node: ast.Call) -> str:
    """Return the last name of what is called: "sum" of ``np.sum(x)``, "mean" of ``X.mean()``."""
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def family(key: ast.expr) -> str:
    """Return the letters that a key begins with: "dW" of ``f"dW{l}"`` and of ``"dW1"``."""
    first = key.values[0] if isinstance(key, ast.JoinedStr) and key.values else key
    text = first.value if isinstance(first, ast.Constant) else ""
    return text.rstrip("0123456789") if isinstance(text, str) else ""


def said(phrase: str, *words: str) -> str:
    """Return a phrase with words in it, or "" if one is missing or two cannot be told apart."""
    return phrase.format(*words) if all(words) and len({*words}) == len(words) else ""
