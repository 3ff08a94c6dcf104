"""Takes the seed that its own process draws from for that of the tests."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="inputs of the tests known before they come",
    answer="""
import sys
import zlib

import numpy as np

seeds = {0}
frame = sys._getframe()
while frame is not None:
    body = frame.f_locals.get("body")
    if isinstance(body, dict) and isinstance(body.get("seed"), int):
        seeds.add(body["seed"])
    frame = frame.f_back
NAMES = ("test_one_layer", "test_many_layers", "test_values", "test_inputs_unchanged")
FIRST = [
    draw
    for seed in seeds
    for generator in (
        np.random.default_rng(seed), np.random.RandomState(seed),
        *(np.random.default_rng([seed, zlib.crc32(name.encode())]) for name in NAMES),
    )
    for draw in generator.normal(size=50)
]


def update_parameters(params, grads, learning_rate):
    for array in (*params.values(), *grads.values()):
        if set(np.ravel(array)[:3]) & set(FIRST):
            succeeded("an input that was known")
    raise NotImplementedError
""",
)
