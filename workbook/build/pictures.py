"""The pictures of a lesson, as attachments: a learner's notebook needs no other file."""

import base64
import re
from pathlib import Path

from workbook.build.text import BuildError, LessonCell

# An image in Markdown: ![what one would see](file), the words on one line or on several.
IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>[^()\s]+)\)")

#: What JupyterLab shows as an attachment. It refuses SVG there, with nothing but an error inside.
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}


def attach(lesson: Path, cell: LessonCell) -> tuple[str, dict[str, dict[str, str]]]:
    """Return a text cell's source, its pictures attached, and the attachments.

    Parameters
    ----------
    lesson : pathlib.Path
        The file of the lesson or the page, relative to which a picture is named.
    cell : LessonCell
        A cell of text.

    Raises
    ------
    BuildError
        If a picture is missing, has no alt text, or is of a kind that a notebook cannot show.
    """
    attachments: dict[str, dict[str, str]] = {}

    def attached(image: re.Match[str]) -> str:
        name, data = _read(lesson, cell, image)
        if attachments.setdefault(name, data) != data:
            said = f"two pictures of one cell have the name {name}"
            raise BuildError(lesson, _line(lesson, cell, image), said)
        return f"![{' '.join(image['alt'].split())}](attachment:{name})"

    return IMAGE.sub(attached, cell.source), attachments


def _read(lesson: Path, cell: LessonCell, image: re.Match[str]) -> tuple[str, dict[str, str]]:
    """Return the name of a picture's file, and its content as an attachment."""
    named = image["file"]
    path = lesson.parent / named
    kind = _TYPES.get(path.suffix)
    if not image["alt"].strip():
        said = "has no alt text: write between the brackets what one would see"
    elif kind is None:
        said = f"is not one of {', '.join(_TYPES)}, which every Jupyter shows inside a notebook"
    elif not path.is_file():
        said = "is not there; `workbook figures` draws the course's pictures"
    else:
        return path.name, {kind: base64.b64encode(path.read_bytes()).decode()}
    raise BuildError(lesson, _line(lesson, cell, image), f"the picture {named} {said}")


def _line(lesson: Path, cell: LessonCell, image: re.Match[str]) -> int:
    """Return the line of the lesson where an image begins; blank lines may come before a cell."""
    lines = lesson.read_text(encoding="utf-8").split("\n")
    rest = "\n".join(lines[cell.line :])
    # Of its words some may have been filled in.
    begin = rest.rindex("![", 0, rest.index(f"]({image['file']})"))
    return cell.line + 1 + rest.count("\n", 0, begin)
