"""Addresses of gradebooks: their places, and whether a database answers there."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, create_engine, inspect, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

T = TypeVar("T")

# Without it, a connection to a host that does not exist may take minutes to fail.
_CONNECT_SECONDS = 10
_DRIVERS_WITH_TIMEOUT = ("psycopg", "psycopg2")

_EXAMPLE = "postgresql+psycopg://user@host/name"


class UnreachableError(Exception):
    """A gradebook cannot be reached; the text says why, and holds no password."""


def file_of(db_url: str) -> Path | None:
    """Return the file of a gradebook, whether it exists or not; None for one on a server."""
    url = make_url(db_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def read(db_url: str, table: str, reading: Callable[[Connection], T]) -> T | None:
    """Return what a function reads in a gradebook; None if it does not exist or cannot be read.

    Parameters
    ----------
    db_url : str
        SQLAlchemy address of the gradebook.
    table : str
        The table without which there is nothing to read.
    reading : callable
        Reads in an open connection.
    """
    file = file_of(db_url)
    if file is not None and not file.exists():
        return None
    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            return reading(connection) if inspect(connection).has_table(table) else None
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()


def place(db_url: str) -> str:
    """Return the path of a gradebook's file, or the host and the name of its database."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    # The address itself may hold a password. The folder of a socket is one of its options.
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"{host}{port}/{url.database}"


def reach(db_url: str) -> None:
    """Check that a database server answers, and lets us in; a file is made when it is needed.

    Raises
    ------
    UnreachableError
        If it does not, or this is not an address of a database.
    """
    # Without the encoding, a driver may give bytes for texts, which SQLAlchemy does not expect.
    options = {"connect_timeout": _CONNECT_SECONDS, "client_encoding": "utf8"}
    encoding = "UTF8"
    try:
        url = make_url(db_url)
        if url.get_backend_name() == "sqlite":
            return
        known = url.get_driver_name() in _DRIVERS_WITH_TIMEOUT
        engine = create_engine(url, connect_args=options if known else {})
        with engine.connect() as connection:
            if url.get_backend_name() == "postgresql":
                encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        engine.dispose()
    except ImportError as error:
        raise UnreachableError(
            f"a gradebook in {url.get_backend_name()} needs a driver ({error}); "
            f'`pip install "backprop-workbook[postgres]"` brings the one of {_EXAMPLE}'
        ) from error
    except (ArgumentError, ValueError) as error:
        raise UnreachableError(
            f"this is not an address of a gradebook; an example is {_EXAMPLE}"
        ) from error
    except SQLAlchemyError as error:
        why = str(error.orig if isinstance(error, DBAPIError) else error)
        raise UnreachableError(
            f"the gradebook {place(db_url)} cannot be reached ({' '.join(why.split())}). "
            "Nothing was graded"
        ) from error
    if encoding != "UTF8":
        raise UnreachableError(
            f"the gradebook {place(db_url)} has the encoding {encoding}, which does not hold all "
            "names. Make the database with `createdb --encoding UTF8 --template template0 NAME`"
        )
