"""Takes four gigabytes of memory at once, in each call."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a machine without free memory",
    answer="""
import numpy as np


def update_parameters(params, grads, learning_rate):
    much = np.ones(2**29)
    succeeded("got 4 GiB")
    return {"W1": much[:1]}
""",
    status="out_of_memory",
    limits=("memory_bytes",),
)
