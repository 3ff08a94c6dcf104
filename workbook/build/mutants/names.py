"""Rules for names, tuples and indices: another array, another order, the entry before."""

import ast
from collections.abc import Iterator
from itertools import permutations

from workbook.build.mutants.places import CodeChange, Places, called, change, expr, is_call, said
from workbook.build.mutants.words import PartWords


def other_names(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Put another variable of the same kind in the place of one."""
    if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
        return
    kind = kind_of(node.id, words)
    if not kind:
        return
    for other in dict.fromkeys([*words.arguments, *places.named_before(node)]):
        if other != node.id and kind_of(other, words) == kind:
            names = words.named(other), words.named(node.id)
            only = places.is_only_one(node)
            where = "in the place of {}" if only else "at one place where {} belongs"
            phrase = said("{} stood " + where, *names)
            if names[0] == names[1] and other in words.arguments:
                phrase = said("the old {} stood in the place of the new one", names[0])
            parent = places.parent(node)
            if isinstance(parent, ast.Attribute) and parent.attr == "shape":
                made = words.made(places.statement(node)) or "the size"
                phrase = said("{} were taken from the shape of {}", made, names[0])
            yield change(f"{other} for", node, ast.Name(other, ast.Load()), phrase)
    if words.types.get(node.id) == "int" and not places.in_index(node):
        # Of what is returned itself, how much it is off is said in the case where it is.
        is_result = isinstance(places.statement(node), ast.Return) and node.id in words.returns
        for rule, text, size in (("+ 1", "x + 1", "more"), ("- 1", "x - 1", "less")):
            phrase = "" if is_result else f"{node.id} were 1 {size}"
            yield change(rule, node, expr(text, x=node), phrase)


def kind_of(name: str, words: PartWords) -> str:
    """Return the type of a variable, by the docstring or by the letters of the field."""
    known = words.types.get(name) or words.types.get(words.named(name))
    if known or name.startswith("n_"):
        return {"int": "number", "float": "number", None: "number"}.get(known, known or "")
    letters = name.removesuffix("_prev").rstrip("0123456789")
    letters = letters[1:] if letters.startswith("d") else letters
    is_array = len(letters) in (1, 2) and (letters[0].isupper() or letters == "b")
    return "ndarray" if is_array and letters != "L" else ""


def orders(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Put the entries of a tuple in another order, or leave one out."""
    if not isinstance(node, ast.Tuple) or not 2 <= len(node.elts) <= 4:
        return
    parent = places.parent(node)
    stored = isinstance(node.ctx, ast.Store)
    if is_call(parent, "zeros", "randn", "startswith", "reshape"):
        return
    if stored and isinstance(parent, ast.For | ast.comprehension):
        return
    what = _what_of(parent, words, stored)
    done = "unpacked" if stored else "put together"
    for order in list(permutations(node.elts))[1:]:
        names = [words.of(one) for one in order]
        listed = ", ".join(names) if all(names) else ""
        phrase = said("{} were " + done + " in the order {}", what, listed)
        yield change("order", node, ast.Tuple(list(order), node.ctx), phrase)
    if not stored:
        for one in node.elts:
            rest = [two for two in node.elts if two is not one]
            new = rest[0] if len(rest) == 1 else ast.Tuple(rest, node.ctx)
            phrase = said("{} were left out of {}", words.of(one), what)
            yield change("entry left out", node, new, phrase)


def _what_of(parent: ast.AST, words: PartWords, stored: bool) -> str:
    """Return in words what a tuple is taken from, or what it makes."""
    if isinstance(parent, ast.Return):
        return "what is returned"
    if stored and isinstance(parent, ast.Assign):
        value = parent.value
        return f"the results of {called(value)}" if isinstance(value, ast.Call) else words.of(value)
    return "cache" if "cache" in words.returns else ""


def indices(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Move an index: one before, one further, the first, the last, from the end."""
    if not isinstance(node, ast.Subscript) or isinstance(node.slice, ast.JoinedStr):
        return
    is_text = isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str)
    is_shape = isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
    is_dictionary = words.types.get(words.of(node.value)) == "dict"
    if is_text or is_shape or is_dictionary or isinstance(node.slice, ast.Slice | ast.Tuple):
        return
    held = words.of(node.value)
    held = held if words.types.get(held, "") in ("list", "ndarray", "tuple") else ""
    for rule, text, phrase in (
        ("index + 1", "x + 1", "{} were read one entry too far on"),
        ("index - 1", "x - 1", "{} were read one entry too early"),
        ("index 0", "0", "the first entry of {} were always read"),
        ("index -1", "-1", "the last entry of {} were always read"),
        ("from the end", "-x", "{} were read from the other end"),
        ("from the end", "-x - 1", "{} were read from the other end"),
    ):
        new = ast.Subscript(node.value, expr(text, x=node.slice), node.ctx)
        pointed = "" if isinstance(node.ctx, ast.Store) else held
        yield change(rule, node, new, said(phrase, pointed))


def sizes(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Take the size of another axis, or of another array."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Attribute):
        return
    if node.value.attr != "shape" or not isinstance(node.slice, ast.Constant):
        return
    array, axis = node.value.value, ast.literal_eval(node.slice)
    name, sides = words.of(array), ("rows", "columns")
    made = words.made(places.statement(node)) or "the size"
    for rule, text, counted in (
        ("other axis of", f"x.shape[{1 - axis}]", sides[1 - axis]),
        ("entries of", "x.size", "entries"),
    ):
        phrase = said("{} were the number of {} of {}", made, counted, name)
        yield change(rule, node, expr(text, x=array), phrase)
    for other in dict.fromkeys([*words.arguments, *places.named_before(node)]):
        if kind_of(other, words) == "ndarray" and other != name:
            phrase = said("{} were the number of rows of {}", made, words.named(other))
            yield change(f"rows of {other} for", node, expr(f"{other}.shape[0]"), phrase)


def slices(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Begin or end a slice one entry earlier or later, or nowhere."""
    if not isinstance(node, ast.Slice):
        return
    for end, verb in (("lower", "began"), ("upper", "ended")):
        at = getattr(node, end)
        if at is None:
            continue
        for rule, new, phrase in (
            (f"no {end}", None, "were cut at one side only"),
            (f"{end} + 1", expr("x + 1", x=at), f"{verb} one entry too late"),
            (f"{end} - 1", expr("x - 1", x=at), f"{verb} one entry too early"),
        ):
            lower = new if end == "lower" else node.lower
            upper = new if end == "upper" else node.upper
            yield change(rule, node, ast.Slice(lower, upper), f"each part {phrase}")


RULES = (other_names, orders, indices, sizes, slices)
