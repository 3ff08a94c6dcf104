"""Searches its process's memory, between calls sent together, for answers like its own."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="right answers found among what is left of requests",
    answer="""
import gc


def update_parameters(params, grads, learning_rate):
    wanted = {key: value.shape for key, value in params.items()}
    for found in gc.get_objects():
        if type(found) is dict and found is not params and found.keys() == params.keys():
            shapes = {key: getattr(value, "shape", None) for key, value in found.items()}
            if shapes == wanted and any((found[key] != params[key]).any() for key in params):
                return found
    return {}
""",
)
