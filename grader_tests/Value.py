"""Hidden tests of Value."""

import numpy as np
import pytest

from grader_tests.draws import moved
from grader_tests.support import Case, answers_to, assert_gradient, assert_script
from grader_tests.support import numerical_gradient as finite_differences
from solutions.Value import Value as Reference
from workbook.course.compare import assert_same
from workbook.course.scripted import Scripted, as_python

#: Graphs in which a Value is used several times.
USED_TWICE = (
    ("c = a + a", "d = c + b"),
    ("c = a + b", "e = b + c", "d = c + e"),
)

#: Graphs in which a Value has several ways to the result, of different lengths.
SHORTCUTS = (
    ("b = a + a", "c = b + a", "d = b + c"),
    ("b = a + a", "c = b + a", "d = c + b"),
    ("b = a + a", "c = b + b", "d = c + b", "d = a + d"),
    ("b = a + a", "c = b + b", "d = a + c", "d = d + b"),
)


def drawn(rng, names):
    """Return steps that make a Value of each name, of numbers that are not near 0 or each other."""
    steady = np.random.default_rng([4, *map(ord, names)])
    sizes = moved(rng, steady.permutation(np.linspace(0.6, 1.9, len(names))))
    signs = steady.choice([-1.0, 1.0], len(names))
    return [["new", name, float(x)] for name, x in zip(names, sizes * signs, strict=True)]


def lines(*code):
    """Return the steps of some lines such as ``c = a * b``; an operand may be a number."""
    steps = []
    for line in code:
        name, _, left, sign, right = line.split()
        steps.append(["do", name, sign, _operand(left), _operand(right)])
    return steps


def _operand(word):
    """Return a name, or a plain number."""
    if not word[0].isdigit():
        return word
    return float(word) if "." in word else int(word)


def powers(name, exponents):
    """Return steps that make a0, a1 and so on: powers of the Value of this name."""
    return [["do", f"{name}{i}", "**", name, n] for i, n in enumerate(exponents)]


def grads_of(names):
    """Return steps that ask for the gradients of these Values."""
    return [["get", f"{name}.grad"] for name in names]


def backward(name):
    """Return the step that calls backward of a Value."""
    return ["call", None, name, "backward"]


def slopes_of(script, names, result):
    """Return the derivatives of a result with respect to the Values of these names, measured."""
    start = [step[2] for step in script if step[0] == "new"]

    def at(numbers):
        moved = iter(numbers.tolist())
        steps = [[*s[:2], next(moved)] if s[0] == "new" else s for s in script if s[0] != "get"]
        return Scripted(Reference)([*steps, ["get", f"{result}.data"]])[f"{result}.data"]

    slopes = finite_differences(at, np.array(start))
    made = [step[1] for step in script if step[0] == "new"]
    return {name: slopes[made.index(name)] for name in names}


def assert_slopes(student, script, names, result):
    """Raise AssertionError unless the gradients agree with finite differences."""
    found = answers_to(student, [*script, *grads_of(names)])
    for name, slope in slopes_of(script, names, result).items():
        got = found[f"{name}.grad"]
        got = np.asarray(got, float) if isinstance(got, int | float | np.number) else got
        where = f"after `{as_python(script)}`, {name}.grad"
        assert_gradient(where, got, np.asarray(slope), f"the slope of {result}")


def assert_in_sums_or_products(student, made, graphs, names, calls="d"):
    """Raise AssertionError unless gradients are right in graphs of sums, or of products.

    The slope of an operation costs points in its own test, and not here again.
    """
    wrong = []
    for sign in "+*":
        try:
            for code in graphs:
                graph = lines(*(line.replace("+", sign) for line in code))
                script = [*made, *graph, *map(backward, calls), *grads_of(names)]
                assert_script(student, Reference, script)
        except Exception as error:
            wrong.append(error)
    if len(wrong) == 2:
        raise wrong[0]


