"""Returns and raises what is called by tags and controls: classes, keys, notes, docstrings."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a script in the feedback, or a terminal under the student's control",
    answer='''
BAD = "</pre><script>attack_script()</script><img src=x onerror=attack_script()>"
BAD += "\\x1b]0;x\\x07\\u202e"
CALLS = []


def update_parameters(params, grads, learning_rate):
    """</pre><script>attack_script()</script>"""
    CALLS.append(1)
    bad = type(BAD, (), {"__module__": BAD, "__qualname__": BAD, "__doc__": BAD})
    if len(CALLS) % 3 == 0:
        error = KeyError(BAD)
        error.add_note(BAD)
        error.__cause__ = bad.__init_subclass__ and ValueError(BAD)
        raise error
    if len(CALLS) % 3 == 1:
        return {BAD: params, **{key: bad() for key in params}}
    return {bad(): 1, ("x", BAD): 2, BAD: 3}


update_parameters.__name__ = update_parameters.__qualname__ = BAD
''',
)
