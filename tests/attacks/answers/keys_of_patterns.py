"""Answers with keys of patterns, formats, markup, control signs and numbers beyond all bounds."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge or a page that takes a key for something else",
    answer="""
KEYS = (
    "W(1", "W[", "{0}", "{learning_rate!r:>99999999}", "%n%s", "<script>attack_script()</script>",
    "W1\\0", "W\\u0661", "W\\u00b2", "\\x1b[2J", "\\ud800", "W" + "9" * 5000, "W-1", "W1\\n", "",
    " W1", "`W1`", "=1+1", (1, 2), None, 10**400, float("nan"), b"W1", frozenset(),
)


def update_parameters(params, grads, learning_rate):
    wrong = {key: value for key in KEYS for value in params.values()}
    return wrong | {f"{name}\\n": value for name, value in params.items()}
""",
)
