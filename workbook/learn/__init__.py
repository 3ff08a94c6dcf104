"""What a learner's notebook imports: checks, progress, training steps and the playground.

Imports `course`, `diagnosis` and `figures`; never `build` or `grade`.
"""
