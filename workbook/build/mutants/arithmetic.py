"""Rules for arithmetic: factors, divisors, terms, signs, powers, matrix products, numbers."""

import ast
from collections.abc import Iterator

from workbook.build.mutants.places import CodeChange, Places, change, expr, is_call, said
from workbook.build.mutants.words import PartWords


def factors(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave a factor out, take it twice, divide by it."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Mult):
        return
    left, right = words.of(node.left), words.of(node.right)
    both = {"x": node.left, "y": node.right}
    for kept, gone, name in ((node.right, node.left, left), (node.left, node.right, right)):
        factor = (
            name if name.startswith("the ") or name == "factor" else name and f"the factor {name}"
        )
        yield change("no factor", node, kept, said("{} were left out", factor))
        twice = expr("x * y", x=node, y=gone)
        # Random numbers of other distributions look like a product of two of them.
        is_random = factor == "the random numbers"
        there = "" if is_random else said("{} were there twice", factor)
        yield change("factor twice", node, twice, there)
    divided = said("{} were divided by {}, not multiplied", left, right)
    yield change("divided", node, expr("x / y", **both), divided)
    added = said("{} and {} were added, not multiplied", left, right)
    yield change("added", node, expr("x + y", **both), added)


def divisors(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave a divisor out, divide twice, multiply instead, take its root."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
        return
    right, left = words.of(node.right), words.of(node.left)
    both = {"x": node.left, "y": node.right}
    gone = said("the division by {} were left out", right)
    yield change("no divisor", node, node.left, gone)
    yield change("no numerator", node, expr("1 / y", **both), "")
    for rule, text, phrase in (
        ("divisor twice", "x / y / y", "it were divided by {} twice"),
        ("root of divisor", "x / np.sqrt(y)", "the divisor were the root of {}"),
        ("multiplied", "x * y", "it were multiplied by {}, not divided"),
        ("subtracted", "x - y", "{} were subtracted, not divided by"),
        ("divisor - 1", "x / (y - 1)", "the divisor {} were 1 less"),
        ("divisor + 1", "x / (y + 1)", "the divisor {} were 1 more"),
    ):
        yield change(rule, node, expr(text, **both), said(phrase, right))
    alone = places.is_only_one(node)
    turned = said("{} were divided by {}", right, left)
    turned = turned or ("the quotient were upside down" if alone else "")
    yield change("upside down", node, expr("y / x", **both), turned)
    whole = "the quotient were rounded down to a whole number" if alone else ""
    yield change("whole", node, expr("x // y", **both), whole)


def whole_quotients(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Divide with a remainder, or round up, where a quotient is rounded down."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.FloorDiv):
        return
    both = {"x": node.left, "y": node.right}
    yield change("not whole", node, expr("x / y", **both), "nothing were rounded down")
    yield change("rounded", node, expr("round(x / y)", **both), "the quotient were rounded")
    yield change("rounded up", node, expr("-(-x // y)", **both), "the quotient were rounded up")
    yield change("remainder", node, expr("x % y", **both), "the remainder were taken")
    left, right = words.of(node.left), words.of(node.right)
    yield change("no divisor", node, node.left, said("the division by {} were left out", right))
    yield change("numerator 1", node, expr("1", **both), said("{} did not count", left))
    yield change("multiplied", node, expr("x * y", **both), said("{} were a factor", right))


def brackets(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Let a factor or a divisor reach one term more or less."""
    if not isinstance(node, ast.BinOp):
        return
    sums, steps = ast.Add | ast.Sub, ast.Mult | ast.Div
    left, right, of = node.left, node.right, words.of
    if isinstance(right, ast.BinOp):
        moved = ast.BinOp(ast.BinOp(left, node.op, right.left), right.op, right.right)
        if isinstance(node.op, ast.Div) and isinstance(right.op, ast.Mult):
            phrase = said("it were multiplied by {}, not divided", of(right.right))
            yield change("bracket", node, moved, phrase)
        if isinstance(node.op, ast.Div) and isinstance(right.op, sums):
            phrase = said("{} did not belong to the divisor", of(right.right))
            yield change("bracket", node, moved, phrase)
        if isinstance(node.op, ast.Mult) and isinstance(right.op, sums):
            phrase = said("the factor {} did not reach {}", of(left), of(right.right))
            yield change("bracket", node, moved, phrase)
        if isinstance(node.op, sums) and isinstance(right.op, steps):
            done = "multiplied" if isinstance(right.op, ast.Mult) else "divided"
            phrase = said("{}, too, were " + done + " by {}", of(left), of(right.right))
            yield change("bracket", node, moved, phrase)
    if isinstance(left, ast.BinOp) and isinstance(node.op, steps) and isinstance(left.op, sums):
        moved = ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))
        what = "factor" if isinstance(node.op, ast.Mult) else "division by"
        phrase = said("the " + what + " {} did not reach {}", of(right), of(left.left))
        yield change("bracket", node, moved, phrase)


def terms(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Turn a sign, leave a term out, multiply two terms."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        phrase = "the minus were left out" if places.is_only_one(node) else ""
        yield change("no minus", node, node.operand, phrase)
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add | ast.Sub):
        return
    both = {"x": node.left, "y": node.right}
    left, right = words.of(node.left), words.of(node.right)
    if isinstance(node.op, ast.Sub):
        yield from _differences(node, left, right, places.is_only_one(node))
    else:
        phrase = said("{} were subtracted, not added", right)
        yield change("sign", node, expr("x - y", **both), phrase)
        phrase = said("{} were subtracted, not added", left)
        yield change("sign", node, expr("y - x", **both), phrase)
        phrase = said("{} and {} were multiplied, not added", left, right)
        yield change("product", node, expr("x * y", **both), phrase)
        phrase = said("the larger of {} and {} were taken, not their sum", left, right)
        yield change("larger", node, expr("np.maximum(x, y)", **both), phrase)
        if is_call(node.left, "sqrt") and isinstance(node.left, ast.Call):
            inner = {"x": node.left.args[0], "y": node.right}
            phrase = said("{} stood under the root", right)
            yield change("under the root", node, expr("np.sqrt(x + y)", **inner), phrase)
    if not isinstance(node.left, ast.Constant):
        lost = said("{} were left out", left)
        if places.is_stored_in(node.left, node):
            lost = "the new value replaced the old one, and were not added to it"
        yield change("no term", node, node.right, lost)
        yield change("no term", node, node.left, said("{} were left out", right))


def _differences(node: ast.BinOp, left: str, right: str, alone: bool) -> Iterator[CodeChange]:
    both = {"x": node.left, "y": node.right}
    phrase = said("{} were added, not subtracted", right)
    yield change("sign", node, expr("x + y", **both), phrase)
    turned = said("it were {} minus {}, not the other way round", right, left)
    turned = turned if alone else said("{} minus {} were taken the other way round", left, right)
    yield change("turned", node, expr("y - x", **both), turned)
    if isinstance(node.left, ast.Constant):
        phrase = right and f"{right} stood where 1 minus {right} belongs"
        yield change("no 1 minus", node, node.right, phrase)
        phrase = said("1 stood where 1 minus {} belongs", right)
        yield change("1 alone", node, node.left, phrase)
        return
    yield change("minus both", node, expr("-x - y", **both), "")
    phrase = said("the sign of {} minus {} were lost", left, right)
    yield change("absolute", node, expr("abs(x - y)", **both), phrase)


def whole_values(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Give the value of a statement another sign or size, or an activation too early."""
    holder = places.parent(node)
    if isinstance(holder, ast.Tuple):
        holder = places.parent(holder)
    if not isinstance(holder, ast.Assign | ast.Return) or places.in_index(node):
        return
    calls = ("sum", "float", "where", "astype", "abs", "sqrt")
    if not isinstance(node, ast.BinOp) and not is_call(node, *calls):
        return
    for rule, text, phrase in (
        ("sign turned", "-x", "it had the other sign"),
        ("doubled", "2 * x", "it were doubled"),
        ("halved", "x / 2", "it were halved"),
    ):
        yield change(rule, node, expr(text, x=node), phrase)
    if any(isinstance(one, ast.MatMult) for one in ast.walk(node)) and "Z" in words.returns:
        new = expr("np.maximum(x, 0)", x=node)
        yield change("relu already", node, new, "relu were applied already here")
        new = expr("1 / (1 + np.exp(-(x)))", x=node)
        yield change("sigmoid already", node, new, "the sigmoid were applied already here")


def powers(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave a power out, or take another one."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Pow):
        return
    base, power = words.of(node.left), words.of(node.right)
    both = {"x": node.left, "y": node.right}
    squared = power == "2"
    phrase = said("{} were not squared" if squared else "{} were not raised to a power", base)
    yield change("no power", node, node.left, phrase)
    phrase = said("{} were multiplied by {}, not raised to it", base, power)
    yield change("times", node, expr("x * y", **both), phrase)
    phrase = said("the power of {} were one higher", base)
    yield change("power + 1", node, expr("x ** (y + 1)", **both), phrase)
    if squared:
        phrase = said("the absolute value of {} were taken, not the square", base)
        yield change("absolute", node, expr("np.abs(x)", **both), phrase)
        return
    whole = said("the exponent of {} were cut to a whole number", base)
    yield change("whole power", node, expr("x ** int(y)", **both), whole)
    if isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Sub):
        inner = {"x": node.left, "y": node.right.left}
        divided = said("the power of {} were divided by {}", base, base)
        yield change("divided power", node, expr("x ** y / x", **inner), divided)
    phrase = said("the power of {} were one lower", base)
    yield change("power - 1", node, expr("x ** (y - 1)", **both), phrase)
    yield change("turned", node, expr("y ** x", **both), "base and exponent were exchanged")


def products(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Transpose a factor of a matrix product, turn the order, multiply entry by entry."""
    if isinstance(node, ast.Attribute) and node.attr == "T":
        phrase = said("{} were not transposed", words.of(node.value))
        yield change("not transposed", node, node.value, phrase)
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.MatMult):
        return
    both = {"x": node.left, "y": node.right}
    left, right = words.of(_plain(node.left)), words.of(_plain(node.right))
    for rule, text, phrase in (
        ("turned", "y @ x", "{} and {} were multiplied in the other order"),
        ("entries", "x * y", "{} and {} were multiplied entry by entry"),
        ("product transposed", "(x @ y).T", "the product of {} and {} were transposed"),
        ("summed", "np.sum(x @ y)", "the product of {} and {} were summed over everything"),
    ):
        yield change(rule, node, expr(text, **both), said(phrase, left, right))
    for one, text, name in (
        (node.left, "x.T @ y", left),
        (node.right, "x @ y.T", right),
    ):
        if _plain(one) is one:
            yield change("transposed", node, expr(text, **both), said("{} were transposed", name))


def _plain(node: ast.expr) -> ast.expr:
    """Return an array without its transpose."""
    return node.value if isinstance(node, ast.Attribute) and node.attr == "T" else node


def numbers(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Put another number in the place of one."""
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return
    value = node.value
    assert isinstance(value, int | float)
    is_default = node in places.function.args.defaults
    if is_call(places.parent(node), "fromkeys") or isinstance(places.parent(node), ast.keyword):
        return
    small = (value + 1, value - 1, 2 * value, 0)
    other = (10 * value, value / 10, 2 * value, value / 2, 1.0, 0.0, 1 - value)
    for new in dict.fromkeys(small if isinstance(value, int) else other):
        if new == value:
            continue
        # Whole numbers count something, and another answer may count something else.
        likely = not isinstance(value, int) or (is_default and value not in (0, 1))
        pointed = likely and value not in (0, 1) and places.is_only_one(node)
        what = "the default " if is_default else "the number "
        phrase = f"{what}{value:g} were {new:g}" if pointed else ""
        yield change(f"{new:g} for", node, expr(repr(type(value)(new))), phrase)


def one_sided(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Measure a slope from one side only."""
    if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Div):
        return
    if ast.unparse(node.right) != "2 * h":
        return
    for sign, side in ((ast.Sub, "above"), (ast.Add, "below")):
        moved = [
            one
            for one in ast.walk(places.function)
            if isinstance(one, ast.BinOp)
            and isinstance(one.op, sign)
            and ast.unparse(one.left) == "theta"
        ]
        new: dict[ast.AST, ast.AST] = {
            one: expr("x + 0 * y", x=one.left, y=one.right) for one in moved
        }
        phrase = f"the slope were measured from {side} only"
        yield CodeChange(f"only {side}", node, phrase, {**new, node.right: expr("h")})


def other_operators(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Put any other operator in the place of one; nothing is said of those without a rule."""
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        for sign in ("+", "-", "*", "/", "//", "%", "**"):
            yield change(sign, node, expr(f"x {sign} y", x=node.left, y=node.right), "")


RULES = (
    factors,
    divisors,
    whole_quotients,
    brackets,
    terms,
    whole_values,
    powers,
    products,
    numbers,
    one_sided,
    other_operators,
)
