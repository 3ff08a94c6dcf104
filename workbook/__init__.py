"""Backprop Workbook: build a deep neural network from scratch, in ten functions."""

from workbook.activations import relu, relu_backward, sigmoid, sigmoid_backward
from workbook.learn.check import check
from workbook.learn.hints import hint
from workbook.learn.progress import progress
from workbook.learn.solutions import solution

__all__ = [
    "check",
    "hint",
    "progress",
    "relu",
    "relu_backward",
    "sigmoid",
    "sigmoid_backward",
    "solution",
]
