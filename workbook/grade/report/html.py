"""The pieces of HTML that the page is put together from."""

from collections.abc import Sequence
from html import escape

from workbook.grade.report.tally import Students

#: A column: its header ("" above a drawing), and the class of its cells ("n" for numbers).
Column = tuple[str, str]
#: A row: its cells as HTML; the first one is its header.
Row = Sequence[str]

_LONGEST = 400


def plain(text: str) -> str:
    """Return a text that anybody may have written as HTML: one line, not too long, harmless."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]} …"
    # What is not printable could reorder what stands beside it, or not be text at all.
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line))


def marked(text: str) -> str:
    """Return a sentence as HTML, with what stands in backticks as code."""
    pieces = plain(text).split("`")
    if len(pieces) % 2 == 0:
        return plain(text)
    return "".join(f"<code>{one}</code>" if i % 2 else one for i, one in enumerate(pieces))


def code(function: str) -> str:
    """Return a function's name as HTML; a narrow column may break it at an underscore."""
    return f'<code class="function">{plain(function).replace("_", "_<wbr>")}</code>'


def name(student: str) -> str:
    """Return a student's name as HTML, in whichever direction it is written."""
    return f"<bdi>{plain(student)}</bdi>"


def number(value: float) -> str:
    """Return a number, with one decimal place where it needs one."""
    return f"{value:,.1f}".removesuffix(".0")


def plural(n: int, noun: str) -> str:
    """Return a noun as it stands after a number."""
    return noun if n == 1 else f"{noun}s"


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: "1 student", "1,200 students"."""
    return f"{n:,} {plural(n, noun)}"


def percent(part: float, whole: float) -> str:
    """Return a share; one that is not quite none or all does not read as if it were."""
    share = 100 * part / whole if whole else 0.0
    if 0 < part < whole:
        share = min(99.0, max(1.0, share))
    return f"{share:.0f}&nbsp;%"


def bar(part: float, whole: float) -> str:
    """Return a drawn share. It stands beside a number that says the same."""
    width = 100 * part / whole if whole else 0.0
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width:.1f}" height="10"/></svg>'
    )


def names(students: Students, summary: str) -> str:
    """Return students' names, folded away under a summary."""
    shown = "".join(f"<li>{name(one)}</li>" for one in sorted(students.names))
    if students.count > len(students.names):
        shown += f"<li>and {students.count - len(students.names):,} more</li>"
    return f'<details><summary>{summary}</summary><ul class="names">{shown}</ul></details>'


def table(caption: str, columns: Sequence[Column], rows: Sequence[Row]) -> str:
    """Return a table with a caption and with headers that name each cell."""
    head = "".join(_header(title, kind) for title, kind in columns)
    body = "".join(f"<tr>{_cells(columns, row)}</tr>\n" for row in rows)
    # What is too wide for a phone scrolls by itself, with the keyboard as well.
    return (
        f'<div class="wide" role="region" aria-label="{caption}" tabindex="0">\n<table>\n'
        f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody>\n</table>\n</div>\n"
    )


def _header(title: str, kind: str) -> str:
    # A drawing says nothing that the number beside it does not.
    return f'<th scope="col" class="{kind}">{title}</th>' if title else f'<td class="{kind}"></td>'


def _cells(columns: Sequence[Column], row: Row) -> str:
    (_, kind), *others = columns
    cells = [f'<th scope="row" class="{kind}">{row[0]}</th>']
    cells += [f'<td class="{kind}">{c}</td>' for (_, kind), c in zip(others, row[1:], strict=True)]
    return "".join(cells)


def long_table(caption: str, columns: Sequence[Column], rows: Sequence[Row], seen: int) -> str:
    """Return a table of which only so many rows are seen before it is unfolded."""
    # A fold for one or two rows saves nothing.
    if len(rows) <= seen + 2:
        return table(caption, columns, rows)
    rest = table(f"{caption}: the others", columns, rows[seen:])
    return (
        table(caption, columns, rows[:seen])
        + f"<details><summary>The other {len(rows) - seen:,}</summary>\n{rest}</details>\n"
    )


def section(identifier: str, title: str, *parts: str) -> str:
    """Return a section of the page under its heading."""
    return (
        f'<section id="{identifier}" aria-labelledby="{identifier}-title">\n'
        f'<h2 id="{identifier}-title">{title}</h2>\n{"".join(parts)}</section>\n'
    )


def alert(text: str, entries: Sequence[str]) -> str:
    """Return a list that should not be overlooked."""
    shown = "".join(f"<li>{entry}</li>\n" for entry in entries)
    return f'<div class="alert text">\n{paragraph(text) if text else ""}<ul>\n{shown}</ul></div>\n'


def paragraph(text: str) -> str:
    """Return a paragraph of HTML."""
    return f"<p>{text}</p>\n"
