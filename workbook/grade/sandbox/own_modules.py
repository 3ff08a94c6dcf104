"""Imports modules that lie beside the notebook, or that the notebook itself has written."""

import sys
from collections.abc import Callable
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType

from workbook.course.missing_packages import run_without_missing
from workbook.grade.sandbox.skipped import skip
from workbook.grade.submissions.beside import NOT_SHADOWED


class _OwnLoader(SourceFileLoader):
    """Runs what a module has without a package that is not installed."""

    def exec_module(self, module: ModuleType) -> None:
        source = self.get_source(module.__name__)
        if run_without_missing(source or "", self.path, module.__dict__):
            skip("beside")


class _OwnModules(FileFinder):
    """Finds modules in the working folder, also those that were written a moment ago."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder, (_OwnLoader, SOURCE_SUFFIXES))

    def find_spec(self, fullname: str, target: object = None) -> ModuleSpec | None:
        if fullname in NOT_SHADOWED:
            return None
        # A file system's clock may be too slow to tell that there is another file than before.
        self.invalidate_caches()
        return super().find_spec(fullname, target)  # type: ignore[arg-type]


def find_modules_in(folder: str) -> None:
    """Let imports look into a folder, and into the working folder if that lies in it.

    They look there first, but never for the standard library, NumPy, and what else the course
    needs.
    """
    # A cell that writes a module anew must not meet the one compiled before.
    sys.dont_write_bytecode = True
    sys.path_hooks.insert(0, _hook(folder))
    sys.path[:0] = [folder, ""]


def _hook(folder: str) -> Callable[[str], FileFinder]:
    def hook(path: str) -> FileFinder:
        if path == folder or path.startswith(f"{folder}/"):
            return _OwnModules(path)
        raise ImportError

    return hook
