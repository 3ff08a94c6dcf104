"""Measures how much two answers share that is rare in the class.

Each answer is cut into overlapping pieces of a fixed length, twice: as it was typed, with its names
and comments, and as `copydetect` reads Python, with every name as one letter and no comments.
A piece of the stub or of the course's own solution proves nothing, and a piece that many have
proves little: it counts by the inverse document frequency of information retrieval (K. Sparck
Jones, 1972), scaled so that what only two answers have counts 1.
"""

import io
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from copydetect import CodeFingerprint
from copydetect.utils import get_copied_slices

from workbook.grade.judging.time_limit import OutOfTimeError, own_time, until

#: Characters in a piece: shorter ones are shared by chance.
_STRUCTURE, _WORDING = 25, 25
# What takes an answer apart looks again and again at a long text of zeros, as in "%000...".
_SECONDS = 1.0
# What more have than this share of the class, and more than so many, is not rare.
_COMMON_SHARE, _COMMON = 0.1, 5
# Columns of a matrix product at a time: a class of thousands must not need gigabytes.
_BLOCK = 20_000
# A line is shown as shared if more of it is than this.
_MOST_OF_A_LINE = 0.5


@dataclass(frozen=True)
class Pieces:
    """The pieces of one answer.

    Attributes
    ----------
    structure : CodeFingerprint
        Of the code with every name as one letter, without comments and spaces.
    wording : CodeFingerprint
        Of the text as it was typed.
    """

    structure: CodeFingerprint
    wording: CodeFingerprint


@dataclass(frozen=True)
class Shared:
    """What two answers share.

    Attributes
    ----------
    first, second : int
        Which answers they are.
    structure, wording : float
        Weighted number of rare pieces that both have, which is about that of characters.
    """

    first: int
    second: int
    structure: float
    wording: float

    @property
    def amount(self) -> float:
        """The larger of the two."""
        return max(self.structure, self.wording)


def pieces_of(text: str) -> Pieces:
    """Return the pieces of an answer."""
    # All pieces, not a selection of them: answers are short.
    wording = CodeFingerprint("answer.py", _WORDING, 1, filter=False, fp=io.StringIO(text))
    try:
        with until(own_time(_SECONDS)):
            structure = CodeFingerprint(
                "answer.py", _STRUCTURE, 1, language="python", fp=io.StringIO(text)
            )
    except OutOfTimeError:
        # Of a text that was made for it, its words alone are compared.
        structure = wording
    return Pieces(structure, wording)


def shared_pieces(answers: Sequence[Pieces], given: Sequence[Pieces], least: float) -> list[Shared]:
    """Return the pairs of answers that share much of what is rare, most first.

    Parameters
    ----------
    answers : sequence of Pieces
        The answers of a class to one function.
    given : sequence of Pieces
        What the course itself has written: the stub and the solution.
    least : float
        Pairs that share less are left out.
    """
    structure = _weights([one.structure.hashes for one in answers], _all(given, "structure"))
    wording = _weights([one.wording.hashes for one in answers], _all(given, "wording"))
    found = [
        Shared(
            int(first), int(second), float(structure[first, second]), float(wording[first, second])
        )
        for first, second in zip(
            *np.nonzero(np.triu(np.maximum(structure, wording), 1)), strict=True
        )
    ]
    return sorted((one for one in found if one.amount >= least), key=lambda one: -one.amount)


def shared_lines(own: Pieces, other: Pieces, given: Sequence[Pieces]) -> set[int]:
    """Return the lines of an answer, from 0, that are mostly in the other and not in the course.

    Parameters
    ----------
    own, other : Pieces
        The pieces of the two answers.
    given : sequence of Pieces
        What the course itself has written.
    """
    text = own.structure.raw_code
    marked = np.zeros(len(text) + 1, dtype=bool)
    for kind in ("structure", "wording"):
        one, two = getattr(own, kind), getattr(other, kind)
        for start, stop in _slices(one, (one.hashes & two.hashes) - _all(given, kind)):
            marked[start:stop] = True
    lines, begin = set(), 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        inside = [at for at, char in enumerate(line, begin) if not char.isspace()]
        if inside and marked[inside].mean() > _MOST_OF_A_LINE:
            lines.add(number)
        begin += len(line)
    return lines


def _slices(pieces: CodeFingerprint, chosen: set[int]) -> list[tuple[int, int]]:
    """Return where pieces stand in the text of an answer."""
    if not chosen:
        return []
    places = np.concatenate([pieces.hash_idx[piece] for piece in chosen])
    slices = get_copied_slices(places, pieces.k).astype(int)
    if len(pieces.offsets):
        # What has been taken out before each place.
        at = np.searchsorted(pieces.offsets[:, 0], slices)
        slices += pieces.offsets[np.clip(at, 0, len(pieces.offsets) - 1), 1]
    return [(int(start), int(stop)) for start, stop in slices.T]


def _all(given: Sequence[Pieces], kind: str) -> set[int]:
    return set().union(*(getattr(one, kind).hashes for one in given))


def _weights(answers: list[set[int]], given: set[int]) -> np.ndarray:
    """Return, of each two answers, the weighted number of pieces that both have."""
    number = len(answers)
    having = Counter(piece for answer in answers for piece in answer - given)
    most = max(_COMMON, _COMMON_SHARE * number)
    rare = {
        piece: (at, _weight(count, number))
        for at, (piece, count) in enumerate(
            (piece, count) for piece, count in having.items() if 2 <= count <= most
        )
    }
    total = np.zeros((number, number))
    for start in range(0, len(rare), _BLOCK):
        table = np.zeros((number, min(_BLOCK, len(rare) - start)), dtype=np.float32)
        for row, answer in enumerate(answers):
            for piece in answer & rare.keys():
                column, weight = rare[piece]
                if start <= column < start + _BLOCK:
                    table[row, column - start] = math.sqrt(weight)
        total += table @ table.T
    return total


def _weight(count: int, number: int) -> float:
    """Return the weight of a piece that this many of so many answers have."""
    # Of two answers, nothing is known of what others would have.
    return math.log(number / count) / math.log(number / 2) if number > 2 else 1.0
