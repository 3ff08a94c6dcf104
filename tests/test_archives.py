"""Archives that attack: none writes anywhere, takes much time or memory, or is left unnamed."""

import bz2
import functools
import gzip
import io
import lzma
import resource
import shutil
import stat
import struct
import subprocess
import tarfile
import time
import tracemalloc
import zipfile

import pytest

from tests.attacks.folder.archive_of_much_memory import packed
from tests.attacks.folder.archive_of_pieces import of_pieces
from tests.layouts import FOLDER, NOISE, ONE, RIGHT, A, first, notebook, tarred, write, zipped
from workbook.course import zip_files
from workbook.course.exercises import NOTEBOOKS
from workbook.course.zip_files import ArchiveError, Budget
from workbook.grade.submissions import archives, handed_in, kept
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.handed_in import FilePlace

ZEROS = bytes(2**20)


@functools.cache
def large(member, megabytes, start=b'{"cells": ['):
    """Return a zip with a member of so many MB, which takes a thousandth of that."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(member, "w") as target,
    ):
        target.write(start)
        for _ in range(megabytes):
            target.write(ZEROS)
    return file.getvalue()


def extended(told):
    """Return a tar with a header that tells more of a file than its own header can."""
    header = tarfile.TarInfo("header")
    header.type, header.size = tarfile.XHDTYPE, len(told)
    return gzip.compress(header.tobuf() + told + bytes(-len(told) % 512 + 1024))


def sparse(pieces):
    """Return a packed tar with a file of many pieces, in the way of old tars."""
    header, further = of_pieces(A)
    return gzip.compress(header + further * (pieces // 21), 1)


def sparse_of_pax(pieces):
    """Return a packed tar that tells in its first file's content where many pieces are."""
    about = {"major": "1", "minor": "0", "name": A, "realsize": "1"}
    info = tarfile.TarInfo(A)
    info.pax_headers = {f"GNU.sparse.{key}": value for key, value in about.items()}
    header = info.tobuf(tarfile.PAX_FORMAT)
    return gzip.compress(header + b"%d\n" % pieces + b"1000\n" * 2 * pieces, 1)


def packed_zeros(megabytes):
    """Return so many MB, packed: what is unpacked of several parts is one file."""
    return gzip.compress(ZEROS, 1) * megabytes


def special(kind, target="/etc/passwd"):
    """Return a tar with a member that is no file."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo(A)
        info.type, info.linkname = kind, target
        archive.addfile(info)
    return file.getvalue()


def zip_link():
    info = zipfile.ZipInfo(A)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def encrypted():
    data = bytearray(zipped((A, RIGHT)))
    for start, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(start) + flags] |= 1
    return bytes(data)


def overlapping():
    """Return a zip whose many members all are the same bytes."""
    data = large(A, 100)
    start = data.rindex(b"PK\x01\x02")
    entry, rest = data[start : data.rindex(b"PK\x05\x06")], data[data.rindex(b"PK\x05\x06") :]
    count = 1500
    end = bytearray(rest)
    struct.pack_into("<HHL", end, 8, count, count, len(entry) * count)
    return data[:start] + entry * count + bytes(end)


def long_list():
    """Return a zip that says it has millions of members."""
    data = zipped((A, RIGHT))
    start, stop = data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entry, end = data[start:stop], bytearray(data[stop:])
    count = 200_000
    struct.pack_into("<HHL", end, 8, 65535, 65535, len(entry) * count)
    return data[:start] + entry * count + bytes(end)


def endless_tar():
    """Return a tar with a header whose size is negative, on which old versions of Python hang."""
    header = bytearray(special(tarfile.GNUTYPE_LONGNAME)[:512])
    header[124:136] = b"\xff" * 12
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(1024)


def claimed(size, headers=None):
    """Return a tar with a member that is said to be of a size, and no more behind it."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo(A)
        info.pax_headers = headers or {}
        info.size = size
        archive.fileobj.write(info.tobuf(archive.format, archive.encoding, archive.errors))
    return file.getvalue()


