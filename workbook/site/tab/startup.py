# What IPython runs when the kernel of a tab starts, before the first cell.
get_ipython().Completer.use_jedi = False  # it is not loaded: it is large, and slow there
import ipywidgets, matplotlib.pyplot, workbook.learn.workspace.check_here
del ipywidgets, matplotlib, workbook
