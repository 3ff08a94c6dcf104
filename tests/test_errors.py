"""Exceptions in the learner's function: the line that is shown, and what is said."""

import inspect
import sys

import numpy as np
import pytest

from tests.visible_checks import run_checks
from workbook import relu_backward, sigmoid
from workbook.learn.check.check import make_card
from workbook.learn.check.errors import NotWrittenYetError, explain_error
from workbook.learn.workspace.notebooks import load_function

A_prev = np.ones((3, 4))
LAYER = (A_prev, np.ones((2, 3)), np.ones((2, 1)))


def problem(function, *args):
    """Return what is said of the exception that a call ends with."""
    with pytest.raises((Exception, SystemExit)) as caught:
        function(*args)
    return explain_error(caught.value, function)


def line(function, number):
    """Return where the line of a function is, counted from its first."""
    return inspect.getsourcelines(function)[1] + number


def product(A, W, b):
    return W.T @ A + b


def in_place(A, W, b):
    A += b
    return A


@pytest.mark.parametrize(
    ("function", "args", "said"),
    [
        (
            product,
            LAYER,
            "W.T has shape (3, 2), A has shape (3, 4). A matrix product needs equal inner sizes, "
            "but 2 is not 3",
        ),
        (lambda A, W, b: np.dot(A, W), LAYER, "A has shape (3, 4), W has shape (2, 3)."),
        (
            lambda parameters, l: parameters["W" + str(l)] @ parameters[f"A{l - 1}"],
            ({"W1": np.ones((2, 3)), "A0": np.ones((4, 5))}, 1),
            "parameters['W' + str(l)] has shape (2, 3), parameters[f'A{l - 1}'] has shape (4, 5).",
        ),
        (
            lambda cache: np.matmul(cache[0], cache[-1]),
            (LAYER,),
            "cache[0] has shape (3, 4), cache[-1] has shape (2, 1).",
        ),
        (in_place, LAYER, "A has shape (3, 4), b has shape (2, 1). In an entry-by-entry"),
        (
            lambda A, W, b: np.multiply(W, A),
            LAYER,
            "W has shape (2, 3), A has shape (3, 4). In an entry-by-entry",
        ),
        (
            lambda A, W, b: np.vstack([W, W]) @ np.hstack([b, b, b]),
            LAYER,
            "the inner sizes of this matrix product differ: 3 and 2",
        ),
        (lambda A: A @ 2.0, (A_prev,), "A matrix product needs two arrays, not a single number"),
        (
            lambda Y, AL: Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL),
            (np.ones((1, 5)), np.full((1, 5), 0.5)),
            "Y has shape (1, 5), np.log(AL) has shape (1, 5). A matrix product needs equal inner",
        ),
        (
            lambda W, A: (2 * W + 1) @ -(A + 1),
            (np.ones((2, 3)), np.ones((4, 5))),
            "2 * W + 1 has shape (2, 3), -(A + 1) has shape (4, 5).",
        ),
        (
            lambda A: (A + 1) * np.ones(3),
            (A_prev,),
            "the left side has shape (3, 4), the right side has shape (3,)",
        ),
        (
            lambda A: np.dot(*[A, A]),
            (A_prev,),
            "the left factor has shape (3, 4), the right factor has shape (3, 4). A matrix product "
            "needs equal inner sizes, but 4 is not 3",
        ),
        (
            lambda A, b: np.where(A > 0, A, b),
            (A_prev, np.ones((2, 1))),
            "one array has shape (3, 4), another has shape (2, 1). In an entry-by-entry operation",
        ),
        (
            lambda A, b: np.einsum("ij,ij->j", A, b),
            (A_prev, np.ones((2, 4))),
            "operands could not be broadcast together with remapped shapes",
        ),
        (
            lambda A, b: b.__iadd__(A),
            (A_prev, np.ones((3, 1))),
            "output operand with shape (3,1) doesn't match the broadcast shape (3,4). An array "
            "changed in place, as by `+=`, keeps its shape, and the result has another",
        ),
        (
            lambda A: A.__setitem__(0, np.ones(3)),
            (A_prev,),
            "could not broadcast input array from shape (3,) into shape (4,)",
        ),
    ],
)
def test_shapes_that_do_not_fit_are_written_out(function, args, said):
    args = [arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args]
    message = problem(function, *args).message
    assert message.startswith("ValueError in line ")
    assert said in message
    assert "gufunc" not in message


