"""Batches: how large they are, that nothing is lost, and that nothing waits in vain."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.grade.cluster.batches import Batches

PATIENCE = 120


def test_each_worker_has_a_batch_to_work_on_and_one_to_go_on_with():
    batches = Batches(most=8, workers=2)
    for item in range(4):
        batches.put(item)
        assert batches.take() == [item]
    batches.put(4)
    assert not batches.due
    batches.arrived()
    assert batches.take() == [4]


def test_batches_are_large_while_many_wait_and_small_at_the_end():
    batches = Batches(most=8, workers=2)
    for item in range(40):
        batches.put(item)
    sizes = []
    while sum(sizes) < 40:
        sizes.append(len(batches.take()))
        batches.arrived()
    assert sizes == [8, 8, 8, 8, 4, 2, 1, 1]


def test_an_item_goes_out_alone_and_first():
    batches = Batches(most=8, workers=1)
    batches.put("many")
    batches.put("alone", alone=True)
    assert [batches.take(), batches.take()] == [["alone"], ["many"]]


def test_after_the_end_nothing_goes_out():
    batches = Batches(most=8, workers=1)
    batches.put("late")
    batches.close()
    assert batches.take() == []


@given(
    st.integers(1, 40),
    st.integers(0, 5),
    st.lists(st.booleans(), max_size=200),
    st.randoms(use_true_random=False),
)
def test_every_item_goes_out_once_whatever_returns_when(most, workers, alone, random):
    batches = Batches(most, workers)
    for number, by_itself in enumerate(alone):
        batches.put(number, by_itself)
    under_way, seen = 0, []
    while len(seen) < len(alone):
        if under_way and random.random() < 0.5:
            batches.arrived()
            under_way -= 1
        if batches.due or not under_way:
            # With nothing under way, it does not wait: the test would hang here.
            batch = batches.take()
            assert 1 <= len(batch) <= most
            under_way += 1
            seen += batch
    assert sorted(seen) == list(range(len(alone)))
    for by_itself in (False, True):
        mine = [number for number in seen if alone[number] is by_itself]
        assert mine == sorted(mine)


@pytest.mark.parametrize("wakes", ["alone", "arrived", "close", "worker"])
def test_who_waits_is_woken(wakes):
    batches = Batches(most=8, workers=1)
    for item in range(2):
        batches.put(item)
        batches.take()
    # There are as many as there is room for.
    batches.put(2)
    found = []
    waiting = threading.Thread(target=lambda: found.append(batches.take()))
    waiting.start()
    assert not found
    {"alone": lambda: batches.put(3, alone=True), "arrived": batches.arrived,
     "close": batches.close, "worker": lambda: batches.set_workers(2)}[wakes]()  # fmt: skip
    waiting.join(PATIENCE)
    assert found == {"alone": [[3]], "arrived": [[2]], "close": [[]], "worker": [[2]]}[wakes]
