"""The tables of a gradebook: made as nbgrader makes them, checked against its models."""

from pathlib import Path

from nbgrader.api import Student
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Connection, create_engine, inspect

from workbook.grade.gradebook.database import file_of


def create_tables(db_url: str) -> None:
    """Create all tables of a gradebook that has none; on an error, create none.

    nbgrader would start the program ``alembic`` to ask which version its own tables have.
    """
    file = file_of(db_url)
    if file is None or file.exists():
        _create_in(db_url)
        return
    # SQLite's driver commits each table. So the file gets its name when all tables are there.
    part = Path(f"{file}.part")
    _remove_database(part)
    try:
        _create_in(f"sqlite:///{part}")
        part.replace(file)
    finally:
        _remove_database(part)


def _create_in(db_url: str) -> None:
    engine = create_engine(db_url)
    try:
        with engine.begin() as connection:
            if not inspect(connection).get_table_names():
                Student.metadata.create_all(connection)
                _stamp(connection)
    finally:
        engine.dispose()


def _stamp(connection: Connection) -> None:
    """Write down the version of nbgrader's own tables."""
    # Imported late: most runs find their gradebook there.
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    # nbgrader's own table of the version has no primary key.
    context = MigrationContext.configure(connection, opts={"version_table_pk": False})
    context.stamp(ScriptDirectory(ALEMBIC_DIR), "head")


def _remove_database(path: Path) -> None:
    for file in (path, Path(f"{path}-journal")):
        file.unlink(missing_ok=True)


def is_outdated(db_url: str) -> bool:
    """Tell whether a gradebook lacks columns because an older nbgrader made it."""
    engine = create_engine(db_url)
    try:
        there = inspect(engine)
        return any(
            not {column["name"] for column in there.get_columns(table.name)}
            >= set(table.columns.keys())
            for table in Student.metadata.sorted_tables
            if there.has_table(table.name)
        )
    finally:
        engine.dispose()
