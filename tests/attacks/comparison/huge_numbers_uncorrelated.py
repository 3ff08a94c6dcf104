"""Returns the same numbers again and again, so large in turn that their norm is infinite."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for new numbers at each call, where there is a fixed table",
    exercise="initialize_parameters",
    answer="""
TABLE = np.linspace(-1.0, 1.0, 200).reshape(10, 20)
huge = ["W1", "W2"]


def initialize_parameters(n_x, n_h, n_y):
    huge.reverse()
    return {"W1": TABLE, "b1": TABLE, "W2": TABLE, "b2": TABLE, huge[0]: 1e200 * TABLE}
""",
)
