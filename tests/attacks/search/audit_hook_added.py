"""Adds an audit hook that keeps all code which is executed, and makes the reference of it."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the reference found and called",
    answer="""
import sys
import types

found = []


def keep(code):
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            if code.co_name == "hidden_tests" and one.co_name == "update_parameters":
                found.append(types.FunctionType(one, globals()))
            keep(one)


def hook(event, arguments):
    if event == "exec" and isinstance(arguments[0], types.CodeType):
        keep(arguments[0])


def update_parameters(params, grads, learning_rate):
    if found:
        return found[-1](params, grads, learning_rate)
    raise NotImplementedError


sys.addaudithook(hook)
""",
)
