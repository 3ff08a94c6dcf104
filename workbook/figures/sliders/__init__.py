"""Pictures with sliders: a recorded training, slopes, rates that multiply.

Imports `course`, `figures.plots` and the top of `figures`.
"""
