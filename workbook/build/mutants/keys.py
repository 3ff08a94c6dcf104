"""Rules for keys of dictionaries: another number, other letters, some of the entries."""

import ast
from collections.abc import Iterator

from workbook.build.mutants.places import CodeChange, Places, change, expr, family, is_call
from workbook.build.mutants.words import PartWords

_LETTERS = {
    "W": ("b", "w"),
    "b": ("W", "B"),
    "dW": ("db", "dA", "W"),
    "db": ("dW", "b"),
    "dA": ("dW", "dZ", "A"),
    "d": ("",),
}


def numbers_of_keys(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Move the number in a key: one lower, one higher, always 1, the last."""
    if not isinstance(node, ast.FormattedValue):
        return
    joined = places.parent(node)
    assert isinstance(joined, ast.JoinedStr)
    if isinstance(node.value, ast.Name) and node.value.id not in ("l", "L"):
        return
    letters, subscript = family(joined), places.parent(joined)
    stored = isinstance(subscript, ast.Subscript) and isinstance(subscript.ctx, ast.Store)
    for rule, text, where, which in (
        ("key + 1", "x + 1", "one too high", "the layer after"),
        ("key - 1", "x - 1", "one too low", "the layer before"),
        ("key 1", "1", "always 1", "layer 1"),
    ):
        phrase = f"the {letters} of {which} were used"
        if stored:
            phrase = f"the numbers in the keys of {letters} were {where}"
        new = ast.FormattedValue(expr(text, x=node.value), -1)
        yield change(rule, joined, _with(joined, node, new), phrase if letters else "")
    ten = ast.FormattedValue(expr("(x) % 10", x=node.value), -1)
    phrase = f"only the last digit of the layer's number were in the keys of {letters}"
    yield change("last digit", joined, _with(joined, node, ten), phrase)


def _with(joined: ast.JoinedStr, node: ast.expr, new: ast.expr) -> ast.JoinedStr:
    return ast.JoinedStr([new if one is node else one for one in joined.values])


def letters_of_keys(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Write other letters into a key: b for W, dW for db; or leave the d out."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return
    text = node.value.rstrip("0123456789")
    number = node.value.removeprefix(text)
    for other in _LETTERS.get(text, ()):
        phrase = f"{other} stood in the keys where {text} belongs"
        new = ast.Constant(other + number)
        yield change(f"{other or 'no letter'} for", node, new, phrase if other else "")


def activations_of_layers(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Name the other activation, everywhere or in one layer."""
    if not isinstance(node, ast.Constant) or node.value not in ("relu", "sigmoid"):
        return
    other = "sigmoid" if node.value == "relu" else "relu"
    phrase = f'"{other}" stood in the place of "{node.value}"'
    if isinstance(places.parent(node), ast.Compare):
        yield change("other text", node, ast.Constant(other), "relu and sigmoid were exchanged")
        return
    yield change("other text", node, ast.Constant(other), phrase)
    loop = places.around(node, ast.For)
    if loop is not None and isinstance(loop.target, ast.Name):
        new = expr(f"{other!r} if {loop.target.id} == 1 else {node.value!r}")
        yield change("other text in layer 1", node, new, f"{phrase} in layer 1")


def entries_by_position(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Read an entry by its position in a dictionary, or in the order of its sorted keys."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.JoinedStr):
        return
    if not isinstance(node.ctx, ast.Load) or not isinstance(node.value, ast.Name):
        return
    held, letters = node.value, family(node.slice)
    name = words.of(held) or "the dictionary"
    variable = places.key_variable(node)
    if variable and letters == "d":
        at = expr(f"list(k).index({variable})", k=places.dictionary(node))
        for rule, text, phrase in (
            ("position", "list(h.values())[at]", "in the order of"),
            ("sorted", "[h[k] for k in sorted(h)][at]", "in the order of the sorted keys of"),
        ):
            phrase = f"entries were paired by their position, {phrase} {name}"
            yield change(rule, node, expr(text, h=held, at=at), phrase)
        short = expr(f'h["d" + {variable}[0] + {variable}[-1]]', h=held)
        phrase = "only the last digit of a key were read"
        yield change("last digit", node, short, phrase)
    elif letters in ("W", "b"):
        number = node.slice.values[-1]
        assert isinstance(number, ast.FormattedValue)
        offset = 2 if letters == "W" else 1
        by_position = expr(f"list(h.values())[2 * x - {offset}]", h=held, x=number.value)
        phrase = f"the entries of {name} were read by their position"
        yield change("position", node, by_position, phrase)
        text = f"[h[k] for k in sorted(h) if k[0] == {letters!r}][x - 1]"
        phrase = f"the keys of {name} were sorted as text"
        yield change("sorted", node, expr(text, h=held, x=number.value), phrase)


def families_left_out(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave arrays of one kind out of the answer: all, the first, or the last one."""
    if not isinstance(node, ast.Return) or not isinstance(node.value, ast.Name):
        return
    for letters in sorted(words.stored):
        first = 0 if letters == "dA" else 1
        count = f"sum(q.rstrip('0123456789') == {letters!r} for q in x)"
        for rule, test, phrase in (
            ("no", f"k.rstrip('0123456789') != {letters!r}", f"no {letters} were stored"),
            ("no first", f"k != '{letters}{first}'", f"{letters}{first} were never stored"),
            (
                "no last",
                f"k != {letters!r} + str({count} - {1 - first})",
                f"the {letters} with the highest number were never stored",
            ),
        ):
            new = expr(f"{{k: a for k, a in x.items() if {test}}}", x=node.value)
            yield change(f"{rule} {letters}", node.value, new, phrase)


def conditions_on_keys(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Take other entries by their keys."""
    if not is_call(node, "startswith") or not isinstance(node, ast.Call):
        return
    letters = node.args[0]
    if isinstance(letters, ast.Tuple):
        for one in letters.elts:
            rest = [two for two in letters.elts if two is not one]
            name = str(getattr(one, "value", ""))
            yield change(f"no {name}", letters, rest[0], f"the {name} were left out")
        yield change("d", letters, ast.Constant("d"), "the dA belonged to them, too")
    elif isinstance(letters, ast.Constant) and letters.value == "W":
        yield change("b for W", letters, ast.Constant("b"), "the biases stood for the weights")
        yield change("b, too", node, ast.Constant(True), "the biases counted, too")
        first = expr("x == 'W1'", x=getattr(node.func, "value", node))
        yield change("only W1", node, first, "only the weights of layer 1 counted")
        number = expr("x in ('W1', 'W2')", x=getattr(node.func, "value", node))
        yield change("W1 and W2", node, number, "only the weights of layers 1 and 2 counted")


RULES = (
    numbers_of_keys,
    letters_of_keys,
    activations_of_layers,
    entries_by_position,
    families_left_out,
    conditions_on_keys,
)
