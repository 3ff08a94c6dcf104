"""Rules for calls: another activation or function, another axis, arguments in another order."""

import ast
from collections.abc import Iterator

from workbook.build.mutants.places import CodeChange, Places, called, change, expr, is_call, said
from workbook.build.mutants.words import PartWords

#: What may be called in the place of an activation, and what is then said.
_FOR_SIGMOID = (
    ("relu", "relu(z)", "relu were used for the sigmoid"),
    ("tanh", "(np.tanh(z), z)", "tanh were used for the sigmoid"),
    ("softmax", "(np.exp(z) / np.sum(np.exp(z), axis=0), z)", "softmax were used for the sigmoid"),
    ("no minus", "(1 / (1 + np.exp(z)), z)", "the sigmoid's exponent had lost its minus"),
    ("no 1", "(1 / np.exp(-z), z)", "the sigmoid's divisor had lost its 1"),
    ("none", "(z, z)", "the sigmoid were never applied"),
    ("rounded", "(np.round(sigmoid(z)[0]), z)", "the sigmoid's results were rounded"),
)
_FOR_RELU = (
    ("sigmoid", "sigmoid(z)", "the sigmoid were used for relu"),
    ("tanh", "(np.tanh(z), z)", "tanh were used for relu"),
    ("none", "(z, z)", "relu were never applied"),
    ("leaky", "(np.maximum(0.01 * z, z), z)", "relu were leaky, with a slope of 0.01"),
    ("absolute", "(np.abs(z), z)", "relu turned negative numbers into positive ones"),
    ("turned", "(np.minimum(z, 0), z)", "relu kept the negative numbers, not the positive ones"),
    ("step", "((z > 0) * 1.0, z)", "relu gave 1 for every positive number"),
)
_S = "sigmoid(z)[0]"
_FOR_SIGMOID_BACKWARD = (
    ("relu", "relu_backward(d, z)", "the derivative of relu were used for the sigmoid"),
    ("none", "d * 1", "the derivative of the sigmoid were left out"),
    ("s alone", f"d * {_S}", "the derivative of the sigmoid lacked the factor 1 minus s"),
    ("1 - s", f"d * (1 - {_S})", "the derivative of the sigmoid lacked the factor s"),
    ("s squared", f"d * {_S} ** 2", "the derivative of the sigmoid were its square"),
    ("1 - s squared", f"d * (1 - {_S} ** 2)", "the derivative were 1 minus the sigmoid squared"),
    ("at A", f"sigmoid_backward(d, {_S})", "the sigmoid were applied twice in its derivative"),
    ("Z as A", "d * z * (1 - z)", "Z stood for its sigmoid in the derivative"),
    ("tanh", "d * (1 - np.tanh(z) ** 2)", "the derivative of tanh were used for the sigmoid"),
    ("slope alone", f"{_S} * (1 - {_S}) + 0 * d", "the factor dA were left out"),
)
_FOR_RELU_BACKWARD = (
    ("sigmoid", "sigmoid_backward(d, z)", "the derivative of the sigmoid were used for relu"),
    ("none", "d * 1", "the derivative of relu were left out"),
    ("relu itself", "d * relu(z)[0]", "relu itself stood in the place of its derivative"),
    ("by dA", "d * (d > 0)", "the sign of dA decided in relu's derivative, not that of Z"),
    ("from 0", "d * (z >= 0)", "the slope of relu at exactly 0 were 1"),
    ("slope alone", "(z > 0) * 1.0 + 0 * d", "the factor dA were left out"),
    ("turned", "d * (z < 0)", "relu's derivative were 1 where Z is negative"),
    ("leaky", "d * np.where(z > 0, 1, 0.01)", "relu were leaky, with a slope of 0.01"),
    ("from 1", "d * (z > 1)", "relu's derivative were 0 for Z up to 1"),
    ("half at 0", "d * np.where(z == 0, 0.5, z > 0)", "the slope of relu at exactly 0 were 0.5"),
)
_ACTIVATIONS = {"sigmoid": _FOR_SIGMOID, "relu": _FOR_RELU}
_DERIVATIVES = {"sigmoid_backward": _FOR_SIGMOID_BACKWARD, "relu_backward": _FOR_RELU_BACKWARD}

