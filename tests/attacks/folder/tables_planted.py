"""Brings lists like the course's own: a roster, a voided test, comments, excuses."""

import json

from tests.attacks.suite import Attack

VOIDED = '[[voided]]\nexercise = "update_parameters"\ntest = "test_new_arrays"\n'


def plant(folder, target):
    student = {"id": target.name, "group": "all"}
    roster = {"students": [student, {"id": target.neighbour, "group": "all"}]}
    for place in (folder, folder.parent):
        (place / "roster.json").write_text(json.dumps(roster), encoding="utf-8")
        (place / "voided.toml").write_text(VOIDED, encoding="utf-8")
        (place / "excused.csv").write_text(f"student,assignment\n{target.name},5_labs\n", "utf-8")
        (place / "comments.csv").write_text("function,mistake,comment\n", encoding="utf-8")
        (place / "collect.toml").write_text("[plain]\npaths = ['(?P<file>.+)']\n", "utf-8")
        (place / "gradebook.db").write_bytes(b"SQLite format 3\0")


ATTACK = Attack(harm="a neighbour's mark by a group, or points for a voided test", plant=plant)
