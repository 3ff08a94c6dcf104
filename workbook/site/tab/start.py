# What Python runs in a tab before the kernel is asked for anything.
import sys
from types import ModuleType

# IPython imports its terminal, which takes as long as all else of it and is never used here.
terminal = ModuleType("IPython.terminal.embed")
terminal.embed = None
sys.modules[terminal.__name__] = terminal

import pyodide_kernel  # noqa: E402

# What it would use to complete names is not loaded: it is large, and slow in a browser.
pyodide_kernel.ipython_shell.Completer.use_jedi = False

# The first cells of a notebook and the first check need these.
import ipywidgets  # noqa: E402, F401
import matplotlib.pyplot  # noqa: E402, F401

import workbook.learn.workspace.check_here  # noqa: E402, F401