OUT = f"../../emmy/{FOLDER}/{A}"
# What makes each of them, since some take a second, and what is said of it.
VAIN = {
    "a bomb": (lambda: large(A, 300), "more than 256 MiB would have to be unpacked"),
    "a bomb that is skipped": (lambda: large("notes.bin", 300, b""), "work.zip: neither"),
    "a bomb of gzip": (lambda: packed_zeros(300), "neither a notebook nor beside one"),
    "a bomb in a tar": (
        lambda: gzip.compress(claimed(300 * 2**20)) + packed_zeros(300), "256 MiB",
    ),
    "a bomb in a zip in a zip": (lambda: zipped(("a.zip", large(A, 300))), "256 MiB"),
    "overlapping members": (overlapping, "larger than 32 MiB"),
    "thousands of members": (
        lambda: zipped(*((f"{n}.txt", b"") for n in range(6000))), "only its first 2000 files",
    ),
    "thousands of members in a tar": (
        lambda: tarred(*((f"{n}.txt", b"") for n in range(6000))), "only its first 2000 files",
    ),
    "millions of names": (long_list, "list of names is too long"),
    "a link": (lambda: special(tarfile.SYMTYPE), "is a link, a device"),
    "a hard link": (lambda: special(tarfile.LNKTYPE), "is a link, a device"),
    "a device": (lambda: special(tarfile.CHRTYPE), "is a link, a device"),
    "a pipe": (lambda: special(tarfile.FIFOTYPE), "is a link, a device"),
    "a link in a zip": (zip_link, "is a link or a device"),
    "a password": (encrypted, "is encrypted with a password"),
    "three deep": (
        lambda: zipped(("a.zip", zipped(("b.zip", zipped((A, RIGHT)))))),
        "an archive in an archive in an",
    ),
    "a negative size": (endless_tar, "damaged|cannot be opened"),
    "a size of terabytes": (lambda: claimed(2**50), "256 MiB"),
    "a size of no bounds": (lambda: gzip.compress(claimed(0, {"size": "9" * 400})), "256 MiB"),
    "rubbish in a tar": (
        lambda: tarred((A, RIGHT), mode="w")[:700] + NOISE, "cannot be opened",
    ),
    "a header of digits": (lambda: extended(b"1" * 200_000), "longer than 64 KiB"),
    "a file of many pieces": (lambda: sparse(4_000_000), "thousands of pieces"),
    "a file of many pieces in PAX": (lambda: sparse_of_pax(4_000_000), "thousands of pieces"),
    "a file of empty ones": (
        lambda: zipped(("a.xz", lzma.compress(b"") * 100_000)), "left alone",
    ),
    "rubbish in a zip": (
        lambda: zipped((A, RIGHT))[:40] + NOISE, "cannot be opened",
    ),
}  # fmt: skip


# To make these, and to read as much of them as is allowed, takes a second.
LARGE = ("a bomb", "a bomb in a tar", "a bomb in a zip in a zip", "overlapping members")


@pytest.mark.in_turns(2)
@pytest.mark.parametrize(
    "attack",
    [pytest.param(one, marks=pytest.mark.slow) if one in LARGE else one for one in VAIN],
)
def test_an_archive_that_attacks_is_named_in_bounded_time_and_memory(attack, tmp_path):
    make, said = VAIN[attack]
    data = make()
    students = tmp_path / "submitted"
    write(students, {"ada/work.zip": data, f"emmy/{ONE.notebook_path}": RIGHT})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    found = find_submissions(students)
    # As long as the archives of one student may be read at most, on a machine of any speed.
    assert time.process_time() - started < 1.2 * handed_in._SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 900 * 1024
    named = [text for text in (*found.problems, *found.notes) if text.startswith("ada: ")]
    assert any(word in text for word in said.split("|") for text in named), named
    graded = [one.student for one in found.submitted if one.exercise == ONE and one.place]
    assert graded == ["emmy"]
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"work.zip", A}


@pytest.mark.parametrize(
    "data",
    [
        zipped((OUT, RIGHT)), zipped((f"/{FOLDER}/{A}", RIGHT)), zipped((f"C:\\{A}", RIGHT)),
        tarred((OUT, RIGHT)), tarred((f"/root/{A}", RIGHT)),
    ],
)  # fmt: skip
def test_a_path_that_leads_out_of_an_archive_leads_nowhere(data, tmp_path):
    students = tmp_path / "submitted"
    write(students, {"ada/work.zip": data, f"emmy/{ONE.notebook_path}": b"{}"})
    found = find_submissions(students)
    (one,) = [one for one in found.submitted if one.student == "ada" and one.exercise == ONE]
    assert one.job().data == RIGHT
    assert ".." not in one.place.name
    assert (students / "emmy" / ONE.notebook_path).read_bytes() == b"{}"
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"work.zip", A}


def test_what_means_nothing_does_not_hide_a_notebook(tmp_path):
    junk = [(f"ada/.venv/lib/{n}.py", b"") for n in range(2500)]
    files = [*junk, ("__MACOSX/x", b""), (f"ada/{A}", RIGHT)]
    write(tmp_path / "submitted", {"ada/a.zip": zipped(*files), "emmy/a.tgz": tarred(*files)})
    found = find_submissions(tmp_path / "submitted")
    assert [one.job().data for one in found.submitted if one.exercise == ONE] == [RIGHT, RIGHT]
    assert (found.problems, found.notes) == ((), ())


