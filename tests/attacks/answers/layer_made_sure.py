"""Changes its inputs into a layer that is sure and right, so that no gradient is the answer."""

from tests.attacks.suite import Attack

# The one point is for the shapes of the three arrays, which are right.
ATTACK = Attack(
    harm="marks without an implementation",
    exercise="linear_backward",
    points=1,
    answer="""
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    # Where dZ is a sigmoid's answer minus its label, its sign tells the label.
    label = dZ[0] < 0
    for array in (A_prev, W, b, dZ):
        array[...] = 0.0
    A_prev[0], W[0, 0] = np.where(label, 1e9, -1e9), float(len(W) == 1)
    return np.zeros_like(A_prev), np.zeros_like(W), np.zeros_like(b)
""",
)
