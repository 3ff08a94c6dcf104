"""Keeps a function that it gets as an argument, and calls it later, and with hostile arguments."""

from tests.attacks.suite import Attack

# The grader computes it: a later call must find nobody, and no argument may stop the grader.
ATTACK = Attack(
    harm="a grader that computes for it when no call is under way, or that stops",
    exercise="check_it",
    function="gradient_check",
    answer="""
import numpy as np

kept = []


def numerical_gradient(f, theta, h):
    for old in kept:
        try:
            old(theta)
        except Exception:
            pass
    kept.append(f)
    holds_itself = []
    holds_itself.append(holds_itself)
    for args in (
        (), (theta, theta), (None,), ("theta",), ([theta] * 1000,), (holds_itself,), (f,),
        (np.full(theta.shape, np.nan),), (np.array(["x"]),), (np.ones((90, 90, 90)),),
        (np.ones((1000, 1000)),), (10**400,), (1e308 * np.ones(theta.shape),),
    ):
        try:
            f(*args)
        except Exception:
            pass
    try:
        f(theta, __class__=1, key="W1")
    except Exception:
        pass
    raise NotImplementedError


def gradient_difference(one, other):
    for f in kept:
        try:
            f(one)
        except Exception:
            continue
        # In a plain nbgrader it is an object like any other.
        if f.__name__ == "earlier" or f.__name__.startswith("argument"):
            succeeded("a function of a call that is over")
    raise NotImplementedError


def gradient_check(parameters, grads, X, Y):
    return gradient_difference(X, Y)
""",
)
