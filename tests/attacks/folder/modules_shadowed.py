"""Adds files called like modules that graders import, or that Python starts with."""

from tests.attacks.suite import Attack

NAMES = (
    "sitecustomize", "usercustomize", "json", "copy", "random", "types", "nbgrader", "nbformat",
    "nbconvert", "sqlalchemy", "pytest", "conftest", "traitlets", "IPython", "matplotlib",
    "workbook", "solutions", "grader_tests", "support",
)  # fmt: skip


def plant(folder, target):
    witness = target.witness / target.name
    text = f"with open({str(witness)!r}, 'a') as file:\n    file.write(__name__ + '\\n')\n"
    for name in NAMES:
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "x.pth").write_text(f"import {NAMES[0]}\n", encoding="utf-8")


ATTACK = Attack(harm="a student's file run in the process that grades", plant=plant)
