"""Each worker has a core to itself, as far as they go."""

import os
import subprocess
import sys

from workbook.grade.workers import processor_affinity

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


def test_where_it_is_forbidden_nothing_is_lost(monkeypatch):
    def refuse(pid, cores):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(processor_affinity.os, "sched_setaffinity", refuse)
    held = len(processor_affinity._HELD)
    assert processor_affinity.bind_to_free_core() is None
    assert len(processor_affinity._HELD) == held
