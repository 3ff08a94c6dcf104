"""How a wrong answer is declared: as its source, or as other texts in the reference's.

A source is compiled anew for each grading, so that what an answer keeps between its calls does not
outlive one.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.reference import COURSE


class Wrong(NamedTuple):
    """A wrong answer: the function's name, what the answer does, and its source."""

    name: str
    title: str
    source: str

    def function(self) -> Callable[..., Any]:
        """Return the answer, made anew."""
        namespace: dict[str, Any] = {"__name__": self.name}
        exec("import numpy as np\n" + self.source, namespace)
        return namespace[self.name]


def changed(name: str, title: str, *texts: str) -> Wrong:
    """Return the reference with some texts replaced: old, new, old, new and so on."""
    source = COURSE.solution(name).read_text(encoding="utf-8")
    for old, new in zip(texts[::2], texts[1::2], strict=True):
        assert old in source, f"{old!r} is not in {name}"
        source = source.replace(old, new)
    return Wrong(name, title, source)


def begun(name: str, title: str, *lines: str) -> Wrong:
    """Return the reference with lines before its first one."""
    begin = "    ### BEGIN SOLUTION\n"
    return changed(name, title, begin, begin + "".join(f"    {line}\n" for line in lines))


def ended(name: str, title: str, *lines: str) -> Wrong:
    """Return a function that calls the reference, as `right`, in some lines."""
    source = COURSE.solution(name).read_text(encoding="utf-8")
    (head,) = (line for line in source.splitlines() if line.startswith(f"def {name}("))
    body = "".join(f"\n    {line}" for line in lines)
    return Wrong(name, title, f"{source}\n\nright = {name}\n\n\n{head}{body}\n")


def container(name: str, line: str, end: str) -> list[Wrong]:
    """Return answers whose dictionary or list is a default, or lies outside of the function."""
    word = line.split()[0]
    default = f"{end[:-2]}, {line.replace(' ', '')}):"
    return [
        changed(name, "a mutable default", f"{end}\n", f"{default}\n", f"    {line}\n", ""),
        changed(
            name,
            "a mutable default, emptied at each call",
            *(f"{end}\n", f"{default}\n", f"    {line}\n", f"    {word}.clear()\n"),
        ),
        changed(
            name,
            "a global that outlives the call",
            *(f"def {name}", f"{line}\n\n\ndef {name}", f"    {line}\n", ""),
        ),
    ]
