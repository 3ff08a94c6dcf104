"""Makes docs/attacks.md: ``python -m tests.attacks.table``.

What a stock nbgrader makes of the attacks is in ``stock.json``, which ``tests.attacks.stock``
measures; our own marks are those that the tests hold us to.
"""

import json
from pathlib import Path
from typing import Any

from tests.attacks.arena import ROOT
from tests.attacks.stock import FOUND
from tests.attacks.suite import FAMILIES, Attack, attacks, sentence
from workbook.course.exercises import Exercise, find

PAGE = ROOT / "docs" / "attacks.md"

_HEAD = """# Attacks on the grader

Each row is one submission of `tests/attacks/`. It was graded once by a stock nbgrader {version} and
once by this course, together with a right answer by another student. The marks are points of the
exercise. In this course, `workbook grade` and `nbgrader autograde` give the same marks, which
`tests/test_attacks.py` checks: no attack does harm, and the right answers keep their full marks.

| | stock nbgrader | here |
|---|---|---|
| attacks | {count} | {count} |
| the attacker gains points that the work does not deserve | {gained} | 0 |
| right work loses points | {lost} | 0 |
| the other student's right answer loses points | {beside} | 0 |
| other harm | {harmed} | 0 |

`python -m tests.attacks.table` writes this page; `python -m tests.attacks.stock` measures the
column of the stock nbgrader.
"""


def page() -> str:
    """Return the text of the page."""
    data = json.loads(FOUND.read_text(encoding="utf-8"))
    found, all_attacks = data["attacks"], attacks()
    facts = {name: _facts(all_attacks[name], found[name]) for name in all_attacks}
    counts = {key: sum(fact[key] for fact in facts.values()) for key in next(iter(facts.values()))}
    parts = [_HEAD.format(version=data["nbgrader"], count=len(all_attacks), **counts)]
    for family, words in FAMILIES.items():
        parts.append(f"\n## {words[0].upper()}{words[1:]}\n\n| attack | stock nbgrader | here |\n"
                     "|---|---|---|\n")  # fmt: skip
        for name, attack in all_attacks.items():
            if name.partition("-")[0] == family:
                parts.append(_row(name, attack, found[name]))
    return "".join(parts)


def _facts(attack: Attack, found: dict[str, Any]) -> dict[str, bool]:
    mark = found["mark"] or 0.0
    return {
        "gained": mark > attack.points,
        "lost": mark < attack.points,
        "beside": found["beside"] != _known_points(find(attack.exercise)),
        "harmed": bool(found["harm"]) or found["exit_status"] != 0,
    }


def _known_points(exercise: Exercise) -> int:
    """Return what a stock nbgrader gives for right work: for a lab, whose points are a bonus, 0."""
    return 0 if exercise.is_lab else exercise.points


def _row(name: str, attack: Attack, found: dict[str, Any]) -> str:
    facts = _facts(attack, found)
    mark = "no mark" if found["mark"] is None else f"{found['mark']:g}"
    words = [mark + (" **gained**" if facts["gained"] else " **lost**" if facts["lost"] else "")]
    if facts["beside"]:
        words.append("the right answer beside it loses its mark")
    if found["harm"]:
        words.append(_harm(name, found["harm"]))
    elif found["exit_status"] != 0:
        words.append("the command fails")
    return f"| {sentence(name)} | {'; '.join(words)} | {attack.points:g} |\n"


def _harm(name: str, harms: list[str]) -> str:
    """Return in a few words what harm was seen."""
    kinds = {
        f"{name}: ": "it reached what it must not reach",
        "somebody": "it reached the network",
        "has changed": "it changed the course's files",
        "waits for ever": "the grading never ends",
        "never ends": "the grading never ends",
        "killed": "it ended the command",
        "broken": "the gradebook is broken",
        "lost": "all results are lost",
    }
    said = {words for sign, words in kinds.items() for harm in harms if sign in harm}
    return ", ".join(sorted(said)) or "a process outlives the grading"


def main() -> None:
    """Write the page."""
    Path(PAGE).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
