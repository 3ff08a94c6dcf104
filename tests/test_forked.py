"""A command of the tests is forked, and finds its modules where one that was started does."""

import json
import subprocess
import sys

import pytest

from tests.conftest import environment
from tests.forked import CAN, run_forked

SCRIPT = "import json, sys\nprint(json.dumps([sys.argv[1:], sys.path]))\n"


@pytest.mark.skipif(not CAN, reason="nothing is forked here")
@pytest.mark.parametrize("what", ["asked", "in/asked.py"])
def test_a_forked_command_looks_for_modules_as_one_that_was_started(what, tmp_path):
    (tmp_path / "in").mkdir()
    for folder in (tmp_path, tmp_path / "in"):
        (folder / "asked.py").write_text(SCRIPT)
    env = environment(PYTHONPATH=str(tmp_path / "more"))
    forked = run_forked(what, "a", cwd=tmp_path, env=env)
    started = subprocess.run(
        [sys.executable, *([] if what.endswith(".py") else ["-m"]), what, "a"],
        cwd=tmp_path, env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(forked.stdout) == json.loads(started.stdout)
