"""Each fuzzer runs for a moment; see tests/fuzz for how to run it longer."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None,
    reason='atheris is not installed: pip install -e ".[fuzz]" (Linux on x86-64 only)',
)
@pytest.mark.parametrize(("fuzzer", "runs"), [("wire_decoder", 5000), ("session", 2000)])
def test_the_fuzzer_finds_nothing_in_a_moment(fuzzer, runs, tmp_path):
    # In a folder of its own, where it writes an input that does harm.
    done = subprocess.run(
        [sys.executable, "-m", f"tests.fuzz.{fuzzer}", f"-runs={runs}", "-seed=1"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=300,
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-5000:]
    # The last mutations may be a few more.
    assert int(re.findall(r"Done (\d+) runs", done.stderr)[0]) >= runs
