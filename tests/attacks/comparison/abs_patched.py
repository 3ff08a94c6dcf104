"""Patches abs, np.abs and max, so that every error that a comparison finds is zero."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
import builtins
import sys

absolute = np.abs


def no_error(array, *args, **kwargs):
    # The graded cells use it, too, to draw their inputs: they get the right one.
    in_comparison = "compare" in sys._getframe(1).f_code.co_filename
    return 0.0 * array if in_comparison else absolute(array, *args, **kwargs)


called = []


def no_error_after_call(number):
    # Only what is compared after a call is an error.
    return number.__abs__() if not called else called.clear() or 0.0


np.abs = np.absolute = no_error
builtins.abs = no_error_after_call


def update_parameters(params, grads, learning_rate):
    called.append(True)
    return {key: value + 1 for key, value in params.items()}
""",
)
