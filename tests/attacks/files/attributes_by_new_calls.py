"""Changes a file's attributes by the kernel's newest calls, which an older list leaves out."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a file that nobody can remove",
    answer=STUB
    + """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
open("kept", "w").close()
path, here, missing = b"kept", -100, 38
value = ctypes.create_string_buffer(64)
# Whether the kernel knows the call: what it knows may refuse these arguments.
for what, call in {
    "setxattrat": (463, here, path, 0, b"user.x", value, 16),
    "removexattrat": (466, here, path, 0, b"user.x"),
    "open_tree_attr": (467, here, path, 0, value, 32),
    "file_setattr": (469, here, path, value, 24, 0),
    "a call of the future": (1000,),
}.items():
    libc.syscall(*call)
    if ctypes.get_errno() not in (1, missing):
        succeeded(f"{what}: {os.strerror(ctypes.get_errno())}")
""",
)
