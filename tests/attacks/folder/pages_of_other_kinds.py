"""Adds pages with a script under endings that fewer people know; browsers run them all the same."""

from tests.attacks.suite import Attack

PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    "<script>attack_script()</script></body></html>\n"
)
ENDINGS = ("xht", "XHT", "xhtm", "shtml", "svgz", "xsl", "rdf", "rss", "atom", "kml", "mml")


def plant(folder, target):
    for ending in ENDINGS:
        (folder / f"my_notes.{ending}").write_text(PAGE, encoding="utf-8")


ATTACK = Attack(
    harm="a page with a script beside the feedback, or served by the formgrader",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
