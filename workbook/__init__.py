"""Backprop Workbook: build a deep neural network from scratch, in ten functions."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook.activations import relu, relu_backward, sigmoid, sigmoid_backward
    from workbook.figures.arrays import show
    from workbook.figures.boundary import decision_boundary
    from workbook.figures.distributions import activation_histograms, gradient_histograms
    from workbook.figures.learning_rate import learning_rate_slider
    from workbook.figures.plane import cost_surface
    from workbook.figures.product import show_product
    from workbook.figures.surface import gradient_descent_bowl
    from workbook.figures.training import cost_curve
    from workbook.figures.value_graph import draw_graph
    from workbook.figures.weights import weight_changes
    from workbook.learn.check import check
    from workbook.learn.flow import flow
    from workbook.learn.frameworks import framework
    from workbook.learn.hints import hint
    from workbook.learn.playground import playground
    from workbook.learn.progress import progress
    from workbook.learn.solutions import solution

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
    "check": "workbook.learn.check",
    "hint": "workbook.learn.hints",
    "progress": "workbook.learn.progress",
    "solution": "workbook.learn.solutions",
    "relu": "workbook.activations",
    "relu_backward": "workbook.activations",
    "sigmoid": "workbook.activations",
    "sigmoid_backward": "workbook.activations",
    "show": "workbook.figures.arrays",
    "show_product": "workbook.figures.product",
    "cost_curve": "workbook.figures.training",
    "decision_boundary": "workbook.figures.boundary",
    "activation_histograms": "workbook.figures.distributions",
    "gradient_histograms": "workbook.figures.distributions",
    "weight_changes": "workbook.figures.weights",
    "gradient_descent_bowl": "workbook.figures.surface",
    "cost_surface": "workbook.figures.plane",
    "learning_rate_slider": "workbook.figures.learning_rate",
    "draw_graph": "workbook.figures.value_graph",
    "framework": "workbook.learn.frameworks",
    "flow": "workbook.learn.flow",
    "playground": "workbook.learn.playground",
}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(LATER[name]), name)
    return found
