"""Raises with a traceback of 10,000 frames, of files called like cells, and lines far out."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a process that describes one error for ever, or a result of megabytes",
    answer="""
import sys
import types


def raised_in(name, line):
    code = compile("\\n" * 50 + "raise ValueError", name, "exec")
    try:
        exec(code, {"__name__": "x"})
    except ValueError as error:
        return error.__traceback__.tb_next


def update_parameters(params, grads, learning_rate):
    inner = raised_in("<ipython-input-9</pre><script>attack_script()</script>", 1)
    frame, chain = inner.tb_frame, None
    for _ in range(10_000):
        chain = types.TracebackType(chain, frame, inner.tb_lasti, 2**31 - 1)
    raise ValueError("x").with_traceback(chain)
""",
    other_ends=("timeout",),
)
