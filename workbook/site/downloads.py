"""The released notebooks to download, each of which works wherever notebooks open."""

from collections.abc import Iterator
from pathlib import Path

import nbformat

from workbook.build.install_cell import with_install_cell
from workbook.course.exercises import all_notebooks
from workbook.course.folder import CourseError
from workbook.site.settings import Site


def write_downloads(site: Site) -> None:
    """Write ``notebooks/<assignment>/<notebook>.ipynb``: what is released, as a site hands it out.

    With an address, the first cell of each installs the site's own wheel where it is missing.

    Parameters
    ----------
    site : Site
        The site that is built.

    Raises
    ------
    CourseError
        If a notebook is not released, or cannot be read.
    """
    for name, path in _released(site):
        target = site.folder / "notebooks" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            notebook = nbformat.read(path, as_version=4)
        except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
            raise CourseError(f"{path} cannot be read ({error}); run `workbook build`") from error
        nbformat.write(with_install_cell(notebook, site.address, site.wheel), target)


def _released(site: Site) -> Iterator[tuple[str, Path]]:
    for one in all_notebooks():
        yield one.notebook_path, site.course.root / "release" / one.notebook_path