#: NumPy's functions that are mistaken for each other, and what is then said.
_OTHERS = {
    "log": (
        ("log10", "the logarithm were the one to base 10"),
        ("log2", "the logarithm were the one to base 2"),
        ("log1p", "1 were added before the logarithm"),
        ("exp", "e to the power stood for the logarithm"),
    ),
    "sum": (
        ("mean", "the mean were taken, not the sum"),
        ("prod", "the product were taken, not the sum"),
        ("max", "the largest were taken, not the sum"),
    ),
    "mean": (
        ("sum", "the sum were taken, not the mean"),
        ("median", "the median were taken, not the mean"),
        ("std", "the standard deviation were taken, not the mean"),
        ("max", "the largest were taken, not the mean"),
    ),
    "std": (("var", "the variance stood for the standard deviation"),),
    "abs": (
        ("square", "the squares were taken, not the absolute values"),
        ("sign", "the signs were taken, not the absolute values"),
    ),
    "sign": (("abs", "the absolute values were taken, not the signs"),),
    "sqrt": (
        ("square", "the square were taken, not the root"),
        ("cbrt", "the root were a cube root"),
    ),
    "tanh": (
        ("sinh", "the hyperbolic sine stood for tanh"),
        ("cosh", "the hyperbolic cosine stood for tanh"),
        ("arctan", "the arctangent stood for tanh"),
        ("tan", "the tangent stood for tanh"),
    ),
    "zeros": (("ones", "the zeros were ones"),),
    "eye": (("ones", "the identity matrix were all ones"),),
    "randn": (
        ("rand", "the numbers were drawn uniformly between 0 and 1"),
        ("standard_exponential", "the numbers were drawn from another distribution"),
    ),
    "ptp": (
        ("max", "the largest stood for the range"),
        ("min", "the smallest stood for the range"),
    ),
}
_DROPPED = {
    "sqrt": "the root were left out",
    "log": "the logarithm were left out",
    "abs": "the absolute value were left out",
    "tanh": "tanh were left out",
    "sign": "the sign were not taken",
    "sum": "nothing were summed",
    "mean": "no mean were taken",
    "astype": "the conversion to numbers were left out",
    "reversed": "the order were not turned",
    "max": "the lower limit were left out",
}


