"""Known mistakes of a function: those of the catalogue, mutants of the reference, and pairs."""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise
from typing import Any

from workbook.build.mutants import Mutant, mutants
from workbook.course.cases import PublicCase
from workbook.course.effects import InputPlace
from workbook.course.folder import SOLUTION_MARKERS
from workbook.course.scripted import as_function
from workbook.course.words import listed
from workbook.diagnosis.deviations import Deviation, Deviations
from workbook.diagnosis.explain import explain
from workbook.diagnosis.known import Known, known_mistake
from workbook.diagnosis.parts import UNKNOWN_SCALE, places

# So many pairs of mutants are tried, and so many are kept: the learner's package is to stay small.
_MOST_TRIED = 100
_MOST_PAIRS = 25
# So often a mutant that draws random numbers must do the same.
_TIMES = 8
# So many mutants are kept.
_MOST_MADE = 220
# What is said of a mutant that errs for the weights, or in one layer.
_IN_SOME = re.compile(r"for the (?:weights|biases)|in layer 1")

# What a sentence on a mutant is about.
_SUBJECT = re.compile(r"(`\w+`(?:, `\w+`)* and `\w+`) come")

# Sentences of the catalogue on how large a result is, or on what it is as a whole.
_HOLDS_ALONE = re.compile(
    r"right, but|^This is |exactly|times too|times as large|twice too|half of|everywhere"
)

#: A sentence, and a function that makes the mistake.
Wrong = tuple[str, Callable[..., Any]]


def find_known_mistakes(
    wrong: Iterable[Wrong], source: str, name: str, cases: Sequence[PublicCase]
) -> list[Known]:
    """Return what is known of wrong answers: no two do the same on the public cases.

    Parameters
    ----------
    wrong : iterable of (str, callable)
        The catalogue. Its entries are all kept, and a mutant that does the same as one is not.
    source : str
        Text of the reference's module, of which mutants are made; none if it is empty.
    name : str
        Name of the function or class.
    cases : sequence of PublicCase
        The public cases.
    """
    written = [known_mistake([sentence], function, cases) for sentence, function in wrong]
    if not source:
        return written
    made: list[Known] = []
    common: dict[str, tuple[Mutant, str]] = {}
    twins: dict[str, str] = {}
    others: dict[str, tuple[Mutant, str]] = {}
    for mutant in mutants(source, name):
        one = _known(mutant, [mutant.sentence], cases)
        twin = _twin(one.does, written)
        if twin is not None:
            common[mutant.name] = mutant, mutant.sentence
            twins[mutant.name] = twin.sentences[0]
        elif mutant.sentence and _tells(one.does) and _is_certain(mutant, one, cases):
            one = replace(one, sentences=(_about_wrong_parts(mutant.sentence, one.does, cases),))
            others[mutant.name] = mutant, one.sentences[0]
            _add(one, made)
    for one in _exchanged(source, name, cases):
        if _tells(one.does) and _twin(one.does, written) is None:
            _add(one, made)
    singles = [*written, *_most_telling(made)]
    return [*singles, *_pairs(_beside_others(common, twins), others, name, singles, cases)]


def _exchanged(source: str, name: str, cases: Sequence[PublicCase]) -> Iterator[Known]:
    """Yield what the reference does with two numbers among its arguments in the other order."""
    if cases[0].is_random:
        return
    reference = Mutant("", "", source, name).function()
    names = list(inspect.signature(reference).parameters)
    for at, both in enumerate(pairwise(names)):
        numbers = [isinstance(one, int | float) for case in cases for one in case.args[at : at + 2]]
        if not all(numbers) or len(numbers) < 2 * len(cases):
            continue

        def answer(*args: Any, at: int = at) -> Any:
            return reference(*args[:at], args[at + 1], args[at], *args[at + 2 :])

        sentence = (
            f"The answer is as if {both[0]} and {both[1]} were exchanged: the arguments come in "
            f"the order {', '.join(names)}."
        )
        yield known_mistake([sentence], answer, cases, written=False)


def _most_telling(made: list[Known]) -> list[Known]:
    """Return mutants that are not too many: first without those that err in some entries only."""
    if len(made) <= _MOST_MADE:
        return made
    return [one for one in made if not _IN_SOME.search(one.sentences[0])][:_MOST_MADE]


def _known(mutant: Mutant, sentences: Sequence[str], cases: Sequence[PublicCase]) -> Known:
    answer = mutant.function()
    if isinstance(answer, type):
        # Under the name that messages of Python's will name.
        answer = type(mutant.of, (answer,), {})
    return known_mistake(sentences, as_function(answer), cases, written=False)


def _about_wrong_parts(sentence: str, does: Deviations, cases: Sequence[PublicCase]) -> str:
    """Return a sentence on several parts of a dictionary without those that are right."""
    subject = _SUBJECT.match(sentence)
    if subject is None:
        return sentence
    letters = {_letters(place) for case in cases for place in places(case.expected)}
    wrong = {_letters(place) for case in does.cases for place in case.wrong}
    names = re.findall(r"\w+", subject[1])
    kept = [f"`{name}`" for name in names if name not in letters - wrong]
    if not kept or len(kept) == len(names):
        return sentence
    verb = "comes" if len(kept) == 1 else "come"
    return f"{listed(kept)} {verb}{sentence[subject.end() :]}"


