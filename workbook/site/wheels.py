"""Wheels for the site: the course's own, and those made from packages that are installed here."""

import hashlib
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from workbook.course.folder import CourseError

# A ZIP file cannot hold an earlier date; one for all makes the same bytes every time.
_DATE = (1980, 1, 1, 0, 0, 0)


def rebuilt(name: str, folder: Path) -> Path:
    """Write the wheel of a package of pure Python from its installed files, without the network.

    Parameters
    ----------
    name : str
        The package's name.
    folder : pathlib.Path
        Where the wheel is put.

    Raises
    ------
    CourseError
        If it is not installed, or not from a wheel of pure Python.
    """
    try:
        found = distribution(name)
    except PackageNotFoundError as error:
        raise CourseError(f"the site brings {name} along, which is not installed here") from error
    parts = _files(found)
    if not parts or "Root-Is-Purelib: true" not in (found.read_text("WHEEL") or ""):
        raise CourseError(
            f"the site brings {name} along, which is not installed here as a wheel of pure "
            f"Python: run `pip install --force-reinstall {name}`"
        )
    wheel = folder / f"{name}-{found.version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(zipfile.ZipInfo(part, _DATE), data, zipfile.ZIP_DEFLATED)
    return wheel


def _files(found: Distribution) -> dict[str, bytes]:
    """Return what the wheel of a package put among the other packages, by path."""
    listed = sorted(found.files or (), key=lambda path: path.as_posix())
    return {
        path.as_posix(): path.read_binary()
        for path in listed
        # Scripts and data are beside the packages' folder; compiled files are of this Python.
        if ".." not in path.parts and path.suffix != ".pyc" and path.name != "INSTALLER"
    }


def sha256_of(path: Path) -> str:
    """Return the SHA-256 digest of a file, as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