def activations(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Use another activation or derivative, or none."""
    if not isinstance(node, ast.Call):
        return
    name = called(node)
    if name in _ACTIVATIONS and len(node.args) == 1:
        for rule, text, phrase in _ACTIVATIONS[name]:
            yield change(f"activation {rule}", node, expr(text, z=node.args[0]), phrase)
    if name in _DERIVATIVES:
        dA, Z = node.args
        for rule, text, phrase in _DERIVATIVES[name]:
            yield change(f"derivative {rule}", node, expr(text, d=dA, z=Z), phrase)


def functions(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Leave a call out, or call another function."""
    if not isinstance(node, ast.Call):
        return
    name, function = called(node), node.func
    is_method = isinstance(function, ast.Attribute) and not _is_numpys(function)
    if isinstance(function, ast.Attribute):
        for other, phrase in _OTHERS.get(name, ()):
            if not (is_method and other == "median"):
                named = ast.Attribute(function.value, other, ast.Load())
                call = ast.Call(named, node.args, node.keywords)
                which = _which(node, places, words)
                yield CodeChange(
                    f"{other} for", node, which and phrase, {node: call}, which.strip()
                )
    inside = function.value if is_method and isinstance(function, ast.Attribute) else None
    first = inside or next(iter(node.args), None)
    if name in _DROPPED and first is not None:
        which = _which(node, places, words)
        yield CodeChange(f"no {name}", node, which and _DROPPED[name], {node: first}, which.strip())
    if name == "astype" and inside is not None:
        new = expr("np.argmax(x, axis=0)", x=inside)
        yield change("argmax", node, new, "argmax were used")
    if name == "permutation":
        yield change(
            "no order", node, expr("np.arange(x)", x=node.args[0]), "nothing were shuffled"
        )
        new = expr("np.random.default_rng(0).permutation(x)", x=node.args[0])
        yield change("seed 0", node, new, "the seed were always 0")
    if name == "float" and first is not None:
        yield change("rounded", node, expr("round(x, 2)", x=first), "it were rounded")
        yield change("percent", node, expr("100 * x", x=node), "it were in percent")
        yield change("whole", node, expr("int(x)", x=first), "it were cut to a whole number")
        yield change("(1, 1)", node, expr("np.reshape(x, (1, 1))", x=first), "it kept two axes")


def _which(node: ast.Call, places: Places, words: PartWords) -> str:
    """Return which call it is, where there are several; a space where it is the only one."""
    if places.is_only_one(node):
        return " "
    return said("for {}", words.of(node.args[0]) if node.args else "")


def _is_numpys(function: ast.Attribute) -> bool:
    return ast.unparse(function).startswith("np.")


def axes(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Take another axis, or none; leave keepdims, the first or the last example out."""
    if not isinstance(node, ast.Call):
        return
    given = {one.arg: one.value for one in node.keywords}
    what, axis = called(node), given.get("axis")
    if isinstance(axis, ast.Constant) and axis.value in (0, 1):
        phrase = f"the {what} went along the other axis"
        yield change("other axis", axis, ast.Constant(1 - ast.literal_eval(axis)), phrase)
        rest = [one for one in node.keywords if one.arg not in ("axis", "keepdims")]
        whole = ast.Call(node.func, node.args, rest)
        yield change("no axis", node, whole, f"the {what} went over everything")
    if "keepdims" in given:
        rest = [one for one in node.keywords if one.arg != "keepdims"]
        flat = ast.Call(node.func, node.args, rest)
        yield change("no keepdims", node, flat, f"the {what} had lost an axis")
        turned = expr("x.T", x=node)
        yield change("transposed", node, turned, "it were a row, not a column")
    if is_call(node, "sum", "mean") and node.args and isinstance(node.func, ast.Attribute):
        for rule, text, which in (("first", "x[:, 1:]", "first"), ("last", "x[:, :-1]", "last")):
            cut = ast.Call(node.func, [expr(text, x=node.args[0]), *node.args[1:]], node.keywords)
            what_is_gone = f"the {which} example were left out of the {what}"
            yield change(f"{rule} column left out", node, cut, what_is_gone)


def arguments(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Exchange two arguments of a call."""
    if not isinstance(node, ast.Call) or is_call(node, "range", "zeros", "randn", "where"):
        return
    pairs = enumerate(zip(node.args, node.args[1:], strict=False))
    for at, (one, other) in pairs:
        exchanged = [*node.args[:at], other, one, *node.args[at + 2 :]]
        phrase = said("{} and {} were exchanged", words.of(one), words.of(other))
        new = ast.Call(node.func, exchanged, node.keywords)
        yield change("exchanged", node, new, phrase)


def shapes(node: ast.AST, places: Places, words: PartWords) -> Iterator[CodeChange]:
    """Make an array of another shape: transposed, flat, a row."""
    if not is_call(node, "zeros", "randn") or not isinstance(node, ast.Call):
        return
    inside = node.args[0] if is_call(node, "zeros") else ast.Tuple(node.args, ast.Load())
    if not isinstance(inside, ast.Tuple) or len(inside.elts) != 2:
        return
    rows, columns = inside.elts
    turned = expr("x.T", x=node)
    column = isinstance(columns, ast.Constant)
    phrase = "it were a row, not a column" if column else "rows and columns were exchanged"
    yield change("transposed", node, turned, phrase)
    flat = "it were flat, with one axis" if column else "it had one axis"
    yield change("flat", node, expr("x[:, 0]", x=node), flat)
    if column:
        yield change("random", node, expr("np.random.randn(x, 1)", x=rows), "it were random")
        yield change("one", node, expr("np.zeros((1, 1))", x=rows), "it had a single entry")
    else:
        yield change("zeros", node, expr("np.zeros((x, y))", x=rows, y=columns), "it were zeros")
        same = expr("np.ones((x, y))", x=rows, y=columns)
        yield change("ones", node, same, "the same number stood everywhere")
        positive = expr("np.abs(x)", x=node)
        yield change("positive", node, positive, "no number were negative")
        seeded = expr("np.random.default_rng(1).standard_normal((x, y))", x=rows, y=columns)
        yield change("seeded", node, seeded, "a seed were set before each draw")


RULES = (activations, functions, axes, arguments, shapes)
