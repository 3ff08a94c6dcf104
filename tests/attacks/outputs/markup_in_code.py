"""Writes tags into its code, which is shown as text, and prints them, with colours around."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="""
exec(RIGHT)
# </pre></div><script>attack_script()</script>
text = "</textarea><img src=x onerror=attack_script()>"
colour = "\\x1b[38;2;1;1;'><script>attack_script()</script>m"
print(text, colour, "\\x1b]8;;javascript:attack_script()\\x1b\\\\my plot\\x1b]8;;\\x1b\\\\")
text
""",
    points=8.0,
)
