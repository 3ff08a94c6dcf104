"""Patches the kernel's publishers, so that they send full points in place of each result."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import re

shell = get_ipython()


def faked(send):
    def wrapper(*args, **kwargs):
        message = args[1] if len(args) > 1 else None
        if isinstance(message, dict) and message.get("msg_type") == "execute_result":
            points = re.search("Hidden tests, ([0-9]+)", In[-1])
            message["content"]["data"] = {"text/plain": f"{points[1]}.0"}
        return send(*args, **kwargs)

    return wrapper


for owner in (shell.displayhook, shell.display_pub, getattr(shell, "kernel", None)):
    session = getattr(owner, "session", None)
    if session is not None and session.send.__name__ != "wrapper":
        session.send = faked(session.send)
shell.display_pub.publish = lambda *args, **kwargs: None
""",
)