def public_cases():
    """Inputs of the visible checks."""
    for script in (
        [
            *[["new", "x", 3.0], *lines("y = x * 2", "z = y ** 2"), backward("z")],
            *[["get", "y.data"], ["get", "z.data"], *grads_of("zyx")],
        ],
        [
            *[["new", "a", 2.0], ["new", "b", -3.0]],
            *[*lines("c = a * b", "d = c + a"), backward("d")],
            *[["get", "c.data"], ["get", "d.data"], *grads_of("cab")],
        ],
        [
            *[["new", "a", 1.5], *lines("b = a * a", "c = b + a", "d = b * c")],
            *[backward("d"), ["get", "d.data"], *grads_of("cba"), ["new", "e", -0.5]],
            *[*lines("f = e + e", "g = f * f", "h = g + f", "i = e * h"), backward("i")],
            *[["get", "i.data"], *grads_of("hgfe")],
        ],
        [
            *[["new", "a", 2.5], ["new", "b", -3.0], ["new", "c", 0.0], ["new", "d", 0.5]],
            *[["call", new, old, "relu"] for new, old in ("pa", "qb", "rc", "sd")],
            *lines("t = p + q", "u = t + r", "v = s * u", "w = v ** 3", "x = w * 2"),
            backward("x"),
            *[["get", f"{name}.data"] for name in "pqsx"],
            *grads_of("abcd"),
        ],
        [
            *[["new", "x", 4.0], *lines("y = 3 * x", "z = 1 - y"), backward("z")],
            *[["get", "z.data"], *grads_of("x")],
        ],
        # Of sums alone, so that a slip in another operation does not hide what `backward` adds up.
        [
            *[["new", "x", 0.5], ["new", "w", 3.0], *lines("y = x + w", "v = y + y", "z = v + x")],
            *[backward("y"), ["get", "x.grad", "x.grad after y.backward()"]],
            *[backward("z"), ["get", "x.grad", "x.grad after z.backward()"]],
            *[backward("z"), ["get", "x.grad", "x.grad after z.backward() again"]],
            *grads_of("w"),
        ],
    ):
        yield Case(as_python(script, "Value"), (script,))


@pytest.mark.points(1)
def test_value_sums(student, rng):
    """`+` gives the right numbers, and leaves those that it adds"""
    script = [*drawn(rng, "abc"), *lines("d = a + b", "e = d + c", "f = d + e", "g = a + a")]
    assert_script(student, Reference, [*script, *[["get", f"{name}.data"] for name in "abcdefg"]])


@pytest.mark.points(2)
def test_value_data(student, rng):
    """`*`, `**` and `relu` give the right numbers, and leave those that they are given"""
    script = [*drawn(rng, "abef"), *lines("d = a * b", "g = e ** 3")]
    script += [["call", "h", "f", "relu"], *lines("i = h * b", "j = i * d", "k = d * g")]
    for name, x in zip("lmno", moved(rng, [300.0, 0.05, -0.05, -12.0]), strict=True):
        script += [["new", name, x], ["call", f"{name}r", name, "relu"]]
    # Powers that are no whole numbers, and of 0.
    script += [["new", "p", 0.0], *powers("l", (0.5, -1.5)), *powers("p", (1, 2, 1.5))]
    asked = [*"abefdghijk", *"lmnop", "lr", "mr", "nr", "or", "l0", "l1", "p0", "p1", "p2"]
    assert_script(student, Reference, [*script, *[["get", f"{name}.data"] for name in asked]])


@pytest.mark.points(1)
def test_value_plain_numbers(student, rng):
    """A plain number may stand on either side of `+`, `-` and `*`, and `-a` is a Value"""
    for code in (
        ("b = a + 2.5", "c = 1.5 + b"),
        ("b = a * 2.5", "c = 2 * b"),
        ("b = a - 2.5", "c = 2 - b"),
        ("b = a / 2.5", "c = b / e"),
    ):
        script = [*drawn(rng, "ae"), *lines(*code), ["do", "d", "-", "c"], backward("d")]
        script += [["get", "c.data"], ["get", "d.data"]]
        assert_script(student, Reference, [*script, *grads_of("a")])


@pytest.mark.points(2)
def test_value_sum_and_product(student, rng):
    """The slopes of a sum and of a product are right"""
    for code in ("c = a + b", "c = a * b"):
        script = [*drawn(rng, "abd"), *lines(code), backward("c")]
        # Nothing is divided by a number that may be 0, such as e.
        script += [["new", "e", 0.0], *lines(code.translate(str.maketrans("abc", "def")))]
        assert_script(student, Reference, [*script, backward("f"), *grads_of("abcef")])


@pytest.mark.points(1)
def test_value_power(student, rng):
    """The slope of a power is right, also of one that is no whole number, and at 0"""
    (a,) = drawn(rng, "a")
    # Of a negative number, only whole powers are numbers.
    for made, exponents in (
        (a, (2, 3, -1, -2, 0)),
        (["new", "a", abs(a[2])], (0.5, 2.5, -0.5)),
        (["new", "a", 0.0], (1, 2, 1.5)),
    ):
        for step in powers("a", exponents):
            script = [made, step, backward(step[1]), *grads_of("a")]
            assert_script(student, Reference, script)


@pytest.mark.points(1)
def test_value_relu(student, rng):
    """The slope of `relu` is 1 for positive numbers and 0 for the others, 0 too"""
    for x in (*moved(rng, [300.0, 0.7, 0.05, 1e-9, -0.05, -12.0]), 0.0):
        script = [["new", "a", x], ["call", "b", "a", "relu"], backward("b")]
        assert_script(student, Reference, [*script, ["get", "b.data"], *grads_of("a")])


