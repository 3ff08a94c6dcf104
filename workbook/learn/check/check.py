"""The visible checks: run the learner's function on public cases and show every outcome."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbook.course.cases import CheckData, PublicCase, check_data
from workbook.course.compare import Difference, split
from workbook.course.effects import asked_for
from workbook.course.effects_in_words import changes_in_words, input_name, sharings_in_words
from workbook.course.exercises import EXERCISES, LABS, Function, count_in_words, find_function
from workbook.course.kinds import kind
from workbook.course.scripted import Scripted
from workbook.course.verdicts import SAME, Verdict
from workbook.course.visible import ANOTHER_ANSWER, part_differences, wanted_parts
from workbook.course.without_asserts import without_asserts
from workbook.course.words import listed
from workbook.diagnosis.diagnosis import diagnose, observe, past_asserts
from workbook.diagnosis.observation import Observation, Outcome
from workbook.diagnosis.random_arrays import random_part, repeated_arrays
from workbook.diagnosis.where.where import further_keys
from workbook.learn.check.card import OFTEN, Card, CheckOutcome
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.check.errors import Problem, explain_error
from workbook.learn.check.hints import hint_for
from workbook.learn.check.show_card import show_card
from workbook.learn.reference import attempts, stand_ins

# A card names this many differences of one part; a cache of many arrays may hold more.
_SHOWN = 3
# Of each function, the mistake of its last check in this kernel, and how many checks in a row have
# ended with it.
_in_a_row: dict[str, tuple[str, int]] = {}


class CheckFailed(AssertionError):  # noqa: N818 - the name is what the learner reads
    """A visible check failed. Jupyter shows the message alone; the card has said the rest."""

    def _render_traceback_(self) -> list[str]:
        return [f"{type(self).__name__}: {self}"]


def conclude(card: Card) -> None:
    """Show a card; raise CheckFailed if a check on it failed.

    Parameters
    ----------
    card : Card
        As `make_card` returns it.
    """
    show_card(card)
    if card.failed:
        raise CheckFailed(_summary(card))


def tried(function: Callable[..., Any], name: str | None, folder: Path) -> Card:
    """Run every visible check of a learner's function, keep what follows, and return the card.

    An answer that fails counts towards the solution; one that passes ends its stand-in.

    Parameters
    ----------
    function : callable
        The learner's function.
    name : str or None
        The function that it should be; by default, the one that has its name.
    folder : Path
        The folder of its notebook.

    Raises
    ------
    AskedWronglyError
        If it is not the learner's, but the reference's.
    TypeError, ValueError
        As `make_card` does.
    """
    if stand_ins.is_stand_in(function):
        raise AskedWronglyError(
            f"{name} is the reference's here, a stand-in for your own: run the cell in which you "
            "write your own, then check it"
        )
    card = make_card(function, name)
    name = card.function.name
    if card.note:
        return card
    if card.failed:
        count = _count_in_a_row(card)
        hint = hint_for(name, card.diagnosis) if count >= OFTEN else 0
        card = replace(card, in_a_row=count, hint=hint)
        return replace(card, last=attempts.count_failed(function, name, folder))
    _in_a_row.pop(name, None)
    ended = stand_ins.end([name], folder)
    said = f"The stand-in has ended: the next notebooks use your own {name}, once it is saved."
    return replace(card, last=said if ended else "")


def _count_in_a_row(card: Card) -> int:
    """Return how many checks of this function in a row have ended with this mistake."""
    name, mistake = card.function.name, card.diagnosis or card.failed[0].verdict.message
    before, count = _in_a_row.get(name, ("", 0))
    count = count + 1 if mistake == before else 1
    _in_a_row[name] = mistake, count
    return count


def make_card(function: Callable[..., Any], name: str | None = None) -> Card:
    """Run every visible check of a function and return the card.

    Parameters
    ----------
    function : callable
        The learner's function.
    name : str, optional
        The function that it should be; by default, the one that has its name.

    Raises
    ------
    TypeError
        If it is no function.
    ValueError
        If it is none of the course's.
    """
    known = _known(function, name or getattr(function, "__name__", None))
    data = check_data(known.name)
    cases = data.cases
    seen = observe(Scripted(function) if known.is_class else function, cases)
    problems = [_problem(outcome, function, known) for outcome in seen.outcomes]
    entries: list[CheckOutcome] = []
    for number, called in enumerate(zip(cases, seen.outcomes, problems, strict=True), 1):
        entries += _answer_entries(known.returns, number, *called)
    answered = not any(problem.message for problem in problems)
    verb = "give" if known.is_class else "return"
    later = "" if answered else f"not checked yet: first the {known.kind} must {verb} an answer"
    entries.append(_unchanged_entry(known, data, seen, later))
    second = _problem(seen.second, function, known)
    entries.append(_repeat_entry(seen, cases[0], second, later))
    # Of keys there is a word only if there are too many.
    for message in further_keys(known.returns, cases, seen):
        verdict = Verdict("further_keys", "no key is added", False, message=message)
        entries.append(CheckOutcome("keys", verdict))
    card = Card(known, tuple(entries))
    if all(problem.unwritten for problem in problems):
        return replace(card, note=problems[0].message)
    if card.failed and not known.is_class:
        card = replace(card, picture=_picture(card, function, problems))
    return _diagnosed(card, seen, function)


def _known(function: Any, name: Any) -> Function:
    """Return the course's facts about a function that the learner has written."""
    names = ", ".join(exercise.name for exercise in EXERCISES)
    count = count_in_words()
    if not callable(function) or not isinstance(name, str):
        raise TypeError(
            "check takes a function without parentheses and arguments, as in "
            f"check({EXERCISES[0].name}), but was given {kind(function)}. "
            f"The {count} functions: {names}"
        )
    known = find_function(name)
    if known is None:
        labs = ", ".join(one for lab in LABS for one in lab.functions)
        said = f"{name} is not one of the {count} functions: {names}; nor of the labs': {labs}"
        raise ValueError(said)
    return known


