"""Sections on the class: what it earned, what it misunderstands, what is missing."""

from workbook.course.exercises import EXERCISES, LABS, NOTEBOOKS, position
from workbook.grade.report.html import (
    Row,
    bar,
    code,
    counted,
    long_table,
    marked,
    names,
    number,
    paragraph,
    percent,
    section,
    table,
)
from workbook.grade.report.tally import Tally, quantile

# Rows that are seen at once, and mistakes that are there at all.
_SEEN = 10
_MOST = 100


def totals(tally: Tally) -> str:
    """Return the section on the students' totals."""
    if not tally.students:
        return ""
    shares = tally.shares()
    most = max(one.count for one in shares.values())
    rows = []
    for tenth in reversed(shares):
        here = shares[tenth]
        label = "all points" if tenth == 10 else f"{10 * tenth} to {10 * tenth + 9} %"
        who = names(here, counted(here.count, "student")) if here.count else "0"
        rows.append([label, bar(here.count, most), who])
    median, low, high = (number(quantile(tally.totals, share)) for share in (0.5, 0.25, 0.75))
    mean = sum(total * n for total, n in tally.totals.items()) / tally.students
    given = sum(exercise.name in tally.given for exercise in EXERCISES)
    which = "" if given == len(EXERCISES) else f" ({counted(given, 'exercise')} so far)"
    return section(
        "totals",
        "Totals",
        paragraph(
            f"Out of {tally.possible} points{which}, the median is {median} and the mean "
            f"{number(mean)}; the middle half of the class has {low} to {high}. What was not "
            f"handed in counts as 0.{_bonus(tally)}"
        ),
        table(
            "Students by their share of the points",
            [("share", "range"), ("", "drawn"), ("how many", "text")],
            rows,
        ),
    )


def _bonus(tally: Tally) -> str:
    """Return what to say of the labs, where somebody has handed one in."""
    if not any(lab.name in tally.given for lab in LABS):
        return ""
    return " The points of labs come on top, as a bonus: without them nobody has less."


def exercises(tally: Tally) -> str:
    """Return the section with a row for each exercise."""
    rows = []
    for exercise in NOTEBOOKS:
        one = tally.given.get(exercise.name)
        if one is None:
            continue
        mean = one.points / one.handed_in if one.handed_in else 0.0
        away = one.absent.count
        counts = (one.handed_in, away, one.full, one.zero, one.untouched)
        rows.append(
            [
                f"{exercise.number}&nbsp;{code(exercise.name)}",
                f"{number(mean)} of&nbsp;{exercise.points}",
                bar(mean, exercise.points),
                *(f"{count:,}" for count in counts),
            ]
        )
    columns = [("exercise", ""), ("mean points", "n"), ("", "short extra"),
               ("handed in", "n extra"), ("not handed in", "n"), ("full marks", "n"), ("zero", "n"),
               ("the stub", "n")]  # fmt: skip
    return section(
        "exercises",
        "Exercise by exercise",
        paragraph(
            "The mean is over the notebooks that were handed in. In those with the stub, the cell "
            "for the answer is still as it was released."
        ),
        table("What the class earned in each exercise", columns, rows),
    )


def mistakes(tally: Tally) -> str:
    """Return the section on what the class misunderstands."""
    failed = sum(one.failed for one in tally.exercises.values())
    known = sum(one.named for one in tally.exercises.values())
    found = sorted(
        tally.mistakes.items(), key=lambda item: (-item[1].count, position(item[0][0]), item[0][1])
    )
    rows: list[Row] = []
    for (exercise, text), who in found[:_MOST]:
        share = percent(who.count, tally.exercises[exercise].answers)
        where = f'Who <span class="quiet">({code(exercise)}, {share} of the answers)</span>'
        rows.append([f"<b>{who.count:,}</b>", f"<p>{marked(text)}</p>{names(who, where)}"])
    columns = [("students", "n"), ("what their answers look like", "text")]
    left = sum(who.count for _, who in found[_MOST:])
    return section(
        "mistakes",
        "What the class misunderstands",
        paragraph(
            f"Of {counted(failed, 'answer')} that failed a hidden test, {known:,} look like a "
            "mistake that the course can name, from what they return on the public cases."
        ),
        long_table("Mistakes, the most frequent first", columns, rows, _SEEN) if rows else "",
        paragraph(f"And others, in {counted(left, 'answer')}.") if left else "",
    )


def hidden_tests(tally: Tally) -> str:
    """Return the section on the hidden tests that answers failed."""
    found = [
        (test.failed / one.answers, exercise, test.title, test.failed, one.answers)
        for exercise, one in tally.exercises.items()
        for test in one.tests.values()
    ]
    failed = sorted((one for one in found if one[3]), key=lambda one: -one[0])
    rows = [
        [
            percent(n, of),
            bar(n, of),
            f"<p>{marked(title)}</p>"
            f'<p class="quiet">{code(exercise)}: {n:,} of {counted(of, "answer")}</p>',
        ]
        for _, exercise, title, n, of in failed
    ]
    columns = [("failed by", "n"), ("", "short extra"), ("the property that was tested", "text")]
    passed = len(found) - len(failed)
    return section(
        "tests",
        "Hidden tests by how many failed them",
        paragraph(
            "Among the answers that were there to be tested: cells left untouched and files that "
            f"are no notebook do not count. Tests that nobody failed: {passed:,}."
        ),
        long_table("Hidden tests, the most failed first", columns, rows, _SEEN) if rows else "",
    )


def absent(tally: Tally) -> str:
    """Return the section on what was not handed in, of exercises that somebody handed in."""
    rows = [
        [
            f"{NOTEBOOKS[position(exercise)].number}&nbsp;{code(exercise)}",
            names(one.absent, counted(one.absent.count, "student")),
        ]
        for exercise, one in tally.given.items()
        if one.absent.count
    ]
    if not rows:
        return ""
    return section(
        "absent",
        "Not handed in",
        table("Who has not handed in which exercise", [("exercise", ""), ("who", "text")], rows),
    )
