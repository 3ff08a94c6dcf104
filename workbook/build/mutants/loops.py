"""Rules for loops: where they begin and end, what is inside, what goes on from round to round."""

import ast
from collections.abc import Iterator

from workbook.build.mutants.places import (
    CodeChange,
    Places,
    change,
    each_of,
    expr,
    is_call,
    replaced,
    said,
)
from workbook.build.mutants.words import PartWords


def bounds(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Begin or end a loop over numbers one round earlier or later, or run it the other way."""
    if not isinstance(node, ast.For | ast.comprehension) or not is_call(node.iter, "range"):
        return
    assert isinstance(node.iter, ast.Call)
    given = node.iter.args if len(node.iter.args) > 1 else [ast.Constant(0), *node.iter.args]
    step = given[2] if len(given) > 2 else ast.Constant(1)
    parts = {"x": given[0], "y": given[1], "s": step}
    each, back = each_of(node), isinstance(step, ast.UnaryOp)
    first, last = ("last", "first") if back and each == "layer" else ("first", "last")
    for rule, text, phrase in (
        ("first left out", "range(x + s, y, s)", f"the {first} {each} were left out"),
        ("one before", "range(x - s, y, s)", f"there were one more {each} at the beginning"),
        ("last left out", "range(x, y - s, s)", f"the {last} {each} were left out"),
        ("one more", "range(x, y + s, s)", f"there were one more {each} at the end"),
        ("only first", "range(x, x + s, s)", f"there were only the {first} {each}"),
        ("every other", "range(x, y, 2 * s)", f"every other {each} were left out"),
        ("turned", "reversed(range(x, y, s))", f"the {last} {each} came before the {first}"),
    ):
        yield change(rule, node.iter, expr(text, **parts), phrase)


def entries(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave out some entries of what a loop goes through."""
    if not isinstance(node, ast.For | ast.comprehension) or is_call(node.iter, "range", "ndindex"):
        return
    held: ast.AST = node.iter
    if isinstance(held, ast.Call):
        held = held.func.value if isinstance(held.func, ast.Attribute) else held.args[0]
    name = words.of(held)
    cuts = [
        ("[1:]", "the first entry of {} were left out"),
        ("[:-1]", "the last entry of {} were left out"),
        ("[:1]", "there were only the first entry of {}"),
        ("[::-1]", "{} were gone through from the end"),
    ]
    if is_call(node.iter, "items"):
        cuts += [
            ("[2:]", "the first layer of {} were left out"),
            ("[:-2]", "the last layer of {} were left out"),
            ("[:2]", "there were only the first layer of {}"),
            ("[-2:]", "there were only the last layer of {}"),
        ]
        for letter, which in (("W", "weights"), ("b", "biases")):
            new = expr(f"[(k, a) for k, a in x if {letter!r} in k]", x=node.iter)
            yield change(f"only {letter}", node.iter, new, f"there were only the {which}")
        ordered = expr("sorted(x)", x=node.iter)
        yield change("sorted", node.iter, ordered, said("the keys of {} were sorted", name))
    for text, phrase in cuts:
        new = expr(f"list(x){text}", x=node.iter)
        yield change(f"entries {text}", node.iter, new, said(phrase, name))


def endings(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Move what follows a loop, or what ends it, into the loop or out of it."""
    if not isinstance(node, ast.For):
        return
    block, each = places.block(node), each_of(node)
    after = block[block.index(node) + 1 :]
    if after and isinstance(after[0], ast.Return):
        inside = ast.For(node.target, node.iter, [*node.body, after[0]], node.orelse, lineno=0)
        phrase = f"the loop ended after its first {each}"
        yield CodeChange("return inside", node, phrase, {node: inside, after[0]: []})
    for count in range(1, len(after) + 1):
        if any(isinstance(one, ast.Return) for one in after[:count]):
            break
        inside = ast.For(
            node.target, node.iter, [*node.body, *after[:count]], node.orelse, lineno=0
        )
        gone: dict[ast.AST, object] = {one: [] for one in after[:count]}
        phrase = said("{} were made in every " + each + " of the loop", words.made(after[0]))
        yield CodeChange(f"{count} inside", node, phrase, {**gone, node: inside})
    if len(node.body) > 1:
        *kept, last = node.body
        outside = [ast.For(node.target, node.iter, kept, node.orelse, lineno=0), last]
        phrase = said("{} were changed only after the loop", words.made(last))
        yield change("last moved out", node, outside, phrase)


def beginnings(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Move what stands before a loop into it, or its beginning out of it."""
    if not isinstance(node, ast.For):
        return
    block, each = places.block(node), each_of(node)
    for before in block[: block.index(node)]:
        inside = ast.For(node.target, node.iter, [before, *node.body], node.orelse, lineno=0)
        phrase = said("{} were set anew in every " + each, words.made(before))
        yield CodeChange("set anew", node, phrase, {node: inside, before: []})
    for at, one in enumerate(node.body):
        rest = [two for two in node.body if two is not one]
        outside = [one, ast.For(node.target, node.iter, rest, node.orelse, lineno=0)]
        phrase = said("{} were made only once, before the loop", words.made(one))
        yield change("moved out", node, outside, phrase)
        if at + 1 < len(node.body):
            turned = [*node.body[:at], node.body[at + 1], one, *node.body[at + 2 :]]
            new = ast.For(node.target, node.iter, turned, node.orelse, lineno=0)
            yield change("order of steps", node, new, "")


def carried(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Let every round of a loop begin with what the first one began with."""
    if not isinstance(node, ast.For):
        return
    for at, statement in enumerate(node.body):
        if not isinstance(statement, ast.Assign):
            continue
        names = [one for one in ast.walk(statement) if isinstance(one, ast.Name)]
        used = {one.id for one in names if isinstance(one.ctx, ast.Load)}
        for one in names:
            if isinstance(one.ctx, ast.Store) and one.id in used:
                body = _renamed(node.body, at, one)
                phrase = f"every {each_of(node)} were given the same {{}}"
                new = ast.For(node.target, node.iter, body, node.orelse, lineno=0)
                yield change("not carried on", node, new, said(phrase, words.named(one.id)))


def _renamed(body: list[ast.stmt], at: int, stored: ast.Name) -> list[ast.stmt]:
    """Return the body of a loop in which what a statement makes has another name from there on."""
    new = f"{stored.id}_new"
    replacements: dict[ast.AST, ast.AST] = {stored: ast.Name(new, ast.Store())}
    for later in body[at + 1 :]:
        for one in ast.walk(later):
            if isinstance(one, ast.Name) and one.id == stored.id:
                replacements[one] = ast.Name(new, one.ctx)
    found: list[ast.stmt] = replaced(body, replacements)
    return found


def collected(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Keep only the last, collect from the front, or take entries apart."""
    if not is_call(node, "append") or not isinstance(node, ast.Call):
        return
    assert isinstance(node.func, ast.Attribute)
    held, (value,) = node.func.value, node.args
    name, statement = words.of(held), places.parent(node)
    if isinstance(held, ast.Name):
        target = ast.Name(held.id, ast.Store())
        for rule, new, phrase in (
            ("only the last", ast.List([value], ast.Load()), "{} kept only its last entry"),
            ("overwritten", value, "{} were no list, but its last entry alone"),
        ):
            made = ast.Assign([target], new, lineno=0)
            yield CodeChange(rule, node, said(phrase, name), {statement: made})
    reversed_ = expr("x.insert(0, y)", x=held, y=value)
    yield change("reversed", node, reversed_, said("{} stood in reversed order", name))
    apart = expr("x.extend(y)", x=held, y=value)
    yield change("extended", node, apart, said("the entries of {} were taken apart", name))


RULES = (bounds, entries, endings, beginnings, carried, collected)
