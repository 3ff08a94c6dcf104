"""Opens the gradebook and gives everybody full marks."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="marks changed in the gradebook",
    answer=STUB
    + """
import sqlite3

try:
    gradebook = sqlite3.connect(f"file:{COURSE}/gradebook.db?mode=rw", uri=True)
    gradebook.execute("UPDATE grade SET manual_score = 8")
    gradebook.commit()
    succeeded("wrote marks")
except sqlite3.Error:
    pass
""",
)