def test_what_is_known_of_a_file_in_a_tar_is_not_kept():
    data = io.BytesIO(tarred(*((f"{number}/a.txt", b"") for number in range(3000)), mode="w"))
    found = archives.members(data, "a.tar", Budget(), most=5000)
    next(found)
    tracemalloc.start()
    assert sum(1 for _ in found) == 2999
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**19


def packed_xz(*parts):
    return b"".join(map(lzma.compress, parts))


def test_an_xz_file_gets_only_so_much_memory(tmp_path):
    for data, name in ((packed(), "at once"), (packed_xz(b"first") + packed(), "later")):
        with pytest.raises(ArchiveError, match="Memory usage limit exceeded"):
            [member.read(10**6) for member in archives.members(io.BytesIO(data), name, Budget())]


def test_an_xz_file_is_read_in_all_its_parts():
    def read(data):
        (member,) = archives.members(io.BytesIO(data), "a.txt.xz", Budget())
        return member.name, member.read(10**7)

    zeros = bytes(10**6)
    assert read(packed_xz(zeros, b"", b"last")) == ("a.txt", zeros + b"last")
    apart = packed_xz(b"one") + bytes(8) + packed_xz(b"two") + b"no more"
    assert read(apart) == ("a.txt", b"onetwo")
    with pytest.raises(ArchiveError, match="it breaks off"):
        read(packed_xz(zeros)[:-20])


@pytest.mark.parametrize("packed", [gzip.compress(b""), bz2.compress(b""), lzma.compress(b"")])
def test_what_holds_nothing_is_read_no_longer_than_there_is_time(packed, monkeypatch):
    now = iter(range(10**6))
    monkeypatch.setattr(zip_files.time, "thread_time", lambda: next(now))
    with pytest.raises(ArchiveError, match="takes too long"):
        list(archives.members(io.BytesIO(packed * 10**5), "a", Budget(seconds=10)))
    assert next(now) < 100


def test_a_class_waits_only_so_long_for_the_archives_of_one_student(tmp_path, monkeypatch):
    write(
        tmp_path / "submitted" / "ada", {"a.zip": zipped(("b.zip", zipped((A, RIGHT)))), A: RIGHT}
    )
    monkeypatch.setattr(handed_in, "_SECONDS", 0.0)
    found = find_submissions(tmp_path / "submitted")
    assert "a.zip cannot be opened as a whole" in found.problems[0]
    assert "to read this student's archives takes too long" in found.problems[0]
    # What is no archive is read all the same.
    assert [one.job().data is not None for one in found.submitted if one.place] == [True]


def test_what_was_found_in_time_is_read_again_on_a_slow_machine(tmp_path, monkeypatch):
    write(tmp_path / "submitted" / "ada", {"a.zip": zipped((A, RIGHT), ("helpers.py", b"x = 1"))})
    found = find_submissions(tmp_path / "submitted").submitted
    monkeypatch.setattr(handed_in, "_SECONDS", 0.0)
    (job,) = (one.job() for one in found if one.place)
    assert job.data is not None


def test_work_in_several_archives_is_unpacked_once(tmp_path, monkeypatch):
    one, two, three = NOTEBOOKS[:3]
    for name, held in {"a.zip": (one, three), "b.zip": (two,)}.items():
        data = zipped(*((each.notebook_path, notebook(each)) for each in held))
        write(tmp_path / "submitted" / "ada", {name: data})
    found = find_submissions(tmp_path / "submitted").submitted
    read = []
    monkeypatch.setattr(
        handed_in,
        "_in_archive",
        lambda *told, look=handed_in._in_archive: read.append(1) or look(*told),
    )
    assert all(job.data for one in found if one.place for job in [one.job()])
    assert len(read) == 2


def test_what_is_kept_of_archives_has_the_size_of_one_students(monkeypatch):
    asked = []

    @kept.kept(len)
    def read(name):
        asked.append(name)
        return bytes(10)

    monkeypatch.setattr(kept, "MAX_FILE_BYTES", 25)
    for name in "abaabcab":
        read(name)
    assert "".join(asked) == "abcab"


def test_more_names_than_are_looked_at_are_not_taken_apart(monkeypatch):
    names = (f"{number}/{'a' * 40}.txt" for number in range(12_000))
    data = io.BytesIO(zipped(*((name, b"") for name in names)))
    monkeypatch.setattr(zip_files, "MOST_ZIP_MEMBERS", 11_999)
    monkeypatch.setattr(zip_files.zipfile, "ZipInfo", None)
    with pytest.raises(ArchiveError, match="list of names"):
        next(archives.members(data, "a.zip", Budget(), most=10**6))


