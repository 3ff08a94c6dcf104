"""Reads and writes elsewhere by what IPython, NumPy and matplotlib offer: magics, pictures."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a file read or written outside of its folder",
    answer="""
import os

import numpy as np

shell = get_ipython()
SECRETS = [COURSE + "/nbgrader_config.py", COURSE + "/solutions/update_parameters.py"]
OUT = WITNESS + "/" + NAME


def tried(what, function, *args, **kwargs):
    try:
        found = function(*args, **kwargs)
    except BaseException:
        return
    if (isinstance(found, (bytes, str)) and "def " in str(found)) or os.path.exists(OUT):
        succeeded(what)


for path in SECRETS:
    for magic in ("load", "pycat", "pfile", "psource", "run", "loadpy"):
        tried(magic, shell.run_line_magic, magic, path)
        if "def " in str(shell.payload_manager.read_payload()):
            succeeded(magic)
    tried("memmap", lambda: np.memmap(path, mode="r").tobytes())
    tried("fromfile", lambda: np.fromfile(path, np.uint8).tobytes())
    tried("genfromtxt", lambda: str(np.genfromtxt(path, dtype=str, delimiter="\\\\0")))
    tried("DataSource", lambda: np.lib.npyio.DataSource().open(path).read())
tried("writefile", shell.run_cell_magic, "writefile", OUT, "x")
tried("history", shell.run_line_magic, "history", "-f " + OUT)
tried("save", shell.run_line_magic, "save", "-f " + OUT + " 1")
tried("logstart", shell.run_line_magic, "logstart", OUT)
tried("store", shell.run_line_magic, "store", "NAME > " + OUT)
tried("savetxt", np.savetxt, OUT, np.zeros(3))
tried("savez", np.savez, OUT, np.zeros(3))
tried("open_memmap", np.lib.format.open_memmap, OUT, "w+", shape=(3,))
import matplotlib.pyplot as plt

plt.plot([1, 2])
for ending in ("png", "svg", "pdf"):
    tried("savefig", plt.savefig, OUT, format=ending)
tried("imread", plt.imread, COURSE + "/solutions/update_parameters.py")
""",
)
