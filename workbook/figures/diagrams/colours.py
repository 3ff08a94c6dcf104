"""Colours of the diagrams, which stand on light pages and on dark ones, and differ in greyscale.

A diagram has no ground of its own. No colour of letters has a contrast of 4.5 to 1 on white and on
JupyterLab's dark page as well (the best has 4.35), so that all letters stand on something light: a
box, or a plate of paper behind them. Lines need 3 to 1, which LINE and the two hues have on both.

The hues are those of Okabe and Ito. Nothing is told by colour alone: a word or the style of a line
says the same.
"""

INK = "#222222"
FAINT = "#6b6b6b"
PAPER = "#ffffff"
#: A line outside of boxes.
LINE = "#767676"
FORWARD = "#0072b2"
BACKWARD = "#b34700"
#: The current exercise.
MARK = "#1a1a1a"
#: The face of a frame through which the page is seen.
NONE = "none"
#: The ground of a frame, and of a box in which values are kept.
PALE, GREY = "#f7f7f7", "#ececec"
