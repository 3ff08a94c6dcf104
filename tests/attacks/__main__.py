"""Runs the attacks on every combination of user, layers and command, and prints a table.

``python -m tests.attacks`` runs all that this machine can; ``--help`` tells how to run fewer.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tests.attacks.arena import ROOT
from tests.attacks.combinations import COMBINATIONS, ON_CLUSTER, Combination
from tests.attacks.suite import FAMILIES, Attack, chosen
from workbook.course.exercises import find

# So many attacks are one class. A larger one wastes less on starting nbgrader; smaller ones leave
# no core idle at the end.
_MOST_IN_A_CLASS = 80


@dataclass(frozen=True)
class Part:
    """Some of the attacks of a combination, which are graded as one class."""

    combination: Combination
    names: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What came of a part."""

    part: Part
    seconds: float
    attacks: dict[str, Any]
    harm: list[str]

    def gained(self) -> list[str]:
        """Say of which attacks the mark is too high."""
        return [
            f"{name}: {one['mark']:g} points, {one['deserved']:g} deserved"
            for name, one in self.attacks.items()
            if (one["mark"] or 0.0) > one["deserved"]
        ]

    def lost(self) -> list[str]:
        """Say which right work has lost points: an attack's own, and the answers beside."""
        own = [
            f"{name}: {one['mark']} points, {one['deserved']:g} deserved"
            for name, one in self.attacks.items()
            if (one["mark"] or 0.0) < one["deserved"]
        ]
        return own + [
            f"the right answer beside {name}: {one['beside']} of {one['right']} points"
            for name, one in self.attacks.items()
            if one["beside"] != one["right"]
        ]


def asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("name", nargs="*", help="only these attacks")
    parser.add_argument(
        "--combination", action="append", default=[], metavar="USER,LAYERS,WAY",
        help="only combinations with these words, such as root, or user,without; can be repeated "
        f"({'; '.join(map(str, COMBINATIONS))}; and, where it is asked for, cluster as the way)",
    )  # fmt: skip
    parser.add_argument(
        "--family", action="append", default=[], choices=[*FAMILIES], metavar="NAME",
        help=f"only attacks of this family; can be repeated ({', '.join(FAMILIES)})",
    )  # fmt: skip
    parser.add_argument(
        "--every", type=int, default=1, metavar="N",
        help="only every Nth attack in each combination, other ones in each: N runs, with --turn "
        "from 1 to N, try all of them in all combinations",
    )  # fmt: skip
    parser.add_argument(
        "--turn", type=int, default=1, metavar="K", help="which of these N runs this is"
    )
    parser.add_argument(
        "--jobs", type=int, default=(os.cpu_count() or 1) + 1, metavar="N",
        help="classes graded at once; more than cores, for many attacks only wait",
    )  # fmt: skip
    options = parser.parse_args()
    if options.every < 1 or not 1 <= options.turn <= options.every or options.jobs < 1:
        parser.error("--every and --jobs are at least 1, and --turn is from 1 to --every")
    return options


def combinations(wishes: Sequence[str]) -> list[Combination]:
    """Return the combinations that have all the words of one of the wishes."""
    asked = [{*wish.split(",")} for wish in wishes]
    found = [one for one in COMBINATIONS if not asked or any(one.has(words) for words in asked)]
    on_cluster = [words for words in asked if "cluster" in words]
    found += [one for one in ON_CLUSTER if any(one.has(words) for words in on_cluster)]
    if not found:
        known = "; ".join(map(str, (*COMBINATIONS, *ON_CLUSTER)))
        raise SystemExit(f"no combination is {' or '.join(wishes)}; there are: {known}")
    return found


def parts(
    combination: Combination, number: int, wanted: dict[str, Attack], every: int, turn: int
) -> list[Part]:
    """Return the classes of a combination: of one assignment each, for which nbgrader starts anew.

    Parameters
    ----------
    combination : Combination
        The combination.
    number : int
        Its place among all of them.
    wanted : dict of str to Attack
        The attacks to choose from.
    every, turn : int
        Of so many runs, this one; the attacks of each combination begin at another place.
    """
    names = [name for place, name in enumerate(wanted) if (place + number) % every == turn - 1]
    of: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        of[find(wanted[name].exercise).assignment].append(name)
    found = []
    for together in of.values():
        count = -(-len(together) // _MOST_IN_A_CLASS)
        # Families spread over all of them: those that only wait are in one folder.
        found += [Part(combination, tuple(together[first::count])) for first in range(count)]
    return found


def run(part: Part) -> Told:
    """Run a part in its combination."""
    started = time.monotonic()
    with part.combination.ready() as (before, environment):
        command = [sys.executable, "-m", "tests.attacks.arena", part.combination.way, "--json"]
        done = subprocess.run(
            [*before, *command, *part.names], env=environment, cwd=ROOT, capture_output=True,
            text=True, stdin=subprocess.DEVNULL, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
    seconds = time.monotonic() - started
    try:
        told = json.loads(done.stdout.rpartition("\n{")[2].join(["{", ""]))
    except ValueError:
        told = {"attacks": {}, "harm": [f"the class could not be graded: {done.stderr[-1000:]}"]}
    return Told(part, seconds, told["attacks"], told["harm"])


def _row(*cells: object) -> str:
    return f"{cells[0]!s:<28}" + "".join(f"{cell!s:>9}" for cell in cells[1:])


def main() -> None:
    """Run them, and print a line for each combination; exit with 1 if any attack succeeds."""
    options, started = asked(), time.monotonic()
    wanted = {
        name: attack
        for name, attack in chosen(options.name).items()
        if not options.family or name.partition("-")[0] in options.family
    }
    asked_for = combinations(options.combination)
    possible = [one for one in asked_for if not one.why_not()]
    every, turn = options.every, options.turn
    work = [
        part
        for number, one in enumerate((*COMBINATIONS, *ON_CLUSTER))
        if one in possible
        for part in parts(one, number, wanted, every, turn)
    ]
    # The longest first.
    work.sort(key=lambda part: (part.combination.way != "nbgrader", -len(part.names)))
    with ThreadPoolExecutor(options.jobs) as pool:
        done = list(pool.map(run, work))
    print(_row("combination", "tried", "gained", "harm", "lost", "seconds"))
    wrong = []
    for one in asked_for:
        if why := one.why_not():
            print(f"{one!s:<28} not tried: {why}")
            continue
        own = [told for told in done if told.part.combination == one]
        columns = [
            [said for told in own for said in told.gained()],
            [said for told in own for said in told.harm],
            [said for told in own for said in told.lost()],
        ]
        tried = sum(len(told.attacks) for told in own)
        print(_row(one, tried, *map(len, columns), f"{sum(told.seconds for told in own):.0f}"))
        wrong += [f"{one}: {said}" for column in columns for said in column]
    print(f"\n{time.monotonic() - started:.0f} seconds, {options.jobs} classes at once.")
    print("\n".join(["", *wrong]) if wrong else "No attack succeeded.")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