def _letters(place: InputPlace) -> str:
    """Return the last key on the way to a part, without the number of its layer."""
    keys = [step for step in place if isinstance(step, str)]
    return keys[-1].rstrip("0123456789") if keys else ""


def _is_certain(mutant: Mutant, one: Known, cases: Sequence[PublicCase]) -> bool:
    """Tell whether a mutant does the same in every run, whatever numbers it draws."""
    if not cases[0].is_random:
        return True
    again = (_known(mutant, one.sentences, cases) for _ in range(_TIMES))
    return all(_same(other.does, one.does) for other in again)


def _beside_others(
    common: dict[str, tuple[Mutant, str]], twins: dict[str, str]
) -> dict[str, tuple[Mutant, str]]:
    """Return mutants that do what the catalogue knows, with what holds beside another mistake.

    Where that is not the catalogue's sentence, it is a mutant's that names what is left out: of an
    answer without `/ m`, it is not said that m is another number, or made of another array.

    Parameters
    ----------
    common : dict
        The mutants, each with its own sentence, by name.
    twins : dict
        The catalogue's sentence for each.
    """
    left_out = {
        twins[name]: sentence
        for name, (_, sentence) in reversed(common.items())
        if "left out" in sentence
    }
    return {
        name: (mutant, left_out.get(twin, own) if _HOLDS_ALONE.search(twin) else twin)
        for name, (mutant, own) in common.items()
        for twin in [twins[name]]
    }


def _tells(does: Deviations) -> bool:
    """Tell whether a mistake shows in what is returned, and not in exceptions alone."""
    marks = [mark for one in does.cases for mark in one.wrong.values()]
    # Of random numbers of an unknown size, it is not known which mistake made them so.
    unknown = any(UNKNOWN_SCALE in mark.structure for mark in marks)
    return not unknown and (bool(marks) or any(one.changed for one in does.cases))


def _add(one: Known, made: list[Known]) -> None:
    """Add a mutant; of several that do the same, keep the one with the shortest sentence."""
    twin = _twin(one.does, made)
    if twin is None:
        made.append(one)
    elif len(one.sentences[0]) < len(twin.sentences[0]):
        made[made.index(twin)] = one


def _twin(does: Deviations, known: Iterable[Known]) -> Known | None:
    """Return the first known mistake that does the same."""
    return next((one for one in known if _same(does, one.does)), None)


def _same(one: Deviations, other: Deviations) -> bool:
    pairs = zip(one.cases, other.cases, strict=True)
    return one.second_call == other.second_call and all(_same_case(*pair) for pair in pairs)


def _same_case(one: Deviation, other: Deviation) -> bool:
    return (
        one.wrong.keys() == other.wrong.keys()
        and (one.changed, one.extra) == (other.changed, other.extra)
        and (one.raised and one.raised.kind) == (other.raised and other.raised.kind)
        and all(mark.is_like(other.wrong[place]) for place, mark in one.wrong.items())
    )


def _pairs(
    common: dict[str, tuple[Mutant, str]],
    others: dict[str, tuple[Mutant, str]],
    name: str,
    known: Sequence[Known],
    cases: Sequence[PublicCase],
) -> list[Known]:
    """Return pairs of mutants whose joint result neither of the two explains alone.

    Of random numbers too little is known to tell two mistakes in the same array apart.

    Parameters
    ----------
    common : dict
        The mutants that do the same as an entry of the catalogue, by name, with a sentence.
    others : dict
        Other mutants, with their sentences.
    name : str
        Name of the function.
    known : sequence of Known
        What is known so far.
    cases : sequence of PublicCase
        The public cases.
    """
    found: list[Known] = []
    if cases[0].is_random:
        return found
    for both, sentences in islice(_second_order(common, others, name), _MOST_TRIED):
        one = _known(both, sentences, cases)
        if _tells(one.does) and _twin(one.does, [*known, *found]) is None:
            said = explain(known, one.does)
            if not (said.complete and set(said.sentences) == set(sentences)):
                found.append(one)
        if len(found) == _MOST_PAIRS:
            break
    return found


def _second_order(
    common: dict[str, tuple[Mutant, str]], others: dict[str, tuple[Mutant, str]], name: str
) -> Iterator[tuple[Mutant, list[str]]]:
    """Yield mutants of mutants with the sentences of both, pairs of common mistakes first."""
    order = list(common)
    for seconds in (common, others):
        for number, (mutant, first) in enumerate(common.values()):
            # A pair of common mistakes is made once.
            later = [one for one in seconds if one not in order[: number + 1]]
            for both in mutants(_marked(mutant.source, name), name, later):
                # One that is numbered stands at another place.
                second = seconds[both.name][1] if both.name in seconds else ""
                if first and second and first != second:
                    yield both, [first, second]


def _marked(source: str, name: str) -> str:
    """Return a mutant's code with markers around what may be changed again."""
    definition = next(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name
    )
    # A mutant has no docstrings.
    start = definition.body[0].lineno - 1
    end = definition.end_lineno or start
    lines = source.splitlines()
    begin, stop = (" " * 4 + marker for marker in SOLUTION_MARKERS)
    return "\n".join([*lines[:start], begin, *lines[start:end], stop, *lines[end:], ""])
