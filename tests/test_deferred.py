"""Modules whose import waits until something is asked of them."""

import subprocess
import sys

import pytest

# In a process of its own, where matplotlib has not been imported; 1 if it has been at the end.
_PROGRAM = """
import sys
from workbook.grade.deferred import defer
defer("matplotlib", "pyplot")
{}
print(int("matplotlib.colors" in sys.modules))
"""


def imported(*lines: str) -> bool:
    program = _PROGRAM.format("\n".join(lines))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert not done.stderr
    return done.stdout.strip() == "1"


@pytest.mark.parametrize(
    "line",
    [
        "import matplotlib",
        "import matplotlib.pyplot",
        "import matplotlib.pyplot as plt",
        "import matplotlib as mpl, matplotlib.pyplot",
    ],
)
def test_an_import_alone_imports_nothing(line):
    assert not imported(line)


@pytest.mark.parametrize(
    "lines",
    [
        ("import matplotlib.pyplot as plt", "plt.figure().add_subplot().plot([1, 2])"),
        ("import matplotlib.pyplot as plt", "plt.rcParams['lines.linewidth'] = 3"),
        ("import matplotlib", "assert matplotlib.__version__"),
        ("import matplotlib.ticker", "assert matplotlib.ticker.NullLocator()"),
        ("from matplotlib.figure import Figure", "assert Figure().add_subplot()"),
        ("from matplotlib.pyplot import *", "assert figure()"),
        ("from matplotlib import pyplot", "assert pyplot.figure()"),
        ("import matplotlib.pyplot as plt", "import matplotlib.figure", "plt.close('all')"),
        (
            "import matplotlib.pyplot as early",
            "early.figure()",
            "import matplotlib.pyplot as late",
            "assert early.gcf() is late.gcf()",
        ),
    ],
)
def test_what_is_asked_of_them_is_answered_by_the_real_ones(lines):
    assert imported(*lines)


def test_what_is_set_is_set_on_the_real_one():
    assert imported(
        "import matplotlib.pyplot as early",
        "early.of_the_learner = 5",
        "import matplotlib.pyplot",
        "assert sys.modules['matplotlib.pyplot'].of_the_learner == 5",
    )


def test_a_module_that_is_there_stays():
    assert imported("del sys.modules['matplotlib']", "del sys.modules['matplotlib.pyplot']",
                    "import matplotlib.pyplot as plt", "defer('matplotlib', 'pyplot')",
                    "assert sys.modules['matplotlib.pyplot'] is plt")  # fmt: skip


def test_a_name_that_is_nowhere_is_an_attribute_error():
    assert imported(
        "import matplotlib.pyplot as plt",
        "try: plt.plott",
        "except AttributeError as error: assert 'plott' in str(error)",
    )
