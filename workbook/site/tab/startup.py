# What IPython runs when the kernel of a tab starts, before the first cell.
get_ipython().Completer.use_jedi = False  # it is not loaded: it is large, and slow there
import matplotlib.pyplot  # noqa: E402, F401
import workbook.learn.workspace.check_here  # noqa: E402, F401
del matplotlib, workbook
