"""Returns arrays that cover terabytes by one number, of dates, records and the least numbers."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that makes the terabytes, or takes what has no number for the right one",
    answer="""
import numpy as np

calls = [0]


def answers(params):
    zero, many = np.zeros(1), 2**40
    yield {key: np.broadcast_to(0.0, value.shape) for key, value in params.items()}
    yield {key: np.lib.stride_tricks.as_strided(zero, (many,), (0,)) for key in params}
    yield {key: np.broadcast_to(zero, (2**20, 2**20)) for key in params}
    yield {key: value.astype("M8[s]") for key, value in params.items()}
    yield {key: value.view([("x", "<f8")]) for key, value in params.items()}
    yield {key: np.full(value.shape, 5e-324) for key, value in params.items()}
    yield {key: np.ma.masked_all(value.shape)[::-1] for key, value in params.items()}
    yield {key: np.empty(value.shape, "V0") for key, value in params.items()}
    yield {key: np.empty((0, many)) for key in params}
    yield {key: np.empty((1,) * 32 + value.shape[:0]) for key, value in params.items()}


def update_parameters(params, grads, learning_rate):
    calls[0] += 1
    every = list(answers(params))
    return every[calls[0] % len(every)]
""",
    limits=(),
)
