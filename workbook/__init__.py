"""Backprop Workbook: build a deep neural network from scratch, function by function."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.course.given.activations import relu, relu_backward, sigmoid, sigmoid_backward
    from workbook.figures.plots.arrays import show
    from workbook.figures.plots.boundary import decision_boundary
    from workbook.figures.plots.distributions import activation_histograms, gradient_histograms
    from workbook.figures.plots.learning_rate import learning_rate_slider
    from workbook.figures.plots.plane import cost_surface
    from workbook.figures.plots.product import show_product
    from workbook.figures.plots.surface import gradient_descent_bowl
    from workbook.figures.plots.training import cost_curve
    from workbook.figures.plots.value_graph import draw_graph
    from workbook.figures.plots.weights import weight_changes
    from workbook.learn.check.check import check
    from workbook.learn.flow.flow import flow
    from workbook.learn.playground.playground import playground
    from workbook.learn.workspace.frameworks import framework
    from workbook.learn.workspace.hints import hint
    from workbook.learn.workspace.progress import progress
    from workbook.learn.workspace.solutions import solution

__all__ = [
    "activation_histograms",
    "check",
    "cost_curve",
    "cost_surface",
    "decision_boundary",
    "draw_graph",
    "flow",
    "framework",
    "gradient_descent_bowl",
    "gradient_histograms",
    "hint",
    "learning_rate_slider",
    "playground",
    "progress",
    "relu",
    "relu_backward",
    "show",
    "show_product",
    "sigmoid",
    "sigmoid_backward",
    "solution",
    "weight_changes",
]

#: Where to find what is imported only when it is asked for. A notebook needs little of it, and the
#: command that grades a class none.
LATER = {
    "check": "workbook.learn.check.check",
    "hint": "workbook.learn.workspace.hints",
    "progress": "workbook.learn.workspace.progress",
    "solution": "workbook.learn.workspace.solutions",
    "relu": "workbook.course.given.activations",
    "relu_backward": "workbook.course.given.activations",
    "sigmoid": "workbook.course.given.activations",
    "sigmoid_backward": "workbook.course.given.activations",
    "show": "workbook.figures.plots.arrays",
    "show_product": "workbook.figures.plots.product",
    "cost_curve": "workbook.figures.plots.training",
    "decision_boundary": "workbook.figures.plots.boundary",
    "activation_histograms": "workbook.figures.plots.distributions",
    "gradient_histograms": "workbook.figures.plots.distributions",
    "weight_changes": "workbook.figures.plots.weights",
    "gradient_descent_bowl": "workbook.figures.plots.surface",
    "cost_surface": "workbook.figures.plots.plane",
    "learning_rate_slider": "workbook.figures.plots.learning_rate",
    "draw_graph": "workbook.figures.plots.value_graph",
    "framework": "workbook.learn.workspace.frameworks",
    "flow": "workbook.learn.flow.flow",
    "playground": "workbook.learn.playground.playground",
}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(LATER[name]), name)
    return found
