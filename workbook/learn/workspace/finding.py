"""Where the notebook of an exercise is."""

from pathlib import Path

from workbook.course.exercises import Exercise


def find_notebook(exercise: Exercise, folder: Path) -> Path | None:
    """Return the exercise's notebook in, below or beside a folder, or None.

    Parameters
    ----------
    exercise : Exercise
        The exercise.
    folder : Path
        A folder of notebooks, such as that of the notebook that asks.
    """
    path = Path(exercise.notebook_path)
    for candidate in (folder / path.name, folder / path, folder.parent / path):
        if candidate.is_file():
            return candidate
    return None
