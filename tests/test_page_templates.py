"""The templates of pages are compiled once, and again where that would give another page."""

import errno
import os
import sys
import tempfile

import pytest
from jinja2 import Environment

from workbook.grade.pages import environment as pages


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Keep what is compiled in a folder of its own, and count what is."""
    compiled = []
    whole = Environment.compile

    def counted(self, *args, **kwargs):
        compiled.append(args)
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(Environment, "compile", counted)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(pages, "cache_from_source", lambda path: str(tmp_path / "any.pyc"))
    return compiled


def rendered():
    return pages.environment("workbook.grade.pages").get_template("student.html")


def test_a_template_is_compiled_once(kept, tmp_path):
    first = rendered()
    assert kept
    del kept[:]
    assert rendered().root_render_func.__code__.co_code == first.root_render_func.__code__.co_code
    assert kept == []
    assert {path.suffix for path in tmp_path.iterdir()} == {".cache"}


def test_it_is_compiled_again_with_other_settings(kept, tmp_path, monkeypatch):
    rendered()
    del kept[:]
    other = tmp_path / "environment.py"
    other.write_text("# Other filters.")
    monkeypatch.setattr(pages, "__file__", str(other))
    rendered()
    assert kept


# In its checksum, and in its code.
@pytest.mark.parametrize("end", [30, -30])
def test_it_is_compiled_again_where_what_is_kept_is_damaged(end, kept, tmp_path):
    rendered()
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:end])
    del kept[:]
    assert rendered()
    assert kept


def test_a_full_disk_is_no_fault_of_a_page(kept, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert rendered()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("why", ["no bytecode is kept", "there is no such folder"])
def test_nothing_is_kept_where_python_keeps_nothing(why, kept, tmp_path, monkeypatch):
    if why == "no bytecode is kept":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        elsewhere = str(tmp_path / "missing" / "any.pyc")
        monkeypatch.setattr(pages, "cache_from_source", lambda path: elsewhere)
    for _ in range(2):
        del kept[:]
        rendered()
        assert kept
    assert list(tmp_path.iterdir()) == []
