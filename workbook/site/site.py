"""A whole site, built beside its place and put there when all of it is built."""

import dataclasses
import shutil
from pathlib import Path
from tempfile import mkdtemp

from workbook.build.wheel import wheel_name
from workbook.course.addresses import addresses
from workbook.course.folder import Course, CourseError
from workbook.site.book import write_book, write_front_page
from workbook.site.downloads import write_downloads
from workbook.site.lite import write_lite, write_wheel
from workbook.site.settings import Site
from workbook.site.work_page import write_work_page

#: Says of a folder that it holds a site, which another one may replace.
MARKER = ".workbook-site"
_ABOUT = "This folder holds a site that `workbook site` has built; it may replace all of it.\n"


def settle(course: Course, folder: Path, offline: Path | None, self_study: bool) -> Site:
    """Return the settings of a site; refuse those with which none can be built.

    Parameters
    ----------
    course : Course
        The course.
    folder : pathlib.Path
        Where the site is to be.
    offline : pathlib.Path or None
        The folder with Pyodide's files; None to take them from the web.
    self_study : bool
        Whether the wheel holds the solutions.

    Raises
    ------
    CourseError
        If the course's settings or its version cannot be read.
    """
    wheel = wheel_name(course, self_study)
    address = addresses(course).address
    return Site(course, folder.absolute(), wheel, address, offline, self_study)


def build_site(site: Site) -> None:
    """Build a site; its folder changes only when all of it is built.

    Parameters
    ----------
    site : Site
        The site. Its folder may be missing, empty, or an earlier site.

    Raises
    ------
    CourseError
        If it cannot be built, or its folder holds something else.
    """
    folder = site.folder
    _refuse_others(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # On the same disk, so that one can take the other's place.
    made = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        new = dataclasses.replace(site, folder=made / "site")
        new.folder.mkdir()
        write_wheel(new)
        write_lite(new)
        write_book(new)
        write_front_page(new)
        write_downloads(new)
        write_work_page(new)
        (new.folder / MARKER).write_text(_ABOUT, encoding="utf-8")
        if folder.exists():
            folder.rename(made / "before")
        new.folder.rename(folder)
    finally:
        if (made / "before").exists() and not folder.exists():
            (made / "before").rename(folder)
        shutil.rmtree(made, ignore_errors=True)


def _refuse_others(folder: Path) -> None:
    """Refuse a folder that holds something that is no site."""
    if folder.is_dir():
        if any(folder.iterdir()) and not (folder / MARKER).is_file():
            raise CourseError(
                f"{folder} holds files that are not an earlier site, and building would delete "
                "them: name a new folder, or an empty one"
            )
    elif folder.exists():
        raise CourseError(f"{folder} is a file: name a folder for the site")
