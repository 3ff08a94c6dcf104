"""What was wrong in an assignment, in a few lines that fit into a platform's comment."""

from collections.abc import Iterable, Iterator, Mapping

from workbook.course.exercises import Exercise
from workbook.course.text import printable, shorten
from workbook.course.verdicts import Verdict, without_repeats
from workbook.grade.export.table import number
from workbook.grade.gradebook.marks import own_words
from workbook.grade.gradebook.recorded_marks import RecordedMark
from workbook.grade.submissions.results import Result

# A student reads no more in a comment: the page has all of it.
_MOST_REASONS = 3
_LONGEST_REASON = 300


def feedback_text(
    student: str,
    exercises: Iterable[Exercise],
    results: Mapping[tuple[str, str], Result],
    held: Iterable[RecordedMark],
) -> str:
    """Return a line for each exercise with its points, and below it what was wrong.

    Parameters
    ----------
    student : str
        The student.
    exercises : iterable of Exercise
        The exercises.
    results : mapping of (str, str) to Result
        The results, by student and exercise.
    held : iterable of RecordedMark
        What the gradebook holds of each exercise.
    """
    lines: list[str] = []
    for exercise, mark in zip(exercises, held, strict=True):
        result = results.get((student, exercise.name))
        failed = [one for one in result.tests if not one.passed] if result else []
        lines.append(f"{exercise.name}: {number(mark.points or 0.0)} of {exercise.most:g}")
        if result is not None and result.status == "missing":
            lines[-1] += ", not handed in" if not mark.is_by_hand else ""
        elif result is not None:
            lines += [f"• {reason}" for reason in _reasons(failed)]
        said = [line for one in failed for line in (one.diagnosis or "").splitlines()]
        comments = (own_words(text, said) for text in mark.marks.comments.values())
        lines += [f"• comment: {_line(text)}" for text in comments if text]
        if mark.penalty:
            lines.append(f"• handed in late: -{number(mark.penalty)}")
    return "\n".join(lines)


def _reasons(failed: Iterable[Verdict]) -> Iterator[str]:
    """Yield the sentences on what was wrong, each once, and how many more tests failed."""
    said = dict.fromkeys(
        _line(one.diagnosis or one.message or one.title) for one in without_repeats(failed)
    )
    yield from [*said][:_MOST_REASONS]
    if len(said) > _MOST_REASONS:
        yield f"and {len(said) - _MOST_REASONS} more: your page has them"


def _line(text: str) -> str:
    return shorten(" ".join(printable(text).split()), _LONGEST_REASON)
