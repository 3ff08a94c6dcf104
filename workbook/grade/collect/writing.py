"""Files written into ``submitted/``: what was there before is kept elsewhere."""

import contextlib
import os
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from workbook.course.leftovers import is_meaningless
from workbook.grade.collect.looking import match_of
from workbook.grade.collect.platforms import CollectError
from workbook.grade.submissions.disk import refusal
from workbook.grade.submissions.files import read_file
from workbook.grade.submissions.timestamps import TIMESTAMP

TAKEN, ALREADY = "taken", "there already"


@dataclass
class SubmittedFolder:
    """The folder ``submitted/`` while files are written into it.

    Attributes
    ----------
    root : pathlib.Path
        The folder.
    kept : pathlib.Path
        Where a file goes that another one replaces, under the same path.
    set_aside : list of str
        The files that have gone there.
    changed : set of pathlib.Path
        The assignments' folders with a file that is new.
    """

    root: Path
    kept: Path
    set_aside: list[str] = field(default_factory=list)
    changed: set[Path] = field(default_factory=set)

    def put(self, folder: Path, path: str, data: bytes, modified: float) -> str:
        """Write a file, and return what was done: `TAKEN`, `ALREADY`, or why it was not."""
        target = folder / path
        if link := self._link_above(target):
            return f"{link} is a link, through which nothing is written"
        try:
            if os.path.lexists(target):
                if read_file(target)[0] == data:
                    return ALREADY
                self.keep(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f".{target.name[:60]}.part")
            part.unlink(missing_ok=True)
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
                file.write(data)
            # An archive may name a time that no disk can hold: then it is that of now.
            with contextlib.suppress(OverflowError):
                if modified > 0:
                    os.utime(part, (modified, modified))
            part.replace(target)
        except OSError as error:
            raise CollectError(
                f"{target} cannot be written ({refusal(error, target.parent)}). Fix that, "
                "and collect again: what has been written stays"
            ) from error
        self.changed.add(folder)
        return TAKEN

    def _link_above(self, target: Path) -> str:
        """Return the folder above a file, below the root, that is a link or a file."""
        folder = self.root
        for part in target.relative_to(self.root).parts[:-1]:
            folder = folder / part
            if not os.path.lexists(folder):
                break
            if folder.is_symlink():
                return str(folder.relative_to(self.root))
            if not folder.is_dir():
                self.keep(folder)
        return ""

    def keep(self, path: Path) -> None:
        """Move a file, or a folder in a file's place, to where it is kept."""
        name = path.relative_to(self.root)
        target = self.kept / name
        while os.path.lexists(target):
            target = target.with_name(f"{target.name}~")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
        self.set_aside.append(name.as_posix())

    def keep_other_versions(self, folder: Path, exercises: set[str], written: set[str]) -> None:
        """Set aside the notebooks of these exercises that are not among those just written."""
        for place, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if not is_meaningless(name)]
            for name in sorted(names):
                path = Path(place) / name
                if ".ipynb" not in name.lower() or path.relative_to(folder).as_posix() in written:
                    continue
                data, _ = read_file(path)
                found = match_of(data, name) if data is not None else None
                if found and found.exercise.name in exercises:
                    self.keep(path)

    def write_time(self, folder: Path, time: datetime | None) -> None:
        """Write nbgrader's timestamp; one of files that are no longer there does not stay."""
        path = folder / TIMESTAMP
        if time is not None:
            text = f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC\n"
            self.put(folder, TIMESTAMP, text.encode("ascii"), time.timestamp())
        elif folder in self.changed and os.path.lexists(path):
            self.keep(path)
