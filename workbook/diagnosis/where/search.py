"""The search for what is to be said of the wrong parts of an answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from workbook.diagnosis.where.backward import inferred
from workbook.diagnosis.where.directions import directions, values, wrong_entries
from workbook.diagnosis.where.entries import on_entries
from workbook.diagnosis.where.fits import own_numbers
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.layers import direction, first_wrong, where_it_starts
from workbook.diagnosis.where.leaves import ANY_LETTER, Leaf, is_number
from workbook.diagnosis.where.marked import on_marked
from workbook.diagnosis.where.names import subject, titles
from workbook.diagnosis.where.numbers import on_equal_numbers, on_whole_numbers
from workbook.diagnosis.where.relations import Relation, to_right, to_right_in_part
from workbook.diagnosis.where.shapes import on_kinds, on_shapes
from workbook.diagnosis.where.shares import on_error, on_shares
from workbook.diagnosis.where.sources import to_known
from workbook.diagnosis.words import listed

Groups = dict[str, list[Leaf]]

# After so many searches for a relation, families are no longer looked at in pieces: it takes time.
_MOST_SEARCHES = 8


class Search:
    """The search for what is to be said of the wrong parts of an answer.

    Parameters
    ----------
    there : sequence of Leaf
        All parts of the answer that can be compared.
    wrong : sequence of Leaf
        Those of them that are to be explained.
    arguments : sequence of str
        Names of the function's arguments.
    """

    def __init__(
        self, there: Sequence[Leaf], wrong: Sequence[Leaf], arguments: Sequence[str]
    ) -> None:
        self.there = there
        self.wrong = wrong
        self._searches = 0
        by_case: dict[int, list[Leaf]] = {}
        for leaf in there:
            by_case.setdefault(id(leaf.case), []).append(leaf)
        self._known = {
            key: Knowledge(parts[0].case, arguments, parts) for key, parts in by_case.items()
        }

    def knowledge(self, leaf: Leaf) -> Knowledge:
        """Return what is known of the case of an array."""
        return self._known[id(leaf.case)]

    def numbers(self, leaf: Leaf) -> Mapping[str, float]:
        """Return the quantities of a case and an array, by their names."""
        return {**self.knowledge(leaf).numbers, **own_numbers(leaf)}

    def sentences(self) -> Iterator[str]:
        """Yield the sentences."""
        together = self._together()
        if together is not None:
            yield together
            return
        told: set[int] = set()
        for sentence, group in self._by_dZ():
            yield sentence
            told |= set(map(id, group))
        rest: Groups = {}
        unexplained = [leaf for leaf in self.wrong if id(leaf) not in told]
        groups = _by_family(unexplained)
        yield from self._both_letters(groups)
        yield from self._explained(groups, rest)
        if rest:
            yield from self._rest(rest)

    def _together(self) -> str | None:
        """Return a sentence on a factor that all wrong parts of several families share."""
        if len({leaf.family for leaf in self.wrong}) > 1 and _all_arrays(self.wrong):
            relation = next(to_right(self.wrong, self.numbers), None)
            if relation is not None:
                return self._says(relation, self.wrong)
        return None

    def _by_dZ(self) -> Iterator[tuple[str, list[Leaf]]]:
        """Yield a sentence on the dZ from which gradients follow, and these gradients."""
        chosen = set(map(id, self.wrong))
        found = [one for one in inferred(self.there, self.knowledge) if id(one.leaves[0]) in chosen]
        every = [found] if found else []
        if found and self._relation([one.gradient for one in found]) is None:
            every = [[one] for one in found]
        for ones in every:
            group = [one.gradient for one in ones]
            relation = self._relation(group)
            if relation is not None:
                leaves = [leaf for one in ones for leaf in one.leaves]
                labels = list(dict.fromkeys(leaf.label for leaf in leaves))
                follow = f"{listed(labels)} {'tells' if len(labels) == 1 else 'tell'}"
                cases = titles([one.gradient.case for one in ones])
                where = f", {cases}" if len(every) > 1 else ""
                text = f"{relation.text[:-1]}, as {follow}{where}."
                # What lies further on along the layers need have no mistake of its own.
                on_the_way = {id(leaf.case) for leaf in leaves if leaf.layer}
                leaves += [
                    leaf for leaf in self.wrong if leaf.layer and id(leaf.case) in on_the_way
                ]
                yield self._says(Relation(text), group), leaves

    def _says(self, relation: Relation, wrong: Sequence[Leaf]) -> str:
        about = [leaf for leaf in wrong if leaf in relation.about] or wrong
        return subject(about, self.there, relation.changes).says(relation.text)

    def _both_letters(self, groups: Groups) -> Iterator[str]:
        """Yield what is wrong with W and with b in the same way; such families are taken out."""
        kin: dict[str, list[str]] = {}
        for family, group in groups.items():
            if group[0].letter and _all_arrays(group):
                kin.setdefault(group[0].as_kin(family), []).append(family)
        for families in kin.values():
            union = [leaf for family in families for leaf in groups[family]]
            if len(families) < 2:
                continue
            masks = [wrong_entries(leaf) for leaf in union]
            tries = (
                to_known(union, self.knowledge, self.numbers),
                on_shares(union, self.knowledge),
                on_error(union, self.knowledge),
                on_marked(union, masks, self.knowledge),
            )
            relation = next(chain.from_iterable(tries), None)
            if relation is not None:
                yield from self._for_each_letter(relation, [groups.pop(one) for one in families])

    def _for_each_letter(self, relation: Relation, groups: Sequence[Sequence[Leaf]]) -> list[str]:
        """Return what is said of W, and that the same holds for b, if just that is said of it."""
        letters = [group[0].letter for group in groups]
        said = [
            self._says(replace(relation, text=relation.text.replace(ANY_LETTER, letter)), group)
            for letter, group in zip(letters, groups, strict=True)
        ]
        alike = [re.sub(rf"\b(d?){letters[0]}", rf"\1{one}", said[0]) for one in letters]
        if alike != said:
            return said
        others = [group[0].family for group in groups[1:]]
        return [f"{said[0]} The same holds for {listed(others)}."]

    def _explained(self, groups: Groups, rest: Groups) -> Iterator[str]:
        """Yield sentences on families of arrays; those without any are put into `rest`."""
        told: dict[str, tuple[Relation, list[Leaf]]] = {}
        parted: list[str] = []
        for family, group in groups.items():
            relation = self._relation(group)
            if relation is not None:
                told.setdefault(relation.text, (relation, []))[1].extend(group)
                continue
            pieces = self._in_pieces(group)
            if pieces:
                parted += pieces
            else:
                rest[family] = group
        for relation, group in told.values():
            yield self._says(relation, group)
        yield from dict.fromkeys(parted)

    def _in_pieces(self, group: Sequence[Leaf]) -> list[str]:
        """Return a sentence for each half of a family if each half has its own explanation."""
        for part in (_is_output, _case_number(group)):
            if self._searches > _MOST_SEARCHES:
                break
            halves: dict[Any, list[Leaf]] = {}
            for leaf in group:
                halves.setdefault(part(leaf), []).append(leaf)
            if len(halves) < 2:
                continue
            relations = [self._relation(half) for half in halves.values()]
            if all(relation is not None for relation in relations):
                texts = {relation.text for relation in relations if relation is not None}
                # What holds in one case only may be chance.
                if part is not _is_output and len(texts) > 1:
                    continue
                if len(texts) == 1 and relations[0] is not None:
                    return [self._says(relations[0], group)]
                return [
                    self._says(relation, half)
                    for relation, half in zip(relations, halves.values(), strict=True)
                    if relation is not None
                ]
        return []

    def _relation(self, group: Sequence[Leaf]) -> Relation | None:
        """Return the most pointed relation that holds for all arrays of a group."""
        self._searches += 1
        if not all(is_number(leaf.got) for leaf in group):
            others = [leaf for leaf in group if not is_number(leaf.got)]
            return next(on_kinds(others), None)
        if _are_whole(group):
            tries = [on_equal_numbers(group)]
        elif _all_arrays(group):
            tries = [
                on_equal_numbers(group),
                to_right(group, self.numbers),
                to_known(group, self.knowledge, self.numbers),
                on_shares(group, self.knowledge),
                on_error(group, self.knowledge),
                to_right_in_part(group, self.numbers),
                on_entries(group, self.knowledge),
            ]
        elif any(leaf.is_random for leaf in group):
            tries = [on_shapes(group, True), on_shapes(group, False)]
        else:
            other = [leaf for leaf in group if leaf.array is None]
            tries = [
                on_shapes(other, True),
                to_known(group, self.knowledge, self.numbers),
                (replace(one, about=other) for one in on_shapes(other, False)),
            ]
        relation = next(chain.from_iterable(tries), None)
        if relation is None:
            return None
        return replace(relation, text=relation.text.replace(ANY_LETTER, group[0].letter))

    def _rest(self, groups: Groups) -> Iterator[str]:
        """Yield sentences on families without a relation: where they are wrong, and how."""
        whole = [group for group in groups.values() if _are_whole(group)]
        for group in whole:
            yield from on_whole_numbers(group)
        others = [group for group in groups.values() if group not in whole]
        if not others:
            return
        layered = [leaf for leaf in self.there if leaf.layer]
        if direction(layered) and any(leaf.layer for group in others for leaf in group):
            yield from self._along_layers(layered)
            return
        yield from self._directions(others)

    def _directions(self, groups: Sequence[Sequence[Leaf]]) -> Iterator[str]:
        """Yield in which direction families are wrong, together where it is the same one."""
        clauses: dict[str, list[Leaf]] = {}
        for group in groups:
            clauses.setdefault(directions(group), []).extend(group)
        for clause, group in clauses.items():
            yield self._plainly(clause, group)

    def _along_layers(self, layered: Sequence[Leaf]) -> Iterator[str]:
        first = first_wrong(layered)
        relations = [
            (relation, group)
            for group in _by_family(first).values()
            if (relation := self._relation(group)) is not None
        ]
        yield where_it_starts(first, layered)
        for relation, group in relations[:1]:
            yield self._says(relation, group)
        arrays = [leaf for leaf in first if leaf.array is not None]
        if arrays and not relations:
            yield from self._directions(list(_by_family(arrays).values())[:1])

    def _plainly(self, clause: str, group: Sequence[Leaf]) -> str:
        """Return which arrays are wrong, and which are right beside them."""
        families = dict.fromkeys(leaf.family for leaf in self.there)
        of_wrong = {leaf.family for leaf in self.there if not leaf.is_right}
        # Of random numbers, only the shape is known to be right.
        drawn = {leaf.family for leaf in self.there if leaf.is_random}
        right = [family for family in families if family not in of_wrong | drawn]
        beside = f"; {listed(right)} {'is' if len(right) == 1 else 'are'} right" if right else ""
        what, *hint = clause.split(": ", 1)
        said = f"{{names}} {{verb}} {': '.join([what + values(group), *hint])}{beside}."
        return self._says(Relation(said), group)


def _by_family(wrong: Sequence[Leaf]) -> Groups:
    groups: Groups = {}
    for leaf in wrong:
        groups.setdefault(leaf.family, []).append(leaf)
    return groups


def _are_whole(group: Sequence[Leaf]) -> bool:
    """Return whether the right values are single whole numbers, such as epochs."""
    return all(type(leaf.right) is int for leaf in group)


def _all_arrays(group: Sequence[Leaf]) -> bool:
    return all(leaf.array is not None for leaf in group)


def _is_output(leaf: Leaf) -> bool:
    return leaf.layer is not None and leaf.layer == leaf.layers


def _case_number(group: Sequence[Leaf]) -> Callable[[Leaf], int]:
    order = {id(leaf.case): number for number, leaf in enumerate(group)}
    return lambda leaf: order[id(leaf.case)]
