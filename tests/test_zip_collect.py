"""nbgrader's own zip_collect, as nbgrader_config.py sets it up, on what platforms send."""

import pytest

from tests.conftest import COURSE
from tests.layouts import FOLDER, RIGHT, RIGHT_TWO, STUB, A, B
from tests.platforms import EARLY, LATE, as_zip
from workbook.grade.submissions.find import find_submissions

pytestmark = pytest.mark.slow

# Each archive is of other students: one expression has to read all of them.
SENT = {
    "moodle": {
        f"Ada Lovelace_7001_assignsubmission_file_/{A}": RIGHT,
        f"Emmy Noether_7002_assignsubmission_file/my work/{A}": RIGHT,
        f"Wei Chen_7003_assignsubmission_file_{A}": RIGHT,
    },
    "canvas": {
        f"torxyz_101_9001_{A}": STUB, f"torxyz_101_9002_{A[:-6]}-1.ipynb": RIGHT,
        f"umaxyz_LATE_102_9003_{A}": RIGHT, f"umaxyz_102_9004_{B}": RIGHT_TWO,
    },
    "blackboard": {
        f"HW_1_vera_attempt_{EARLY}_{A}": STUB, f"HW_1_vera_attempt_{LATE}_{A}": RIGHT,
        f"HW_1_vera_attempt_{LATE}.txt": b"Name: Vera",
    },
    "brightspace": {
        f"201-77 - Will Ng - Jan 31, 2026 1200 PM/{A}": RIGHT, "index.html": b"<html></html>",
    },
}  # fmt: skip
STUDENTS = ["Ada Lovelace", "Emmy Noether", "Wei Chen", "Will Ng", "torxyz", "umaxyz", "vera"]


def test_it_reads_the_names_of_each_platform(copy_course, nbgrader_command, tmp_path, monkeypatch):
    # The times in names are of the zone that the course names, and not of this machine's.
    monkeypatch.setenv("TZ", "UTC")
    root = copy_course(tmp_path / "course", COURSE)
    (root / "collect.toml").write_text('timezone = "Europe/Berlin"', encoding="utf-8")
    archive = root / "downloaded" / FOLDER / "archive"
    archive.mkdir(parents=True)
    for name, files in SENT.items():
        as_zip(files, archive / name)
    done = nbgrader_command(root, "zip_collect", FOLDER)
    assert done.returncode == 0, done.stderr
    submitted = root / "submitted"
    assert sorted(path.name for path in submitted.iterdir()) == STUDENTS
    stamp = (submitted / "vera" / FOLDER / "timestamp.txt").read_text(encoding="utf-8")
    assert stamp == "2026-02-01 08:30:00"
    found = find_submissions(submitted)
    graded = {one.student: one.job().data for one in found.submitted if one.exercise.number == 1}
    assert graded == dict.fromkeys(STUDENTS, RIGHT)
    assert found.problems == ()
