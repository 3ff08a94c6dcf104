"""Modules beside a notebook, importable while one of its functions is used."""

import contextlib
import sys
from collections.abc import Iterator, Sequence
from importlib.abc import InspectLoader, MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location, spec_from_loader
from pathlib import Path
from types import ModuleType

from workbook.course.missing_packages import run_without_missing

# What pip installs comes after the learner's own files, and the standard library before them.
_INSTALLED = ("site-packages", "dist-packages")


class WrittenFiles(MetaPathFinder):
    """Finds the modules in a notebook's folder, those that its cells write as last written.

    Parameters
    ----------
    folder : Path
        The notebook's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}

    def write(self, name: str, text: str, add: bool) -> None:
        """Note what a cell writes to a file of this name."""
        path = Path(name).with_suffix("")
        parts = path.parts[:-1] if path.name == "__init__" else path.parts
        if not name.endswith(".py") or not parts or not parts[-1].isidentifier():
            return
        # A folder may be a package's, or on the path by itself.
        for module in {".".join(parts), parts[-1]}:
            self._texts[module] = (self._texts.get(module, "") if add else "") + text

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module comes from that is in the folder, or that a cell has written."""
        if fullname in sys.stdlib_module_names:
            return None
        inside = self._folder.joinpath(*fullname.split("."))
        if any(one.startswith(f"{fullname}.") for one in self._texts):
            text = self._texts.get(fullname)
            if text is None and (inside / "__init__.py").exists():
                return None
            spec = spec_from_loader(fullname, _FromText(text or ""), is_package=True)
            if spec is not None:
                spec.submodule_search_locations = [str(inside)]
            return spec
        text, file = self._texts.get(fullname), f"{inside}.py"
        if text is None and Path(file).is_file():
            return spec_from_file_location(fullname, file, loader=_FromFile(fullname, file))
        return None if text is None else spec_from_loader(fullname, _FromText(text))


class _FromFile(SourceFileLoader):
    """Runs what a module has without a package that is not installed, as grading does."""

    def exec_module(self, module: ModuleType) -> None:
        run_without_missing(self.get_data(self.path), self.path, module.__dict__)


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
        new = set(sys.modules) - before
        for name in [one for one in new if _is_beside(one.partition(".")[0], folder)]:
            del sys.modules[name]


def _is_beside(name: str, folder: Path) -> bool:
    """Return whether a module comes from this folder, or from a cell that writes it there."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if isinstance(getattr(spec, "loader", None), _FromText):
        return True
    places = [spec.origin, *(spec.submodule_search_locations or ())] if spec else []
    return any(Path(one).parent in (folder, folder / name) for one in places if one)
