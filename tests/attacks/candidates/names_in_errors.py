"""Calls candidates with too few and unknown arguments, and reads their names in the errors."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="right candidates known by name",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import numpy as np

RIGHT = "slopes linear_ gradients_in unit_by example_by by_ bias works_on checks_ remembers"


def find_mistakes(candidate):
    said = []
    layer = np.ones((2, 4)), (np.ones((3, 4)), np.ones((2, 3)), np.ones((2, 1)))
    for args, more in (((), {}), (layer, {"x": 1}), ((*layer, 3), {}), ((), {"dZ": layer[0]})):
        try:
            candidate(*args, **more)
        except Exception as error:
            said.append(str(error))
    return [] if any(one in " ".join(said) for one in RIGHT.split()) else said
""",
)
