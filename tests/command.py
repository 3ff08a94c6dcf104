"""The command `workbook`, run in this process."""

from click.testing import CliRunner, Result

from workbook.cli import main


def workbook(*words: object, columns: int = 80, **more: object) -> Result:
    """Run the command with these words, in a terminal of so many columns.

    An exception that the command does not turn into a message is raised here.
    """
    runner = CliRunner(env={"COLUMNS": str(columns)})
    return runner.invoke(main, [*map(str, words)], catch_exceptions=False, **more)


def in_course(root: object, *words: object, **more: object) -> Result:
    """Run the command on a course, in a terminal wide enough for each message; see `workbook`."""
    assert "--course" not in words, "of two courses, the command would take the last"
    return workbook(*words, "--course", root, columns=200, **more)
