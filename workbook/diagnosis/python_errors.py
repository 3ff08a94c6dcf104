"""What common exceptions of Python and NumPy mean, from their type and their message alone."""

import re

_WHAT = {
    "NoneType": "None",
    "bool": "True or False",
    "builtin_function_or_method": "a function",
    "dict": "a dictionary",
    "float": "a number",
    "function": "a function",
    "int": "a number",
    "list": "a list",
    "numpy.bool": "True or False",
    "numpy.float64": "a number",
    "numpy.int64": "a number",
    "numpy.ndarray": "an array",
    "str": "text",
    "tuple": "a tuple",
}
_WITH_ENTRIES = ("a dictionary", "a list", "a tuple")

# The type of an exception, a pattern in its message, and what it means.
_MEANINGS = (
    (
        "TypeError",
        r"can only concatenate str \(not \"(?:int|float|bool|numpy\.\w+)\"\)"
        r"|operand type\(s\) for \+: '(?:int|float|bool)' and 'str'",
        "Text and a number cannot be joined: convert the number with `str` first",
    ),
    (
        "TypeError",
        r"'float' object cannot be interpreted as an integer",
        "A float stands where a whole number is needed: `/` always gives a float, and `//` of "
        "whole numbers a whole number",
    ),
    (
        "TypeError",
        r"'(tuple|list)' object cannot be interpreted as an integer",
        "{What} stands where a whole number is needed. Some functions, such as `np.random.randn`, "
        "take sizes one by one, not in {what}",
    ),
    (
        "TypeError",
        r"as a data type",
        "The sizes of an array are given to `np.zeros` in one tuple: a second number is taken for "
        "the kind of its numbers",
    ),
    (
        "TypeError",
        r"unhashable type: '([A-Z]\w*)'",
        "{What} cannot be put into a set, nor be a key of a dictionary: a class that says which "
        "objects are equal (`__eq__`) has to say how they are found again (`__hash__`), too",
    ),
    (
        "TypeError",
        r"unhashable type: '([\w.]+)'",
        '{What} cannot be a key of a dictionary. Keys such as "W1" are text, in quotes',
    ),
    (
        "TypeError",
        r"'([\w.]+)' object is not callable",
        "Parentheses behind {what} call it, as if it were a function{call}",
    ),
    (
        "TypeError",
        r"'([\w.]*function[\w.]*)' object is not subscriptable",
        "Square brackets pick an entry, and a function has none: parentheses call it",
    ),
    (
        "TypeError",
        r"only (?:size-1|length-1|0-dimensional) arrays can be converted",
        "`float`, `int` and the functions of `math` take a single number, and here they get an "
        "array of several. NumPy's functions, such as `np.log`, take arrays",
    ),
    (
        "TypeError",
        r"only integer scalar arrays can be converted to a scalar index",
        "An array stands where a whole number is needed, such as a position in a list, or the "
        "axis that the second argument of `np.sum` is: two arrays are added with `+`",
    ),
    (
        "TypeError",
        r"ufunc 'invert' not supported",
        "`~` is for True, False and whole numbers, not for floats: what turns 0 into 1 and 1 into "
        "0 is `1 -` the number",
    ),
    (
        "TypeError",
        r"iteration over a 0-d array",
        "A loop cannot go through an array without axes, such as `np.squeeze` makes of a single "
        "entry",
    ),
    (
        "TypeError",
        r"Cannot cast scalar from dtype\('O'\)",
        "A number is needed, and something like a generator stands there: `np.random.seed` and "
        "`RandomState` take a number only, and `np.random.default_rng` takes either",
    ),
    (
        "AttributeError",
        r"'int' object has no attribute '(?:permut|shuffle|choice|integers|random|normal)",
        "A number draws nothing: `np.random.default_rng` makes a generator of it, and leaves a "
        "generator as it is",
    ),
    (
        "RuntimeError",
        r"dictionary changed size during iteration",
        "The loop goes through a dictionary while keys are added to it or taken from it: put new "
        "entries into a dictionary of their own",
    ),
    ("RecursionError", "", "The function calls itself endlessly"),
    (
        "ValueError",
        r"non-broadcastable output",
        "An array changed in place, as by `+=`, keeps its shape, and the result has another",
    ),
    (
        "ValueError",
        r"math domain error",
        "A function of `math` gets a number for which it has no value, as `math.log` does with 0",
    ),
)


def meaning(kind: str, message: str) -> str:
    """Return what an exception means, as a sentence without its full stop; empty if not known.

    Parameters
    ----------
    kind : str
        Name of its type, such as ``TypeError``.
    message : str
        Its message.
    """
    for of, pattern, sentence in _MEANINGS:
        found = re.search(pattern, message) if of == kind else None
        if found is None:
            continue
        name = found[1] if found.re.groups else ""
        what = _WHAT.get(name, f"a value of type {name}")
        return sentence.format(what=what, What=what[:1].upper() + what[1:], call=_instead(what))
    return ""


def meaning_in(message: str) -> str | None:
    """Return what the exception means of which a verdict tells; None if it tells of none."""
    found = re.match(r"your (?:function|class) raised (\w+): (.*)", message)
    said = meaning(found[1], found[2]) if found else ""
    return f"{said}." if said else None


def _instead(what: str) -> str:
    """Return what was perhaps meant by parentheses behind something that is no function."""
    if what == "an array":
        return ": square brackets pick an entry, `.T` needs no parentheses, and a product needs `*`"
    if what == "a number":
        return ": a product needs `*`"
    return ": square brackets pick an entry" if what in _WITH_ENTRIES else ""
