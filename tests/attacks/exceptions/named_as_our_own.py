"""Raises what the grader's own faults and limits are called, so that they are taken for these."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a fault of the grader: no result, and the same again in every run",
    answer="""
import errno

FAULTS = [
    OSError(errno.ENOSPC, "No space left on device"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OSError(errno.EMFILE, "Too many open files"),
    MemoryError("Unable to allocate 1 GiB"),
    BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"),
    *(type(name, (Exception,), {})("x") for name in (
        "GraderError", "JudgeLostError", "ForkServerError", "SessionEndedError", "WireError",
        "OutOfTimeError", "AnswerError", "TookTooLong", "NeedsIPythonError",
    )),
]
CALLS = []


def update_parameters(params, grads, learning_rate):
    CALLS.append(1)
    raise FAULTS[len(CALLS) % len(FAULTS)]


raise FAULTS[-2]
""",
    other_ends=("out_of_memory",),
)
