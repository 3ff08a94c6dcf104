"""Honest notebooks as the programs and habits of real classes make them, for `tests.honest`.

Each is described by what `tests.honest.Honest` takes; the answer is one to linear_forward, and the
reference where none is given.
"""

import json
from typing import Any

_PLAIN = "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
_SCALED = "def linear_forward(A, W, b):\n    return k * (W @ A) + b, (A, W, b)"
_FILE = {"mine.py": f"import numpy as np\n\n\n{_PLAIN}\n"}
_FILE_WITH_MORE = {
    "mine.py": "import no_such_package as nsp\nframe = nsp.Frame()\n\n\n@nsp.jit\n" + _PLAIN,
}
_NOTEBOOK = {
    "mine.ipynb": json.dumps(
        {"cells": [{"cell_type": "code", "metadata": {}, "source": "import nsp\nk = 1"}]}
    ),
}


def _not_there(**described: Any) -> dict[str, Any]:
    """Describe a notebook with what is missing in the tests' kernel as well, or ends it."""
    return {**described, "check": None}


PLATFORMS: dict[str, dict[str, Any]] = {
    "Colab's folder": _not_there(
        before="from google.colab import drive\ndrive.mount('/content/drive')\n"
        "%cd /content/drive/MyDrive/Colab\\ Notebooks\nk = 1.0",
        answer=_SCALED,
    ),
    "Colab's form": {
        "answer": f'#@title Mine {{ display-mode: "form" }}\nk = 1.0 #@param {{type:"number"}}\n'
        f"{_SCALED}"
    },
    "Colab's upload": _not_there(
        before="from google.colab import files\nuploaded = files.upload()",
        after="files.download('x.csv')",
    ),
    "Colab's shell": _not_there(before="%%shell\npip install -q tqdm\nls"),
    "Colab or not": {
        "before": "import sys\nif 'google.colab' in sys.modules:\n    !pip install x\nelse:\n"
        "    k = 1.0",
        "answer": _SCALED,
    },
    "Kaggle's first cell": _not_there(
        before="import numpy as np # linear algebra\nimport pandas as pd # data processing\n"
        "import os\nfor dirname, _, filenames in os.walk('/kaggle/input'):\n    print(dirname)\n"
        "k = 1.0",
        answer=_SCALED,
    ),
    "cells of a script": {"answer": f"# %%\n{_PLAIN}\n\n# %%\nprint(linear_forward.__name__)\n#%%"},
    "an extension that is missing": _not_there(above="%load_ext nb_black"),
    "a style that is missing": _not_there(
        setup="import seaborn as sns\nsns.set_theme()\nk = 1.0", answer=_SCALED
    ),
    "figures that move": _not_there(setup="%matplotlib widget"),
}  # fmt: skip

FILES: dict[str, dict[str, Any]] = {
    "a star from a file": {"answer": "from mine import *", "beside": _FILE},
    "another name from a file": {
        "answer": "import mine\nlinear_forward = mine.linear_forward", "beside": _FILE,
    },
    "a file that is run": {"answer": "%run -i mine.py --fast 1", "beside": _FILE},
    "a text that finds out about a package": {
        "before": "try:\n    exec('import no_such_package as xp')\n    k = 2.0\n"
        "except ImportError:\n    k = 1.0",
        "answer": _SCALED,
    },
    "a file that is executed": {
        "answer": "exec(open('mine.py', encoding='utf-8').read())", "beside": _FILE,
    },
    "a file by its path": {
        "answer": "import runpy\nlinear_forward = runpy.run_path('mine.py')['linear_forward']",
        "beside": _FILE,
    },
    "a file in a folder on the path": {
        "answer": "import os, sys\nsys.path.insert(0, os.path.join(os.getcwd(), 'src'))\n"
        "from mine import linear_forward",
        "beside": {f"src/{name}": text for name, text in _FILE.items()},
    },
    "a file that imports what is missing": _not_there(
        answer="from mine import linear_forward", beside=_FILE_WITH_MORE
    ),
    "a file that is run and imports what is missing": _not_there(
        answer="%run mine.py", beside=_FILE_WITH_MORE
    ),
    "a file that is run once and imports what is missing": _not_there(
        answer="%run mine.py",
        beside={"mine.py": f"import os\nos.mkdir('once')\n{_FILE_WITH_MORE['mine.py']}"},
    ),
    "a file that is executed and imports what is missing": _not_there(
        answer="exec(open('mine.py').read())", beside=_FILE_WITH_MORE
    ),
    "a notebook that is run and imports what is missing": _not_there(
        before="%run mine.ipynb", answer=_SCALED, beside=_NOTEBOOK
    ),
    "a number in a file": {
        "before": "import json\nk = json.load(open('conf/config.json'))['k']",
        "answer": _SCALED,
        "beside": {"conf/config.json": '{"k": 1.0}'},
    },
    "a file that each call reads": {
        "answer": "def linear_forward(A, W, b):\n    with open('k.txt') as file:\n"
        "        return float(file.read()) * (W @ A) + b, (A, W, b)",
        "beside": {"k.txt": "1.0"},
    },
    "a file that each call writes": {
        "answer": "import logging\nlogging.basicConfig(filename='run.log', level=10, force=True)\n"
        "def linear_forward(A, W, b):\n    logging.debug('A is %s', A)\n"
        "    return W @ A + b, (A, W, b)"
    },
    "a module that a path writes": {
        "before": f"from pathlib import Path\nPath('mine.py').write_text({_FILE['mine.py']!r})",
        "answer": "from mine import linear_forward",
    },
    "a module that a function writes": {
        "before": "def save(name, text):\n    with open(name, 'w') as file:\n"
        "        file.write(text)\n"
        f"save('mine.py', {_FILE['mine.py']!r})",
        "answer": "from mine import linear_forward",
    },
    "a number that is written, and read": {
        "before": "import json, os\nos.makedirs('conf', exist_ok=True)\n"
        "with open('conf/k.json', 'w') as file:\n    json.dump({'k': 1.0}, file)",
        "answer": f"k = json.load(open('conf/k.json'))['k']\n{_SCALED}",
    },
    "a folder that the shell makes": {
        "before": "!mkdir -p parts && touch parts/__init__.py\n"
        "with open('parts/mine.py', 'w') as file:\n"
        f"    file.write({_FILE['mine.py']!r})",
        "answer": "from parts.mine import linear_forward",
    },
}  # fmt: skip

