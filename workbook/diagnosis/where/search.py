"""The search for what is to be said of the wrong parts of an answer.

Longer than other files: one search, whose steps share what it has found so far.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbook.course.words import listed
from workbook.diagnosis.where.backward import Inferred, inferred
from workbook.diagnosis.where.directions import HINT, is_near, values
from workbook.diagnosis.where.entries import on_entries
from workbook.diagnosis.where.fits import own_numbers
from workbook.diagnosis.where.groups import (
    Groups,
    all_arrays,
    are_whole,
    by_family,
    case_number,
    entries,
    is_output,
    kin_of,
)
from workbook.diagnosis.where.known import Knowledge
from workbook.diagnosis.where.layers import direction, first_wrong, where_it_starts
from workbook.diagnosis.where.leaves import ANY_LETTER, Leaf, is_number
from workbook.diagnosis.where.names import subject, titles
from workbook.diagnosis.where.numbers import on_equal_numbers, on_whole_numbers
from workbook.diagnosis.where.penalties import on_penalty
from workbook.diagnosis.where.relations import Relation, to_right, to_right_in_part
from workbook.diagnosis.where.shapes import on_kinds, on_shapes
from workbook.diagnosis.where.shares import on_error, on_shares
from workbook.diagnosis.where.sources import to_known
from workbook.diagnosis.where.steps import steps
from workbook.diagnosis.where.twice import on_twice

_Find = Callable[[Sequence[Leaf]], Iterator[Relation]]

# After so many searches for a relation, families are no longer looked at in pieces: it takes time.
_MOST_SEARCHES = 5


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
    bare : int, optional
        How many cases have answers of which no part can be compared.
    """

    def __init__(
        self, there: Sequence[Leaf], wrong: Sequence[Leaf], arguments: Sequence[str], bare: int = 0
    ) -> None:
        self.there, self.wrong, self._bare = there, wrong, bare
        self._searches = 0
        self._relations: dict[tuple[int, ...], tuple[Sequence[Leaf], Relation | None]] = {}
        by_case: dict[int, list[Leaf]] = {}
        for leaf in there:
            by_case.setdefault(id(leaf.case), []).append(leaf)
        self._known = {
            key: Knowledge(parts[0].case, arguments, parts) for key, parts in by_case.items()
        }

        # What is looked for in arrays, the most pointed first.
        own: tuple[_Find, ...] = on_equal_numbers, lambda group: to_right(group, self.numbers)
        others: tuple[_Find, ...] = (
            lambda group: to_known(group, self.knowledge, self.numbers),
            lambda group: on_shares(group, self.knowledge),
            lambda group: on_error(group, self.knowledge),
            lambda group: on_twice(group, self.there),
            lambda group: on_penalty(group, self.there, self.knowledge),
        )
        parts: tuple[_Find, ...] = (
            lambda group: to_right_in_part(group, self.numbers),
            lambda group: on_entries(group, self.knowledge),
        )
        self._finds = own + others + parts
        self._simple = own + parts

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
        yield from self._explained(by_family(unexplained), rest)
        if rest:
            yield from self._rest(rest)

    def _together(self) -> str | None:
        """Return a sentence on a factor that all wrong parts of several families share."""
        several = len({leaf.family for leaf in self.wrong}) > 1 and all_arrays(self.wrong)
        relation = next(to_right(self.wrong, self.numbers), None) if several else None
        return self._says(relation, self.wrong) if relation else None

    def _by_dZ(self) -> Iterator[tuple[str, list[Leaf]]]:
        """Yield a sentence on the dZ from which gradients follow, and these gradients."""
        chosen = set(map(id, self.wrong))
        everything = inferred(self.there, self.knowledge)
        found = [one for one in everything if id(one.leaves[0]) in chosen]
        together = self._relation([one.gradient for one in found]) if found else None
        every = [found] if together else self._alike(found)
        for ones in every:
            group = [one.gradient for one in ones]
            relation = self._relation(group) or self._relation(group[:1])
            if relation is not None:
                leaves = [leaf for one in ones for leaf in one.leaves]
                labels = list(dict.fromkeys(leaf.label for leaf in leaves))
                follow = f"{listed(labels)} {'tells' if len(labels) == 1 else 'tell'}"
                alone = len(every) > 1
                where = f", {titles([one.gradient.case for one in ones])}" if alone else ""
                text = f"{relation.text[:-1]}, as {follow}{where}."
                # What lies further on along the layers need have no mistake of its own.
                on_the_way = {id(leaf.case) for leaf in leaves if leaf.layer}
                leaves += (x for x in self.wrong if x.layer and id(x.case) in on_the_way)
                among = group if alone else [one.gradient for one in everything]
                yield self._says(replace(relation, text=text), group, among), leaves

    def _alike(self, found: Sequence[Inferred]) -> list[list[Inferred]]:
        """Return what is inferred in groups, each of the cases of which the same is to be said."""
        groups: dict[str, list[Inferred]] = {}
        for one in found:
            relation = self._relation([one.gradient])
            if relation is not None:
                groups.setdefault(relation.text, []).append(one)
        return [*groups.values()]

    def _says(self, relation: Relation, wrong: Sequence[Leaf], among: Sequence[Leaf] = ()) -> str:
        about = [leaf for leaf in wrong if leaf in relation.about] or wrong
        named = subject(about, among or self.there, relation.changes, self._bare)
        return named.says(relation.text)

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
        done: set[str] = set()
        for family, group in groups.items():
            if family in done:
                continue
            # What is not found in the weights is not sought in the biases, which are fewer.
            tried = (rest[one] for one in kin_of(family, groups) if one in rest)
            failed = any(entries(one) >= entries(group) for one in tried)
            relation, find = self._found(group, self._simple if failed else self._finds)
            # Of b alone, there is little to compare.
            alike = [one for one in kin_of(family, groups) if one not in done] if find else []
            kin = [groups[one] for one in alike]
            union = [leaf for one in kin for leaf in one]
            both = next(find(union), None) if find and len(kin) > 1 else None
            if both is not None:
                if ANY_LETTER in both.text:
                    yield from self._for_each_letter(both, kin)
                else:
                    told.setdefault(both.text, (both, []))[1].extend(union)
                done |= {*alike}
                for one in alike:
                    rest.pop(one, None)
            elif relation is not None:
                about = relation.about or group
                told.setdefault(relation.text, (replace(relation, about=()), []))[1].extend(about)
                done.add(family)
            elif not failed and (pieces := self._in_pieces(group)):
                parted += pieces
            else:
                rest[family] = group
        for relation, group in told.values():
            yield self._says(relation, group)
        yield from dict.fromkeys(parted)

    def _in_pieces(self, group: Sequence[Leaf]) -> list[str]:
        """Return a sentence for each half of a family if each half has its own explanation."""
        for part in (is_output, case_number(group)):
            if self._searches > _MOST_SEARCHES:
                break
            halves: dict[Any, list[Leaf]] = {}
            for leaf in group:
                halves.setdefault(part(leaf), []).append(leaf)
            if len(halves) < 2:
                continue
            relations: list[Relation] = []
            for half in halves.values():
                relation = self._relation(half)
                if relation is None:
                    break
                relations.append(relation)
            if len(relations) == len(halves):
                texts = {relation.text for relation in relations}
                # What holds in one case only may be chance.
                if part is not is_output and len(texts) > 1:
                    continue
                if len(texts) == 1:
                    return [self._says(relations[0], group)]
                return [
                    self._says(relation, half)
                    for relation, half in zip(relations, halves.values(), strict=True)
                ]
        return []

    def _relation(self, group: Sequence[Leaf]) -> Relation | None:
        """Return the most pointed relation that holds for all arrays of a group."""
        key = tuple(map(id, group))
        # As if it were searched again: what is said must not depend on what is remembered.
        self._searches += key in self._relations
        if key not in self._relations:
            # With the arrays, lest others get their ids.
            self._relations[key] = group, self._found(group, self._finds)[0]
        return self._relations[key][1]

    def _found(
        self, group: Sequence[Leaf], finds: Sequence[_Find]
    ) -> tuple[Relation | None, _Find | None]:
        """Return the most pointed relation of a group; and what has found it, in arrays only."""
        self._searches += 1
        if all_arrays(group) and not are_whole(group):
            for find in finds:
                for relation in find(group):
                    text = relation.text.replace(ANY_LETTER, group[0].letter)
                    return replace(relation, text=text), find
            return None, None
        return next(self._of_other_kinds(group), None), None

    def _of_other_kinds(self, group: Sequence[Leaf]) -> Iterator[Relation]:
        """Yield relations of parts that are not all arrays of the right shape."""
        if not all(is_number(leaf.got) for leaf in group):
            other = [leaf for leaf in group if not is_number(leaf.got)]
            yield from (replace(one, about=other) for one in on_kinds(other))
        elif are_whole(group):
            yield from on_equal_numbers(group)
        elif any(leaf.is_random for leaf in group):
            yield from on_shapes(group, True)
            yield from on_shapes(group, False)
        else:
            other = [leaf for leaf in group if leaf.array is None]
            yield from on_shapes(other, True)
            yield from to_known(group, self.knowledge, self.numbers)
            yield from (replace(one, about=other) for one in on_shapes(other, False))

    def _rest(self, groups: Groups) -> Iterator[str]:
        """Yield sentences on families without a relation: where they are wrong, and how."""
        whole = [group for group in groups.values() if are_whole(group)]
        for group in whole:
            yield from on_whole_numbers(group)
        # Parameters follow from gradients and their means.
        others = [group for group in groups.values() if group not in whole]
        others.sort(key=lambda group: group[0].family.startswith(("W", "b")))
        if not others:
            return
        layered = [leaf for leaf in self.there if leaf.layer]
        if direction(layered) and any(leaf.layer for group in others for leaf in group):
            yield from self._along_layers(layered)
            return
        yield from self._directions(others)

    def _directions(self, groups: Sequence[Sequence[Leaf]]) -> Iterator[str]:
        """Yield in which direction families are wrong, together where it is the same one."""
        together: dict[str, list[Leaf]] = {}
        for clause, group in steps(groups, self.knowledge):
            together.setdefault(clause, []).extend(group)
        yield from (self._plainly(*one) for one in together.items())

    def _along_layers(self, layered: Sequence[Leaf]) -> Iterator[str]:
        first = first_wrong(layered)
        yield where_it_starts(first, layered)
        for group in by_family(first).values():
            relation = self._relation(group)
            if relation is not None:
                # The dA of so many layers are not the first of every network.
                one = [leaf for leaf in group if leaf.case is group[0].case]
                yield self._says(relation, one if group[0].family == "dA" else group)
                return
        arrays = [leaf for leaf in first if leaf.array is not None]
        near = [one for one, group in by_family(arrays).items() if all(map(is_near, group))]
        if near:
            verb = "are" if len(near) > 1 else "is"
            yield f"There, {listed(near)} {verb} nearly right: {HINT}."
            return
        # Where networks differ in depth, an array of one name may be wrong in one of them alone.
        for group in list(by_family(arrays).values())[:1]:
            if len({leaf.label for leaf in group}) == 1:
                yield from self._directions([group])

    def _plainly(self, clause: str, group: Sequence[Leaf]) -> str:
        """Return which arrays are wrong, and which are right beside them."""
        families = dict.fromkeys(leaf.family for leaf in self.there)
        of_wrong = {leaf.family for leaf in self.there if not leaf.is_right}
        # Of random numbers, only the shape is known to be right.
        drawn = {leaf.family for leaf in self.there if leaf.is_random}
        right = [family for family in families if family not in of_wrong | drawn]
        # Its axes may be told to be others.
        beside = f"; the numbers of {listed(right)} are right" if right else ""
        what, *hint = clause.split(": ", 1)
        said = f"{{names}} {{verb}} {': '.join([what + values(group), *hint])}{beside}."
        return self._says(Relation(said), group)
