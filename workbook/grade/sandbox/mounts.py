"""The file systems inside bubblewrap: one that can be written, with few files, and no other.

bubblewrap limits the bytes of a file system in memory, but not its files, each of which takes the
kernel's memory, even if it is empty. The process that is started inside mounts another one itself.
"""

import ctypes

from workbook.grade.sandbox import bubblewrap, capabilities

_libc = ctypes.CDLL(None, use_errno=True)

_NEW_MOUNTS = 0x00020000
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _REMOUNT, _BIND = 1, 2, 4, 32, 4096

# They can be written otherwise, the second one without any limit.
_CLOSED = (bubblewrap.WRITABLE, "/dev")


def mount_writable(sizes: dict[str, int], most_files: int) -> bool:
    """Make only some folders writable, each up to a size, and give up the right to mount.

    Parameters
    ----------
    sizes : dict of str to int
        The bytes of a new file system by its folder, which is empty.
    most_files : int
        How many files and folders there may be in each.

    Returns
    -------
    mounted : bool
        False where this system does not let a process inside of bubblewrap do that; nothing has
        changed then.
    """
    try:
        return not _libc.unshare(_NEW_MOUNTS) and _mounted(sizes, most_files)
    finally:
        capabilities.bring_none_back()
        capabilities.drop()


def _mounted(sizes: dict[str, int], most_files: int) -> bool:
    for folder, size in sizes.items():
        options = f"size={size},nr_inodes={most_files},mode=0700"
        if _mount(folder, 0, options):
            return False
    # The devices themselves are file systems of their own, each, and stay as they are.
    return not any(_mount(folder, _REMOUNT | _BIND | _READ_ONLY) for folder in _CLOSED)


def _mount(path: str, flags: int, options: str = "") -> int:
    flags |= _NO_SETUID | _NO_DEVICES
    result: int = _libc.mount(b"tmpfs", path.encode(), b"tmpfs", flags, options.encode())
    return result
