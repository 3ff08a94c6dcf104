"""The plug-in for ``nbgrader collect``: takes what the students themselves put into the exchange.

Everybody can write into an exchange. nbgrader's own plug-in takes the latest folder with a
student's name, whoever has made it; it copies what links lead to, also where only the instructor
can read that; a folder that it cannot copy ends it for the whole class; and it removes earlier
work before it has copied what is newer.
"""

import errno
import os
import pwd
import shutil
import stat
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import ExchangeCollect

from workbook.course.text import one_line
from workbook.course.words import counted
from workbook.grade.submissions.timestamps import TIMESTAMP, read_timestamp

_MOST_FILES, _DEEPEST = 10_000, 20
_MOST_NAMED = 20
_NOTEBOOK = ".ipynb"
_BELONGS_TO = "belongs to "
_SETTING = (
    ". If all students hand in as one user, or their names in the exchange are not those of this "
    "machine's users, set c.ExchangeCollect.check_owner = False in nbgrader_config.py and collect "
    "again; then anybody can hand in under another's name"
)


class CollectOwnWork(ExchangeCollect):  # type: ignore[misc]
    """Collects each student's latest folder that belongs to the student: its plain files."""

    src_records: list[dict[str, Any]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        try:
            record: dict[str, Any] = super()._path_to_record(path)
        except (ExchangeError, ValueError, ArithmeticError, TypeError):
            # Anybody can make a folder with such a name.
            name = os.path.basename(path)
            return {
                "username": "",
                "filename": name,
                "timestamp": datetime.min,
                "why": "has no time",
            }
        return {**record, "why": self._why_not(path, record["username"])}

    def _why_not(self, path: str, student: str) -> str:
        """Return why a folder in the exchange is not this student's work; "" if it is."""
        try:
            found = os.lstat(path)
        except OSError:
            # Its student may remove it at any time.
            return "is gone"
        if not stat.S_ISDIR(found.st_mode):
            return "is no folder"
        try:
            owner = pwd.getpwuid(found.st_uid).pw_name
        except KeyError:
            owner = str(found.st_uid)
        return f"{_BELONGS_TO}{owner}" if self.check_owner and owner != student else ""

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for one in records:
            if one["why"]:
                self.log.error("%s %s: it is not collected", one_line(one["filename"]), one["why"])
        own = [one for one in records if not one["why"]]
        found: list[dict[str, Any]] = super()._sort_by_timestamp(own or records)
        return found

    def copy_files(self) -> None:
        """Copy the work of all students; what cannot be copied ends the command only then."""
        foreign = any(one["why"].startswith(_BELONGS_TO) for one in self.src_records)
        self._failed: list[str] = [one["filename"] for one in self.src_records if one["why"]]
        own = [one for one in self.src_records if not one["why"]]
        assignment = self.coursedir.assignment_id
        self.log.info("Collecting %s of %s", counted(len(own), "submission"), assignment)
        for one in own:
            self._collect(one)
        if self._failed:
            named = ", ".join(map(one_line, self._failed[:_MOST_NAMED]))
            self.fail(f"not collected: {named}{_SETTING if foreign else ''}")

    def _collect(self, record: dict[str, Any]) -> None:
        """Copy a student's work, unless there is some that stays."""
        student, directory = record["username"], self.coursedir.submitted_directory
        place = self.coursedir.format_path(directory, student, self.coursedir.assignment_id)
        what = f"{student} {self.coursedir.assignment_id}"
        if not os.path.isdir(place):
            self.log.info("Collecting submission: %s", what)
        elif self._is_to_replace(Path(place), record["timestamp"]):
            self.log.info("Updating submission: %s", what)
        elif self.update:
            self.log.info("No newer submission to collect: %s", what)
            return
        else:
            self.log.info("Submission already exists, use --update to update: %s", what)
            return
        self.do_copy(os.path.join(self.inbound_path, record["filename"]), place)

    def _is_to_replace(self, place: Path, time: datetime) -> bool:
        """Tell whether work that was collected earlier gives way to that of another time."""
        earlier, _ = read_timestamp(place)
        if self.update and (earlier is None or time > earlier):
            return True
        return bool(self.before_duedate) and earlier != time

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy a folder of the exchange as nbgrader does, but nothing that it only leads to.

        What was there before stays until all is copied.
        """
        name, place = os.path.basename(src), Path(dest)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            # By this name nothing takes it for work, if this process ends before it is removed.
            with TemporaryDirectory(prefix=".~collected-", dir=place.parent) as scratch:
                copy, whole = Path(scratch, "copy"), Path(scratch, "whole")
                # Only these are measured: the student may change the folder meanwhile.
                left = copy_plain_files(Path(src), copy, 1000 * self.coursedir.max_dir_size)
                notes = [f"{one} {why}; it is left out" for one, why in left.items()]
                notes += self._with_time(copy, src)
                super().do_copy(str(copy), str(whole), log)
                _replace(place, whole, Path(scratch, "before"))
                is_whole = not any(one.endswith(_NOTEBOOK) for one in left)
        except (OSError, RuntimeError) as error:
            notes, is_whole = [f"cannot be copied ({error})"], False
        if not is_whole:
            self._failed.append(name)
        for note in notes[:_MOST_NAMED]:
            self.log.warning("%s: %s", one_line(name), one_line(note))

    def _with_time(self, copy: Path, src: str) -> list[str]:
        """Write the time in a folder's name into its copy if none is there that can be read.

        nbgrader's commands stop at one that cannot be read.
        """
        time, problem = read_timestamp(copy)
        if time is not None:
            return []
        place = copy / TIMESTAMP
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        time = self._path_to_record(src)["timestamp"]
        place.write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC\n", encoding="ascii")
        return [f"{problem or f'there is no {TIMESTAMP}'}; the time in the folder's name does"]


def _replace(place: Path, whole: Path, before: Path) -> None:
    """Put a folder in its place, and what is there aside."""
    is_there = os.path.lexists(place)
    if is_there:
        place.rename(before)
    try:
        whole.rename(place)
    # Whoever runs it may stop it, too.
    except BaseException:
        if is_there:
            before.rename(place)
        raise


def copy_plain_files(source: Path, target: Path, most_bytes: int) -> dict[str, str]:
    """Copy what a student owns in a folder, while somebody may change it; follow no link.

    Notebooks come first, so that other files cannot take their room.

    Parameters
    ----------
    source : pathlib.Path
        The folder.
    target : pathlib.Path
        The folder to make.
    most_bytes : int
        How much is copied at most.

    Returns
    -------
    dict of str to str
        What was left out, and why.

    Raises
    ------
    OSError
        If the folder cannot be read, or the copy not be written.
    """
    owner, left, room = source.lstat().st_uid, dict[str, str](), [most_bytes, _MOST_FILES]

    def unreadable(error: OSError) -> None:
        left[str(error.filename)] = f"cannot be read ({error.strerror})"

    for of_notebooks in (True, False):
        for place, folders, names, handle in os.fwalk(source, onerror=unreadable):
            inside = Path(place).relative_to(source)
            (target / inside).mkdir(exist_ok=True)
            links = [one for one in folders if os.path.islink(f"{place}/{one}")]
            left |= {str(inside / one): "is a link" for one in links}
            if len(inside.parts) >= _DEEPEST:
                left |= {str(inside / one): "lies too deep" for one in folders}
                folders.clear()
            for name in sorted(names):
                if name.endswith(_NOTEBOOK) == of_notebooks and (
                    why := _copy_plain_file(name, handle, target / inside / name, owner, room)
                ):
                    left[str(inside / name)] = why
    return left


def _copy_plain_file(name: str, folder: int, target: Path, owner: int, room: list[int]) -> str:
    """Copy a file of an open folder; return why not, if it is left out."""
    try:
        # A pipe would wait for somebody to write.
        how = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        opened = os.open(name, how, dir_fd=folder)
    except OSError as error:
        return "is a link" if error.errno == errno.ELOOP else f"cannot be read ({error.strerror})"
    with open(opened, "rb") as file:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != owner:
            return "is no file of the student's"
        if found.st_size > room[0] or not room[1]:
            return "is too much"
        room[:] = room[0] - found.st_size, room[1] - 1
        target.write_bytes(file.read(found.st_size))
        os.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
    return ""
