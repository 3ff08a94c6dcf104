"""Asks for a right version in each way in which an earlier notebook is imported."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for comparing with what the judge serves",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import numpy as np


def right(dZ, cache):
    import workbook.earlier as earlier

    for ask in (
        lambda: earlier.linear_backward(dZ, cache),
        lambda: earlier.linear_activation_backward(dZ, (cache, np.ones(dZ.shape)), "relu"),
        lambda: earlier.L_model_backward(dZ, dZ, [(cache, dZ)]),
        lambda: getattr(earlier, "Value")(dZ),
        lambda: getattr(earlier, "argument 0.right")(dZ, cache),
    ):
        try:
            answer = ask()
        except Exception:
            continue
        succeeded("a right version")
        return answer


def find_mistakes(candidate):
    draw = np.random.default_rng(0).standard_normal
    layer = draw((2, 4)), (draw((3, 4)), draw((2, 3)), draw((2, 1)))
    mine = right(*layer)
    found = candidate(*layer)
    return [] if all(map(np.allclose, found, mine)) else ["another answer"]
""",
)
