"""Functions to practise on, by their notebook name: ``from workbook.landscapes import bowl``."""

from workbook.course.given.landscapes import bowl, cubes, ravine, waves

__all__ = ["bowl", "cubes", "ravine", "waves"]
