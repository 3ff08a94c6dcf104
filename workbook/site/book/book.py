"""`write_book`: the course's notebooks as a book to read, made by Sphinx."""

import io
import json
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbook.course.addresses import addresses
from workbook.course.data_folder import data_folder
from workbook.course.exercises import ASSIGNMENTS, Exercise, Page, in_order
from workbook.course.folder import CourseError
from workbook.course.questions import questions
from workbook.site.book.pages import PageWriter, anchor, released_notebooks
from workbook.site.learning import training_data
from workbook.site.links import links_of
from workbook.site.settings import Site

_HERE = Path(__file__).parent
_TITLE = "Backprop Workbook"
# From a page of the book to the site's top folder.
_UP = "../../"
# Markdown is read as notebooks show it: without the marks that MyST alone gives a meaning.
_ONLY_MYST = ["myst_role", "myst_block_break", "myst_target", "myst_line_comment"]


def write_book(site: Site) -> None:
    """Write the book of the course into ``book/`` of the site.

    Parameters
    ----------
    site : Site
        The website that is being built.

    Raises
    ------
    CourseError
        If a released notebook is missing or cannot be read, or Sphinx fails.
    """
    with TemporaryDirectory() as scratch:
        source = Path(scratch) / "source"
        _write_source(site, source)
        _run_sphinx(site, source, Path(scratch))


def _write_source(site: Site, source: Path) -> None:
    """Write what Sphinx makes the book from."""
    writer = PageWriter(source, questions(), _hints())
    repository = addresses(site.course).repository
    for what, notebook in released_notebooks(site.course):
        links = links_of(what.notebook_path, _UP, site.address, repository)
        writer.write(what, notebook, links)
    (source / "index.md").write_text("\n".join(_index()), encoding="utf-8")
    static = source / "static"
    shutil.copytree(_HERE / "static", static)
    shutil.copytree(_HERE.parent / "static", static, dirs_exist_ok=True)
    (static / "learning-data.js").write_text(training_data(), encoding="utf-8")


def _hints() -> dict[str, list[str]]:
    hints: dict[str, list[str]] = json.loads(
        (data_folder() / "hints.json").read_text(encoding="utf-8")
    )
    return hints


def _index() -> Iterator[str]:
    """Yield the lines of the book's first page, which lists all others."""
    yield f"# {_TITLE}: the book"
    yield ""
    yield "Every notebook of the course as a page to read. The questions work here, too. To write"
    yield "and check the functions, open a page's notebook: the link is below its heading."
    for assignment, heading in ASSIGNMENTS.items():
        yield from ("", "```{toctree}", ":maxdepth: 1", f":caption: {json.dumps(heading)}", "")
        yield from (_docname(one) for one in in_order() if one.assignment == assignment)
        yield "```"
    yield ""


def _docname(what: Exercise | Page) -> str:
    return what.notebook_path.removesuffix(".ipynb")


def _settings(site: Site) -> dict[str, Any]:
    """Return the settings that Sphinx otherwise reads from a conf.py."""
    return {
        "project": _TITLE,
        "extensions": [
            "myst_parser", "workbook.site.book.captions", "workbook.site.book.formulas",
        ],
        "html_math_renderer": "mathml",
        "myst_enable_extensions": ["dollarmath", "strikethrough"],
        "myst_disable_syntax": _ONLY_MYST,
        "myst_heading_anchors": 6,
        "myst_heading_slug_func": f"{anchor.__module__}.{anchor.__name__}",
        # A lesson may go from a heading to one two levels below, as it may in a notebook.
        "suppress_warnings": ["myst.header", "myst.strikethrough"],
        "highlight_language": "none",
        "html_theme": "furo",
        "html_title": _TITLE,
        "html_baseurl": f"{site.address}/book/" if site.address else "",
        "html_static_path": ["static"],
        "html_css_files": ["learning.css", "book.css"],
        "html_js_files": [
            (name, {"defer": "defer"})
            for name in ("learning-data.js", "panels.js", "learning.js", "quiz.js", "book.js")
        ],
        "templates_path": [str(_HERE / "templates")],
        "html_sidebars": {
            "**": [
                "sidebar/brand.html", "sidebar/search.html", "sidebar/site.html",
                "sidebar/scroll-start.html", "sidebar/navigation.html", "sidebar/scroll-end.html",
            ]
        },
        "html_copy_source": False,
        "html_show_copyright": False,
        "html_use_index": False,
        "html_favicon": "static/icon.svg",
        "html_theme_options": {
            "top_of_page_buttons": [],
            "light_css_variables": _colours("#0a58a8"),
            "dark_css_variables": _colours("#8fbdf0"),
        },
    }  # fmt: skip


def _colours(link: str) -> dict[str, str]:
    names = ("brand-primary", "brand-content", "brand-visited", "link", "link--visited")
    return {f"color-{name}": link for name in names}


def _run_sphinx(site: Site, source: Path, scratch: Path) -> None:
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    made = scratch / "made"
    said = io.StringIO()
    try:
        with patch_docutils(), docutils_namespace(), warnings.catch_warnings():
            # What its extensions use of an older Sphinx is for their authors to know.
            warnings.simplefilter("ignore", DeprecationWarning)
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            app = Sphinx(
                srcdir=source, confdir=None, outdir=made, doctreedir=scratch / "trees",
                buildername="html", confoverrides=_settings(site),
                status=None, warning=said,
            )  # fmt: skip
            app.build()
    except SphinxError as error:
        raise CourseError(f"Sphinx cannot make the book: {error}") from error
    finally:
        sys.stderr.write(_about_notebooks(said.getvalue(), source))
    unwanted = shutil.ignore_patterns(".buildinfo", "objects.inv", "*.map", ".doctrees")
    shutil.copytree(made, site.folder / "book", ignore=unwanted, dirs_exist_ok=True)


def _about_notebooks(said: str, source: Path) -> str:
    """Return Sphinx's messages with the names of the notebooks in the place of its pages."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said)
    return re.sub(rf"{re.escape(str(source))}/(\S+)\.md(:\d+)?", r"release/\1.ipynb", plain)
