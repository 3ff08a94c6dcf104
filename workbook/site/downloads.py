"""The released notebooks to download, each of which works wherever notebooks open."""

import nbformat

from workbook.build.install_cell import with_install_cell
from workbook.site.book.pages import released_notebooks
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
    for what, notebook in released_notebooks(site.course):
        target = site.folder / "notebooks" / what.notebook_path
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(with_install_cell(notebook, site.address, site.wheel), target)
