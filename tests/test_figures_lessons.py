"""The pictures of the lessons: what they show, and where the current exercise is marked."""

import re

import pytest
from PIL import Image

from tests.reference import ROOT, by_commit
from workbook.course.exercises import EXERCISES, LABS, find
from workbook.figures.diagrams.blocks import BACKWARD_BLOCKS, FORWARD_BLOCKS, block
from workbook.figures.diagrams.calls import GIVEN, call_hierarchy, call_tree, called_functions
from workbook.figures.diagrams.catalogue import diagrams
from workbook.figures.diagrams.colours import MARK, PAPER
from workbook.figures.diagrams.concept_map_labs import concept_map_labs
from workbook.figures.diagrams.cycle import training_cycle
from workbook.figures.diagrams.drawing import Arrow, Box, Label
from workbook.figures.diagrams.render import overlaps, render
from workbook.figures.diagrams.story import story

HERE = "you are here"

each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)
each_called = pytest.mark.parametrize(
    "exercise", [one for one in EXERCISES if one.name in called_functions()], ids=lambda e: e.name
)
PICTURES = [p for p in diagrams() if not p.needs]
each_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda p: p.file)


def boxes(drawing):
    return [shape for shape in drawing.shapes if isinstance(shape, Box)]


def marked(drawing):
    """Return what is written in light letters on a dark ground, apart from the mark itself."""
    dark = [box for box in boxes(drawing) if box.look.face == MARK]
    assert all(line.colour == PAPER for box in dark for line in box.lines)
    return [line.text for box in dark for line in box.lines if line.text != HERE]


@pytest.mark.in_turns(4)
@pytest.mark.slow
@pytest.mark.parametrize("picture", by_commit(PICTURES, 3), ids=lambda p: p.file)
def test_every_label_of_every_picture_can_be_read(picture):
    drawing = picture.draw()
    assert overlaps(render(drawing)) == []
    # At the width of a notebook, 8 points are 11 pixels.
    sizes = [line.size for shape in drawing.shapes for line in getattr(shape, "lines", ())]
    assert all(size >= 8.0 for size in sizes)


@each_picture
def test_a_picture_on_disk_is_as_wide_as_a_notebook_on_a_fine_screen(picture):
    path = ROOT / "visual_representation" / picture.file
    with Image.open(path) as image:
        assert image.width == 1800
    assert path.stat().st_size < (120_000 if "/" not in picture.file else 80_000)


@each_exercise
def test_the_cycle_holds_every_exercise_and_marks_one(exercise):
    drawing = training_cycle(exercise)
    texts = drawing.texts()
    assert all(f"{one.number} {one.name}" in texts for one in EXERCISES)
    assert marked(drawing) == [f"{exercise.number} {exercise.name}"]
    assert texts.count(HERE) == 1
    for word in ("initialise", "forward", "cost", "backward", "update"):
        assert word in texts


@each_exercise
def test_the_mark_stands_on_the_step_of_the_exercise(exercise):
    drawing = training_cycle(exercise)
    (tag,) = [box for box in boxes(drawing) if [line.text for line in box.lines] == [HERE]]
    (row,) = [b for b in boxes(drawing) if b.look.face == MARK and b is not tag]
    (step,) = [b for b in boxes(drawing) if b.look.width == 3.0]
    for inner in (tag, row):
        assert step.x <= inner.x
        assert inner.x + inner.width <= step.x + step.width
    assert tag.y + tag.height == step.y
    assert step.y < row.y < row.y + row.height < step.y + step.height


def test_the_cycle_is_closed_and_only_the_mark_moves():
    ends = []
    for exercise in EXERCISES:
        shapes = training_cycle(exercise).shapes
        ends.append([(a.points[0], a.points[-1]) for a in shapes if isinstance(a, Arrow)])
    assert all(one == ends[0] for one in ends)
    # Once from the start, three between the steps, the caches, and back.
    assert len(ends[0]) == 1 + 3 + 1 + 1


def test_the_calls_are_those_of_the_table_of_exercises():
    for exercise in EXERCISES:
        tree = call_tree(exercise.name)
        given = GIVEN.get(exercise.name, ())
        assert tuple(one.name for one in tree.calls) == (*exercise.uses, *given)
    assert call_tree("L_model_backward").names() == [
        "L_model_backward", "linear_activation_backward", "linear_backward", "relu_backward",
        "sigmoid_backward",
    ]  # fmt: skip


