"""The contents of the class report's sections, computed from the results."""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from workbook.course.exercises import EXERCISES, LABS, NOTEBOOKS, Exercise, position
from workbook.course.words import counted, noun
from workbook.grade.report.tally import StudentCounts, Tally, quantile

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Graded

# Explanations of the statuses of submissions that an instructor should look at.
_STATUSES = {
    "invalid": "no notebook, or one with neither the answer's cell nor its function",
    "crashed": "the student's process ended; what was earned before counts",
    "timeout": "a limit of time was reached; what was earned counts",
    "out_of_memory": "the limit of memory was reached; what was earned counts",
    "graded": "to the end, with a note",
}


def page_values(tally: Tally, graded: "Graded", anonymous: bool = False) -> dict[str, Any]:
    """Return the values that the page's template shows, by name.

    Parameters
    ----------
    tally : Tally
        What the class did, in this grading and in earlier ones.
    graded : Graded
        What this grading did.
    anonymous : bool, optional
        Whether the page names nobody; nothing is then said of single submissions.
    """
    given = [(one, tally.given[one.name]) for one in NOTEBOOKS if one.name in tally.given]
    return {
        "tally": tally,
        "graded": graded,
        "tiles": _tiles(tally, graded)[: 3 if anonymous else None],
        "given": given,
        "absent": [(exercise, one) for exercise, one in given if one.absent.count],
        "voided": sorted(tally.voided.items(), key=lambda one: (position(one[0][0]), one[0][1])),
        "uneven": [(name, [n for _, n in one.hashes.most_common()])
                   for name, one in tally.exercises.items() if len(one.hashes) > 1],
        "waiting": _waiting(graded),
        **_moved(graded),
        **_totals(tally),
        **_mistakes(tally),
        **_hidden_tests(tally),
        "to_see": [(status, _STATUSES.get(status, "another end"), tally.to_see[status])
                   for status in dict.fromkeys([*_STATUSES, *sorted(tally.to_see)])
                   if status in tally.to_see],
    }  # fmt: skip


def _tiles(tally: Tally, graded: "Graded") -> list[tuple[float, str, str]]:
    """Return the numbers at a glance: each with the section that it leads to, and its label."""
    notebooks = counted(sum(one.handed_in for one in tally.exercises.values()), "notebook")
    failed = sum(one.failed for one in tally.exercises.values())
    to_see = sum(one.count for one in tally.to_see.values())
    moved, problems = len(graded.moved), len(graded.problems)
    return [
        (tally.students, "class", f"{noun(tally.students, 'student')}, {notebooks}"),
        (quantile(tally.totals, 0.5), "totals", f"of {tally.possible} points: the median"),
        (failed, "mistakes", f"{noun(failed, 'answer')} failed a hidden test"),
        (moved, "moved", f"{noun(moved, 'mark')} changed by this grading"),
        (to_see, "look", f"{noun(to_see, 'submission')} to look at"),
        (problems, "problems", f"{noun(problems, 'problem')} in this grading"),
    ]


def _moved(graded: "Graded") -> dict[str, Any]:
    moved = sorted(graded.moved, key=lambda one: (position(one.exercise), one.student))
    changes: defaultdict[str, list[float]] = defaultdict(list)
    for one in moved:
        changes[one.exercise].append(one.after - one.before)
    return {"moved": moved, "moved_by_exercise": changes}


def _waiting(graded: "Graded") -> list[tuple[Exercise, StudentCounts, float]]:
    """Return the exercises with answers that wait for a person: whose, and for how many points."""
    found: dict[str, tuple[StudentCounts, float]] = {}
    for student, marks in graded.marks.items():
        for name, points in marks.waiting.items():
            students, before = found.setdefault(name, (StudentCounts(), 0.0))
            students.add(student)
            found[name] = students, before + points
    return [(one, *found[one.name]) for one in NOTEBOOKS if one.name in found]


def _totals(tally: Tally) -> dict[str, Any]:
    exercises = sum(exercise.name in tally.given for exercise in EXERCISES)
    points = sum(total * n for total, n in tally.totals.items())
    return {
        "median": quantile(tally.totals, 0.5),
        "lower_quartile": quantile(tally.totals, 0.25),
        "upper_quartile": quantile(tally.totals, 0.75),
        "mean": points / max(tally.students, 1),
        "shares": [
            ("all points" if tenth == 10 else f"{10 * tenth} to {10 * tenth + 9} %", students)
            for tenth, students in reversed(tally.shares().items())
        ],
        "so_far": counted(exercises, "exercise") if exercises < len(EXERCISES) else "",
        "has_labs": any(lab.name in tally.given for lab in LABS),
    }


def _mistakes(tally: Tally) -> dict[str, Any]:
    def order(found: tuple[tuple[str, str], StudentCounts]) -> tuple[int, int, str]:
        (exercise, sentence), students = found
        return -students.count, position(exercise), sentence

    return {
        "failed": sum(one.failed for one in tally.exercises.values()),
        "named": sum(one.named for one in tally.exercises.values()),
        "mistakes": sorted(tally.mistakes.items(), key=order),
    }


def _hidden_tests(tally: Tally) -> dict[str, Any]:
    found = [
        (exercise, test, one.answers)
        for exercise, one in tally.exercises.items()
        for test in one.tests.values()
    ]
    failed = [row for row in found if row[1].failed]
    failed.sort(key=lambda row: -row[1].failed / row[2])
    return {"tests_failed": failed, "tests_passed": len(found) - len(failed)}
