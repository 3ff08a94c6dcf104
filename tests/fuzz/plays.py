"""What the judge asks for and what is sent to it then, drawn by hypothesis."""

import numpy as np
from hypothesis import strategies as st

from tests.fuzz.rogue import KINDS, REPLIES, WHICH, Reply, Rogue, Script
from workbook.grade.sandbox.wire import Message, encode

RETURNED = Reply("returned", "this", {"value": 1, "effects": None})
DONE = Reply("done", "this", {"failures": [], "cut": False})
STATEMENT = Reply("statement", "this", [0, 1])
RAISED = Reply("raised", "this", {"type": "ValueError", "message": "no", "line": 1, "source": "x"})
EARLIER = Reply("earlier", "this", {"name": "double", "args": (2,), "kwargs": {}})
RIGHT = {"cell": DONE, "defined": Reply("done", "this", True), "call": RETURNED}


def bearing(reply: Reply, which: str) -> Reply:
    """Return a reply with the number of another request."""
    return Reply(reply.kind, which, reply.body)


trees = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.text(max_size=3)
    | st.integers(0, 9)
    | st.integers(0, 3).map(np.zeros),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(
            st.sampled_from(
                ["value", "args", "failures", "cut", "type", "message", "line", "name"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)
honest = st.sampled_from([RETURNED, DONE, RAISED, EARLIER, STATEMENT, RIGHT["defined"]])
replies = st.one_of(
    honest,
    st.builds(bearing, honest, st.sampled_from(WHICH)),
    st.builds(Reply, st.sampled_from(KINDS), st.sampled_from(["this", *WHICH]), trees),
)
noise = st.binary(max_size=20) | replies.map(lambda r: encode(Message(r.kind, 1, r.body))[:-1])
scripts = st.lists(replies | noise, max_size=3)


Play = tuple[list[str], list[Script], int]


@st.composite
def plays(draw: st.DrawFn) -> Play:
    """Draw what the judge asks for, and what is sent when; most of it right, so that it goes on."""
    actions = draw(st.lists(st.sampled_from([*REPLIES]), min_size=1, max_size=5))
    right = st.tuples(st.booleans(), st.lists(st.just(EARLIER), max_size=2))
    parts: list[Script] = []
    for action in actions:
        is_right, before = draw(right)
        parts.append([*before, RIGHT[action]] if is_right else draw(scripts))
    return actions, parts, draw(st.integers(1, 100))


def check_play(play: Play) -> None:
    """Raise AssertionError unless only the reply to the request in flight counts."""
    actions, parts, piece = play
    rogue = Rogue(parts, piece)
    for action in actions:
        rogue.act(action)