def unbound(layers):
    for l in layers:
        A = l
    return A


def missing(A_prev):
    return dZ * A_prev  # noqa: F821


def without_imports(Z):
    return tanh_of(linear_forward(Z))  # noqa: F821


def missing_key(grads, l):
    return grads["dW"], grads[f"dW{l}"]


def past_the_end(caches):
    return caches[len(caches)], caches[2]


def comma(W, b):
    return (W.b,)


def of_a_pair(Z):
    A = sigmoid(Z)
    return A.shape


def of_nothing(Z):
    A = print()
    return A.shape


def two_of_three(cache):
    W, b = cache
    return W + b


def rows(Z):
    A, Z = Z
    return A


def of_a_call(Z):
    A, Z, b = sigmoid(Z)
    return A + Z + b


def pair_in_arithmetic(Z):
    A = sigmoid(Z)
    return -A


def pair_in_numpy(Z, cache):
    return np.exp(cache) * Z


def pair_in_a_given_function(dA, cache):
    return relu_backward(dA, cache)


def nothing_unpacked(Z):
    cache = None
    A, W = cache
    return A + W


def nothing_in_arithmetic(Z):
    A = print()
    return A + Z


def of_a_dictionary(grads):
    dW, db = grads
    return dW + db


def sizes_in_a_tuple(n):
    return np.random.randn((n, 1))


def sizes_one_by_one(n):
    return np.zeros(n, 1)


def key_of_a_tuple(cache):
    return cache["W"]


def endless(Z):
    return endless(Z)


CASES = [
    (unbound, ([],), "UnboundLocalError", "the line that gives it a value never runs"),
    (lambda A_prev: A_prve + 1, (1,), "NameError", "did you mean `A_prev`?"),  # noqa: F821
    (
        missing,
        (1,),
        "NameError",
        "`dZ` is not an argument of the function, and the function does not give it a value",
    ),
    (without_imports, (1,), "NameError", "`tanh_of` is not an argument of the function"),
    (missing_key, ({"dW1": 0, "db1": 0}, 1), "KeyError", "'dW'; the keys of `grads` are dW1, db1"),
    (missing_key, ({}, 1), "KeyError", "the keys of `grads` are none"),
    (missing_key, ({"dw": 0, "db": 1}, 1), "KeyError", "are dw, db. Did you mean `dw`?"),
    (missing_key, ({"d_W": 0}, 1), "KeyError", "Did you mean `d_W`?"),
    (past_the_end, ([1, 2],), "IndexError", "`caches` has 2 entries, numbered from 0"),
    (past_the_end, ([],), "IndexError", "`caches` is empty"),
    (lambda Y: Y.shape[1], (np.ones(3),), "IndexError", "`Y.shape` has 1 entry, numbered from 0"),
    (lambda A: A[3], (A_prev,), "IndexError", "3 is out of bounds for axis 0 with size 3"),
    (comma, (A_prev, 1), "AttributeError", "`b` is a variable: did you type a dot"),
    (lambda A: A.shap[1], (A_prev,), "AttributeError", "did you mean `shape`?"),
    (of_a_pair, (A_prev,), "AttributeError", "It is a tuple of 2"),
    (of_nothing, (A_prev,), "AttributeError", "is None: is a `return` missing?"),
    (two_of_three, (LAYER,), "ValueError", "`cache` has 3 entries: an array of shape (3, 4), an"),
    (rows, (A_prev,), "ValueError", "`Z` is an array of shape (3, 4), which unpacks into its rows"),
    (of_a_call, (A_prev,), "ValueError", "check what sigmoid returns"),
    (of_a_dictionary, ({},), "ValueError", "not enough values to unpack (expected 2, got 0)"),
    (lambda pairs: [W for W, _ in pairs], ([LAYER],), "ValueError", "to unpack (expected 2"),
    (pair_in_arithmetic, (A_prev,), "TypeError", "`A` is a tuple of 2: unpack it first"),
    (pair_in_numpy, (A_prev, LAYER), "ValueError", "is a tuple of 3: unpack it first, unless"),
    (pair_in_numpy, (A_prev, LAYER), "ValueError", "a sequence. `cache` is a tuple of 3: unpack"),
    (pair_in_a_given_function, (A_prev, LAYER), "TypeError", "`cache` is a tuple of 3"),
    (lambda cache: cache * 0.5, (LAYER,), "TypeError", "`cache` is a tuple of 3: unpack it first"),
    (nothing_unpacked, (A_prev,), "TypeError", "`cache` is None: is a `return` missing?"),
    (nothing_in_arithmetic, (1,), "TypeError", "`A` is None: is a `return` missing?"),
    (lambda name: name["W"], ("b",), "TypeError", "string indices must be integers"),
    (lambda n: len(n), (1,), "TypeError", "has no len()"),
    (lambda W: W(0), (A_prev,), "TypeError", "square brackets pick an entry"),
    (lambda l: "W" + l, (1,), "TypeError", "Text and a number cannot be joined"),
    (sizes_in_a_tuple, (2,), "TypeError", "such as `np.random.randn`, take sizes one by one, not"),
    (sizes_one_by_one, (2,), "TypeError", "are given to `np.zeros` in one tuple"),
    (
        key_of_a_tuple,
        (LAYER,),
        "TypeError",
        "`cache` is a tuple of 3: its entries are numbered from 0",
    ),
    (endless, (1,), "RecursionError", "calls itself endlessly"),
    (lambda Z: 1 / 0, (1,), "ZeroDivisionError", "division by zero"),
    (lambda Z: sys.exit(3), (1,), "SystemExit", "3"),
]


