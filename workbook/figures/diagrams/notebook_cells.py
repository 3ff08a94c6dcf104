"""How a notebook works: the function that is not written yet, its check, and what it says."""

from workbook.figures.diagrams.colours import BACKWARD, FAINT, FORWARD, INK, PALE
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Label, Line, Look
from workbook.figures.diagrams.parts import THIN, stack

_CELL = Look(PALE, FAINT, 1.2)


def notebook_cells() -> Drawing:
    """Return the two cells that a learner goes back and forth between, and the check's answer."""
    stub = Box(24.0, 44.0, 330.0, 84.0, (), _CELL)
    check = Box(24.0, 200.0, 330.0, 46.0, (), _CELL)
    card = Box(540.0, 160.0, 330.0, 96.0, (), Look(edge=INK, width=1.4))
    code = [
        Line("def double(x):", 9.5, code=True),
        Line('    """Return twice x."""', 9.5, code=True, colour=FAINT),
        Line("    raise NotImplementedError", 9.5, code=True, colour=BACKWARD),
    ]
    said = [
        Line("double", 10.0, bold=True),
        Line("✓  a whole number", 9.0),
        Line("✓  the argument stays as it was", 9.0),
        Line("✗  a negative number: the sign is lost", 9.0, colour=BACKWARD),
    ]
    again = [card.top, (card.top[0], 90.0), (stub.x + stub.width, 90.0)]
    return Drawing(
        270.0,
        (
            stub, check, card,
            _step("1  Your function. Replace its last line.", 26),
            *stack(code, stub.x + 14, stub.y + 12, "left"),
            _step("2  Its check. Shift+Enter runs a cell.", 182),
            Label(Line("check(double)", 9.5, code=True), check.x + 14, check.left[1], "left"),
            *stack(said, card.x + 14, card.y + 9, "left"),
            Arrow(((check.x + check.width, check.left[1]), (card.x, check.left[1])), THIN),
            Label(Line("3  It says at once", 9.5, bold=True), 447, 206),
            Label(Line("what is right,", 9.0), 447, 240),
            Label(Line("and what is not", 9.0), 447, 256),
            Arrow(tuple(again), Look(edge=FORWARD, width=1.6)),
            Label(Line("4  Mend it, and run both cells again.", 9.5, bold=True, colour=FORWARD),
                  540, 76),
        ),
    )  # fmt: skip


def _step(text: str, y: float) -> Label:
    return Label(Line(text, 9.5, bold=True), 24, y, "left")
