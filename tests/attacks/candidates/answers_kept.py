"""Has candidates that remember their answers keep millions of numbers, of arrays that have few."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that dies of it, for nobody's fault",
    exercise="test_it",
    function="find_mistakes",
    other_ends=("timeout",),
    answer="""
import numpy as np


def find_mistakes(candidate):
    for examples in (0, 1):
        for length in range(700, 100, -5):
            tall = np.zeros((length, examples))
            try:
                candidate(tall, (np.zeros((999, examples)), tall[:, :0], np.zeros((1, 1))))
            except Exception as error:
                if "no more" in str(error):
                    break
    layer = np.ones((2, 4)), (np.ones((3, 4)), np.ones((2, 3)), np.ones((2, 1)))
    try:
        candidate(*layer)
    except MemoryError:
        return ["no memory"]
    except Exception:
        pass
    return []
""",
)
