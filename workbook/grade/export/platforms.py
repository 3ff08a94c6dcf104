"""How each platform's table names its columns and its students: plain facts."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class PlatformTable:
    """A learning platform's table of marks.

    Attributes
    ----------
    name, title : str
        Its name in the command, and in a sentence.
    kinds : dict of str to str
        The headings of columns that identify a student, by the roster's column. The first that the
        roster has of most students is taken where a table has one of them only.
    heading : re.Pattern
        A heading of marks, with the groups ``title``, ``id`` and ``most``, some of which may be
        missing.
    new_heading : str
        The heading of marks in a table that is not filled in.
    excused : str
        What it writes for a student who is excused; empty if its table cannot say it.
    other : str
        The heading of a column of the roster that is not among these, where ``--identify`` names
        it.
    """

    name: str
    title: str
    kinds: dict[str, str]
    heading: re.Pattern[str]
    new_heading: str = "{title}"
    excused: str = ""
    other: str = ""


CANVAS = PlatformTable(
    "canvas",
    "Canvas",
    {"canvas": "ID", "sis_user_id": "SIS User ID", "sis_login_id": "SIS Login ID"},
    re.compile(r"(?P<title>.*?)(?: \((?P<id>\d+)\))?", re.DOTALL),
    excused="EX",
    other="SIS Login ID",
)
MOODLE = PlatformTable(
    "moodle",
    "Moodle",
    {"idnumber": "ID number", "email": "Email address", "username": "Username",
     "moodle": "User ID"},
    re.compile(r"(?P<title>.*)", re.DOTALL),
    other="Username",
)  # fmt: skip
BLACKBOARD = PlatformTable(
    "blackboard",
    "Blackboard",
    {"blackboard": "Username", "username": "Username", "student_id": "Student ID"},
    re.compile(
        # "Total Pts: up to", or what it says in another language.
        r"(?P<title>.*?)\s*\[[^\]\d]*(?P<most>[\d.,]+)[^\]]*\]\s*\|(?P<id>\S+)",
        re.DOTALL,
    ),
)
BRIGHTSPACE = PlatformTable(
    "brightspace",
    "Brightspace",
    {"brightspace": "OrgDefinedId", "username": "Username"},
    re.compile(
        r"(?P<title>.*?) Points Grade(?: <.*?(?:MaxPoints:(?P<most>[\d.,]+).*)?>)?", re.DOTALL
    ),
    new_heading="{title} Points Grade",
    other="Username",
)

#: Those with a table of their own; "csv" and "json" are nobody's.
PLATFORMS = {one.name: one for one in (CANVAS, MOODLE, BLACKBOARD, BRIGHTSPACE)}

#: The last cell of each line for Brightspace, and its heading.
END_OF_LINE, END_SIGN = "End-of-Line Indicator", "#"

#: The beginning of Canvas's second line. So do lines begin that are no student's.
POINTS_POSSIBLE, TEST_STUDENT = "    Points Possible", "Student, Test"

#: Canvas takes columns at the end for its own where their heading holds one of these.
CANVAS_DROPS = re.compile(r"(Current|Final) (Score|Points|Grade)")
