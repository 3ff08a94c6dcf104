"""Groups: whose notebook counts for all, for each exercise, and what is said of the others."""

import os
from datetime import UTC, datetime

from tests.layouts import FOLDER, RIGHT, RIGHT_TWO, STUB, A, B, write, zipped
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.groups import shared

RED = {"red": ("ada", "emmy", "finn")}


def found(folder, groups=RED, due=None):
    """Return, by student and notebook, whose folder the file is in, and the notes."""
    held = shared(find_submissions(folder), groups, lambda student, assignment: due)
    return {
        (one.student, one.exercise.number): (
            one.place.path.relative_to(folder).parts[0] if one.place else None, one.notes
        )
        for one in held.submitted
    }  # fmt: skip


def test_each_exercise_is_that_of_whoever_has_an_answer(tmp_path):
    write(tmp_path / "ada", {f"{FOLDER}/{A}": STUB, f"{FOLDER}/{B}": RIGHT_TWO})
    write(tmp_path / "emmy", {"work.zip": zipped((A, RIGHT))})
    write(tmp_path / "solo", {f"{FOLDER}/{A}": STUB})
    # However new, a stub is no answer.
    os.utime(tmp_path / "ada" / FOLDER / A, (2e9, 2e9))
    held = found(tmp_path)
    assert {key: whose for key, (whose, _) in held.items()} == {
        ("ada", 1): "emmy", ("ada", 2): "ada", ("emmy", 1): "emmy", ("emmy", 2): "ada",
        ("finn", 1): "emmy", ("finn", 2): "ada", ("solo", 1): "solo", ("solo", 2): None,
    }  # fmt: skip
    why = "of the group red, the notebook of emmy counts, and not that of ada: there is no answer"
    for student in ("ada", "emmy", "finn"):
        notes = held[student, 1][1]
        assert any(note.startswith(why) for note in notes)
        assert ("handed in by emmy for the group red" in notes) == (student != "emmy")


def test_the_newest_in_time_counts_and_the_same_file_is_no_other(tmp_path):
    times = {"ada": "2026-03-01 10:00 UTC", "emmy": "2026-03-01 11:00 UTC",
             "finn": "2026-03-02 09:00 UTC"}  # fmt: skip
    for student, time in times.items():
        write(tmp_path / student, {f"{FOLDER}/{A}": RIGHT + b" " * (student == "finn")})
        (tmp_path / student / FOLDER / "timestamp.txt").write_text(time, encoding="utf-8")
    held = found(tmp_path, due=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert {whose for whose, _ in held.values()} == {"emmy", None}
    assert held["ada", 1][1] == held["emmy", 1][1]
    assert [note.rpartition(": ")[2] for note in held["emmy", 1][1]] == [
        "it came after the deadline"
    ]
    # All of them late: the newest.
    held = found(tmp_path, due=datetime(2026, 1, 1, tzinfo=UTC))
    assert {whose for whose, _ in held.values()} == {"finn", None}
    # Nobody has handed in anything: there is nothing to share.
    write(tmp_path / "class" / "tor" / FOLDER, {"x.txt": b""})
    assert ("uma", 1) not in found(tmp_path / "class", {"blue": ("tor", "uma")})
