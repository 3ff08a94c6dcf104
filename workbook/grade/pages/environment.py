"""Jinja2 as all pages use it: autoescape on, untrusted text as short printable lines."""

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    PackageLoader,
    StrictUndefined,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from workbook.course.text import printable
from workbook.course.words import counted, noun

_LONGEST = 400


def environment(package: str) -> Environment:
    """Return an environment with the templates of a package, and those that all pages share."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("workbook.grade.pages")]),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled_before(),
    )
    made.globals |= {"counted": counted, "noun": noun, "percent": _percent}
    made.filters |= {"line": _line, "marked": _marked, "signed": _signed}
    made.filters |= {"points": _points, "signed_points": _signed_points, "lines": _lines}
    return made


def _compiled_before() -> FileSystemBytecodeCache | None:
    """Return where compiled templates are kept: with Python's own bytecode, if that is kept.

    To compile those of a report takes a fifth of a second.
    """
    folder = Path(cache_from_source(__file__)).parent
    if sys.dont_write_bytecode or not os.access(folder, os.W_OK):
        return None
    return _Compiled(str(folder), "jinja2-%s.cache")


class _Compiled(FileSystemBytecodeCache):
    """Templates that were compiled with what this file says."""

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(source + Path(__file__).read_text(encoding="utf-8"))

    # Where a file cannot be read, another user's or a damaged one, or the disk is full, a page
    # takes longer.

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        # Pickle may raise anything where the file is damaged.
        except Exception:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _shown(value: Any) -> Any:
    """Return a value as text, to be escaped; leave HTML as it is."""
    if isinstance(value, int | float):
        return _number(value)
    return value if isinstance(value, Markup) else _line(str(value))


def _number(value: float) -> str:
    """Return a number, with one decimal place where it needs one."""
    return f"{value:,.1f}".removesuffix(".0")


def _signed(value: float) -> str:
    return _sign(value) + _number(abs(value))


def _sign(value: float) -> str:
    return "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""


def _points(value: float) -> str:
    """Return points, of which a person may give a quarter."""
    return f"{round(value, 2):g}"


def _signed_points(value: float) -> str:
    return _sign(value) + _points(abs(value))


def _lines(text: str) -> str:
    """Return an untrusted text of several lines."""
    return Markup("\n").join(map(_marked, text.splitlines()))


def _line(text: str, longest: int = _LONGEST) -> str:
    """Return an untrusted text as one line of limited length and printable characters."""
    line = " ".join(text.split())
    if len(line) > longest:
        line = f"{line[:longest]} …"
    # An unprintable character could reorder the text around it, or be no valid text.
    return printable(line)


def _marked(text: str, longest: int = _LONGEST) -> str:
    """Return an untrusted sentence as one line, with the words between backticks as code."""
    line = _line(text, longest)
    pieces = line.split("`")
    if len(pieces) % 2 == 0:
        return line
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(one) if i % 2 else one for i, one in enumerate(pieces))


def _percent(part: float, whole: float) -> str:
    """Return a share in percent: 0 and 100 only for none and all."""
    share = 100 * part / whole if whole else 0.0
    if 0 < part < whole:
        share = min(99.0, max(1.0, share))
    return f"{share:.0f}"
