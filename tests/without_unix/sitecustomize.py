"""Python imports this at its start, and lacks then what only Unix has, as on Windows.

What NumPy and the standard library themselves use here stays.
"""

import multiprocessing
import os
import signal
import sys

MODULES = {
    "_curses", "crypt", "curses", "fcntl", "grp", "nis", "pty", "pwd", "readline", "resource",
    "spwd", "syslog", "termios", "tty",
}  # fmt: skip
OF_OS = (
    "chown chroot confstr fchown fork forkpty getegid geteuid getgid getgroups getloadavg getpgid "
    "getpgrp getpriority getuid initgroups killpg lchown lockf memfd_create mkfifo mknod nice "
    "openpty pidfd_open posix_spawn pread pwrite sched_getaffinity sched_setaffinity sendfile "
    "setgid setpgid setsid setuid statvfs sysconf ttyname wait wait3 wait4"
)
OF_SIGNAL = (
    "SIGALRM SIGCHLD SIGHUP SIGSTOP SIGUSR1 SIGUSR2 alarm pthread_kill pthread_sigmask setitimer "
    "sigwait"
)


class _NotThere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, _NotThere())
for one in MODULES:
    sys.modules.pop(one, None)
for module, names in ((os, OF_OS), (signal, OF_SIGNAL)):
    for one in names.split():
        if hasattr(module, one):
            delattr(module, one)
multiprocessing.set_start_method("spawn")
