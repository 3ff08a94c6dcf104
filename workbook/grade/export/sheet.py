"""A table as a file: read as a platform has written it, and written in the same way."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from workbook.grade.export.table import ExportError
from workbook.grade.roster.table_text import table_text
from workbook.grade.submissions.results import whole_file

_DELIMITERS = ",\t;"


@dataclass
class Sheet:
    """A table and the way in which its file is written.

    Attributes
    ----------
    rows : list of list of str
        Its cells; the first row has the headings.
    encoding, delimiter, end : str
        How the file is written.
    is_quoted : bool
        Whether each cell has quotation marks.
    """

    rows: list[list[str]]
    encoding: str = "utf-8"
    delimiter: str = ","
    end: str = "\r\n"
    is_quoted: bool = False

    @property
    def dialect(self) -> dict[str, Any]:
        """How the library csv writes it."""
        quoting: Literal[0, 1] = csv.QUOTE_ALL if self.is_quoted else csv.QUOTE_MINIMAL
        return {"delimiter": self.delimiter, "quoting": quoting, "lineterminator": self.end}

    def write(self, path: Path) -> None:
        """Write the table, whole or not at all; see `whole_file`."""
        with whole_file(path, encoding=self.encoding) as file:
            csv.writer(file, **self.dialect).writerows(self.rows)


def read_sheet(path: Path) -> Sheet:
    """Return the table in a file that a platform has exported.

    Raises
    ------
    ExportError
        If it cannot be read.
    """
    text, encoding = table_text(path, ExportError)
    first = text.lstrip("\r\n").partition("\n")[0]
    if not first.strip():
        raise ExportError(f"{path} is empty")
    counts = {one: len(next(csv.reader([first], delimiter=one), [])) for one in _DELIMITERS}
    delimiter = max(_DELIMITERS, key=lambda one: counts[one])
    end = "\r\n" if "\r\n" in text else "\n"
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ExportError(f"{path} is not a table that can be read: {error}") from error
    is_quoted = first.rstrip("\r").count('"') >= 2 * counts[delimiter]
    return Sheet([row for row in rows if row], encoding, delimiter, end, is_quoted)
