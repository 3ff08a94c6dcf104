"""Prints full points, says goodbye with exit status 0, and is gone before it is judged."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks, or a class that stops",
    answer="""
import atexit
import os
import sys

atexit.register(print, "8.0")


def update_parameters(params, grads, learning_rate):
    for stream in (sys.stdout, sys.__stdout__, sys.stderr):
        print("8.0", file=stream, flush=True)
    for number in (1, 2):
        os.write(number, b"8.0\\n")
    os._exit(0)
""",
    status="crashed",
)
