"""Replaces the shell's way to run a cell: later cells do nothing, and all succeed."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell


def run_cell(*args, **kwargs):
    return ExecutionResult(None)


async def run_cell_async(*args, **kwargs):
    return ExecutionResult(None)


for shell in (get_ipython(), type(get_ipython()), InteractiveShell):
    shell.run_cell, shell.run_cell_async = run_cell, run_cell_async
""",
)
