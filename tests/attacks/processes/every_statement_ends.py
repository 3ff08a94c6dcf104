"""Ends the process in a hundred cells, each time in another way that a second run may not know."""

import nbformat

from tests.attacks.suite import Attack

WAYS = (
    "import os\nos._exit(0)",
    "import ctypes\nctypes.string_at(0)",
    "import signal, threading\nsignal.pthread_kill(threading.get_ident(), 9)",
    "import faulthandler\nfaulthandler._sigsegv()",
    "import ctypes\nctypes.CDLL(None).exit(0)",
)


def change(notebook, target):
    notebook.cells[1:1] = [nbformat.v4.new_code_cell(WAYS[n % len(WAYS)]) for n in range(100)]


ATTACK = Attack(
    harm="a judge that starts one process after the other",
    answer="exec(RIGHT)",
    change=change,
    status="crashed",
)
