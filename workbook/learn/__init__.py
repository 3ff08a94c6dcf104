"""What a learner's notebook imports: checks, progress, flow, playground.

Imports `course`, `diagnosis` and `figures`; never `build` or `grade`.
"""
