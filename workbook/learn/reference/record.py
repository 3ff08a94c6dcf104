"""What is kept in the learner's folder: answers that failed a check, and the stand-ins in use."""

import contextlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from workbook.course.exercises import FUNCTIONS
from workbook.course.folder import CONFIG_FILE
from workbook.learn.finding import learners_folder
from workbook.learn.whole_file import read_whole, write_whole

#: The file's name. It may be deleted at any time: then nothing has failed, and nothing stands in.
FILE = "attempts_and_stand_ins.json"
_VERSION = 1


@dataclass(frozen=True)
class Record:
    """What is kept for one learner.

    Attributes
    ----------
    failed : dict of str to list of str
        By function: a digest of each different answer that failed a check.
    stand_ins : list of str
        The functions for which the reference stands in.
    """

    failed: dict[str, list[str]] = field(default_factory=dict)
    stand_ins: list[str] = field(default_factory=list)


def read(folder: Path) -> Record:
    """Return what is kept; nothing where there is no such file, or none that can be read.

    Parameters
    ----------
    folder : Path
        A folder of notebooks.
    """
    found = _content(_home(folder))
    if not isinstance(found, dict) or found.get("version") != _VERSION:
        return Record()
    failed = found.get("failed")
    failed = failed if isinstance(failed, dict) else {}
    texts = {name: _texts(failed.get(name)) for name in FUNCTIONS}
    return Record(
        {name: digests for name, digests in texts.items() if digests},
        [name for name in _texts(found.get("stand_ins")) if name in FUNCTIONS],
    )


def write(folder: Path, record: Record) -> bool:
    """Keep a record, and return whether that was possible.

    A file of a newer version of the program stays as it is, and nothing is kept among the course's
    own notebooks, which whoever tries them out hands out.

    Parameters
    ----------
    folder : Path
        A folder of notebooks.
    record : Record
        What is to be kept.
    """
    home = _home(folder)
    if home is None or _is_handed_out(home) or _is_newer(_content(home)):
        return False
    with contextlib.suppress(OSError):
        text = json.dumps({"version": _VERSION, **asdict(record)}, indent=1)
        write_whole(home / FILE, text.encode())
        return True
    return False


def start_alone(folder: Path) -> None:
    """Keep a record in a folder in which there is no notebook of the course.

    Colab and others open a notebook that lies elsewhere. Where nothing can be written, nothing is.

    Parameters
    ----------
    folder : Path
        The folder in which the notebook runs.
    """
    if _home(folder) is None:
        with contextlib.suppress(OSError):
            write_whole(folder / FILE, json.dumps({"version": _VERSION}).encode())


def is_kept(folder: Path) -> bool:
    """Tell whether there is a place for a record.

    Parameters
    ----------
    folder : Path
        A folder of notebooks, or one in which `start_alone` has begun a record.
    """
    return _home(folder) is not None


def _home(folder: Path) -> Path | None:
    """Return the folder that holds the record, or would hold it; None if there is none."""
    return learners_folder(folder) or (folder if (folder / FILE).is_file() else None)


def _is_handed_out(home: Path) -> bool:
    return home.name in ("release", "source") and (home.parent / CONFIG_FILE).is_file()


def _content(home: Path | None) -> Any:
    if home is None:
        return None
    try:
        return json.loads(read_whole(home / FILE))
    except (OSError, ValueError, RecursionError):
        return None


def _is_newer(found: Any) -> bool:
    version = found.get("version") if isinstance(found, dict) else None
    return isinstance(version, int) and version > _VERSION


def _texts(found: Any) -> list[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
