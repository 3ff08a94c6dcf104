"""Makes empty files, each of which takes up memory of the kernel's, here at most 50,000."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a machine without memory, or without room for another file",
    answer=STUB
    + """
for number in range(50_000):
    open(str(number), "w").close()
else:
    succeeded("made 50,000 files")
""",
    # As the watch of the folder comes by.
    other_ends=("crashed",),
    limits=("written_files",),
)
