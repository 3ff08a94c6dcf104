"""Rewrites the text of the graded cells, before they run, into their points."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import re


def rewrite(lines):
    points = re.match("# Hidden tests, ([0-9]+)", "".join(lines).lstrip())
    return [f"{points[1]}.0\\n"] if points else lines


shell = get_ipython()
shell.input_transformers_post.append(rewrite)
shell.input_transformers_cleanup.append(rewrite)
""",
)
