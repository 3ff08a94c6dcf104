"""Backprop Workbook: build a deep neural network from scratch, function by function.

What a notebook imports from here is found when it is asked for: a notebook needs little of it, and
the command that grades a class none. `lazy_loader` would do the same as the five lines below, but a
browser's Python does not have it, and grading asks where a name is found.
"""

from importlib import import_module
from typing import Any

_NAMES = {
    "course.given.activations": ("relu", "relu_backward", "sigmoid", "sigmoid_backward"),
    "figures.diagrams.show_network": ("show_network",),
    "figures.plots.arrays": ("show",),
    "figures.plots.bowl": ("gradient_descent_bowl",),
    "figures.plots.cost_curve": ("cost_curve",),
    "figures.plots.cost_surface": ("cost_surface",),
    "figures.plots.decision_boundary": ("decision_boundary",),
    "figures.plots.distributions": ("activation_histograms", "gradient_histograms"),
    "figures.plots.product": ("show_product",),
    "figures.plots.value_graph": ("draw_graph",),
    "figures.plots.weight_changes": ("weight_changes",),
    "figures.sliders.chain": ("chain_slider",),
    "figures.sliders.learning_rate": ("learning_rate_slider",),
    "figures.sliders.partial": ("partial_slider",),
    "figures.sliders.slope": ("slope_slider",),
    "figures.sliders.training": ("watch_learning",),
    "learn.flow.flow": ("flow",),
    "learn.playground.playground": ("playground",),
    "learn.questions.quiz": ("quiz",),
    "learn.workspace.brought_work": ("bring_work",),
    "learn.workspace.catch_up": ("catch_up",),
    "learn.workspace.check_here": ("check",),
    "learn.workspace.frameworks": ("framework",),
    "learn.check.hints": ("hint",),
    "learn.workspace.progress": ("progress",),
    "learn.workspace.saved_work": ("save_work",),
    "learn.workspace.solutions": ("solution",),
    "learn.workspace.start_again": ("start_again",),
}

#: The module in which each name is found.
LATER = {name: f"workbook.{home}" for home, names in _NAMES.items() for name in names}

__all__ = sorted(LATER)


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(LATER[name]), name)
    return found
