"""Hides deleted files behind one with a path too long to be read, and in nothing but memory."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk, with nothing to be seen there",
    answer=STUB
    + """
import ctypes
import os
import time

libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
long = ctypes.c_long

for _ in range(17):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
open_files = [os.open("file", os.O_CREAT | os.O_RDWR)]
os.remove("file")
for _ in range(17):
    os.chdir("..")
    os.rmdir("d" * 250)
mapped = []
for number in range(16):
    file = os.open("file", os.O_CREAT | os.O_RDWR)
    os.remove("file")
    if number % 2:
        os.ftruncate(file, 2**25)
        mapped.append(libc.mmap(None, long(2**25), 3, 1, file, long(0)))
        os.close(file)
    else:
        open_files.append(file)

def fill():
    for file in open_files:
        for _ in range(32):
            os.write(file, bytes(2**20))
    for address in mapped:
        ctypes.memset(address, 1, 2**25)
    time.sleep(0.3)
    succeeded("wrote 512 MiB")

fill()
""",
    # In memory, a file that finds no room ends the process.
    other_ends=("crashed",),
    limits=("written_bytes",),
)
