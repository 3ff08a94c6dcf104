"""Changes what the hidden tests close over: its own function becomes their reference."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
import sys


rewritten = set()


def rewrite(function):
    rewritten.add(function)
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or ()):
        if name == "reference":
            cell.cell_contents = update_parameters
        elif name in ("assert_same", "assert_unchanged"):
            cell.cell_contents = lambda *args: None
        # Some call themselves, and some are classes.
        elif hasattr(cell.cell_contents, "__code__") and cell.cell_contents not in rewritten:
            rewrite(cell.cell_contents)


def update_parameters(params, grads, learning_rate):
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "mark":
            for test, _ in frame.f_locals["tests"]:
                rewrite(test)
        frame = frame.f_back
    return {key: value + 1 for key, value in params.items()}
""",
)
