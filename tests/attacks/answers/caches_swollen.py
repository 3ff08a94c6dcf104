"""Leaves caches behind that are so large that the right answer to them fills memory."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the memory of the judge filled: 4 GiB here, any amount with longer arrays",
    exercise="L_model_backward",
    answer="""
def L_model_backward(AL, Y, caches):
    m, n = Y.shape[1], 16_000
    long = [np.ones((n, m)), np.ones((n, 1)), np.ones((n, 1))]
    caches[:] = [[long, np.ones((n, 1))]]
    return {}
""",
)
