"""Where a notebook is found: in the site itself, and at services that open notebooks."""

import re
from dataclasses import dataclass
from urllib.parse import quote

# The parts of a repository's address at GitHub, which Colab and Binder ask for.
_GITHUB = re.compile(r"https?://github\.com/(?P<name>[^/\s]+/[^/\s]+?)(?:\.git)?/?")


@dataclass(frozen=True)
class Link:
    """A link with its text.

    Attributes
    ----------
    text : str
        What the reader sees.
    address : str
        Where it leads.
    is_elsewhere : bool
        Whether it leads to another server.
    """

    text: str
    address: str
    is_elsewhere: bool = False


def links_of(
    notebook_path: str, up: str, address: str | None, repository: str | None
) -> list[Link]:
    """Return the links by which a notebook is opened.

    Parameters
    ----------
    notebook_path : str
        Path of the notebook inside ``release/``.
    up : str
        The way from the page to the site's top folder, such as ``"../../"``.
    address : str or None
        The site's public address. Without it, a notebook cannot install the course elsewhere, so
        nothing leads there.
    repository : str or None
        The address of the course's repository.
    """
    path = quote(notebook_path)
    links = [
        Link("Open in this tab", f"{up}lite/notebooks/index.html?path={path}"),
        Link("Download", f"{up}notebooks/{path}"),
    ]
    github = _GITHUB.fullmatch(repository or "")
    if address and github:
        name = github["name"]
        tree = quote(f"release/{notebook_path}", safe="")
        links += [
            Link(
                "Open in Colab",
                f"https://colab.research.google.com/github/{name}/blob/HEAD/release/{path}",
                is_elsewhere=True,
            ),
            Link(
                "Open in Binder",
                f"https://mybinder.org/v2/gh/{name}/HEAD?labpath={tree}",
                is_elsewhere=True,
            ),
        ]
    return links


def teachers_page(repository: str | None) -> str | None:
    """Return where teachers read on, if the course's repository is known."""
    if repository is None:
        return None
    github = _GITHUB.fullmatch(repository)
    if github is None:
        return repository
    return f"https://github.com/{github['name']}/blob/HEAD/docs/instructors.md"
