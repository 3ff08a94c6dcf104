"""Every attack, in one class, graded both ways: the mark it deserves, no harm, no other mark lost.

``tests/attacks`` holds them. Right answers stand beside them in the class.
"""

import importlib
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from types import ModuleType

import pytest

from tests.attacks.arena import BESIDE, Arena, Outcome, beside, by_nbgrader, by_workbook
from tests.attacks.stock import FOUND
from tests.attacks.suite import FAMILIES, FOLDER, attacks, names, sentence
from tests.attacks.table import PAGE, page
from tests.reference import WHOLE, by_turns
from workbook.course.exercises import find
from workbook.grade.sandbox.requests import RequestHandler

pytestmark = pytest.mark.slow

NAMES = names()
# Both ways take minutes: what is not before a release goes the first with one attack of each family
# and some that meet a limit, and the second with one of every fourth family. Until a change lands,
# these take turns.
ONE_OF_EACH = sorted({name.partition("-")[0]: name for name in reversed(NAMES)}.values())
BOMBS = [name for name in NAMES if name.startswith("bombs-")]
WAYS = {"workbook": by_workbook, "nbgrader": by_nbgrader}
TRIED = {
    "workbook": NAMES if WHOLE else by_turns(sorted({*ONE_OF_EACH, *BOMBS[::8]}), 4),
    "nbgrader": NAMES if WHOLE else by_turns(ONE_OF_EACH[::4], 5),
}


@dataclass(frozen=True)
class Graded:
    """An arena after one way of grading."""

    outcome: Outcome
    harms: list[str]
    beside: dict[str, str]


def test_attacks_find_what_they_attack():
    """An attack on a name that the program no longer has would pass, and prove nothing."""
    for file in FOLDER.glob("*/*.py"):
        text = file.read_text(encoding="utf-8")
        for module, name in re.findall(r"(?:from|import) (workbook[\w.]*)(?: import (\w+))?", text):
            if module not in ("workbook", "workbook.earlier"):
                found = importlib.import_module(module)
                there = not name or hasattr(found, name) or find_spec(f"{module}.{name}")
                assert there, f"{file.name}: there is no {module}.{name}"
                used = getattr(found, name, None) if name else None
                for attribute in re.findall(rf"\b{name}\.(\w+)", text) if name else ():
                    if isinstance(used, ModuleType):
                        assert hasattr(used, attribute), f"{file.name}: {name} has no {attribute}"
        if '__name__ == "' in text and "OWNER" in text:
            assert f'"{RequestHandler.__name__}"' in text, file.name
    assert {"channel", "request"} <= {*RequestHandler.__init__.__code__.co_names}


def test_a_right_answer_stands_behind_every_third_attack_on_an_exercise():
    shared = beside(attacks())
    assert set(shared) == set(NAMES)
    for name, attack in attacks().items():
        group = [one for one in NAMES if shared[one] == shared[name]]
        assert len(group) <= BESIDE
        assert {attacks()[one].exercise for one in group} == {attack.exercise}
        assert shared[name] == f"{group[-1]}~right"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class of attackers after both ways of grading, side by side."""

    # Not in the threads: pytest's first temporary folder of all must not be made twice.
    folder = tmp_path_factory.mktemp("attacks")

    def run(way: str, arena: Arena) -> Graded:
        outcome = WAYS[way](arena)
        return Graded(outcome, arena.harms(), arena.beside)

    with ExitStack() as stack, ThreadPoolExecutor(len(WAYS)) as pool:
        # One after the other: to write an attack may import a course, of which there is one at a
        # time.
        arenas = [
            stack.enter_context(Arena(folder / way, {name: attacks()[name] for name in TRIED[way]}))
            for way in WAYS
        ]
        return dict(zip(WAYS, pool.map(run, WAYS, arenas), strict=True))


@pytest.mark.parametrize(("way", "name"), [(way, name) for way in WAYS for name in TRIED[way]])
def test_the_mark_is_the_one_it_deserves(name, way, graded):
    outcome, attack = graded[way].outcome, attacks()[name]
    # What cannot be read may not be in the gradebook at all: that is no mark.
    assert (outcome.marks[name] or 0.0) == attack.points
    # Whatever it does, the right answer beside it does not suffer.
    assert outcome.marks[graded[way].beside[name]] == find(attack.exercise).points


@pytest.mark.parametrize("name", TRIED["workbook"])
def test_its_end_is_a_result(name, graded):
    outcome, attack = graded["workbook"].outcome, attacks()[name]
    status = outcome.status.get(name)
    if status is None:
        # Its folder itself is none that is looked into, which the command says.
        assert attack.points == 0
        return
    # On a slow machine, or disk, any of them may take longer than the arena's short limits allow.
    assert status in {attack.status, "timeout", *attack.other_ends}
    if status == attack.status and "cell_seconds" not in outcome.limits[name]:
        assert set(attack.limits) <= set(outcome.limits[name])


@pytest.mark.parametrize("way", WAYS)
def test_no_harm_is_done(way, graded):
    assert graded[way].harms == []
    assert graded[way].outcome.survivors == []
    assert graded[way].outcome.scripts() == []


def test_nobody_stops_the_class(graded):
    outcome = graded["workbook"].outcome
    # 3: some of the files could not be read, which the command says.
    assert outcome.exit_status in (0, 3), outcome.said[-3000:]
    assert "Traceback" not in outcome.said


def test_there_are_attacks_of_each_family():
    families = {name.partition("-")[0] for name in NAMES}
    assert (
        families
        == set(FAMILIES)
        == {one.name for one in FOLDER.iterdir() if one.is_dir()} - {"__pycache__"}
    )
    assert len(NAMES) >= 60


def test_each_says_what_it_does():
    for name, attack in attacks().items():
        words = sentence(name)
        assert words.endswith("."), name
        assert len(words) <= 97, name
        assert attack.harm, name
        assert 0 <= attack.points <= find(attack.exercise).points, name


def test_the_page_of_attacks_is_up_to_date():
    assert json.loads(FOUND.read_text(encoding="utf-8"))["attacks"].keys() == {*NAMES}
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.attacks.table"
