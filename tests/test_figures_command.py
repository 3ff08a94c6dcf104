"""`workbook figures`: what it writes, what it leaves, and what it says is stale."""

import importlib.util
import shutil

import pytest
from PIL import Image

from tests.command import workbook
from tests.reference import ROOT, before_a_release
from workbook.figures.diagrams import catalogue, write
from workbook.figures.diagrams.catalogue import Diagram
from workbook.figures.diagrams.drawing import Box, Drawing, Line


def one_box(word):
    return Drawing(100.0, (Box(300.0, 20.0, 300.0, 60.0, (Line(word, 14.0),)),))


@pytest.fixture
def few(monkeypatch):
    """Let the catalogue hold three small pictures, one of which cannot be drawn here."""
    drawn = {"a.png": one_box("first"), "deep/b.png": one_box("second")}
    found = [Diagram(name, lambda name=name: drawn[name]) for name in drawn]
    found.append(Diagram("c.png", lambda: pytest.fail("drawn"), needs="no_such_package"))
    monkeypatch.setattr(write, "diagrams", lambda: tuple(found))
    return drawn


def run(*arguments):
    return workbook("figures", *arguments)


@pytest.mark.slow
@before_a_release
def test_the_committed_pictures_are_what_the_code_draws():
    """As `workbook figures --check` says for each change, in `.ci/run`."""
    checked = run("--check", "--course", ROOT)
    assert (checked.exit_code, checked.stdout) == (0, "Everything is up to date.\n")
    note = "Note: pytorch_autograd.png is kept as it is: drawing it needs torch.\n"
    assert checked.stderr == ("" if importlib.util.find_spec("torch") else note)


def test_every_picture_on_disk_is_drawn_by_code():
    folder = ROOT / "visual_representation"
    drawn = {folder / picture.file for picture in catalogue.diagrams()}
    # The browser makes this one.
    assert set(folder.rglob("*.png")) - drawn == {folder / "visible_checks.png"}


@pytest.mark.slow
def test_it_writes_what_is_missing_and_says_what_it_cannot_draw(few, tmp_path):
    first = run(tmp_path)
    assert first.exit_code == 0
    written = sorted(line.removeprefix("written: ") for line in first.stdout.splitlines())
    assert written == [str(tmp_path / "a.png"), str(tmp_path / "deep/b.png")]
    assert first.stderr == "Note: c.png is not drawn: drawing it needs no_such_package.\n"
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (1800, 200)

    before = (tmp_path / "a.png").stat().st_mtime_ns
    again = run(tmp_path)
    assert again.stdout == "Everything is up to date.\n"
    assert (tmp_path / "a.png").stat().st_mtime_ns == before


@pytest.mark.slow
def test_a_picture_that_cannot_be_drawn_here_is_kept(few, tmp_path):
    (tmp_path / "c.png").write_bytes(b"made elsewhere")
    said = run(tmp_path).stderr
    assert said == "Note: c.png is kept as it is: drawing it needs no_such_package.\n"
    assert (tmp_path / "c.png").read_bytes() == b"made elsewhere"


def changed(path, change):
    """Change a picture's pixels, and keep what its file says of itself."""
    with Image.open(path) as image:
        info, other = image.info, change(image.convert("RGBA"))
    text = write.PngInfo()
    text.add_text("Drawing", info["Drawing"])
    other.save(path, pnginfo=text)


def painted_over(image):
    image.paste("white", (0, 0, 1800, 200))
    return image


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-200]),
        lambda path: Image.new("RGB", (1800, 200), "white").save(path),
        lambda path: changed(path, painted_over),
        lambda path: changed(path, lambda image: image.resize((900, 100))),
        lambda path: shutil.copy(path.parent / "deep/b.png", path),
    ],
    ids=["missing", "empty", "cut off", "another", "painted over", "smaller", "another of ours"],
)
def test_a_picture_that_is_not_right_is_named_and_mended(few, tmp_path, spoil):
    run(tmp_path)
    good = (tmp_path / "a.png").read_bytes()
    spoil(tmp_path / "a.png")
    checked = run(tmp_path, "--check")
    assert checked.exit_code == 1
    assert checked.stdout == f"stale: {tmp_path / 'a.png'}\n"
    assert "Run `workbook figures`" in checked.stderr
    assert run(tmp_path).stdout == f"written: {tmp_path / 'a.png'}\n"
    assert (tmp_path / "a.png").read_bytes() == good


@pytest.mark.slow
def test_a_change_of_the_code_makes_the_picture_stale(few, tmp_path):
    run(tmp_path)
    few["a.png"] = one_box("first!")
    assert run(tmp_path, "--check").stdout == f"stale: {tmp_path / 'a.png'}\n"


@pytest.mark.slow
def test_another_way_to_smooth_letters_is_no_change(few, tmp_path):
    run(tmp_path)
    before = (tmp_path / "a.png").read_bytes()
    # Half a pixel further, as with other hinting, and in more colours.
    changed(tmp_path / "a.png", lambda image: image.resize((1801, 200)).crop((1, 0, 1801, 200)))
    assert (tmp_path / "a.png").read_bytes() != before
    assert run(tmp_path, "--check").exit_code == 0


@pytest.mark.slow
def test_it_needs_a_course_or_a_folder(few, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run().exit_code == 2
    assert "there is no course here" in run().stderr
    assert run(tmp_path / "anywhere").exit_code == 0


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(few, tmp_path):
    (tmp_path / "deep").write_text("a file where a folder should be")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "Error: the pictures cannot be written: " in result.stderr
