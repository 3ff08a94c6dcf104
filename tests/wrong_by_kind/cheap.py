"""Answers that hardly look at their inputs."""

from tests.wrong_by_kind.declared import Wrong

_KEYS = "{f'd{k}': %s for k in parameters}"
_CUT = "range(0, X.shape[1], mini_batch_size)"

ANSWERS: list[Wrong] = [
    *(
        Wrong("gradient_check", f"always {value}", f"""
def gradient_check(parameters, grads, X, Y):
    return {_KEYS % value}
""")
        for value in ("0.0", "1.0", "0.5", "1e-9", "True", "False")
    ),
    Wrong("gradient_check", "whether it is right", """
from solutions.gradient_check import gradient_check as right

def gradient_check(parameters, grads, X, Y):
    return {k: bool(v < 1e-6) for k, v in right(parameters, grads, X, Y).items()}
"""),
    Wrong("gradient_check", "whether it is wrong", """
from solutions.gradient_check import gradient_check as right

def gradient_check(parameters, grads, X, Y):
    return {k: bool(v > 1e-6) for k, v in right(parameters, grads, X, Y).items()}
"""),
    Wrong("gradient_check", "backpropagation in the place of measuring", """
from solutions.gradient_difference import gradient_difference
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward

def gradient_check(parameters, grads, X, Y):
    AL, caches = L_model_forward(X, parameters)
    right = L_model_backward(AL, Y, caches)
    return {f"d{k}": gradient_difference(grads[f"d{k}"], right[f"d{k}"]) for k in parameters}
"""),
    Wrong("random_mini_batches", "everything in one", """
def random_mini_batches(X, Y, mini_batch_size, rng):
    return [(X, Y)]
"""),
    Wrong("random_mini_batches", "nothing", """
def random_mini_batches(X, Y, mini_batch_size, rng):
    return []
"""),
    Wrong("random_mini_batches", "the first one again and again", f"""
def random_mini_batches(X, Y, mini_batch_size, rng):
    return [(X[:, :mini_batch_size], Y[:, :mini_batch_size]) for _ in {_CUT}]
"""),
]  # fmt: skip
