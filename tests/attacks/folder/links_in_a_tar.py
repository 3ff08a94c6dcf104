"""Packs links beside its work: hard, symbolic, written through; a device, a sparse file."""

import io
import tarfile

from tests.attacks.suite import Attack

LINKS = (
    (tarfile.LNKTYPE, "a/update_parameters.ipynb", "../../../../source"),
    (tarfile.SYMTYPE, "out", "../.."),
    (tarfile.SYMTYPE, "b/update_parameters.ipynb", "/etc/passwd"),
    (tarfile.CHRTYPE, "c/update_parameters.ipynb", ""),
    (tarfile.FIFOTYPE, "d/update_parameters.ipynb", ""),
    (tarfile.GNUTYPE_SPARSE, "e/update_parameters.ipynb", ""),
)


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    with tarfile.open(folder / "work.tar.xz", "w:xz") as archive:
        for kind, name, leads_to in LINKS:
            info = tarfile.TarInfo(name)
            info.type, info.linkname, info.mode = kind, leads_to, 0o777
            archive.addfile(info)
        for name in ("out/written.txt", "/../../../written.txt", "update_parameters.ipynb"):
            data = path.read_bytes() if name.endswith(".ipynb") else b"x"
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    path.unlink()


ATTACK = Attack(
    harm="a file written outside, another's read, or a right answer lost",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