@each_called
def test_the_call_hierarchy_marks_the_exercise_and_shows_its_half(exercise):
    drawing = call_hierarchy(exercise)
    texts = drawing.texts()
    assert marked(drawing) == [f"{exercise.number} {exercise.name}"]
    names = {text.split(" ")[-1] for text in texts}
    forward, backward = "linear_forward" in names, "linear_backward" in names
    expected = {"forward": (1, 0), "cost": (1, 0), "backward": (0, 1)}
    assert (forward, backward) == expected.get(exercise.step, (1, 1))
    assert {"L_model_forward", "compute_cost", "L_model_backward"} <= names


@each_called
def test_an_arrow_leads_from_a_function_to_each_that_it_calls(exercise):
    drawing = call_hierarchy(exercise)
    named = {}
    for box in boxes(drawing):
        word = box.lines[0].text.removesuffix(" (given)").split(" ")[-1]
        named[word] = box
    links = {(a.points[0], a.points[-1]) for a in drawing.shapes if isinstance(a, Arrow)}
    for name, box in named.items():
        for called in call_tree(name).calls if find(name) else ():
            if called.name in named:
                assert (box.right, named[called.name].left) in links
    assert len(links) == len(named) - 1


@pytest.mark.parametrize("name", FORWARD_BLOCKS + BACKWARD_BLOCKS)
def test_a_block_shows_its_arrays_and_marks_the_exercise(name):
    exercise = find(name)
    forward = name in FORWARD_BLOCKS
    drawing = block(exercise)
    texts = drawing.texts()
    letters = ("A_prev", "W (n_l, n_prev)", "b (n_l, 1)", "Z", "A")
    for text in letters if forward else [f"d{one}" for one in letters]:
        assert text in texts
    assert texts.count(HERE) == 1
    (name,) = [text for text in texts if exercise.name in text.split(" ")]
    assert name == f"{exercise.number} {exercise.name}"
    around = [box for box in boxes(drawing) if box.look.width == 3.0]
    (current,) = around
    inside = [line.text for line in current.lines] + [
        shape.line.text
        for shape in drawing.shapes
        if isinstance(shape, Label)
        and current.x < shape.x < current.x + current.width
        and current.y < shape.y < current.y + current.height
    ]
    assert name in inside


def test_the_story_holds_the_ten_and_ties_each_lab_to_its_step():
    drawing = story()
    texts = drawing.texts()
    assert all(f"{one.number} {one.name}" in texts for one in EXERCISES)
    titled = {lab.name: f"{lab.number} {lab.title}" for lab in LABS}
    assert all(texts.count(title) == 1 for title in titled.values())
    dotted = [a for a in drawing.shapes if isinstance(a, Arrow) and a.look.line == ":"]
    named = {line.text: box for box in boxes(drawing) for line in box.lines}
    steps = [box for box in boxes(drawing) if not box.lines and box.look.width == 1.8]
    ties = {}
    for name in ("check_it", "initialise_it", "descend_better", "generalise"):
        lab = named[titled[name]]
        sides = (lab.left, lab.right, lab.top, lab.bottom)
        (tie,) = [a for a in dotted if a.points[0] in sides]
        (ties[name],) = [n for n, box in enumerate(steps) if on_edge(tie.points[-1], box)]
    # Of the steps initialise, forward, cost, backward and update.
    assert ties == {"check_it": 3, "initialise_it": 0, "descend_better": 4, "generalise": 2}


def on_edge(point, box):
    return point in (box.left, box.right, box.top, box.bottom)


def test_the_loop_of_the_story_is_closed():
    steps = [box for box in boxes(story()) if not box.lines and box.look.width == 1.8]
    ends = [(a.points[0], a.points[-1]) for a in story().shapes if isinstance(a, Arrow) and a.head]
    _, forward, cost, backward, update = steps
    for one, two in ((forward, cost), (cost, backward), (backward, update)):
        assert (one.right, two.left) in ends
    (back,) = [end for start, end in ends if start == update.bottom]
    assert back[1] == forward.bottom[1]
    assert forward.x < back[0] < forward.x + forward.width


def test_each_lab_has_a_note_in_the_concept_map_that_is_tied_to_an_idea():
    drawing = concept_map_labs()
    notes = [box for box in boxes(drawing) if box.look.line == "--"]
    ideas = [box for box in boxes(drawing) if box.look.line == "-"]
    last_lines = " ".join(note.lines[-1].text for note in notes)
    assert {lab.number for lab in LABS} == set(map(int, re.findall(r"\d+", last_lines)))
    ties = [a.points for a in drawing.shapes if isinstance(a, Arrow) and a.look.line == ":"]
    for note in notes:
        ends = [points[1] for points in ties if touches(points[0], note)]
        assert len(ends) == 1
        assert any(touches(ends[0], idea) for idea in ideas)


def touches(point, box):
    return box.x <= point[0] <= box.x + box.width and point[1] in (box.y, box.y + box.height)
