"""`write_front_page`: the site's first page, with a network that learns."""

import shutil
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from workbook.course.addresses import addresses
from workbook.course.exercises import EXERCISES, LABS, count_in_words, in_order
from workbook.course.words import counted, noun
from workbook.site.learning import player, training_data
from workbook.site.links import links_of, teachers_page
from workbook.site.settings import Site

_UNITS, _RATE = 8, 1.0
_HERE = Path(__file__).parent


def write_front_page(site: Site) -> None:
    """Write ``index.html`` of the site, and the script and the style that it needs.

    Parameters
    ----------
    site : Site
        The website that is being built.
    """
    repository = addresses(site.course).repository
    first, *_ = in_order()
    start, *_ = links_of(first.notebook_path, "", site.address, repository)
    html = _template().render(
        count=count_in_words(),
        functions=noun(len(EXERCISES), "function"),
        labs=counted(len(LABS), "lab") if LABS else "",
        hours=f"{round(sum(one.minutes for one in EXERCISES) / 30) / 2:g}",
        start=start.address,
        teachers=teachers_page(repository),
        address=site.address,
        learning=Markup(player([_UNITS], [_RATE], starts=True)),
    )
    site.folder.mkdir(parents=True, exist_ok=True)
    (site.folder / "index.html").write_text(f"{html}\n", encoding="utf-8")
    # GitHub Pages otherwise leaves out what begins with an underscore.
    (site.folder / ".nojekyll").touch()
    static = site.folder / "front"
    shutil.copytree(_HERE / "static", static, dirs_exist_ok=True)
    shutil.copy(_HERE / "templates" / "front.css", static)
    (static / "learning-data.js").write_text(training_data([_UNITS], [_RATE]), encoding="utf-8")


@cache
def _template() -> Template:
    made = Environment(
        loader=PackageLoader("workbook.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.get_template("front.html")
