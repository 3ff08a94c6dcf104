"""Has the grader train a large network, and check one, by the functions of earlier labs."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="minutes of the grader's time and its memory, for one call",
    exercise="initialise_it",
    function="clip_by_norm",
    answer="""
import numpy as np


def relu_derivative(Z):
    import workbook.earlier

    # In a plain nbgrader it is the student's own time that passes.
    if workbook.earlier.__spec__ is not None:
        raise NotImplementedError
    # A little of it: whoever gets that gets as much of it as they ask for.
    X, Y = np.ones((2, 2)), np.ones((1, 2))
    parameters = {"W1": np.ones((1, 2)), "b1": np.zeros((1, 1))}
    grads = {f"d{key}": array for key, array in parameters.items()}
    for name, args in (
        ("gradient_check", (parameters, grads, X, Y)),
        ("L_layer_model", (X, Y, [2, 2, 1], 0.1, 2)),
    ):
        try:
            getattr(workbook.earlier, name)(*args)
        except Exception:
            continue
        succeeded(f"{name} of the grader's own")
    raise NotImplementedError
""",
)
