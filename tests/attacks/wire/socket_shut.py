"""Shuts the grader's socket down, or puts another one in its place."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that hangs or ends",
    answer="""
import os
import socket


def update_parameters(params, grads, learning_rate):
    for handle in range(3, 256):
        try:
            one = socket.socket(fileno=os.dup(handle))
        except OSError:
            continue
        # A kernel has sockets of IP; without the others it goes on.
        if one.family == socket.AF_UNIX:
            if len(params) == 2:
                one.shutdown(socket.SHUT_RDWR)
            elif len(params) == 4:
                os.dup2(socket.socketpair()[0].fileno(), handle)
    raise NotImplementedError
""",
    status="crashed",
)
