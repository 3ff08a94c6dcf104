"""Archives to which something has happened, drawn by hypothesis."""

import bz2
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from tests.fuzz.changes import MOST_BYTES, TOKENS, Patch, few, patches, places
from tests.fuzz.damaged import Damaged, notebooks
from tests.layouts import FOLDER, A, B

NAMES = [
    A, B, f"{FOLDER}/{A}", f"../../{FOLDER}/{A}", f"/{A}", f"C:\\{A}", f"{FOLDER}\\{A}",
    "work.ipynb", "a.zip", "a.tar.gz", "notes.txt", "data.csv", "numpy.py", "..", ".", "", "/",
    "a/", "a" * 1500, "x/" * 400 + A, f"é\N{SNOWMAN}/{A}", f"a\n\x1b[31m{A}", f"\u202e{A}",
    "\udcff.ipynb", "a\udcff/b.csv", "__MACOSX/._a", f"{FOLDER}.ipynb/{A}", "timestamp.txt",
    "the_story_so_far.ipynb", "CON", "a\0b.ipynb", f"{A}.txt", f"2026-02-31-25-61-61_{A}",
    f"x_1_2_{A[:-6]}-{'9' * 40}.ipynb", f".{A}", "%s%n{0}.ipynb",
]  # fmt: skip
TYPES = [tarfile.REGTYPE] * 12 + [
    tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE,
    tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.DIRTYPE, b"\xff",
]  # fmt: skip
FIELDS = ["path", "size", "mtime", "GNU.sparse.map", "GNU.sparse.size", "hdrcharset", "linkpath"]
VALUES = [
    "nan",
    "inf",
    "-1",
    "9" * 400,
    "",
    "x",
    "../../x",
    "1e400",
    "0,",
    "a\0b",
    "BINARY",
    "\udcff",
]


@dataclass(frozen=True)
class Member:
    """A file in an archive: its name, what is in it, what a tar says of it."""

    name: str
    held: Any
    kind: bytes = tarfile.REGTYPE
    headers: tuple[tuple[str, str], ...] = ()
    mode: int = 0o644
    time: float = 1e9

    def data(self) -> bytes:
        """Return its content."""
        return self.held if isinstance(self.held, bytes) else self.held.data()


@dataclass(frozen=True)
class Archive:
    """An archive, and what has happened to it.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    members : tuple of Member
        What is in it.
    patches : tuple of Patch
        What has been changed in it.
    mended : bool
        Whether the check sums of a tar were made right after that.
    """

    kind: str
    members: tuple[Member, ...]
    patches: tuple[Patch, ...] = ()
    mended: bool = False

    def data(self) -> bytes:
        """Return the file."""
        make, pack = KINDS[self.kind]
        data = make(self.members)
        for patch in self.patches:
            data = patch.apply(data)[: 2 * MOST_BYTES]
        if self.mended and make is _tar:
            data = _with_check_sums(data)
        return pack(data)


def _zip(members: tuple[Member, ...]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(file, "w") as archive:
        for number, one in enumerate(members):
            info = zipfile.ZipInfo(one.name.encode("utf-8", "replace").decode() or "x")
            info.compress_type = (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)[
                number % 3
            ]
            info.external_attr = one.mode << 16
            archive.writestr(info, one.data())
    return file.getvalue()


def _tar(members: tuple[Member, ...]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for one in members:
            info = tarfile.TarInfo(one.name)
            data = one.data()
            info.type, info.size, info.linkname = one.kind, len(data), "/etc/passwd"
            info.mode, info.mtime, info.pax_headers = one.mode, one.time, dict(one.headers)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def _one(members: tuple[Member, ...]) -> bytes:
    return members[0].data() if members else b""


def _with_check_sums(data: bytes) -> bytes:
    """Return a tar in which each block that may be a header has the right check sum."""
    blocks = bytearray(data)
    for start in range(0, min(len(blocks) - 511, 512 * 200), 512):
        if blocks[start + 257 : start + 262] == b"ustar":
            blocks[start + 148 : start + 156] = b" " * 8
            total = sum(blocks[start : start + 512])
            blocks[start + 148 : start + 156] = b"%06o\0 " % total
    return bytes(blocks)


KINDS: dict[str, tuple[Callable[..., bytes], Callable[[bytes], bytes]]] = {
    "zip": (_zip, bytes),
    "tar": (_tar, bytes),
    "tar.gz": (_tar, lambda data: gzip.compress(data, 1, mtime=0)),
    "tar.bz2": (_tar, lambda data: bz2.compress(data, 1)),
    "tar.xz": (_tar, lambda data: lzma.compress(data, preset=0)),
    "gz": (_one, lambda data: gzip.compress(data, 1, mtime=0)),
    # The packed bytes are what is changed.
    "packed tar": (lambda members: gzip.compress(_tar(members), 1, mtime=0), bytes),
    "packed xz": (lambda members: lzma.compress(_tar(members), preset=0), bytes),
    "packed bz2": (lambda members: bz2.compress(_tar(members), 1), bytes),
}

small = st.binary(max_size=40) | st.sampled_from(TOKENS)
plain = st.builds(Damaged, st.sampled_from(["right", "stub"]))


headers = st.tuples(st.sampled_from(FIELDS), st.sampled_from(VALUES))
modes = st.sampled_from([0o644, 0o120777, 0o20644, 0o10644, 0o177777])
times = st.sampled_from([1e9, 0.0, -1.0, 2.0**40])
# What an archive says of its members stands at its beginning, or at its end.
ends = st.builds(
    lambda at, put: Patch(at, len(put), put),
    st.integers(0, 400) | st.integers(65_000, 2**16 - 1) | places,
    st.binary(min_size=1, max_size=8) | st.sampled_from([b"\xff" * 12, b"\0" * 12, b"7" * 12]),
)


@st.composite
def archives(draw: st.DrawFn, depth: int = 0) -> Archive:
    """Draw an archive, which may hold others."""
    held = plain | small | notebooks()
    held = held | archives(depth + 1) if depth < 3 else held

    @st.composite
    def members(draw: st.DrawFn) -> Member:
        name, kind = (
            draw(st.sampled_from(NAMES) | st.text(max_size=8)),
            draw(st.sampled_from(TYPES)),
        )
        return Member(name, draw(held), kind, draw(few(headers, 2)), draw(modes), draw(times))

    kind = draw(st.sampled_from(sorted(KINDS)))
    return Archive(kind, draw(few(members(), 4)), draw(few(ends | patches)), draw(st.booleans()))
