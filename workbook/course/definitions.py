"""Finds the statements of a notebook that must have run before a function is called."""

import ast
import builtins
from collections.abc import Iterable, Sequence

from workbook.course.event_loop import waits
from workbook.course.named_in_code import DEFINITION
from workbook.course.statements import LOOK_UP, Effect, effect_of

# Modules of which each attribute is a name that a notebook may use.
_NAMESPACES = {"__main__.py", "builtins.py"}


def needed(name: str, statements: Sequence[ast.stmt], settings: bool = False) -> list[ast.stmt]:
    """Return the statements of a notebook that one of its functions needs, in their order.

    It needs those that give a value to a name that it uses, or change such a value, those that name
    a file which it names or imports, and what these need in turn. Experiments and checks are left
    out.

    Parameters
    ----------
    name : str
        Name of the function.
    statements : sequence of ast.stmt
        The statements of the notebook's cells.
    settings : bool
        Whether settings count, which hold for the whole process: ``np.seterr(all="raise")``.
    """
    effects = [effect_of(one) for one in statements]
    search = _Search(name, list(zip(statements, effects, strict=True)), settings)
    kept = set[int]()
    while True:
        search.find_changers()
        new = {
            place for place, one in enumerate(effects) if place not in kept and search.wants(one)
        }
        if not new:
            return [statements[place] for place in sorted(kept)]
        kept |= new
        for place in new:
            search.take(effects[place])


class _Search:
    """What is known so far of what a function needs.

    Parameters
    ----------
    name : str
        Name of the function.
    found : list of (ast.stmt, Effect)
        The statements, each with its effect.
    settings : bool
        Whether settings count.
    """

    def __init__(self, name: str, found: list[tuple[ast.stmt, Effect]], settings: bool) -> None:
        imports = [effect for one, effect in found if isinstance(one, ast.Import | ast.ImportFrom)]
        self._defined = {one.name: effect for one, effect in found if isinstance(one, DEFINITION)}
        self._imported = {bound for effect in imports for bound in effect.binds}
        self._made = [effect for one, effect in found if isinstance(one, ast.Assign)]
        # Of a class that changes itself, such as a register of its subclasses, each use counts.
        self._classes = {one.name for one, _ in found if isinstance(one, ast.ClassDef)} - {name}
        self._settings = settings
        self._name = name
        self._names = {name}
        given = vars(builtins).keys() - {bound for _, effect in found for bound in effect.binds}
        self._not_own = {*self._imported, *given}
        # To call the function itself is an experiment, whatever it changes.
        self._not_data = {name, *self._not_own, *self._defined}
        self._changers = set[str]()
        # Files that it may read or import, which other statements may write.
        self._files = set[str]()
        # Whether a function looks names up that do not stand in its code, but maybe in a text.
        self._looks_up = False
        self._words = set[str]()
        # Whether something that is needed keeps a method, to be called while another one waits.
        self._keeps = False
        # What stands for the notebook itself, or for Python's own names, and may give them a value.
        made = [*(one for one in self._made if "get_ipython" in one.calls or one.anything),
                *(one for one in imports if one.modules & _NAMESPACES)]  # fmt: skip
        self._notebook = {bound for effect in made for bound in effect.binds}
        # What waits gives tasks of the notebook the time to change something.
        tasks = any("asyncio.py" in effect.modules for effect in imports)
        self._waits = {effect for one, effect in found if tasks and waits(one)}

    def find_changers(self) -> None:
        """Find the functions and classes whose use changes a value that is needed.

        So does the use of what one of them has made, such as a thread.
        """
        data = self._names - self._not_data
        for effect in self._made:
            parts = effect.hands_over | effect.calls & self._classes
            if effect.alters & data or parts & self._changers:
                self._changers |= effect.binds - {self._name}
        for own, effect in self._defined.items():
            altered = effect.alters & data | (effect.binds - {own}) & self._names
            changes = bool(altered or effect.uses & self._changers)
            if own in self._names:
                changes = own in self._classes & effect.alters
            elif effect.files & self._files:
                changes = True
            if changes:
                self._changers.add(own)

    def wants(self, effect: Effect) -> bool:
        """Return whether a statement is needed, by its effect."""
        data = self._names - self._not_data
        if effect.anything or (effect.binds | effect.sets) & self._names:
            return True
        if (effect.sets | effect.methods_of) & self._notebook:
            return True
        if (self._changers or self._keeps) and effect in self._waits:
            return True
        if effect.files & self._files:
            return True
        if self._looks_up and effect.binds & (self._imported | self._defined.keys()):
            return True
        if effect.methods_of & self._names - self._not_own:
            return True
        is_run = not effect.binds & self._defined.keys()
        if (is_run and effect.alters & data) or (effect.hands_over | effect.calls) & self._changers:
            return True
        if effect.hands_over & data or effect.same_as in data:
            return True
        there = self._names | self._imported
        return (
            self._settings
            and effect.setting in self._imported
            and all(one in there or hasattr(builtins, one) for one in effect.uses)
        )

    def take(self, effect: Effect) -> None:
        """Note what a statement that is needed needs in turn."""
        self._names |= effect.uses
        self._files |= effect.files | effect.modules
        self._words |= effect.words
        self._keeps |= bool(effect.alters and not effect.binds & self._defined.keys())
        self._looks_up |= bool(effect.uses & LOOK_UP)
        if self._looks_up:
            self._names |= self._words
        if effect.same_as in self._names - self._not_data:
            self._names |= effect.binds


def bound_names(statements: Iterable[ast.stmt]) -> set[str]:
    """Return the names to which these statements give a value when they run."""
    return {name for one in statements for name in effect_of(one).binds}
