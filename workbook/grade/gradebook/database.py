"""The address of a gradebook: where it leads, and whether there is a database."""

from sqlalchemy import create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

# A host that does not exist would be waited for as long as the system likes.
_CONNECT_SECONDS = 10
_DRIVERS_WITH_TIMEOUT = ("psycopg", "psycopg2")

_EXAMPLE = "postgresql+psycopg://user@host/name"


class UnreachableError(Exception):
    """There is no way to a gradebook; the text says why, and holds no password."""


def place(db_url: str) -> str:
    """Return where a gradebook is: the path of a file, or a host and the name of a database."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    # The address itself may hold a password. A socket's folder stands among the options.
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"{host}{port}/{url.database}"


def reach(db_url: str) -> None:
    """See whether a database server answers, and lets us in; a file is made when it is needed.

    Raises
    ------
    UnreachableError
        If it does not, or the address is none.
    """
    url = _parsed(db_url)
    if url.get_backend_name() == "sqlite":
        return
    timeout = {"connect_timeout": _CONNECT_SECONDS}
    try:
        known = url.get_driver_name() in _DRIVERS_WITH_TIMEOUT
        engine = create_engine(url, connect_args=timeout if known else {})
        with engine.connect():
            pass
        engine.dispose()
    except ImportError as error:
        raise UnreachableError(
            f"a gradebook in {url.get_backend_name()} needs a driver ({error}); "
            f'`pip install "backprop-workbook[postgres]"` brings the one of {_EXAMPLE}'
        ) from error
    except SQLAlchemyError as error:
        why = str(error.orig if isinstance(error, DBAPIError) else error)
        raise UnreachableError(
            f"the gradebook {place(db_url)} cannot be reached ({' '.join(why.split())}). "
            "Nothing was graded"
        ) from error


def _parsed(db_url: str) -> URL:
    try:
        url = make_url(db_url)
        # Looks the kind of database up.
        url.get_dialect()
    except ImportError:
        return url
    except (ArgumentError, ValueError) as error:
        raise UnreachableError(
            f"this is no address of a gradebook; one is such as {_EXAMPLE}"
        ) from error
    return url
