"""Colours of the diagrams: dark on light, and distinct also in greyscale.

The hues are those of Okabe and Ito. Nothing is told by colour alone: a word or the style of a line
says the same.
"""

INK = "#222222"
FAINT = "#6b6b6b"
PAPER = "#ffffff"
FORWARD = "#0072b2"
BACKWARD = "#b34700"
#: The current exercise.
MARK = "#1a1a1a"
#: The ground of a frame, and of a box in which values are kept.
PALE, GREY = "#f7f7f7", "#ececec"
