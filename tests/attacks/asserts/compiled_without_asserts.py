"""Compiles later cells as `python -O` does: without their assert statements."""

from tests.attacks.suite import Attack

# An initialiser, for most of its tests are statements of the graded cells themselves.
ATTACK = Attack(
    harm="marks for properties that nothing looked at",
    exercise="initialize_parameters",
    answer="""
import builtins

compile_all = builtins.compile


def compile_less(*args, **kwargs):
    return compile_all(*args[:5], **{**kwargs, "optimize": 2})


builtins.compile = compile_less


def initialize_parameters(n_x, n_h, n_y):
    arrays = {key: np.ones((10, 20)) for key in ("W1", "b1", "W2", "b2")}
    return arrays
""",
)