@pytest.mark.parametrize(("limit", "most"), [("_MOST_ARCHIVED", 40), ("_MOST_NAMES", 100)])
def test_files_of_all_archives_are_counted_together(limit, most, tmp_path, monkeypatch):
    """An archive of some KB may hold a thousand others, each with as many names as are allowed."""
    inner = zipped(*((f"{n}/", b"") for n in range(10)), *((f"{n}.txt", b"") for n in range(10)))
    held = [(f"{number}.zip", inner) for number in range(30)]
    write(tmp_path / "submitted" / "ada", {"a.zip": zipped(*held), "b.tgz": tarred(*held)})
    read = []
    monkeypatch.setattr(handed_in, limit, most)
    monkeypatch.setattr(
        handed_in, "_member", lambda *told, look=handed_in._member: read.append(1) or look(*told)
    )
    problems = find_submissions(tmp_path / "submitted").problems
    assert len(read) <= most
    for name in ("a.zip", "b.tgz"):
        said = f"{name} cannot be opened as a whole: there are too many files in this student"
        assert any(said in problem for problem in problems)


def test_an_empty_file_goes_along_and_a_link_does_not(tmp_path):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in ((A, RIGHT), ("own/__init__.py", b""), ("own/link.py", None)):
            info = tarfile.TarInfo(name)
            info.type, info.size = (tarfile.REGTYPE, len(data)) if data is not None else (b"2", 0)
            archive.addfile(info, io.BytesIO(data or b""))
    write(tmp_path / "submitted" / "ada", {"work.tar": file.getvalue()})
    beside = first(find_submissions(tmp_path / "submitted")).job().beside
    assert (beside.files, beside.notes) == ({"own/__init__.py": b""}, ())


def test_members_of_one_name_are_told_apart(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped((A, b"{}"), (A, RIGHT))
    write(tmp_path / "submitted" / "ada", {"work.zip": data})
    assert first(find_submissions(tmp_path / "submitted")).job().data == RIGHT


@pytest.mark.parametrize("name", [f"josé/{A}", f"\N{SNOWMAN}/{A}", f"Übung/{A}"])
def test_names_are_read_as_they_were_written(name, tmp_path):
    data = zipped((name, RIGHT))
    # macOS writes UTF-8 and does not say so.
    plain = bytearray(data)
    for start, flags in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        plain[data.index(start) + flags] &= ~8
    for number, archive in enumerate((data, bytes(plain))):
        write(tmp_path / "submitted" / str(number), {"work.zip": archive})
    found = find_submissions(tmp_path / "submitted")
    places = [one.place.name for one in found.submitted if one.place]
    assert places == [f"work.zip/{name}"] * 2


def test_an_archive_that_has_changed_since_it_was_listed_gives_nothing_else(tmp_path):
    path = tmp_path / "submitted" / "ada" / "work.zip"
    write(path.parent, {path.name: zipped((A, RIGHT))})
    one = first(find_submissions(tmp_path / "submitted"))
    for data in (zipped(("other.ipynb", b"{}"), (A, b"{}")), b"PK\x03\x04", b""):
        path.write_bytes(data)
        job = one.job()
        assert job.data is None
        assert "the archive has changed" in job.problem
    path.unlink()
    path.symlink_to("/etc/passwd")
    assert "not a regular file" in one.job().problem
    assert isinstance(one.place, FilePlace)


def test_the_archive_of_a_class_is_not_taken_for_one_students_without_a_word(tmp_path):
    path = tmp_path / "all.zip"
    path.write_bytes(zipped((f"Ada_1_file_/{A}", RIGHT), (f"Emmy_2_file_/{A}", RIGHT)))
    (said,) = find_submissions(path).problems
    assert "holds 2 answers to the same exercise" in said
    path.write_bytes(zipped((f"Ada_1_file_/{A}", RIGHT)))
    assert find_submissions(path).problems == ()


@pytest.mark.skipif(shutil.which("tar") is None, reason="needs the program tar")
@pytest.mark.parametrize("form", ["gnu", "posix"])
def test_a_file_with_a_few_holes_hides_no_notebook_behind_it(form, tmp_path):
    with (tmp_path / "weights.npy").open("wb") as file:
        for piece in range(8):
            file.seek(piece * 2**20)
            file.write(b"1" * 4096)
    (tmp_path / A).write_bytes(RIGHT)
    command = ["tar", "-S", f"--format={form}", "-czf", "work.tar.gz", "weights.npy", A]
    subprocess.run(command, cwd=tmp_path, check=True)
    students = tmp_path / "submitted"
    write(students, {"ada/work.tar.gz": (tmp_path / "work.tar.gz").read_bytes()})
    found = find_submissions(students)
    assert [one.exercise for one in found.submitted if one.place] == [ONE]
    said = " ".join((*found.problems, *found.notes, *found.submitted[0].notes))
    assert "weights.npy is a link, a device or a sparse file" in said
