"""What plain `pytest` leaves to other commits: each test has its turn."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.reference import waiting


def item(name, number, *args):
    mark = pytest.mark.in_turns(*args).mark if args else None
    return SimpleNamespace(
        path=Path("test_it.py"), originalname=name, number=number, get_closest_marker=lambda _: mark
    )


@pytest.mark.parametrize(("count", "step"), [(7, 3), (3, 3), (2, 5), (1, 4)])
def test_each_test_has_its_turn_once_and_every_commit_tries_some(count, step):
    some = [item("many", number, step) for number in range(count)]
    others = [item("other", 0), item("alone", 0, 9)]
    turns = [
        [one for one in some if one not in waiting([*some, *others], number)]
        for number in range(100, 100 + min(step, count))
    ]
    assert all(turns)
    assert sorted(one.number for tried in turns for one in tried) == [*range(count)]


def test_tests_of_one_group_take_turns():
    some = [item(name, 0, 2, "both ways") for name in ("one", "other", "third")]
    assert [one.originalname for one in waiting(some, 0)] == ["other"]
    assert [one.originalname for one in waiting(some, 1)] == ["one", "third"]


def test_what_is_not_marked_or_stands_alone_never_waits():
    assert not waiting([item("other", 0), item("other", 1), item("alone", 0, 9)], 5)
