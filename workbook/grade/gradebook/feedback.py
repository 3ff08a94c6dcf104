"""Feedback pages for students, made with nbgrader's own template."""

import importlib.util
import re
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML, ansi2html
from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from traitlets.config import Config

from workbook.grade.gradebook.marks import Marks, end_of_page
from workbook.grade.judging.time_limit import OutOfTimeError, own_time, until

# After that, the rest of a page is shown as it was written.
_PAGE_SECONDS = 4.0

_WITHOUT_ALT = re.compile(r"<img (?![^>]*\balt=)")
_NO_DESCRIPTION = '<img alt="No description has been provided for this image" '


class FeedbackExporter(HTMLExporter):  # type: ignore[misc]
    """nbconvert's exporter, with a cache of the HTML of texts and pieces of code.

    Most cells of a class's notebooks are the same. nbconvert would also parse every finished page
    again, to describe images without a description; here, a regular expression finds them.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        highlight = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        highlighted = self._in_time(highlight.__call__)
        # The cell's metadata could name another language; a course's notebooks have none.
        self.register_filter("highlight_code", lambda source, metadata=None: highlighted(source))
        self.register_filter("markdown2html", self._in_time(self._rendered))
        # For links to files of a notebook server, which these pages have none of, nbconvert would
        # search each text in a time that grows with the square of its length.
        self.register_filter("strip_files_prefix", lambda text: text)
        self.register_filter("ansi2html", self._in_time(ansi2html))

    def _in_time(self, change: Callable[[str], str]) -> Callable[[str], str]:
        """Return a filter that shows a text as it was written when the time for the page is over.

        Parameters
        ----------
        change : callable
            Makes HTML of a text.
        """
        cached = lru_cache(maxsize=1000)(change)

        def changed(text: str) -> str:
            with suppress(OutOfTimeError), until(self._deadline):
                return cached(text)
            return f"<pre>{escape(text)}</pre>"

        return changed

    def _rendered(self, source: str) -> str:
        html: str = super().markdown2html({}, source)
        return html

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Return the page of a notebook."""
        self._deadline = own_time(_PAGE_SECONDS)
        prepared = self._init_resources(resources)
        html, resources = TemplateExporter.from_notebook_node(self, nb, prepared, **kw)
        return _WITHOUT_ALT.sub(_NO_DESCRIPTION, html), resources


def page(title: str, notebook: str, marks: Marks) -> str:
    """Return the page of an autograded notebook.

    Parameters
    ----------
    title : str
        The notebook's name.
    notebook : str
        Text of the notebook.
    marks : Marks
        Its marks.
    """
    node = nbformat.v4.reads(notebook)
    for cell in node.cells:
        settings = cell.metadata.get("nbgrader", {})
        name = settings.get("grade_id")
        if settings.get("solution"):
            settings["comment"] = marks.comments.get(name)
        if settings.get("grade"):
            settings["score"], settings["points"] = marks.scores.get(name, (0.0, 0.0))
    shown = {
        "notebook": title,
        "score": sum(score for score, _ in marks.scores.values()) - marks.penalty,
        "max_score": sum(points for _, points in marks.scores.values()),
        "late_penalty": marks.penalty,
    }
    html, _ = _exporter().from_notebook_node(node, {"unique_key": title, "nbgrader": shown})
    return str(html).rstrip().removesuffix("</html>") + end_of_page(marks.digest)


@lru_cache(maxsize=1)
def _exporter() -> FeedbackExporter:
    """Return an exporter with the settings of nbgrader's own ``generate_feedback``."""
    found = importlib.util.find_spec("nbgrader")
    assert found is not None
    assert found.origin is not None
    formgrader = Path(found.origin).parent / "server_extensions" / "formgrader"
    config = Config()
    config.Exporter.default_preprocessors = []
    config.HTMLExporter.template_name = "feedback"
    config.HTMLExporter.extra_template_basedirs = [str(formgrader / "templates")]
    styles = formgrader / "static" / "node_modules" / "bootstrap" / "dist" / "css"
    config.HTMLExporter.extra_template_paths = [str(styles)]
    exporter = FeedbackExporter(config=config)
    exporter.register_preprocessor(CSSHTMLHeaderPreprocessor, enabled=True)
    return exporter
