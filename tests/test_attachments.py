"""A submission loses the lesson's pictures on its way, and arrives as it was."""

import json
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.course.exercises import NOTEBOOKS
from workbook.grade.cluster.attachments import _pictures, restore_pictures, strip_pictures
from workbook.grade.submissions.jobs import Job

PICTURED = NOTEBOOKS[8]


@pytest.mark.parametrize("exercise", NOTEBOOKS, ids=lambda exercise: exercise.name)
def test_a_file_arrives_to_the_last_byte(course, exercise):
    data = (course.root / "release" / exercise.notebook_path).read_bytes()
    job = Job("ada", exercise, data, seed=3)
    thin = strip_pictures(course, job)
    assert restore_pictures(course, thin) == job
    assert restore_pictures(course, thin).sha256 == job.sha256
    if _pictures(course, exercise):
        # Some have little but their text, one is pictures most of all.
        assert len(thin.job.data) < (0.3 if exercise is PICTURED else 0.9) * len(data)


@pytest.mark.parametrize("data", [None, b"", b"{}", b"\xff\x00"])
def test_what_has_no_pictures_stays_as_it_is(course, data):
    job = Job("ada", PICTURED, data, problem="" if data else "no file")
    thin = strip_pictures(course, job)
    assert thin.job == job
    assert restore_pictures(course, thin) == job


def test_a_picture_that_was_changed_or_stands_twice_is_sent_as_it_is(course):
    first, second, *_ = _pictures(course, PICTURED)
    changed = first[:-5] + b"AAAA" + first[-1:]
    for data in (changed, first + first, first[100:] + second, second + changed + first):
        job = Job("ada", PICTURED, data)
        assert restore_pictures(course, strip_pictures(course, job)) == job


@given(st.lists(st.integers(0, 5) | st.binary(max_size=5), max_size=8))
def test_whatever_stands_beside_a_picture_stays(course, parts):
    pictures = _pictures(course, PICTURED)
    pieces = [pictures[p % len(pictures)] if isinstance(p, int) else p for p in parts]
    job = Job("ada", PICTURED, b"".join(pieces))
    assert restore_pictures(course, strip_pictures(course, job)) == job


def test_a_file_that_holds_the_mark_gets_another_one(course, monkeypatch):
    marks = iter(["aa", "bb", "cc"])
    monkeypatch.setattr(secrets, "token_hex", lambda size: next(marks))
    data = b"-aa-0- bb" + json.dumps(["x"]).encode()
    thin = strip_pictures(course, Job("ada", PICTURED, data))
    assert thin.mark == "cc"
    assert restore_pictures(course, thin).data == data
