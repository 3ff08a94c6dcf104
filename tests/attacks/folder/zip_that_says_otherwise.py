"""Packs a ZIP file whose list and members disagree: sizes, names, a name cut by a zero."""

import io
import struct
import zipfile

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("update_parameters.ipynb", path.read_bytes())
        with archive.open("zeros.ipynb", "w", force_zip64=True) as file:
            file.write(b"{}")
        archive.writestr("../../source/x.ipynb", b"{}")
        link = zipfile.ZipInfo("4_parameter_update")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, b"../../../source")
        archive.writestr("4_parameter_update/update_parameters.ipynb", b"{}")
    data = held.getvalue()
    # Of the second one, sizes that no file has; and a name that ends in its middle.
    place = data.index(b"PK\1\2", data.index(b"PK\1\2") + 1)
    sizes = struct.pack("<II", 0xFFFFFFFE, 0xFFFFFFFE)
    data = data[: place + 20] + sizes + data[place + 28 :]
    data = data.replace(b"../../source/x.ipynb", b"../../source/x\0ipynb")
    (folder / "work.zip").write_bytes(data)
    (folder / "again.zip").write_bytes(data[: len(data) // 2])


ATTACK = Attack(
    harm="a right answer lost, gigabytes set aside, or a file written outside",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
