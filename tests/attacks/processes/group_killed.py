"""Kills whole process groups, its own and the one that its parent leads."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="no marks for the rest of the class",
    answer="""
import os
import signal


def update_parameters(params, grads, learning_rate):
    parent = os.getppid()
    # Only a group that the grading command leads: a terminal's group may hold anything.
    groups = [parent] if parent > 1 and os.getpgid(parent) == parent else []
    for group in (*groups, os.getpgrp()):
        try:
            os.killpg(group, signal.SIGKILL)
        except OSError:
            pass
    raise NotImplementedError
""",
)
