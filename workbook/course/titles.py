"""What a notebook is called in a sentence."""

from workbook.course.exercises import Exercise, Page


def in_words(notebook: Exercise | Page) -> str:
    """Return what a notebook is called in a sentence, such as ``7 linear_backward``."""
    if isinstance(notebook, Exercise):
        return f"{notebook.number} {notebook.name}"
    number, _, rest = notebook.name.partition("_")
    return (rest if number.isdecimal() else notebook.name).replace("_", " ").capitalize()
