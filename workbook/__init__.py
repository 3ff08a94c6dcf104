"""Backprop Workbook: build a deep neural network from scratch, in ten functions."""

from workbook.activations import relu, relu_backward, sigmoid, sigmoid_backward

__all__ = ["relu", "relu_backward", "sigmoid", "sigmoid_backward"]
