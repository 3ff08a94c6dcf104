"""What learning platforms do with a table that they are given: read, complain, and enter marks.

Written from the importers' own sources and documents, and apart from what writes the tables. Each
function returns the marks by student and item, as the platform would have them, and what it would
complain of; what aborts the whole import is an error.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field


class RefusedError(Exception):
    """The platform takes nothing of it."""


@dataclass
class Imported:
    """What a platform has entered."""

    marks: dict[tuple[str, str], float | str | None] = field(default_factory=dict)
    possible: dict[str, float] = field(default_factory=dict)
    new_items: list[str] = field(default_factory=list)
    comments: dict[tuple[str, str], str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def table(data: bytes, delimiter=",", encoding="utf-8"):
    return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))


def canvas(data, people, items=None):
    """Import into Canvas.

    `people` are dictionaries with the keys id, sis_user_id, sis_login_id and name; `items` the
    titles of the assignments by their numbers.
    """
    items, out = items or {}, Imported()
    rows = table(data)
    header = rows[0]
    if len(header) < 4 or "Student" not in header[0] or "ID" not in header[1]:
        raise RefusedError("couldn't find header row")
    before = 3
    if re.search(r"SIS\s+User\s+ID", header[2]) and re.search(r"SIS\s+Login\s+ID", header[3]):
        before = 5
    elif re.search(r"SIS\s+Login\s+ID", header[2]):
        before = 4
    if "Section" not in header[before - 1]:
        raise RefusedError("couldn't find header row")
    titles = header[before:]
    while titles and re.search("(Current|Final) (Score|Points|Grade)", titles[-1]):
        titles.pop()
    columns = []
    for heading in titles:
        match = re.fullmatch(r"(.+) \((\d+)\)", heading)
        known = match is not None and int(match[2]) in items
        if not known and heading not in items.values():
            out.new_items.append(heading)
        columns.append(items[int(match[2])] if known else heading)
    for row in rows[1:]:
        cells = row[before : before + len(columns)]
        if "Points Possible" in row[0]:
            pairs = zip(columns, cells, strict=True)
            out.possible = {name: float(text) for name, text in pairs if text}
            continue
        if row[0].strip() == "Student, Test":
            continue
        person = _canvas_person(row, before, people)
        if person is None:
            out.complaints.append(f"no such student: {row}")
            continue
        for name, text in zip(columns, cells, strict=True):
            if text.strip().upper() == "EX":
                out.marks[person, name] = "excused"
            elif text.strip() not in ("", "-"):
                out.marks[person, name] = float(text)
    return out


def _canvas_person(row, before, people):
    keys = [("id", 1)]
    keys += [("sis_user_id", 2), ("sis_login_id", 3)] if before == 5 else []
    for key, place in [*keys, ("name", 0)]:
        for one in people:
            if row[place] and str(one.get(key, "")) == row[place]:
                return one["key"]
    return None


def moodle(data, people, maxima, field, comma=False, feedback=False):
    """Import into Moodle, with each column mapped to the item of its name.

    `people` are the users by the value of the field to which the first column is mapped; `maxima`
    the items' maxima. One error aborts everything.
    """
    header, *rows = table(data)
    out, last = Imported(), None
    if header[0] != field:
        raise RefusedError(f"{header[0]!r} is not mapped")
    for row in rows:
        if len(row) != len(header):
            raise RefusedError("the number of columns differs")
        if row[0] == "":
            # Moodle goes on with the student of the line before.
            out.complaints.append("an empty identifier")
        else:
            last = people.get(row[0])
        if last is None:
            raise RefusedError(f"user mapping error: {row[0]!r}")
        for name, text in zip(header[1:], row[1:], strict=True):
            if feedback and name.endswith(" feedback"):
                out.comments[last, name.removesuffix(" feedback")] = text
                continue
            if text in ("", "-"):
                out.marks[last, name] = None
                continue
            value = text.replace(",", ".") if comma else text
            if not re.fullmatch(r"-?\d+(\.\d+)?", value):
                raise RefusedError(f"badgrade: {text!r}")
            if not 0 <= float(value) <= maxima[name]:
                raise RefusedError(f"{text} is out of range for {name}")
            out.marks[last, name] = float(value)
    return out


def moodle_feedback(data, participants):
    """Upload an archive of feedback files to one assignment of Moodle; return files by student."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            # As in Moodle up to 4.0, and as from 4.1 on: both have to find the same.
            whole = f"/{name}".split("_", 4)
            parts = [one.split("_", 4) for one in name.split("/")]
            newer = next(one for one in parts if len(one) >= 4 and one[1].isdecimal())
            assert len(whole) == 5
            assert whole[1:4] == newer[1:4]
            if whole[2:4] != ["assignsubmission", "file"]:
                raise RefusedError(f"no plug-in: {name}")
            if int(whole[1]) not in participants:
                raise RefusedError(f"no participant {whole[1]}")
            assert not name.rpartition("/")[2].startswith((".", "~"))
            key = participants[int(whole[1])]
            found.setdefault(key, []).append(name.rpartition("/")[2])
    return found


def blackboard(data, usernames, columns):
    """Upload to Blackboard: what has its column's number in the heading; UTF-16, tabs."""
    if not data.startswith(b"\xff\xfe"):
        raise RefusedError("not the encoding that Blackboard has written")
    header, *rows = table(data, "\t", "utf-16")
    out, place = Imported(), header.index("Username")
    ids = {n: re.search(r"\|(\S+)$", heading) for n, heading in enumerate(header)}
    for row in rows:
        if len(row) != len(header):
            raise RefusedError("the number of columns differs")
        if row[place] not in usernames:
            out.complaints.append(f"no such user: {row[place]!r}")
            continue
        for number, match in ids.items():
            if match and match[1] in columns and row[number] != "":
                out.marks[usernames[row[place]], columns[match[1]]] = float(row[number])
    return out


def brightspace(data, people, maxima, key="OrgDefinedId"):
    """Import into Brightspace."""
    header, *rows = table(data)
    out = Imported()
    if key not in header or header[-1] != "End-of-Line Indicator":
        raise RefusedError("no key, or no end-of-line indicator")
    for row in rows:
        if len(row) != len(header) or row[-1] != "#":
            raise RefusedError("a line does not end with #")
        who = people.get(row[header.index(key)].removeprefix("#"))
        if who is None:
            out.complaints.append(f"no such user: {row}")
            continue
        for heading, text in zip(header[:-1], row[:-1], strict=True):
            match = re.fullmatch(r"(.+?) Points Grade(?: <.*>)?", heading)
            if match and text:
                if match[1] not in maxima:
                    out.new_items.append(match[1])
                elif float(text) > maxima[match[1]]:
                    out.complaints.append(f"{match[1]}: {text} is above the maximum")
                out.marks[who, match[1]] = float(text)
    return out
