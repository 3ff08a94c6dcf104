"""Mutants of a reference solution: the same code with one small mistake, and a sentence on each.

Imports from `workbook.course`, and the rules in this room, which `make` applies: `arithmetic`,
`calls`, `names`, `keys`, `loops` and `statements`.
"""

from workbook.build.mutants.make import Mutant, mutants

__all__ = ["Mutant", "mutants"]
