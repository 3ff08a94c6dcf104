"""Names for groups of arrays: every dW, b of the output layer, Z in the case of one example."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbook.course.cases import PublicCase
from workbook.course.text import shorten
from workbook.course.words import listed, noun
from workbook.diagnosis.where.leaves import Leaf

# A text names so many cases by their titles.
_MOST_TITLES = 2
_LONGEST_TITLE = 60

# What ends the part of a sentence that says what is wrong.
_ENDS = (": ", "; ", ", where ", ". ")
# What names cases itself needs no further ones.
_NAMES_CASES = re.compile(r" in the cases? “")
# What is said of all cases.
_ALL_CASES = re.compile(r"( in every case)?(, whatever the inputs are)?")

#: Groups of layers, by what must hold for a layer of a network of this many.
LAYER_ROLES: tuple[tuple[str, Callable[[int, int], bool]], ...] = (
    ("every {}", lambda layer, layers: True),
    ("{} of the output layer", lambda layer, layers: layer == layers),
    ("{} of the hidden layers", lambda layer, layers: layer < layers),
    ("{} of layer 1", lambda layer, layers: layer == 1),
    ("{} of all layers but the first", lambda layer, layers: layer > 1),
    ("{} of the last hidden layer", lambda layer, layers: layer == layers - 1),
    ("{} of all layers but the last two", lambda layer, layers: layer < layers - 1),
    ("{} of all layers but the first two", lambda layer, layers: layer > 2),
)


@dataclass(frozen=True)
class Subject:
    """Names of arrays as the subject of a sentence.

    Attributes
    ----------
    text : str
        The names.
    plural : bool
        Whether the verb is one of the plural.
    cases : str
        The cases, where it does not hold for all: " (in the case ...)"; else empty.
    right : str
        Or the cases in which everything of these names is right: "In the case ..."; else empty.
    """

    text: str
    plural: bool
    cases: str = ""
    right: str = ""

    def says(self, text: str) -> str:
        """Return a sentence; {verb} stands for "is" or "are", {has} for "has", {it} for "it"."""
        words = ("are", "have", "them") if self.plural else ("is", "has", "it")
        verb, has, it = words
        said = text.format(names=self.text, verb=verb, has=has, it=it)
        if self.cases or self.right:
            said = _ALL_CASES.sub("", said)
        # The cases belong to what is wrong, and not to what is said of it further on.
        at = min((said.find(end) for end in _ENDS if end in said), default=said.rfind("."))
        cases = "" if _NAMES_CASES.search(text) else self.cases
        said = f"{said[:at]}{cases}{said[at:]}"
        if self.right:
            # The axes may be told to be others.
            said += f" {self.right} the numbers are right."
        return said[0].upper() + said[1:] if said.startswith(("every ", "the ")) else said


def subject(
    wrong: Sequence[Leaf],
    among: Sequence[Leaf],
    told: Callable[[Leaf], bool],
    bare: int = 0,
) -> Subject:
    """Return the names of wrong arrays.

    Parameters
    ----------
    wrong : sequence of Leaf
        The arrays to name, of every case.
    among : sequence of Leaf
        All arrays of the answer; the names tell the wrong ones apart from the others.
    told : callable
        Whether a right array shows that it is not one of the wrong ones. An array of zeros does
        not show whether it has the wrong sign.
    bare : int, optional
        How many further cases have answers of which no part can be compared.
    """
    families = list(dict.fromkeys(leaf.family for leaf in wrong))
    chosen = set(map(id, wrong))
    cases = list({id(leaf.case): leaf.case for leaf in wrong}.values())
    within = set(map(id, cases))
    others = [
        leaf
        for leaf in among
        if id(leaf) not in chosen and leaf.family in families and (not leaf.is_right or told(leaf))
    ]
    near = [leaf for leaf in others if id(leaf.case) in within]
    names, plural, means = _by_role(families, wrong, near)
    right = {
        id(leaf.case): leaf.case for leaf in others if id(leaf.case) not in within and means(leaf)
    }
    if bare:
        # Nothing is known of these, so it is said where it holds.
        more = len(cases) > _MOST_TITLES
        where = f"in {len(cases)} of {len(cases) + bare} cases" if more else titles(cases)
        return Subject(names, plural, f" {where}")
    return Subject(names, plural, *_cases(cases, list(right.values()), others))


def _by_role(
    families: list[str], wrong: Sequence[Leaf], near: Sequence[Leaf]
) -> tuple[str, bool, Callable[[Leaf], bool]]:
    """Return names of arrays, whether they are a plural, and which arrays they mean."""
    labels = list(dict.fromkeys(leaf.label for leaf in wrong))

    def is_named(leaf: Leaf) -> bool:
        return leaf.label in labels

    if len(labels) > 1 and not near and all(leaf.family.startswith("the ") for leaf in wrong):
        return listed(families), len(families) > 1, lambda leaf: True
    if len(labels) == 1 or any(leaf.layer is None for leaf in wrong):
        return listed(labels), len(labels) > 1, is_named
    # With one depth only, the last layer cannot be told from the third.
    several = len({leaf.layers for leaf in wrong}) > 1
    for text, holds in LAYER_ROLES if several else LAYER_ROLES[:1]:
        # dA of a layer is that of its input, so its name would mislead.
        if "dA" in families and text != LAYER_ROLES[0][0]:
            continue
        if all(holds(leaf.layer or 0, leaf.layers) for leaf in wrong) and not any(
            holds(leaf.layer or 0, leaf.layers) for leaf in near
        ):
            plural = len(families) > 1 and text != LAYER_ROLES[0][0]
            return (
                text.format(listed(families)),
                plural,
                lambda leaf, holds=holds: holds(leaf.layer or 0, leaf.layers),
            )
    # In another of these cases, an array of this name may be right.
    again = {leaf.label for leaf in near}
    everywhere = [label for label in labels if label not in again]
    named = [
        f"{label} {titles([leaf.case for leaf in wrong if leaf.label == label])}"
        for label in labels
        if label in again
    ]
    both = [listed(some) for some in (everywhere, named) if some]
    # A comma, so that the cases do not seem to be those of all.
    return ", and ".join(both) + ("," if len(both) > 1 else ""), True, is_named


def _cases(
    cases: Sequence[PublicCase], without: Sequence[PublicCase], others: Sequence[Leaf]
) -> tuple[str, str]:
    """Return in which cases it is so, or in which others all is right; "" for the other one."""
    if not without:
        return "", ""
    if len(cases) <= len(without) and len(cases) <= _MOST_TITLES:
        return f" {titles(cases)}", ""
    within = set(map(id, without))
    all_right = all(leaf.is_right for leaf in others if id(leaf.case) in within)
    if len(without) <= _MOST_TITLES and all_right:
        found = titles(without)
        return "", found[0].upper() + found[1:]
    return f" in {len(cases)} of {len(cases) + len(without)} cases", ""


def titles(cases: Sequence[PublicCase]) -> str:
    """Return cases by their titles."""
    shown = [shorten(case.title, _LONGEST_TITLE) for case in cases]
    return f"in the {noun(len(shown), 'case')} " + listed([f"“{title}”" for title in shown])
