"""The page My work in a browser: what it gives is graded, collected and brought as it is."""

import functools
import http.server
import io
import json
import re
import shutil
import threading
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.browser.lab import _CHROMIUM_ARGS, CHROMIUM, PATIENCE, needs_chromium
from tests.conftest import ROOT
from tests.layouts import FOLDER, ONE, RIGHT_TWO, A, B, notebook, zipped
from tests.submissions import answer_text
from tests.test_archives import encrypted
from tests.test_collect import collect, enter, held
from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.course.work_files import MOST_FILES, OLDER, WORK_FILE_MARK
from workbook.grade.submissions.results import read_results
from workbook.learn.workspace.brought_work import brought
from workbook.learn.workspace.saved_work import saved
from workbook.site.settings import Site
from workbook.site.work_page import write_work_page

pytestmark = [
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.filterwarnings("ignore:Object of type <Submitted"),
]

HALF = notebook(ONE, answer_text(ONE, "weights_zero"))
STEP = find("linear_forward").notebook_path
UNDER = "some/course"

# What JupyterLite holds of files: a notebook, a file that a kernel has written, one of text.
MODEL = """
(files) => new Promise((resolve, reject) => {
  const request = indexedDB.open("JupyterLite Storage - /some/course/lite/");
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  request.onerror = reject;
  request.onsuccess = () => {
    const base = request.result, change = base.transaction("files", "readwrite");
    for (const [path, format, content] of files) {
      const now = new Date().toISOString();
      const type = path.endsWith(".ipynb") ? "notebook" : format === null ? "directory" : "file";
      change.objectStore("files").put({
        name: path.split("/").at(-1), path, type, format, content, created: now,
        last_modified: now, size: 1, writable: true, mimetype: "",
      }, path);
    }
    change.oncomplete = () => { base.close(); resolve(); };
  };
})
"""
HELD = """
() => new Promise((resolve, reject) => {
  const request = indexedDB.open("JupyterLite Storage - /some/course/lite/");
  request.onerror = reject;
  request.onsuccess = () => {
    const base = request.result, files = base.transaction("files").objectStore("files");
    const keys = files.getAllKeys(), values = files.getAll();
    values.onsuccess = () => {
      base.close();
      resolve(keys.result.map((key, number) => [key, values.result[number]]));
    };
  };
})
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a site with this page, under a sub-path, and of what JupyterLite serves."""
    folder = tmp_path_factory.mktemp("site")
    course = folder / UNDER
    write_work_page(Site(Course(ROOT), course, "x.whl", None, None, False))
    shutil.copytree(ROOT / "release", course / "lite" / "files")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = (course / "work" / "index.html").relative_to(folder)
        yield f"http://127.0.0.1:{server.server_port}/{page.as_posix()}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def browser():
    """Chromium, for all tests here."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=_CHROMIUM_ARGS)
        yield found
        found.close()


@pytest.fixture
def work(browser, address):
    """The page in a browser that knows nothing; nothing may go wrong or leave this machine."""
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong = []
    page.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: wrong.append(str(one)))
    page.on("request", lambda one: "127.0.0.1" in one.url or wrong.append(one.url))
    page.goto(address)
    yield page
    context.close()
    assert wrong == []


def keep(page, *files):
    """Put files into the store, as JupyterLite does, and look at the page anew."""
    page.evaluate(MODEL, [list(file) for file in files])
    page.reload()


def holds(page):
    """Return what the store holds, by path."""
    return dict(page.evaluate(HELD))


def downloaded(page, name="", given=""):
    """Press the button, say who one is if the page asks, and return the file's name and bytes."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my work").click()
        if page.get_by_role("dialog").is_visible():
            page.get_by_label("Name", exact=True).fill(name)
            page.get_by_label("Id, such").fill(given)
            button = "Keep" if name or given else "Go on without a name"
            page.get_by_role("button", name=button, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def bring(page, *files, label="ZIP file or notebooks"):
    """Choose files of these names and bytes, and return what the page says then."""
    page.evaluate("document.getElementById('said').className = ''")
    chosen = [{"name": n, "mimeType": "application/x", "buffer": data} for n, data in files]
    page.get_by_label(label).set_input_files(chosen)
    expect(page.locator("#said")).to_have_class(re.compile("done|wrong"))
    return page.get_by_role("status").inner_text()


def members(data):
    """Return what is in a ZIP file, by path."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def as_json(data):
    return json.loads(data)


def test_what_is_downloaded_gets_the_marks_of_the_same_notebooks(
    work, root, tmp_path, workbook_grade
):
    answers = {"about": "", "version": 1, "answers": {}}
    keep(
        work,
        (f"{FOLDER}/{A}", "json", as_json(HALF)),
        (f"{FOLDER}/{B}", "json", as_json(RIGHT_TWO)),
        ("quiz_answers.json", "base64", "eyJhIjogMX0="),
        (f"{FOLDER}/helpers.py", "text", "x = 1\n"),
        (f"{FOLDER}/data", None, None),
        (f"{FOLDER}/data/w.json", "json", answers),
        (f"{OLDER}/{FOLDER}/{A}", "json", as_json(HALF)),
        ("Your course.md", "text", "#"),
        (".quiz_answers.json.lock", "text", ""),
    )
    expect(work.get_by_role("link", name="1 initialize_parameters")).to_have_attribute(
        "href", f"../lite/notebooks/index.html?path={FOLDER}%2F{A}"
    )
    name, data = downloaded(work, "Ada  Lovelace ", "ada")
    assert name.startswith("my_work_ada_")
    files = members(data)
    assert {*files} == {
        f"{FOLDER}/{A}", f"{FOLDER}/{B}", f"{FOLDER}/helpers.py", f"{FOLDER}/data/w.json",
        "quiz_answers.json", "student.json",
    }  # fmt: skip
    assert as_json(files[f"{FOLDER}/{A}"]) == as_json(HALF)
    assert files["quiz_answers.json"] == b'{"a": 1}'
    assert as_json(files[f"{FOLDER}/data/w.json"]) == answers
    said = as_json(files["student.json"])
    assert (said["name"], said["id"]) == ("Ada Lovelace", "ada")
    assert data.endswith(WORK_FILE_MARK)

    # The name and the id are asked for once.
    work.reload()
    again, _ = downloaded(work)
    assert again == name
    enter(root)
    (tmp_path / name).write_bytes(data)
    _, shown = collect(root, tmp_path / name)
    assert "Look at" not in shown
    collected = held(root)
    assert collected[f"ada/{FOLDER}/{A}"] == files[f"{FOLDER}/{A}"]

    submitted = tmp_path / "submitted"
    for path, held_there in (
        (f"disk/{FOLDER}/{A}", HALF), (f"disk/{FOLDER}/{B}", RIGHT_TWO), (f"browser/{name}", data),
    ):  # fmt: skip
        (submitted / path).parent.mkdir(parents=True, exist_ok=True)
        (submitted / path).write_bytes(held_there)
    done = workbook_grade(submitted, tmp_path / "out", "--no-feedback")
    assert done.exit_code == 0, done.output
    points = {"disk": {}, "browser": {}}
    for result in read_results(tmp_path / "out" / "results"):
        if result.assignment == FOLDER:
            tests = {one.name: (one.passed, one.points) for one in result.tests}
            points[result.student][result.exercise] = (result.points, tests)
    assert points["disk"] == points["browser"]
    (half, _), (full, _) = points["disk"]["initialize_parameters"], points["disk"][B[3:-6]]
    assert 0 < half < full == 8


def test_both_ways_with_a_computer(work, tmp_path):
    keep(work, (f"{FOLDER}/{A}", "json", as_json(HALF)), ("quiz_answers.json", "json", {"a": 1}))
    _, data = downloaded(work)
    path = tmp_path / "mine.zip"
    path.write_bytes(data)
    home = tmp_path / "notebooks"
    assert not brought(path, home).left_out
    assert as_json((home / FOLDER / A).read_bytes()) == as_json(HALF)
    assert as_json((home / "quiz_answers.json").read_bytes()) == {"a": 1}

    # On the computer one goes on, and brings that back.
    (home / FOLDER / A).write_bytes(notebook(ONE))
    shutil.copy(ROOT / "release" / FOLDER / B, home / FOLDER)
    (home / FOLDER / "pixels.bin").write_bytes(bytes(range(256)))
    said = bring(work, ("x.zip", saved(home, tmp_path / "next.zip").path.read_bytes()))
    assert "2 files brought" in said
    assert f"{FOLDER}/{A} (the one that was here is now in {OLDER}/{FOLDER}/{A})" in said
    # The answers, the unwritten notebook, and the file that says who one is.
    assert "2 files stay as they are" in said
    there = holds(work)
    assert there[f"{FOLDER}/{A}"]["content"] == as_json(notebook(ONE))
    assert there[f"{FOLDER}/{A}"]["type"] == "notebook"
    assert there[f"{OLDER}/{FOLDER}/{A}"]["content"] == as_json(HALF)
    assert there[f"{OLDER}/{FOLDER}"]["type"] == there[OLDER]["type"] == "directory"
    assert f"{FOLDER}/{B}" not in there
    _, data = downloaded(work)
    files = members(data)
    assert files[f"{FOLDER}/pixels.bin"] == bytes(range(256))
    assert not [name for name in files if OLDER in name]

    # Once more changes nothing; another version is kept beside the first.
    assert "Nothing had to be brought" in bring(
        work, ("x.zip", (tmp_path / "next.zip").read_bytes())
    )
    bring(work, (A, HALF))
    assert f"{OLDER}/{FOLDER}/{A[:-6]}-2.ipynb" in holds(work)


def test_a_copy_of_a_notebook_is_that_notebook_if_there_is_no_other(work):
    bring(work, (f"{A[:-6]} (1).ipynb", HALF), (f"Copy of {B}", RIGHT_TWO))
    there = holds(work)
    assert there[f"{FOLDER}/{A}"]["content"] == as_json(HALF)
    assert there[f"{FOLDER}/{B}"]["content"] == as_json(RIGHT_TWO)
    # Beside the notebook it stays a file of its own.
    bring(work, (f"{A[:-6]}-Copy1.ipynb", HALF), (A, notebook(ONE)))
    there = holds(work)
    assert there[f"{FOLDER}/{A}"]["content"] == as_json(notebook(ONE))
    assert there[f"{A[:-6]}-Copy1.ipynb"]["content"] == as_json(HALF)


def test_what_another_tab_saves_meanwhile_is_not_lost(work, address):
    keep(work, (f"{FOLDER}/{A}", "json", as_json(HALF)))
    other = work.context.new_page()
    other.goto(address)
    keep(other, (f"{FOLDER}/{A}", "json", as_json(notebook(ONE))), ("new.py", "text", "x"))
    files = members(downloaded(work)[1])
    assert as_json(files[f"{FOLDER}/{A}"]) == as_json(notebook(ONE))
    assert files["new.py"] == b"x"
    keep(other, (f"{FOLDER}/{A}", "json", as_json(RIGHT_TWO)))
    bring(work, (A, HALF))
    assert holds(work)[f"{OLDER}/{FOLDER}/{A}"]["content"] == as_json(RIGHT_TWO)


def zeros():
    return zipped((f"{FOLDER}/{A}", b"0" * (40 * 2**20)))


REFUSED = {
    "no ZIP file": (b"no archive at all, but long enough", "it is no ZIP file"),
    "torn": (zipped((f"{FOLDER}/{A}", HALF))[:-30], "it is no ZIP file, or only a part of one"),
    "nothing of ours": (zipped(("a.txt", b"a")), "there is no notebook of the course"),
    "empty": (zipped(), "there is no notebook of the course"),
    "too many": (
        zipped((A, HALF), *((f"{n}.txt", b"") for n in range(MOST_FILES))), "there are more than",
    ),
}  # fmt: skip
LEFT_OUT = {
    "damaged": lambda: bytes(
        byte ^ (at in range(80, 90)) for at, byte in enumerate(zipped((f"{FOLDER}/{A}", HALF)))
    ),
    "too large": zeros,
    "encrypted": encrypted,
    "no notebook": lambda: zipped((A, b"{}"), ("b.txt", b"b")),
    "hidden": lambda: zipped((A, b'{"nbformat": 4, "cells": [3]}'), (f".git2/{A}", HALF)),
    "unusable": lambda: zipped((A, b""), ("a?b/con.txt", b"")),
}


def test_bad_archives_are_refused_with_a_sentence_and_nothing_changes(work):
    keep(work, (f"{FOLDER}/{A}", "json", as_json(HALF)))
    before = holds(work)
    for data, sentence in REFUSED.values():
        said = bring(work, ("x.zip", data))
        assert said.startswith("Nothing was brought: ")
        assert sentence in said
    for name, make in LEFT_OUT.items():
        said = bring(work, ("x.zip", make()))
        assert "Left out:" in said or "Nothing was brought" in said, name
    after = holds(work)
    assert after.pop("b.txt")["content"] == "b"
    assert after == before
    # Wherever a name points, the file has its place in the store.
    said = bring(
        work, ("x.zip", zipped((f"../../etc/{FOLDER}/{A}", RIGHT_TWO), ("../up.py", b"u")))
    )
    assert {*holds(work)} - {*before} == {"b.txt", "up.py", OLDER, f"{OLDER}/{FOLDER}", FOLDER,
                                          f"{OLDER}/{FOLDER}/{A}"}  # fmt: skip


def test_it_can_be_used_by_keys_on_a_phone_and_in_the_dark(browser, address, tmp_path):
    context = browser.new_context(
        viewport={"width": 400, "height": 800}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    keep(page, (f"{FOLDER}/{A}", "json", as_json(HALF)), (STEP, "json", as_json(RIGHT_TWO)))
    expect(page.locator("#notebooks li")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    red, *_ = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    )
    assert red < 60
    found = Axe().run(page).response["violations"]
    assert not [one for one in found if one["impact"] in ("serious", "critical")]
    page.get_by_role("button", name="Download my work").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Whose work is it?")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    page.screenshot(path=tmp_path / "dialog.png")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    # To stop is not to say that one has no name: it is asked for again.
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.type("Ada")
    with page.expect_download():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 files saved in my_work_Ada_")
    fields = page.locator("input, button").all()
    assert all(one.get_attribute("id") or one.inner_text() for one in fields)
    assert page.evaluate(
        "[...document.querySelectorAll('input')].every((one) => one.labels.length)"
    )
    context.close()
