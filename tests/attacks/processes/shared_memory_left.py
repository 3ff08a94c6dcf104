"""Leaves notes for the next submission in shared memory, queues, semaphores and keyrings."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="something that outlives the process, or that others see",
    answer=STUB
    + """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
# shmget, semget, msgget, mq_open, add_key, keyctl, memfd_create, memfd_secret, userfaultfd
CALLS = {
    "shmget": (29, 0x1234, 4096, 0o1666), "semget": (64, 0x1234, 1, 0o1666),
    "msgget": (68, 0x1234, 0o1666), "mq_open": (240, b"left", 0o102, 0o666, None),
    "add_key": (248, b"user", b"left", b"x", 1, -3), "keyctl": (250, 0, -3, 1),
    "memfd_secret": (447, 0), "userfaultfd": (323, 0),
}
for name, call in CALLS.items():
    if libc.syscall(*call) >= 0:
        succeeded(name)
for folder in ("/dev/shm", "/dev/mqueue", "/run", "/var/tmp", "/tmp"):
    try:
        with open(f"{folder}/left", "w") as file:
            file.write("x")
        if not os.path.abspath(folder).startswith(os.environ["HOME"]):
            succeeded(folder)
    except OSError:
        pass
""",
)