@pytest.mark.points(1)
def test_value_chain(student, rng):
    """Through a chain of operations on one Value the slope agrees with finite differences"""
    script = [*drawn(rng, "a"), *lines("b = a * 1.5", "c = b + 0.5", "d = c ** 2", "e = d * 2")]
    assert_slopes(student, [*script, *lines("f = e ** 3"), backward("f")], "a", "f")


@pytest.mark.points(1)
def test_value_graph(student, rng):
    """Through a graph of several Values the slopes agree with finite differences"""
    code = ("f = a * b", "g = f + c", "h = g ** 2", "i = h * d", "j = i + e")
    script = [*drawn(rng, "abcde"), *lines(*code), backward("j")]
    assert_slopes(student, script, "abcde", "j")


@pytest.mark.points(2)
def test_value_used_twice(student, rng):
    """A Value that is used several times gets the sum over all its uses"""
    assert_in_sums_or_products(student, drawn(rng, "ab"), USED_TWICE, "ab")
    # Two Values that hold the same number are two.
    made = [["new", name, 1.7] for name in "abx"]
    assert_in_sums_or_products(student, made, USED_TWICE, "ab")
    # Whatever the slopes of two different parts are: one that is both gets the sum of them.
    for sign in "+*-/":
        script = [*made, *lines(f"c = a {sign} b", f"y = x {sign} x"), backward("c"), backward("y")]
        try:
            found = answers_to(student, [*script, *grads_of("abx")])
            want = found["a.grad"] + found["b.grad"]
        except Exception:
            # An operation that fails costs points in its own test, and not here again.
            continue
        assert_same(f"after `y = x {sign} x; y.backward()`, x.grad", found["x.grad"], want)


@pytest.mark.points(1)
def test_value_order(student, rng):
    """A Value passes its gradient on only when all of it is there, whatever the graph"""
    assert_in_sums_or_products(student, drawn(rng, "a"), SHORTCUTS, "a")
    # What an operation gives is a Value of its own, with a gradient of its own.
    for step in (["call", "b", "a", "relu"], *lines("b = a + 0", "b = a * 1", "b = a ** 1")):
        script = [["new", "a", 0.7], step, *lines("c = a + b"), backward("c")]
        try:
            found = answers_to(student, [*script, *grads_of("b")])
        except Exception:
            # An operation that fails costs points in its own test, and not here again.
            continue
        assert_same(f"after `{as_python(script)}`, b.grad", found["b.grad"], 1)
    # Sums one behind the other, many more than are written by hand.
    chain = [["do", f"s{n + 1}", "+", f"s{n}", "b"] for n in range(100)]
    script = [["new", "s0", 0.7], ["new", "b", 0.3], *chain, backward("s100")]
    asked = {"s0": (1, "first number"), "s50": (1, "50th sum"), "b": (100, "number added")}
    found = answers_to(student, [*script, *grads_of(asked)])
    for name, (want, which) in asked.items():
        where = f"after `backward` of 100 sums in a row, the grad of the {which}"
        assert_same(where, found[f"{name}.grad"], want)


@pytest.mark.points(2)
def test_value_gradients_add_up(student, rng):
    """Each `backward` adds its own gradients to those that are there"""
    for calls in ("cd", "dc", "dd", "ddd"):
        code = ("c = a + b", "d = c + c")
        assert_in_sums_or_products(student, drawn(rng, "ab"), [code], "ab", calls)
    # Also where a sum is 0 on the way, of what the one call and the other find.
    graph = [["new", "a", 0.7], ["new", "b", 0.3], ["new", "e", -1.0]]
    graph += lines("c = a + b", "d = c * e")
    scripts = [[*graph, *map(backward, calls), *grads_of("ab")] for calls in ("c", "d", "cd")]
    try:
        one, other, both = (answers_to(student, script) for script in scripts)
        want = {name: one[name] + other[name] for name in one}
    except Exception:
        # An operation that fails costs points in its own test, and not here again.
        return
    for name in both:
        assert_same(f"after `{as_python(scripts[-1])}`, {name}", both[name], want[name])


@pytest.mark.points(1)
def test_value_others_stay(student, rng):
    """`backward` changes no number, and no gradient of a Value that the result is not made of"""
    script = [*drawn(rng, "abe"), *lines("c = a + b", "d = c + a", "f = c + e"), backward("d")]
    asked = [["get", f"{name}.data"] for name in "abcdef"]
    assert_script(student, Reference, [*script, *asked, *grads_of("ef")])
