"""Raises errors whose names and messages, which feedback quotes, hold scripts and controls."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a script in the feedback, or a terminal under the student's control",
    answer="""
def update_parameters(params, grads, learning_rate):
    name = "<img src=x onerror=attack_script()>"
    message = "</pre><script>attack_script()</script> \\x1b[2J\\x1b]0;x\\x07 [b]8 of 8[/b]"
    raise type(name, (Exception,), {})(message)

raise type("E<script>attack_script()</script>", (Exception,), {})("\\x1b[2J\\x1b[H8 of 8 points\\r")
""",
)
