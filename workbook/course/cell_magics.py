"""Cell magics, such as ``%%time``: which lines of such a cell count."""

import re

from workbook.course.statements import parsed

#: The line with which a cell is handed to a magic; its group is the magic's name.
CELL_MAGIC = re.compile(r"\s*%%(\S*)[^\n]*")

#: Magics that keep nothing of what their cell defines: they run it apart, or not as Python.
KEEP_NOTHING = frozenset(
    {"!", "HTML", "SVG", "bash", "cmd", "code_wrap", "html", "javascript", "js", "latex",
     "markdown", "perl", "pypy", "python", "python2", "python3", "ruby", "script", "sh", "shell",
     "svg", "sx", "system", "timeit"}
)  # fmt: skip

#: Magics that write their cell to a file.
WRITE = frozenset({"file", "writefile"})

# IPython reads a whole cell again for each of its own lines, and gives up at the 500th: so many
# lines, and so many characters in all. It takes one to six seconds of the processor then.
_MOST_LINES, _MOST_READ = 400, 1_500_000
# A line that IPython runs by itself, or gives to names, with what a backslash joins to it; or a
# question. Or a text of several lines, in which there are none.
_IPYTHON_LINE = re.compile(
    r"""(?P<text>\"{3}|'{3})[\s\S]*?(?P=text)|
    ^(?P<indent>[ \t]*)(?:
        (?:(?P<names>
            (?![ \t])(?:[^=\n"'\#]|"[^"\n]*"|'[^'\n]*')*(?<![-+*/%&|^@<>!:])=[ \t]*)(?=[%!])
            |(?=[%!?/,;]))
        (?P<sign>.)(?:[^\n\\]|\\[^\n]|\\\n|\\\Z)*
        |[\w.*\[\]-]+\?\??[ \t]*$)""",
    re.M | re.X,
)


# The name that `%%capture` gives to what its cell shows.
_CAPTURE = re.compile(r"\s*%%capture(?:[ \t]+--[\w-]+)*[ \t]+([A-Za-z_]\w*)")


def captured_as(source: str) -> str:
    """Return the name under which later cells find what a cell has shown, or ""."""
    found = _CAPTURE.match(source)
    return found[1] if found else ""


def magic_of(source: str) -> str:
    """Return the name of the magic that a cell is handed to, or ""."""
    found = CELL_MAGIC.match(source)
    return found[1] if found else ""


def without_magic(source: str) -> str:
    """Return a cell without the line of its magic, which stays as an empty line."""
    found = CELL_MAGIC.match(source)
    return _emptied(source, found.end()) if found else source


def as_run(source: str) -> str:
    """Return a cell without the lines of magics that run the rest of it, or are not installed.

    They stay as empty lines. What is left begins with a magic only if that one keeps nothing of its
    cell, or writes it to a file.
    """
    end, apart = 0, KEEP_NOTHING | WRITE
    while (found := CELL_MAGIC.match(source, end)) and found[1] not in apart:
        end = found.end()
    return _emptied(source, end)


def _emptied(source: str, end: int) -> str:
    return "\n" * source.count("\n", 0, end) + source[end:]


def without_many_lines(source: str) -> str:
    """Return a cell; where it has too many lines of IPython's own, with a plain one for each.

    What they would do is lost, and what is Python counts.
    """
    if CELL_MAGIC.match(source):
        # It may be a text, such as one to write to a file.
        return source
    count = sum(not line["text"] for line in _IPYTHON_LINE.finditer(source))
    is_soon_read = count <= _MOST_LINES and count * len(source) <= _MOST_READ
    if is_soon_read or parsed(source):
        return source

    def plain(line: re.Match[str]) -> str:
        if line["text"]:
            return line[0]
        # Nothing can be given to several names.
        is_one = line["names"] and "," not in line["names"]
        value = f"{line['names']}{'[]' if line['sign'] == '!' else None}" if is_one else "pass"
        return f"{line['indent']}{value}" + "\n" * line[0].count("\n")

    made = _IPYTHON_LINE.sub(plain, source)
    # A line of Python that goes on may begin with % too.
    return made if parsed(made) else source
