# What Python runs in a tab before it imports IPython.
import sys
from types import ModuleType

# IPython imports its terminal, which takes as long as all else of it and is never used here.
terminal = ModuleType("IPython.terminal.embed")
terminal.embed = None
sys.modules[terminal.__name__] = terminal
