"""Modules beside a notebook, importable while one of its functions is used."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

# What pip installs comes after the learner's own files, and the standard library before them.
_INSTALLED = ("site-packages", "dist-packages")


class WrittenFiles(MetaPathFinder):
    """Finds the modules that cells of a notebook write by ``%%writefile``, as last written."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def write(self, name: str, text: str, add: bool) -> None:
        """Note what a cell writes to a file of this name; only a module's name matters."""
        path = Path(name)
        if path.suffix == ".py" and path.stem.isidentifier():
            self._texts[path.stem] = (self._texts.get(path.stem, "") if add else "") + text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module that a cell has written comes from."""
        text = self._texts.get(fullname)
        if text is None or fullname in sys.stdlib_module_names:
            return None
        return spec_from_loader(fullname, _FromText(text))


class _FromText(InspectLoader):
    def __init__(self, text: str) -> None:
        self._text = text

    def get_source(self, fullname: str) -> str:
        return self._text


@contextlib.contextmanager
def folder_at_hand(folder: Path, written: WrittenFiles) -> Iterator[None]:
    """Make the modules in a notebook's folder importable, as Jupyter does.

    They are found after the standard library and before what is installed. Afterwards they are
    forgotten: another notebook may have a module of the same name.

    Parameters
    ----------
    folder : Path
        The notebook's folder.
    written : WrittenFiles
        Modules that the notebook's own cells write there.
    """
    at = next((i for i, one in enumerate(sys.path) if one.endswith(_INSTALLED)), len(sys.path))
    path, before = [*sys.path], set(sys.modules)
    sys.path.insert(at, str(folder))
    sys.meta_path.insert(0, written)
    try:
        yield
    finally:
        sys.path[:] = path
        sys.meta_path.remove(written)
        for name in set(sys.modules) - before:
            if _is_beside(name.partition(".")[0], folder):
                sys.modules.pop(name, None)


def _is_beside(name: str, folder: Path) -> bool:
    """Return whether a module comes from this folder, or from a cell that writes it there."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if isinstance(getattr(spec, "loader", None), _FromText):
        return True
    places = [spec.origin, *(spec.submodule_search_locations or ())] if spec else []
    return any(Path(one).parent in (folder, folder / name) for one in places if one)
