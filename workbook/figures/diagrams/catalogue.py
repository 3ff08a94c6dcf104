"""Catalogue of the course's diagrams: the file of each, and the function that draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from workbook.course.exercises import EXERCISES
from workbook.figures.diagrams.autograd_graph import autograd_graph
from workbook.figures.diagrams.autograd_record import record
from workbook.figures.diagrams.blocks import BACKWARD_BLOCKS, FORWARD_BLOCKS, block
from workbook.figures.diagrams.calls import call_hierarchy, called_functions
from workbook.figures.diagrams.computation_graph import computation_graph
from workbook.figures.diagrams.concept_map import concept_map
from workbook.figures.diagrams.concept_map_labs import concept_map_labs
from workbook.figures.diagrams.cycle import training_cycle
from workbook.figures.diagrams.drawing import Drawing
from workbook.figures.diagrams.lab_pictures import by_lab
from workbook.figures.diagrams.layer_graph import layer_graph
from workbook.figures.diagrams.notebook_cells import notebook_cells
from workbook.figures.diagrams.story import story

#: Layer sizes and numbers of examples of the networks in the shape tables of lessons 1, 2, 5 and 9.
LESSON_1 = (4, 3, 1)
LESSON_2 = (4, 3, 2, 1)
LESSON_5 = ((5, 4, 3, 1), 7)
LESSON_9 = ((4, 5, 3, 1), 6)


@dataclass(frozen=True)
class Diagram:
    """The file of a diagram, relative to the folder of diagrams, and the function that draws it.

    `needs` names the package, if any, that drawing it requires.
    """

    file: str
    draw: Callable[[], Drawing]
    needs: str = ""


def diagrams() -> tuple[Diagram, ...]:
    """Return all diagrams, those of the network first."""
    found = [
        Diagram("computation_graph.png", partial(computation_graph, *LESSON_9)),
        Diagram("layer_graph.png", partial(layer_graph, LESSON_9[0])),
        Diagram("pytorch_autograd.png", _autograd, needs="torch"),
        Diagram("lessons/layers_01.png", partial(layer_graph, LESSON_1)),
        Diagram("lessons/layers_02.png", partial(layer_graph, LESSON_2)),
        Diagram("lessons/flow_05.png", partial(computation_graph, *LESSON_5, backward=False)),
        Diagram("lessons/the_story_so_far.png", story),
        Diagram("lessons/concept_map.png", concept_map),
        Diagram("lessons/concept_map_labs.png", concept_map_labs),
        Diagram("lessons/notebook_cells.png", notebook_cells),
    ]
    found += [Diagram(f"lessons/{name}.png", draw) for name, draw in by_lab().items()]
    for exercise in EXERCISES:
        number = f"{exercise.number:02d}"
        if exercise.step:
            found.append(Diagram(f"lessons/cycle_{number}.png", partial(training_cycle, exercise)))
        if exercise.name in called_functions():
            found.append(Diagram(f"lessons/calls_{number}.png", partial(call_hierarchy, exercise)))
        if exercise.name in FORWARD_BLOCKS + BACKWARD_BLOCKS:
            found.append(Diagram(f"lessons/block_{number}.png", partial(block, exercise)))
    return tuple(found)


def _autograd() -> Drawing:
    return autograd_graph(record(*LESSON_9), *LESSON_9)
