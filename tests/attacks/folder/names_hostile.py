"""Adds files whose names are options, commands, patterns, paths, broken text or end a line."""

import os

from tests.attacks.suite import Attack

NAMES = (
    "-rf", "--force", "a\nb.txt", "..%2f..%2fgradebook.db", "..\\..\\gradebook.db", "[a-z]*.csv",
    "{student_id}", "%s%n", "$(touch x)", "`x`;x.txt", "\x1b]0;graded\x07.txt", "\x1b[2J", "CON",
    "\u202etxt.exe", "timestamp.txt ", ".hidden", "é" * 127, os.fsdecode(b"\xff\xfe.txt"),
)  # fmt: skip


def plant(folder, target):
    for name in NAMES:
        (folder / name).write_text("x\n", encoding="utf-8")
    (folder / "[a]" / "*").mkdir(parents=True)
    (folder / "[a]" / "*" / "x.ipynb").write_text("x\n", encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark, or a class that stops",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
