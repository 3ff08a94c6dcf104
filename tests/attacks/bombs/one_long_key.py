"""Returns a dictionary with a key of megabytes, for the message that names the keys."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="results of many megabytes, and minutes to lay them out",
    answer="""
try:
    from workbook.grade.sandbox.wire import MAX_HEADER
except ImportError:
    MAX_HEADER = 2**21

KEY = "W" * (MAX_HEADER - 10000)


def update_parameters(params, grads, learning_rate):
    return {KEY: params["W1"]}
""",
)
