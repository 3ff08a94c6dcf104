"""Replaces what the runner in its own process uses: modules, built-in functions, NumPy's own."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a mark from a runner that no longer works, or a judge that believes it",
    answer=STUB
    + """
import builtins
import json
import linecache
import math
import os
import random
import struct
import sys
import traceback
import types

import numpy as np


class Yes(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **kwargs: 8.0


for name in ("json", "traceback", "linecache", "struct", "socket", "select", "signal", "ast",
             "numpy", "workbook", "workbook.earlier", "workbook.course.watched", "__main__"):
    sys.modules[name] = Yes(name)
for module, names in ((np, ("array_equal", "may_share_memory", "ascontiguousarray", "ndarray")),
                      (traceback, ("extract_tb",)), (linecache, ("getline",)),
                      (json, ("dumps", "loads")), (random, ("seed",)), (math, ("prod",))):
    for name in names:
        setattr(module, name, lambda *args, **kwargs: 8.0)
sys.settrace(lambda *args: 1 / 0)
sys.setprofile(lambda *args: 8.0)
sys.unraisablehook = sys.excepthook = lambda *args: os.write(3, bytes(8))
sys.getsizeof = sys._getframe = lambda *args: None
for name in ("len", "isinstance", "type", "callable", "print", "repr", "getattr", "enumerate"):
    setattr(builtins, name, lambda *args, **kwargs: 8.0)
""",
    status="crashed",
    other_ends=("graded", "timeout"),
)