@pytest.mark.parametrize(("function", "args", "kind", "said"), CASES, ids=range(len(CASES)))
def test_common_exceptions_are_explained(function, args, kind, said):
    message = problem(function, *args).message
    assert message.startswith(f"{kind} in line ")
    assert said in message


def test_what_a_module_says_of_a_name_that_it_has_lost_is_all_that_is_said():
    message = problem(lambda Z: np.float_(Z), 1).message
    assert "`np.float_` was removed" in message
    assert "None" not in message


def test_a_name_of_the_imports_asks_for_their_cell():
    message = problem(lambda Z: relu(Z), 1).message  # noqa: F821
    advice = "add `from workbook import relu` to a cell above, and run that cell"
    assert message.endswith(f"`relu` is not defined here: {advice}")


def test_an_endless_recursion_is_told_alike_wherever_python_gives_up():
    def there(Z):
        total = np.median([len(str(one)) for one in Z])
        return back(Z) + total

    def back(Z):
        np.atleast_1d(Z)
        return there(Z)

    limit = sys.getrecursionlimit()
    told = set()
    try:
        for more in range(12):
            sys.setrecursionlimit(limit + more)
            told.add(problem(there, [1, 2]))
    finally:
        sys.setrecursionlimit(limit)
    (found,) = told
    said = "maximum recursion depth exceeded. The function calls itself endlessly"
    assert found.message == f"RecursionError in line {line(there, 2)}: {said}"
    assert found.excerpt.startswith(f"line {line(there, 2)}: return back(Z) + total")


def test_the_line_has_carets_below_the_expression():
    found = problem(product, *LAYER)
    number = line(product, 1)
    head = f"line {number}: return "
    assert found.excerpt == f"{head}W.T @ A + b\n{' ' * len(head)}^^^^^^^"
    assert found.message.startswith(f"ValueError in line {number}: ")


def test_carets_count_characters_and_not_bytes():
    def greek(β, W):
        return "ßßß", W @ β

    first, second = problem(greek, np.ones(2), np.ones((1, 3))).excerpt.splitlines()
    assert first.index("W @ β") == second.index("^")
    assert second.count("^") == 5


def test_of_an_expression_in_several_lines_the_first_is_shown():
    def long(A, W):
        return (
            W.T
            @ A
        )  # fmt: skip

    found = problem(long, A_prev, np.ones((2, 3)))
    assert "W.T has shape (3, 2), A has shape (3, 4)" in found.message
    assert found.excerpt == f"line {line(long, 2)}: W.T"


