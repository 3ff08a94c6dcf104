"""Copies of a gradebook as it was before a grading changed it."""

from datetime import datetime
from filecmp import cmp
from pathlib import Path

from sqlalchemy import create_engine, text

from workbook.grade.gradebook.database import file_of

#: The folder beside a gradebook that holds its copies, and how many are kept.
FOLDER, KEPT = "gradebook-copies", 10


def keep_copy(db_url: str) -> Path | None:
    """Copy a gradebook in SQLite, and remove all but the latest copies.

    Parameters
    ----------
    db_url : str
        SQLAlchemy address of the gradebook.

    Returns
    -------
    pathlib.Path or None
        The copy; None if there is nothing to copy: no gradebook yet, or one in a database server.

    Raises
    ------
    OSError, sqlalchemy.exc.DBAPIError
        If it cannot be copied.
    """
    path = file_of(db_url)
    if path is None or not path.is_file():
        return None
    folder = path.parent / FOLDER
    folder.mkdir(exist_ok=True)
    copy = folder / f"{path.stem}-{datetime.now():%Y-%m-%d-%H%M%S-%f}{path.suffix}"
    # One that is not whole, as when the disk is full, is none to go back to.
    part = folder / f"{copy.name}.part"
    try:
        copy_to(db_url, part)
        part.replace(copy)
    finally:
        part.unlink(missing_ok=True)
    *_, before, _ = [None, *sorted(folder.glob(f"{path.stem}-*{path.suffix}"))]
    if before is not None and cmp(before, copy, shallow=False):
        # A run that changes nothing must not push out what came before others.
        before.unlink()
    for older in sorted(folder.glob(f"{path.stem}-*{path.suffix}"))[:-KEPT]:
        older.unlink()
    return copy


def copy_to(db_url: str, copy: Path) -> None:
    """Copy a gradebook in SQLite as a whole, even while another program reads it.

    Raises
    ------
    sqlalchemy.exc.DBAPIError
        If it cannot be copied, as while another program writes into it.
    """
    engine = create_engine(db_url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text("VACUUM INTO :copy"), {"copy": str(copy)})
    finally:
        engine.dispose()
