"""Rules for statements and conditions: what is left out, what holds always or never."""

import ast
from collections.abc import Iterator

from workbook.build.mutants.docstrings import targets_of
from workbook.build.mutants.places import CodeChange, Places, called, change, expr, is_call, said
from workbook.build.mutants.words import PartWords

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Gt: "above",
    ast.GtE: "at least",
    ast.Lt: "below",
    ast.LtE: "at most",
    ast.Eq: "equal to",
}
#: What stands for each sign, and what is then said of the two sides.
_OTHERS: dict[type[ast.cmpop], tuple[tuple[str, str], ...]] = {
    ast.Gt: (
        (">=", "{} of exactly {} counted as above it"),
        ("<", "{} below {} counted, not above it"),
    ),
    ast.Lt: (
        ("<=", "{} equal to {} counted as below it"),
        (">", "{} above {} counted, not below it"),
    ),
    ast.LtE: (
        ("<", "{} equal to {} did not count"),
        (">", "{} above {} counted, not below it"),
    ),
    ast.GtE: (
        (">", "{} equal to {} did not count"),
        ("<", "{} below {} counted, not above it"),
    ),
    ast.Eq: (
        ("!=", "what differs counted, not what is equal"),
        (">=", "{} above {} counted, too"),
        ("<=", "{} below {} counted, too"),
    ),
}


def left_out(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave a statement out."""
    if isinstance(node, ast.Return):
        inside = places.parent(node) is not places.function
        phrase = "the early end were left out" if inside else "nothing were returned"
        yield change("no return", node, [], phrase)
        if len(words.returns) == 1 and node.value is not None and not inside:
            for one in words.arguments:
                both = ast.Tuple([node.value, ast.Name(one, ast.Load())], ast.Load())
                yield change(f"{one}, too", node.value, both, f"{one} were returned, too")
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.Expr):
        return
    made = words.made(node)
    if isinstance(node, ast.Expr):
        yield from _calls_left_out(node, places, made)
        return
    target = targets_of(node)[0]
    name = target.id if isinstance(target, ast.Name) else ""
    again = isinstance(node, ast.AugAssign) or name in places.named_before(node)
    phrase = "{} never changed" if again else "{} were never stored"
    pointed = made if again or isinstance(target, ast.Subscript | ast.Attribute) else ""
    yield change("left out", node, [], said(phrase, pointed))


def _calls_left_out(node: ast.Expr, places: Places, made: str) -> Iterator[CodeChange]:
    if is_call(node.value, "append", "add"):
        where = "in the loop" if places.around(node, ast.For) else "at the end"
        phrase = said("nothing were added to {} " + where, made)
        yield change("left out", node, [], phrase)
        entry = "each entry of the loop" if places.around(node, ast.For) else "its last entry"
        phrase = said("{} got " + entry + " twice", made)
        yield change("twice", node, [node, node], phrase)
    else:
        name = called(node.value) if isinstance(node.value, ast.Call) else ""
        yield change("left out", node, [], said("{} were not called", name))


def sums(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Overwrite what should add up, or subtract."""
    if not isinstance(node, ast.AugAssign):
        return
    made = words.of(node.target)
    new: ast.stmt = ast.Assign([node.target], node.value, lineno=0)
    yield change("overwritten", node, new, said("{} kept only the last, and did not add up", made))
    new = ast.AugAssign(node.target, ast.Sub(), node.value)
    yield change("subtracted", node, new, said("{} were counted down, not up", made))


def comparisons(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Change a comparison: with or without equality, the other way round, always true or false."""
    if not isinstance(node, ast.Compare) or type(node.ops[0]) not in _OTHERS:
        return
    left, right = words.of(node.left), _side(node.comparators[0], words)
    both = {"x": node.left, "y": node.comparators[0]}
    for sign, phrase in _OTHERS[type(node.ops[0])]:
        if not (sign in (">=", "<=") and right.startswith('"')):
            new = expr(f"x {sign} y", **both)
            yield change(sign, node, new, said(phrase, left, right))
    for sign in ("<", "<=", ">", ">=", "==", "!="):
        yield change(sign, node, expr(f"x {sign} y", **both), "")
    sign = _SIGNS[type(node.ops[0])]
    held = said("{} were {} {} {}", left, "{}", sign, right).replace(' equal to "', ' "')
    if isinstance(places.parent(node), ast.If | ast.IfExp | ast.comprehension | ast.Call):
        yield change("always", node, expr("x == x", **both), held and held.format("always"))
        yield change("never", node, expr("x != x", **both), held and held.format("never"))
    if not right.startswith('"'):
        new = ast.Compare(expr("abs(x)", x=node.left), node.ops, node.comparators)
        yield change("absolute", node, new, said("the sign of {} did not count", left))


def _side(node: ast.expr, words: PartWords) -> str:
    """Return one side of a comparison in words: a text in quotes."""
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return f'"{ast.literal_eval(node)}"' if is_text else words.of(node)


def conditions(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Exchange two cases, or take one always."""
    if isinstance(node, ast.IfExp):
        new: ast.AST = ast.IfExp(node.test, node.orelse, node.body)
        yield change("cases exchanged", node, new, "the two cases were exchanged")
        yield change("first case", node, node.body, "")
        yield change("second case", node, node.orelse, "")
    if isinstance(node, ast.If):
        yield from _branches(node)
    if is_call(node, "where") and isinstance(node, ast.Call) and len(node.args) == 3:
        test, one, other = node.args
        new = ast.Call(node.func, [test, other, one], [])
        yield change("cases exchanged", node, new, "the two cases were exchanged")
        for rule, value in (("first case", one), ("second case", other)):
            name = words.of(value)
            phrase = said("it were {} everywhere", name)
            yield change(rule, node, expr("x + 0 * y", x=value, y=test), phrase)
    if isinstance(node, ast.comprehension):
        for one in node.ifs:
            rest = [two for two in node.ifs if two is not one]
            new = ast.comprehension(node.target, node.iter, rest, 0)
            yield change("no condition", node, new, "every entry counted, whatever its key")


def _branches(node: ast.If) -> Iterator[CodeChange]:
    if node.orelse:
        new = ast.If(node.test, node.orelse, node.body)
        yield change("cases exchanged", node, new, "the two cases were exchanged")
        yield change("second case", node, node.orelse, "")
    else:
        opposite = ast.UnaryOp(ast.Not(), node.test)
        yield change("opposite", node, ast.If(opposite, node.body, []), "")
        yield change("left out", node, [], "")
    yield change("first case", node, node.body, "")


RULES = (left_out, sums, comparisons, conditions)
