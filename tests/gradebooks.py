"""What a gradebook holds, to be compared with another one row by row."""

from pathlib import Path
from typing import Any

from sqlalchemy import MetaData, Table, UniqueConstraint, create_engine, select

# A table: its rows by their names, such as "1_initialization/01_initialize_parameters".
Rows = dict[str, dict[str, Any]]


def address(database: Path) -> str:
    return f"sqlite:///{database}"


def tables(database: Path | str) -> dict[str, Rows]:
    """Return all that a gradebook, a file or an address, holds: names for random identifiers."""
    url = database if isinstance(database, str) else address(database)
    engine, schema = create_engine(url), MetaData()
    found: dict[str, Rows] = {}
    names: dict[tuple[str, str], str] = {}
    with engine.connect() as connection:
        schema.reflect(connection)
        # A table comes after those that it refers to.
        for table in schema.sorted_tables:
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            found[table.name] = _named(table, rows, names)
    engine.dispose()
    return found


def _named(table: Table, rows: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> Rows:
    unique = [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    key = [column.name for column in [*unique, table.primary_key.columns][0]]
    named = {}
    for row in rows:
        identifier = row.get("id")
        for column in table.columns:
            for other in column.foreign_keys:
                row[column.name] = names[other.column.table.name, row[column.name]]
        if "id" not in key:
            row.pop("id", None)
        name = "/".join(str(row[column]) for column in key) or repr(row)
        assert name not in named
        named[name] = row
        names[table.name, identifier] = name
    return named


def assert_same_tables(one: dict[str, Rows], other: dict[str, Rows]) -> None:
    """Fail with the rows that differ."""
    assert one.keys() == other.keys()
    for name in one:
        assert changed(one[name], other[name]) == {}, name


def changed(one: Rows, other: Rows) -> dict[str, tuple[Any, Any]]:
    """Return the rows of two tables that are not the same."""
    names = sorted(one.keys() | other.keys())
    pairs = {name: (one.get(name), other.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
