"""Reads the marks of the others in the gradebook, in its journal and in a copy of it."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="marks of others read",
    answer=STUB
    + """
import glob
import shutil
import sqlite3

for path in (f"{COURSE}/gradebook.db", f"{COURSE}/../graded/gradebook.db"):
    try:
        with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as gradebook:
            rows = gradebook.execute("SELECT * FROM grade").fetchall()
        succeeded(f"{len(rows)} marks")
    except sqlite3.Error:
        pass
    try:
        shutil.copyfile(path, "mine.db")
        succeeded("copied it")
    except OSError:
        pass
if glob.glob(f"{COURSE}/gradebook.db*"):
    succeeded("listed it")
""",
)