def _diagnosed(card: Card, seen: Observation, function: Callable[..., Any]) -> Card:
    """Return the card with the diagnosis of the answer in every failing verdict."""
    if not card.failed:
        return card
    known, stripped = card.function, without_asserts(function)
    stripped = Scripted(stripped) if known.is_class else stripped
    seen = past_asserts(seen, stripped, check_data(known.name).cases)
    diagnosis = diagnose(known.name, seen, function)
    if diagnosis is None:
        return card
    said = diagnosis.splitlines()

    def told(entry: CheckOutcome) -> CheckOutcome:
        verdict = entry.verdict
        message = SAME if verdict.message in said else verdict.message
        return replace(entry, verdict=replace(verdict, message=message, diagnosis=diagnosis))

    entries = (entry if entry.verdict.passed else told(entry) for entry in card.entries)
    return replace(card, entries=tuple(entries))


def _picture(card: Card, function: Callable[..., Any], problems: Iterable[Problem]) -> str:
    """Return the code that draws the first wrong shape, or an empty string."""
    from workbook.learn.check.shape_picture import of_answer  # only a mistake needs it

    drawn = [problem.picture for problem in problems]
    cases = {case.title: case for case in check_data(card.function.name).cases}
    drawn += [
        of_answer(card.function, cases[entry.case], wrong, function)
        for entry in card.entries
        for wrong in entry.differences
    ]
    return next(filter(None, drawn), "")


def _problem(outcome: Outcome, function: Callable[..., Any], known: Function) -> Problem:
    """Return the problem of a call, with an empty message if its answer can be compared."""
    if outcome.error is not None:
        return explain_error(outcome.error, function, known.name)
    try:
        split(outcome.answer, known.returns)
    except AssertionError as error:
        return Problem(str(error))
    return Problem("")


def _answer_entries(
    names: Sequence[str], number: int, case: PublicCase, outcome: Outcome, problem: Problem
) -> Iterator[CheckOutcome]:
    """Yield one entry for each named part of the answer to one case."""
    parts = (None,) * len(names) if problem.message else split(outcome.answer, names)
    for part, at, want in wanted_parts(names, case.expected):
        found = () if problem.message else part_differences(names[at], parts[at], want, case)
        message = problem.message or _joined(found)
        verdict = Verdict(
            f"case_{number}-{part}", f"{part} ({case.title})", not message, message=message
        )
        yield CheckOutcome(part, verdict, found, case.title, problem.excerpt)


def _joined(found: tuple[Difference, ...]) -> str:
    message = "; ".join(difference.message for difference in found[:_SHOWN])
    more = len(found) - _SHOWN
    return f"{message}; and {more} more differences" if more > 0 else message


def _unchanged_entry(
    known: Function, data: CheckData, seen: Observation, later: str
) -> CheckOutcome:
    message, part = later, "inputs"
    title = "your inputs are left unchanged" + (", and new arrays come back" if known.new else "")
    scripts = [case.args[0] if known.is_class else None for case in data.cases]
    changed = [
        (
            change.what,
            input_name(change.place, data.arguments, script),
        )
        for script, outcome in zip(scripts, seen.outcomes, strict=True)
        for change in outcome.changed
    ]
    shared = [
        one
        for outcome in (*seen.outcomes, seen.second)
        for one in asked_for(outcome.shared, data.cases[0].expected, known.new)
    ]
    if changed:
        message = changes_in_words(changed, f"the {known.kind}")
    elif shared:
        message = sharings_in_words(shared, known.returns, data.arguments)
        title = "what comes back is new"
        if not known.new:
            part, title = "a new answer", "what comes back is new in every call"
    return CheckOutcome(part, Verdict("inputs_unchanged", title, not message, message=message))


def _repeat_entry(
    seen: Observation, first: PublicCase, problem: Problem, later: str
) -> CheckOutcome:
    again = "new random numbers" if first.is_random else "the same answer"
    title = f"called again, it gives {again}"
    message = later
    if not later and problem.message:
        message = f"the second call failed: {problem.message}"
    elif not later and first.is_random:
        message = _not_random(seen, first)
    elif not later and not seen.repeats:
        message = ANOTHER_ANSWER
    return CheckOutcome(
        "second call", Verdict("repeated_call", title, not message, message=message)
    )


def _not_random(seen: Observation, first: PublicCase) -> str:
    part, _ = random_part(seen.outcomes[0].answer, first.expected)
    if not isinstance(part, dict):
        return "not checked yet: first the function must return a dictionary"
    same = ", ".join(repeated_arrays(first, seen))
    return f"two calls give the same {same}: each call should draw new numbers" if same else ""


def _summary(card: Card) -> str:
    """Return the message of the exception, a line: the card has said the rest."""
    parts = list(dict.fromkeys(entry.part for entry in card.failed))
    count = f"{len(card.failed)} of {len(card.entries)} checks of {card.function.name} fail"
    why = "it is not written yet" if card.note else listed(parts)
    return f"{count}: {why}"
