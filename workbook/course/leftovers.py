"""Recognises by their names the files of a learner's folder that hold no part of an answer."""

import re

from workbook.course.work_files import STUDENT_FILE

#: The page that shows a learner where they are, in the folder with all of their notebooks.
COURSE_PAGE = "Your course.md"

#: What systems and programs leave behind; there is nothing of a student's in it. A browser reads
#: this pattern as well.
LEFT_BEHIND = re.compile(
    r"__MACOSX|\._.*|\.DS_Store|desktop\.ini|Thumbs\.db|~\$.*|\.~.*|.*~|\.Trash.*|\.fseventsd"
    r"|\.Spotlight-.*|\.ipynb_checkpoints|\.virtual_documents|__pycache__|.*\.pyc|\.git|\.gitignore"
    r"|\.gitattributes|\.gitkeep|\.github|\.vscode|\.idea|\.jupyter|\.cache|\.pytest_cache"
    r"|\.mypy_cache|\.ruff_cache|\.venv|venv|\.env|node_modules|\.nfs.*"
    r"|site-packages|pyvenv\.cfg",
    re.IGNORECASE,
)
# What this program makes beside the notebooks: the page, the answers to the lessons' questions, the
# record of attempts and stand-ins, and who the learner is.
_MADE_HERE = re.compile(
    rf"{re.escape(COURSE_PAGE)}|quiz_answers(_damaged)?\.json|attempts_and_stand_ins\.json"
    rf"|{re.escape(STUDENT_FILE)}"
)


def is_left_behind(name: str) -> bool:
    """Tell whether a file or folder of this name is left behind by a system or a program."""
    return LEFT_BEHIND.fullmatch(name) is not None


def is_meaningless(name: str) -> bool:
    """Tell whether grading can ignore a file or folder of this name."""
    return is_left_behind(name) or _MADE_HERE.fullmatch(name) is not None
