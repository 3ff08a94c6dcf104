"""The line of a check card that draws a shape error: `show_product` with the learner's names."""

import re

import numpy as np
import pytest

from tests.reference import reference
from workbook import show_product
from workbook.learn.check.card_views import card_html, card_text
from workbook.learn.check.check import make_card
from workbook.learn.check.errors import explain_error


def last_lines(function, name="linear_forward"):
    """Return the last four lines of the card of a function that has a name of the course."""
    function.__name__ = name
    return card_text(make_card(function)).splitlines()[-4:]


def test_a_product_that_fails_is_drawn_with_the_learners_names_and_shapes():
    def linear_forward(inputs, weights, bias):
        Z = weights.T @ inputs + bias
        return Z, (inputs, weights, bias)

    assert last_lines(linear_forward) == [
        "For a hint, and to see why the shapes do not fit, run in a cell:",
        "  from workbook import hint, show_product",
        '  hint("linear_forward")',
        "  show_product(**{'weights.T': (3, 2), 'inputs': (3, 4), 'bias': (2, 1)})",
    ]


@pytest.mark.parametrize(
    ("function", "line"),
    [
        (lambda A, W, b: W * A + b, "show_product(W=(2, 3), A=(3, 4), b=(2, 1))"),
        (lambda A, W, b: W @ A + b.T, "show_product(**{'W': (2, 3), 'A': (3, 4), 'b.T': (1, 2)})"),
    ],
)
def test_an_operation_whose_shapes_do_not_fit_is_drawn_as_a_product(function, line):
    assert last_lines(function)[-1].strip() == line


def test_the_line_runs_and_draws_what_failed(capsys):
    line = last_lines(lambda A, W, b: (np.dot(A, W) + b, (A, W, b)))[-1].strip()
    assert line == "show_product(A=(3, 4), W=(2, 3), b=(2, 1))"
    picture = eval(line, {"show_product": show_product})
    assert "columns of A ≠ rows of W: 4 ≠ 2." in picture.alt
    assert "What would fit: A.T @ W.T of shape (4, 2)." in picture.alt
    assert capsys.readouterr().out.startswith("A @ W + b: the shapes do not fit\n")


def test_a_sum_that_is_no_layer_has_no_picture():
    def use(A, B):
        return A + B

    with pytest.raises(ValueError, match="broadcast") as raised:
        use(np.zeros((2, 3)), np.zeros((4, 5)))
    assert explain_error(raised.value, use).picture == ""


@pytest.mark.parametrize(
    ("lost", "line"),
    [
        ("db", "show_product(W=(2, 3), A_prev=(3, 4), db=(2,))"),
        ("dW", "show_product(dW=(3, 2), A_prev=(3, 4), b=(2, 1))"),
    ],
)
def test_a_gradient_is_drawn_in_the_place_of_what_it_belongs_to(lost, line):
    def linear_backward(dZ, cache):
        A_prev, W, _ = cache
        m = A_prev.shape[1]
        dW, db = dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m
        return W.T @ dZ, dW.T if lost == "dW" else dW, db[:, 0] if lost == "db" else db

    assert last_lines(linear_backward, "linear_backward")[-1].strip() == line


def test_an_initialisers_matrix_is_drawn_with_some_input():
    def transposed(layer_dims):
        right = reference.initialize_parameters_deep(layer_dims)
        return {key: W.T if key[0] == "W" else W for key, W in right.items()}

    line = last_lines(transposed, "initialize_parameters_deep")[-1].strip()
    assert line == "show_product(W1=(150, 60), X=(150, 5), b1=(60, 1))"


def test_the_right_shape_with_wrong_numbers_needs_no_picture():
    def linear_forward(A, W, b):
        return W @ A - b, (A, W, b)

    card = make_card(linear_forward)
    assert card.failed
    assert card.picture == ""
    assert "show_product" not in card_text(card) + card_html(card)


def linear_forward(A, W, b):
    return W @ A.T + b, (A, W, b)


def test_html_shows_the_same_line_as_code_that_does_not_wrap():
    html = card_html(make_card(linear_forward))
    code = re.search(
        r"the shapes do not fit, run in a cell:</p><pre ([^>]*)>(.*?)</pre>", html, re.DOTALL
    )
    assert "white-space:pre;" in code[1]
    assert code[2] == (
        "from workbook import hint, show_product\n"
        "hint(&quot;linear_forward&quot;)\n"
        "show_product(**{&#x27;W&#x27;: (2, 3), &#x27;A.T&#x27;: (4, 3), &#x27;b&#x27;: (2, 1)})"
    )
