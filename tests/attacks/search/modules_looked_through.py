"""Looks for the reference in all loaded modules, and imports it from wherever it may be."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the reference imported",
    answer=STUB
    + """
import importlib
import sys
from pathlib import Path

own = update_parameters


def tried(module):
    one = getattr(module, "update_parameters", None) or getattr(module, "reference", None)
    # What workbook.earlier and mocks hand out for any name is no reference.
    code = getattr(one, "__code__", None)
    if code and "grads[" in Path(code.co_filename).read_text():
        succeeded(f"imported from {code.co_filename}")


modules = [module for name, module in list(sys.modules.items()) if name != "__main__"]
sys.path[:0] = [COURSE, *(str(path) for path in Path(COURSE).parents)]
import workbook

sys.path += [str(path) for path in Path(workbook.__file__).parents[:3]]
for name in ("solutions.update_parameters", "grader_tests.update_parameters"):
    try:
        modules.append(importlib.import_module(name))
    except Exception:
        pass
for module in modules:
    try:
        tried(module)
    except Exception:
        pass
""",
)
