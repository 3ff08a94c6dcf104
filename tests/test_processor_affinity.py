"""Each worker has a core to itself, as far as they go."""

import os
import subprocess
import sys

TAKE = (
    "import os, sys; from workbook.grade.workers.processor_affinity import bind_to_free_core; "
    "core = bind_to_free_core(); "
    "print(core, sorted(os.sched_getaffinity(0)), flush=True); sys.stdin.read()"
)


def test_each_core_is_taken_once_and_given_back():
    cores = sorted(os.sched_getaffinity(0))
    taken, said = [], []
    for _ in range(len(cores) + 1):
        taken.append(start())
        said.append(taken[-1].stdout.readline().split(maxsplit=1))
    for process in taken:
        process.communicate()
    found = [int(one) for one, _ in said if one != "None"]
    # Other gradings on this machine may have taken some.
    assert len(set(found)) == len(found) <= len(cores)
    assert set(found) <= set(cores)
    for one, affinity in said:
        assert affinity.strip() == str(cores if one == "None" else [int(one)])
    assert said[-1][0] == "None"
    again = start()
    assert again.stdout.readline().split()[0] == said[0][0]
    again.communicate()


def start():
    return subprocess.Popen(
        [sys.executable, "-c", TAKE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
