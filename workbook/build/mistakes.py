"""Known mistakes of a function: those of the catalogue, mutants of the reference, and pairs."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from workbook.build.made import Single, known_mutant, same, tells, twin_of
from workbook.build.mutants import Mutant, mutants
from workbook.build.pairs import beside_others, pairs
from workbook.course.cases import PublicCase
from workbook.course.words import listed
from workbook.diagnosis.deviations import Deviations
from workbook.diagnosis.known import Known, known_mistake
from workbook.diagnosis.parts import letters_of, places

# So often a mutant that draws random numbers must do the same.
_TIMES = 8
# So many mutants are kept.
_MOST_MADE = 220
# What is said of a mutant that errs for the weights, or in one layer.
_IN_SOME = re.compile(r"for the (?:weights|biases)|in layer 1")

# What a sentence on a mutant is about.
_SUBJECT = re.compile(r"(`\w+`(?:, `\w+`)* and `\w+`) come")

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
    common: dict[str, Single] = {}
    twins: dict[str, str] = {}
    others: dict[str, Single] = {}
    arguments = _arguments(source, name)
    for mutant in mutants(source, name):
        one = known_mutant(mutant, [mutant.sentence], cases)
        twin = twin_of(one.does, written)
        if twin is not None:
            common[mutant.name] = Single(mutant, mutant.sentence, one.does)
            twins[mutant.name] = twin.sentences[0]
        elif mutant.sentence and tells(one.does) and _is_certain(mutant, one, cases):
            said = _about_wrong_parts(mutant.sentence, one.does, cases)
            said = _about_wrong_cases(said, one.does, cases, arguments)
            one = replace(one, sentences=(said,))
            others[mutant.name] = Single(mutant, one.sentences[0], one.does)
            _add(one, made)
    for one in _exchanged(source, name, cases):
        if tells(one.does) and twin_of(one.does, written) is None:
            _add(one, made)
    singles = [*written, *_most_telling(made)]
    return [*singles, *pairs(beside_others(common, twins), others, name, singles, cases)]


def _exchanged(source: str, name: str, cases: Sequence[PublicCase]) -> Iterator[Known]:
    """Yield what the reference does with two numbers among its arguments in the other order."""
    if cases[0].is_random:
        return
    reference = Mutant("", "", source, name).function()
    names = _arguments(source, name)
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


def _arguments(source: str, name: str) -> list[str]:
    """Return the names of the reference's arguments."""
    return list(inspect.signature(Mutant("", "", source, name).function()).parameters)


def _most_telling(made: list[Known]) -> list[Known]:
    """Return mutants that are not too many: first without those that err in some entries only."""
    if len(made) <= _MOST_MADE:
        return made
    return [one for one in made if not _IN_SOME.search(one.sentences[0])][:_MOST_MADE]


def _about_wrong_parts(sentence: str, does: Deviations, cases: Sequence[PublicCase]) -> str:
    """Return a sentence on several parts of a dictionary without those that are right."""
    subject = _SUBJECT.match(sentence)
    if subject is None:
        return sentence
    letters = {letters_of(place) for case in cases for place in places(case.expected)}
    wrong = {letters_of(place) for case in does.cases for place in case.wrong}
    names = re.findall(r"\w+", subject[1])
    kept = [f"`{name}`" for name in names if name not in letters - wrong]
    if not kept or len(kept) == len(names):
        return sentence
    verb = "comes" if len(kept) == 1 else "come"
    return f"{listed(kept)} {verb}{sentence[subject.end() :]}"


def _about_wrong_cases(
    sentence: str, does: Deviations, cases: Sequence[PublicCase], arguments: Sequence[str]
) -> str:
    """Return a sentence with the text among the arguments that goes with the mistake, if one does.

    Of a layer's two activations, a mutant may get one wrong alone.
    """
    for argument, *texts in zip(arguments, *(case.args for case in cases), strict=False):
        if not all(isinstance(text, str) for text in texts):
            continue
        wrong = {text for text, one in zip(texts, does.cases, strict=True) if not one.is_right}
        if len(wrong) == 1 < len({*texts}):
            begin = sentence if sentence.startswith("`") else sentence[0].lower() + sentence[1:]
            return f'With {argument} "{wrong.pop()}", {begin}'
    return sentence


def _is_certain(mutant: Mutant, one: Known, cases: Sequence[PublicCase]) -> bool:
    """Tell whether a mutant does the same in every run, whatever numbers it draws."""
    if not cases[0].is_random:
        return True
    again = (known_mutant(mutant, one.sentences, cases) for _ in range(_TIMES))
    return all(same(other.does, one.does) for other in again)


def _add(one: Known, made: list[Known]) -> None:
    """Add a mutant; of several that do the same, keep the one with the shortest sentence."""
    twin = twin_of(one.does, made)
    if twin is None:
        made.append(one)
    elif len(one.sentences[0]) < len(twin.sentences[0]):
        made[made.index(twin)] = one
