"""Stops its own process with SIGSTOP in each call, with a lock held and all signals blocked."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that hangs",
    answer="""
import signal


def update_parameters(params, grads, learning_rate):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    signal.raise_signal(signal.SIGSTOP)
    return {}
""",
    status="timeout",
    limits=("call_seconds",),
)
