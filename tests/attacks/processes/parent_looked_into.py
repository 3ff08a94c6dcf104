"""Reads its parent's memory and environment, through /proc, ptrace and process_vm_readv."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="what the grader knows, read out of its memory",
    answer=STUB
    + """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
parent = os.getppid()
seize, detach = 0x4206, 17
if parent > 1 and libc.ptrace(seize, parent, None, None) == 0:
    libc.ptrace(detach, parent, None, None)
    succeeded("traced its parent")
for name in ("environ", "maps", "mem", "syscall", "fd"):
    try:
        if name == "fd":
            os.listdir(f"/proc/{parent}/fd")
        else:
            with open(f"/proc/{parent}/{name}", "rb") as file:
                if name == "mem":
                    file.fileno()
                else:
                    file.read(100)
        succeeded(f"opened {name} of its parent")
    except OSError:
        pass


class Piece(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


# Programs that are not moved about in memory begin here; a fork also has its parent's addresses.
text = ctypes.create_string_buffer(b"a string of its own", 64)
for address in (0x400000, ctypes.addressof(text)):
    copy = ctypes.create_string_buffer(64)
    here, there = Piece(ctypes.addressof(copy), 64), Piece(address, 64)
    pieces = ctypes.byref(here), 1, ctypes.byref(there), 1
    if libc.process_vm_readv(parent, *pieces, 0) > 0:
        succeeded("read memory of its parent")
""",
)
