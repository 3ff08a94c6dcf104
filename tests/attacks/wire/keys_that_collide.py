"""Answers with dictionaries and sets of places whose keys all have the same hash."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that looks for each key among all others, in C, where no timer rings",
    answer="""
import gc

from workbook.grade.sandbox.wire import Message, encode

PRIME = 2**61 - 1
KEYS = [k * PRIME for k in range(1, 9)] + [-k * PRIME for k in range(1, 9)]
KEYS += [float(2.0 ** (61 * k)) for k in range(-17, 17)] + [1, 1.0, True]
(handler,) = [one for one in gc.get_objects() if type(one).__name__ == "RequestHandler"]


def update_parameters(params, grads, learning_rate):
    node = ",".join(f"{key!r},{{\\"dict\\":[{key!r},0]}}" for key in KEYS * 600)
    body = f'{{"dict":["value",{{"dict":[{node}]}},"effects",null]}}'
    text = f'\\n["returned",{handler.request},{body}]'
    frame = len(text).to_bytes(4, "big") + text.encode()
    handler.channel._stream.sendall(frame)
    return {key: 0 for key in KEYS}
""",
    status="crashed",
    other_ends=("graded",),
)
