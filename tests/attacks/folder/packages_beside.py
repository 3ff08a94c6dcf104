"""Adds packages and start-up files beside its work that graders might import."""

from tests.attacks.suite import STUB, Attack

FILES = (
    "conftest.py", "pytest.ini", "setup.cfg", "pyproject.toml", "x.pth", "nbgrader_config.py",
    "workbook/__init__.py", "workbook/course/__init__.py", "numpy/__init__.py",
    "solutions/update_parameters.py", "grader_tests/conftest.py", "grader_tests/support.py",
    "__pycache__/json.cpython-311.pyc", "site-packages/x.pth", "pickle/__init__.py",
)  # fmt: skip


def plant(folder, target):
    witness = target.witness / target.name
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"open({str(witness)!r}, 'a').write({name!r})\n"
        path.write_text(f"import os; {text}" if name.endswith(".pth") else text, encoding="utf-8")


ATTACK = Attack(
    harm="a student's file run in the process that grades",
    answer=STUB
    + """
import importlib

for name in ("numpy", "workbook", "pickle", "json"):
    if "submission" in str(importlib.import_module(name).__file__):
        succeeded(f"replaced {name}")
""",
    plant=plant,
)
