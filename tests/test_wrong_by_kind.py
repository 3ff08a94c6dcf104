"""Wrong answers by kind, none of which may get full marks, whatever the draw."""

import importlib
from collections import Counter
from pathlib import Path

import pytest

from tests.reference import sample
from tests.seeds import gets_full_marks

FOLDER = Path(__file__).parent / "wrong_by_kind"
KINDS = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "declared")

ANSWERS = [
    (kind, wrong)
    for kind in KINDS
    for wrong in importlib.import_module(f"tests.wrong_by_kind.{kind}").ANSWERS
]


def each_answer(step):
    """Run a test with a sample of the answers."""
    some = sample(ANSWERS, step)
    ids = [f"{kind}-{wrong.name}-{wrong.title}" for kind, wrong in some]
    return pytest.mark.parametrize("wrong", [wrong for _, wrong in some], ids=ids)


@each_answer(step=3)
def test_a_wrong_answer_loses_a_point(wrong):
    assert not gets_full_marks(wrong.name, wrong.function(), 0)


@pytest.mark.in_turns(4)
@pytest.mark.slow
@each_answer(step=25)
def test_no_draw_gives_a_wrong_answer_full_marks(wrong):
    assert not any(gets_full_marks(wrong.name, wrong.function(), seed) for seed in range(1, 11))


def test_no_wrong_answer_is_there_twice():
    assert not [name for name, n in Counter((w.name, w.title) for _, w in ANSWERS).items() if n > 1]
