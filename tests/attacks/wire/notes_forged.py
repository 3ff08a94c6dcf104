"""Forges the notes on lines that did nothing, with values that no grader expects."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader that fails on them, or that says what the attacker writes",
    answer=STUB
    + """
from workbook.grade.sandbox import skipped

skipped.SENTENCES["full marks"] = "earned"
for entry in (
    ("full marks", 1), (["shell"], 1), ("shell", [1]), ("shell", True), ("shell", -(10**9)),
    "shell", ("shell", float("nan")), {"shell": 1}, ("shell", 1, 2), None, ("x" * 10**6, 1),
):
    skipped._lines.append(entry)
""",
)