HABITS: dict[str, dict[str, Any]] = {
    "strict errors": {"above": "import numpy as np\nnp.seterr(all='raise')"},
    "no warnings": {"above": "import warnings\nwarnings.warn = lambda *args, **more: None"},
    "nothing printed": {"above": "import builtins\nbuiltins.print = lambda *args, **more: None"},
    "names of Python's": {"above": "sum = 0\nmax = [1]\nlist = [1]\ntype = 'relu'\nlen = 4"},
    "a print format that fails": {
        "above": "np.set_printoptions(formatter={'float': lambda x: 1 / 0})"
    },
    "an alarm": {
        "above": "import signal\nsignal.signal(signal.SIGALRM, lambda *args: None)\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)"
    },
    "a thread that goes on": {
        "above": "import threading, time\n"
        "threading.Thread(target=lambda: time.sleep(99), daemon=True).start()"
    },
    "a thread for each row": {
        "answer": "from concurrent.futures import ThreadPoolExecutor\n"
        "def linear_forward(A, W, b):\n    with ThreadPoolExecutor(4) as pool:\n"
        "        rows = list(pool.map(lambda i: W[i] @ A + b[i], range(len(W))))\n"
        "    return np.stack(rows), (A, W, b)"
    },
    "a profiler": {"above": "import cProfile\nprofile = cProfile.Profile()\nprofile.enable()"},
    "thousands of lines": {
        "answer": "def linear_forward(A, W, b):\n    for i in range(20_000):\n"
        "        print('step', i, 'x' * 80)\n    return W @ A + b, (A, W, b)",
        "check": None,
    },
    "output that is kept": {
        "answer": "import contextlib, io\nkept = io.StringIO()\n"
        f"_ = contextlib.redirect_stdout(kept).__enter__()\n{_PLAIN}"
    },
    "a plot in each call": {
        "answer": "def linear_forward(A, W, b):\n    plt.imshow(W)\n    plt.show()\n"
        "    return W @ A + b, (A, W, b)"
    },
    "a widget in each call": {
        "answer": "import ipywidgets\nbar, out = ipywidgets.IntProgress(), ipywidgets.Output()\n"
        "def linear_forward(A, W, b):\n    bar.value += 1\n    with out:\n        print(A.shape)\n"
        "    return W @ A + b, (A, W, b)"
    },
    "a question": _not_there(before="k = float(input('k? ') or 1.0)", answer=_SCALED),
    "arguments of a command": _not_there(
        below="import argparse\nargparse.ArgumentParser().parse_args()"
    ),
    "tests of its own": {
        "below": "import doctest, unittest\ndoctest.testmod()\nclass Test(unittest.TestCase):\n"
        "    def test(self):\n        self.assertTrue(linear_forward)\n"
        "unittest.main(argv=['x'], exit=False)"
    },
    "Python 2": _not_there(below="print linear_forward"),
    "line ends of Windows": {"answer": f"%%time\n{_PLAIN}".replace("\n", "\r\n")},
    "line ends of old": {"answer": _PLAIN.replace("\n", "\r")},
    "prompts of an example": {
        "answer": ">>> def linear_forward(A, W, b):\n...     return W @ A + b, (A, W, b)"
    },
    "other letters": {
        "answer": "def linear_forward(A, W, b):\n    '''Größe 🎉'''\n    größe, Δ = W @ A, b\n"
        "    print('✅ готово')\n    return größe + Δ, (A, W, b)"
    },
    "a line separator": {
        "answer": "def linear_forward(A, W, b):\n    # from a page\u2028    assert 0\n"
        "    return W @ A + b, (A, W, b)"
    },
    "by position alone": {
        "answer": "def linear_forward(a, w, c, /, *, loud=False):\n    return w @ a + c, (a, w, c)"
    },
    "a static method": {
        "answer": "class Network:\n    @staticmethod\n    def forward(A, W, b):\n"
        "        return W @ A + b, (A, W, b)\n\nlinear_forward = Network.forward"
    },
    "numba that is missing": _not_there(
        before="import numba", above="@numba.njit(cache=True)"
    ),
    "made by a loop": {
        "answer": "for name in ['linear_forward']:\n    exec(f'def {name}(A, W, b):\\n'\n"
        "         '    return W @ A + b, (A, W, b)')"
    },
    "the stub above it": {
        "answer": f"def linear_forward(A, W, b):\n    raise NotImplementedError\n\n\n{_PLAIN}"
    },
    "an array of another order": {
        "answer": "def linear_forward(A, W, b):\n    return (W @ A + b).astype('>f8'), (A, W, b)"
    },
}  # fmt: skip

MORE = PLATFORMS | FILES | HABITS
