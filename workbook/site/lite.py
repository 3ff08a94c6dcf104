"""The workbook in a browser's tab: JupyterLite, with Python and the course's wheel."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from workbook.build.wheel import build_wheel
from workbook.course.exercises import NOTEBOOKS, PAGES, Exercise, Page
from workbook.course.folder import CourseError
from workbook.course.work_files import OLDER
from workbook.site import pyodide
from workbook.site.settings import Site
from workbook.site.wheels import rebuilt, sha256_of

#: Pages that are built: a notebook alone, the whole of JupyterLab, and what these lead to.
_APPS = ("edit", "lab", "notebooks", "tree")
#: Pages on which Python runs.
_WITH_PYTHON = ("lab", "notebooks")
#: Extensions of JupyterLab, by their folders.
_KERNEL = "@jupyterlite/pyodide-kernel-extension"
_EXTENSIONS = (_KERNEL, "@jupyter-widgets/jupyterlab-manager", "jupyterlab_pygments")
#: Packages of pure Python that neither Pyodide nor JupyterLite's kernel has.
_BROUGHT = ("comm", "ipywidgets")
#: Packages that come with JupyterLite's kernel.
_KERNELS_OWN = ("ipykernel", "piplite", "pyodide_kernel", "widgetsnbextension")
#: What JupyterLite's kernel would install by itself, one after the other, when it starts.
_KERNEL_ASKS_FOR = (
    "comm", "ipykernel", "ipython", "jedi", "micropip", "piplite", "pyodide_kernel", "sqlite3",
    "ssl",
)  # fmt: skip
_KERNELSPEC = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
_SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 30},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
}
#: Icons in formats that only browsers without Python need.
_LEFT_OUT = ("fa-*.eot", "fa-*.svg", "fa-*.ttf", "fa-*.woff")
#: JupyterLab's diagrams from text, and the libraries that only they load: a tenth of JupyterLab.
_DIAGRAMS = "@jupyterlab/mermaid-extension"
_THEIR_LIBRARIES = (b"org.eclipse.elk", b"cytoscape", b"chevrotain", b"katex-mathml")
_TAB = Path(__file__).with_name("tab")
#: Scripts that a page loads before JupyterLite, in this order.
_OF_THE_PAGE = ("restart.js", "versions.js", "keys.js", "page.js")
#: The worker in which the kernel runs where no headers isolate the page, as JupyterLite names it.
_WORKER = re.compile(r":new Worker\(new URL\((\w)\.p\+\1\.u\((\d+)\)")


def write_wheel(site: Site) -> None:
    """Write the course's wheel into `wheels/`, and a page that lists it, as pip reads it.

    Raises
    ------
    CourseError
        If the wheel cannot be built, or has another name than the site's pages give it.
    """
    folder = site.folder / "wheels"
    folder.mkdir()
    wheel = build_wheel(site.course, folder, site.self_study)
    if wheel.name != site.wheel:
        raise CourseError(f"the wheel is called {wheel.name}; the site's pages name {site.wheel}")
    link = f'<a href="{wheel.name}#sha256={sha256_of(wheel)}">{wheel.name}</a>'
    page = f'<!DOCTYPE html>\n<html lang="en"><title>Wheels</title><body>{link}</body></html>\n'
    (folder / "index.html").write_text(page, encoding="utf-8")


def write_lite(site: Site) -> None:
    """Write JupyterLite into `lite/`, with the released notebooks; the wheel is there already.

    Raises
    ------
    CourseError
        If something that it is made from is not there, or JupyterLite cannot be built.
    """
    lite = site.folder / "lite"
    with TemporaryDirectory(prefix="workbook-site-") as scratch:
        sources, python = Path(scratch, "sources"), Path(scratch, "pyodide")
        sources.mkdir()
        if site.offline is not None:
            # Before JupyterLite is built, which takes a while: a wrong folder is told of at once.
            pyodide.copy_pyodide(site.offline, python)
        _write_sources(site, sources)
        _build(sources, lite)
        if site.offline is not None:
            shutil.move(python, lite / "static" / "pyodide")
    for pattern in _LEFT_OUT:
        for path in (lite / "build").glob(pattern):
            path.unlink()
    for chunk in (lite / "build").glob("[0-9]*.js"):
        if any(library in chunk.read_bytes() for library in _THEIR_LIBRARIES):
            chunk.unlink()
    _add_tab(site, lite)


def _write_sources(site: Site, sources: Path) -> None:
    """Write what JupyterLite is built from: its settings, and the notebooks."""
    kernel = {
        "disablePyPIFallback": True,
        "pyodideUrl": "./static/start_python.js",
        "loadPyodideOptions": {"packages": list(_KERNEL_ASKS_FOR)},
    }
    data = {
        "appName": "Backprop Workbook",
        "disabledExtensions": [_DIAGRAMS],
        "exposeAppInBrowser": True,
        "litePluginSettings": {f"{_KERNEL}:kernel": kernel},
    }
    _write_json(
        sources / "jupyter-lite.json",
        {"jupyter-lite-schema-version": 0, "jupyter-config-data": data},
    )
    _write_json(sources / "overrides.json", _SETTINGS)
    lessons: tuple[Exercise | Page, ...] = (*PAGES, *NOTEBOOKS)
    for one in lessons:
        released = site.course.root / "release" / one.notebook_path
        try:
            notebook = json.loads(released.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CourseError(
                f"{released} cannot be read: {error}. Run `workbook build`, which writes it"
            ) from error
        # JupyterLite's kernel has another name; under this one it would ask which kernel to take.
        notebook["metadata"]["kernelspec"] = _KERNELSPEC
        copy = sources / "files" / one.notebook_path
        copy.parent.mkdir(parents=True, exist_ok=True)
        _write_json(copy, notebook)


def _build(sources: Path, lite: Path) -> None:
    extensions = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    missing = [name for name in _EXTENSIONS if not (extensions / name).is_dir()]
    if missing:
        raise CourseError(
            f"{extensions} lacks {', '.join(missing)}, which the site brings along: run "
            '`pip install --force-reinstall "backprop-workbook[site]"`'
        )
    config = {
        "lite_dir": str(sources), "output_dir": str(lite), "contents": [str(sources / "files")],
        "apps": _APPS, "no_sourcemaps": True, "no_libarchive": True,
        "no_unused_shared_packages": True, "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(extensions / name) for name in _EXTENSIONS],
    }  # fmt: skip
    _write_json(sources / "jupyter_lite_config.json", {"LiteBuildConfig": config})
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build"],
        cwd=sources, stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode != 0 or not (lite / "lab" / "index.html").is_file():
        said = "\n".join([*done.stdout.splitlines(), *done.stderr.splitlines()][-15:])
        raise CourseError(f"JupyterLite cannot be built; it says:\n{said}")


def _add_tab(site: Site, lite: Path) -> None:
    """Add what starts Python early, says what is happening, and keeps files for the next time."""
    for name in ("first_worker.js", *_OF_THE_PAGE, "start_python.js"):
        shutil.copyfile(_TAB / name, lite / "static" / name)
    for app in _WITH_PYTHON:
        page = lite / app / "index.html"
        text = page.read_text(encoding="utf-8")
        tags = "".join(f'\n    <script src="../static/{name}"></script>' for name in _OF_THE_PAGE)
        page.write_text(text.replace("<head>", f"<head>{tags}", 1), encoding="utf-8")
    (lite / "service-worker.js").rename(lite / "jupyterlite-service-worker.js")
    shutil.copyfile(_TAB / "service-worker.js", lite / "service-worker.js")
    settings = _python_settings(site, lite)
    digests = [sha256_of(path) for path in sorted(lite.rglob("*")) if path.is_file()]
    all_of_them = "\n".join([json.dumps(settings), *digests])
    settings["site"] = hashlib.sha256(all_of_them.encode()).hexdigest()[:16]
    _write_json(lite / "static" / "python.json", settings)
    text = f'self.SITE_VERSION = "{settings["site"]}";\n'
    (lite / "static" / "site_version.js").write_text(text, encoding="utf-8")


def _python_settings(site: Site, lite: Path) -> dict[str, Any]:
    """Return what `start_python.js` and `page.js` need to know."""
    kernel = lite / "extensions" / _KERNEL / "static"
    packages = lite / "pypi"
    packages.mkdir(exist_ok=True)
    wheels = {name: rebuilt(name, packages) for name in _BROUGHT}
    for name in _KERNELS_OWN:
        # Of two versions, ipywidgets 8 takes the later.
        wheels[name] = sorted((kernel / "pypi").glob(f"{name}-*.whl"))[-1]
    wheels["backprop-workbook"] = site.folder / "wheels" / site.wheel
    entries = [_entry(name, path, lite / "static") for name, path in wheels.items()]
    files = lite / "files"
    return {
        "notebooks": sorted(one.relative_to(lite).as_posix() for one in files.rglob("*.ipynb")),
        "version": pyodide.VERSION,
        "pyodide": "pyodide/" if site.offline else pyodide.CDN,
        "packages": entries,
        "later": pyodide.LOADED_LATER,
        "load": [*pyodide.KERNEL_PACKAGES, *wheels],
        "older": OLDER,
        "jupyterlite": version("jupyterlite-core"),
        "service_worker": "service-worker.js?enableCache=false",
        "kernel_worker": f"extensions/{_KERNEL}/static/{_workers_file(kernel)}",
    }


def _entry(name: str, wheel: Path, base: Path) -> dict[str, Any]:
    """Return a wheel as Pyodide's lock file tells of one; its file is relative to a folder."""
    where = wheel.relative_to(base.parent.parent)
    return {
        "name": name, "version": wheel.name.split("-")[1], "file_name": f"../../{where.as_posix()}",
        "install_dir": "site", "sha256": sha256_of(wheel), "package_type": "package",
        "imports": [name.replace("backprop-", "")], "depends": [], "unvendored_tests": False,
    }  # fmt: skip


def _workers_file(kernel: Path) -> str:
    """Return the name of the script that JupyterLite's kernel runs in a worker."""
    for script in kernel.glob("*.js"):
        found = _WORKER.search(script.read_text(encoding="utf-8"))
        if found:
            return next(kernel.glob(f"{found[2]}.*.js")).name
    raise CourseError(
        f"jupyterlite-pyodide-kernel {version('jupyterlite-pyodide-kernel')} names its worker in "
        "another way than the version that the site is built for"
    )


def _write_json(path: Path, data: Any) -> None:
    # Without the spaces that nobody reads: each learner loads it.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
