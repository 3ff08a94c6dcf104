"""The concept map of the whole course: what the labs add, around the ideas of the ten notebooks."""

from workbook.course.exercises import find
from workbook.course.words import noun
from workbook.figures.diagrams.colours import INK, LINE
from workbook.figures.diagrams.concept_map import concept_map
from workbook.figures.diagrams.drawing import Arrow, Box, Drawing, Line, Look, Point, Shape

_HEIGHT = 596.0
_NOTE = Look("#f2f2f2", INK, 1.0, "--")
_TIE = Look(edge=LINE, width=1.2, line=":")

#: The place of a note, what stands in it, its labs, and the title of the idea to which it is tied.
_NOTES: tuple[tuple[Point, Point, tuple[str, ...], tuple[str, ...], str], ...] = (
    ((24, 268), (168, 78), ("normalised features,", "outliers, missing values,", "mini-batches"),
     ("train_it",), "examples X"),
    ((130, 98), (176, 62), ("batch normalisation,", "dropout"), ("initialise_it", "generalise"),
     "forward propagation"),
    ((690, 98), (170, 60), ("Xavier's and He's rule,", "no two units alike"), ("initialise_it",),
     "parameters"),
    ((466, 250), (146, 48), ("predictions, accuracy",), ("train_it",), "answers AL"),
    ((784, 250), (84, 84), ("penalties,", "stopping", "in time"), ("generalise",), "cost J"),
    ((221, 522), (160, 62), ("automatic", "differentiation"), ("meet_the_frameworks",),
     "the chain rule"),
    ((400, 522), (150, 62), ("measured slopes", "as a check"), ("check_it", "test_it"),
     "gradients"),
    ((560, 522), (160, 62), ("clipped; put together", "from many devices"),
     ("initialise_it", "descend_better"), "gradients"),
    ((730, 522), (140, 62), ("momentum,", "RMSProp, Adam"), ("descend_better",), "update"),
)  # fmt: skip


def concept_map_labs() -> Drawing:
    """Return the concept map, with a note for each idea of the labs beside what it belongs to."""
    shapes = list(concept_map().shapes)
    ideas = {shape.lines[0].text: shape for shape in shapes if isinstance(shape, Box)}
    for place, size, words, labs, title in _NOTES:
        shapes += _note(Box(*place, *size, look=_NOTE), words, labs, ideas[title])
    return Drawing(_HEIGHT, tuple(shapes))


def _note(at: Box, words: tuple[str, ...], labs: tuple[str, ...], idea: Box) -> list[Shape]:
    """Return a note, and the line that ties it to an idea above or below it."""
    numbers = ", ".join(str(lab.number) for lab in map(find, labs) if lab)
    named = f"{noun(len(labs), 'lab')} {numbers}"
    lines = (*(Line(word, 8.5) for word in words), Line(named, 8.5, bold=True))
    middle = (max(at.x, idea.x) + min(at.x + at.width, idea.x + idea.width)) / 2
    below = at.y > idea.y
    ends = ((middle, at.y), (middle, idea.bottom[1])) if below else (
        (middle, at.bottom[1]), (middle, idea.y))  # fmt: skip
    tie = Arrow(ends, _TIE, head=False)
    return [tie, Box(at.x, at.y, at.width, at.height, lines, _NOTE)]