def test_of_a_long_line_the_expression_is_shown():
    def long(A, W):
        return A + A + A + A + A + A + A + A + A + A + A + A + A + A + A + A + A + A + (W.T @ A)

    first, second = problem(long, A_prev, np.ones((2, 3))).excerpt.splitlines()
    assert len(first) < 75
    assert first[second.index("^") :].startswith("W.T @ A")


def test_the_learners_line_is_shown_and_not_the_librarys():
    def linear_backward(dZ, cache):
        return np.linalg.inv(cache)

    verdict = run_checks(linear_backward)[0]
    assert f"in line {line(linear_backward, 1)}: " in verdict.message
    assert "linalg" not in verdict.message
    entry = make_card(linear_backward).entries[0]
    assert "return np.linalg.inv(cache)" in entry.excerpt


def test_an_error_in_an_earlier_notebook_names_it(tmp_path, write_notebook):
    path = write_notebook(tmp_path / "helper.ipynb", "def helper(Z):\n    return Z['no']")
    helper = load_function(path, "helper")
    found = problem(lambda Z: helper(Z), {"yes": 1})
    assert found.message == (
        "KeyError in line 2 of helper.ipynb, code cell 1: 'no'; the keys of `Z` are yes"
    )
    assert found.excerpt.startswith("line 2: return Z['no']\n")


def test_a_wrong_signature_is_explained():
    def linear_backward(dZ):
        return dZ

    message = run_checks(linear_backward)[0].message
    assert message.startswith("TypeError: ")
    assert "takes 1 positional argument but 2 were given" in message
    assert message.endswith("Keep the name and the arguments of the function as given")


def test_nothing_of_the_learners_is_called():
    called = []

    class Odd:
        def __getattr__(self, name):
            called.append(name)
            raise AttributeError(name)

        def __getitem__(self, key):
            called.append(key)
            raise ValueError("matmul: (size 3 is different from 2)")

    def use(odd):
        return odd["A"] @ odd["B"]

    message = problem(use, Odd()).message
    assert "the inner sizes of this matrix product differ" in message
    assert called == ["A"]


def test_a_stub_and_an_earlier_stub_are_not_written_yet():
    def stub(Z):
        raise NotImplementedError()

    def earlier(Z):
        raise NotWrittenYetError("linear_forward is not written yet: finish it")

    found = problem(stub, 1)
    assert found.message == f"stub is not written yet: NotImplementedError in line {line(stub, 1)}"
    assert found.unwritten
    found = problem(earlier, 1)
    assert found.message == "linear_forward is not written yet: finish it"
    assert found.unwritten


def test_a_syntax_error_shows_where_it_is():
    found = problem(lambda text: compile(text, "text", "exec"), "A = (1,\nB = 2 3\n")
    assert found.excerpt.splitlines()[0].endswith("A = (1,")
    assert set(found.excerpt.splitlines()[1]) == {" ", "^"}


def test_a_long_message_is_cut():
    def shout(Z):
        raise ValueError("much " * 200)

    message = problem(shout, 1).message
    assert len(message) < 350
    assert message.endswith("...")


class Untellable(ValueError):  # noqa: N818 - what a learner may write
    """An exception whose message cannot be had, with a note that is no text."""

    def __init__(self, size):
        self.__notes__ = size

    def __str__(self):
        return f"wrong size {self.sise}"


def linear_forward(A, W, b):
    raise Untellable(3)


def test_a_check_tells_of_an_exception_whose_message_fails():
    verdicts = run_checks(linear_forward)
    assert not any(verdict.passed for verdict in verdicts)
    assert verdicts[0].message.startswith("Untellable in line")
    assert "its message cannot be shown" in verdicts[0].message


def test_a_card_says_once_what_an_exception_means():
    def linear_forward(A, W, b):
        return W.T() @ A + b, (A, W, b)

    card = make_card(linear_forward)
    assert "`.T` needs no parentheses" in card.failed[0].verdict.message
    assert "parentheses" not in (card.diagnosis or "").lower()
