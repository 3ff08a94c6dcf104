"""Puts stand-ins in the place of the shell and of its kernel, which say yes to everything."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import builtins

import IPython
from IPython.core.interactiveshell import InteractiveShell


class Yes:
    def __getattr__(self, name):
        return Yes()

    def __call__(self, *args, **kwargs):
        return Yes()


async def do_execute(*args, **kwargs):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}


kernel = getattr(get_ipython(), "kernel", Yes())
kernel.do_execute = do_execute
InteractiveShell._instance = type(get_ipython())._instance = Yes()
get_ipython = builtins.get_ipython = IPython.get_ipython = Yes()
""",
)
