"""Cells that work in every kernel: IPython's magics and shell, displays, the standard library.

A table, longer than other files, so that all that was compared stands in one place.
"""

# What a notebook runs to install something, or in a shell.
SHELL = r"""
!ls
!pip install -q no-such-package-anywhere
x = !ls
x = !ls; y = x.n
files = !ls *.py
if True:
    !pip install numpy
x = %sx ls
x = %system ls
%sx ls
%system ls
%pip install -q no-such-package-anywhere
%pip --version
%conda install -y numpy
%mamba install -y numpy
%uv pip install numpy
%ls
%cat nothing-here.txt
%mkdir made_by_alias
%cp nothing-here.txt other.txt
%mv nothing-here.txt other.txt
%rm -f nothing-here.txt
%rmdir nothing-here
%man ls
%sc -l x = ls
%rehashx
%killbgscripts
get_ipython().system('ls')
get_ipython().getoutput('ls')
get_ipython().system_raw('ls')
get_ipython().system_piped('ls')
x = get_ipython().getoutput('ls', split=False).strip()
import os; os.system('pip install numpy')
import os; os.popen('ls').read()
import subprocess; subprocess.run('pip install numpy', shell=True)
import subprocess, sys; subprocess.check_call([sys.executable, '-m', 'pip', '--version'])
import subprocess; x = subprocess.check_output(['ls']).decode()
import subprocess; x = subprocess.getoutput('ls')
import subprocess; x = subprocess.Popen(['ls'], stdout=subprocess.PIPE).communicate()[0].decode()
""".strip()

SHELL_CELLS = [
    "%%bash\necho hello",
    "%%sh\necho hello",
    "%%script bash\necho hello",
    "%%bash --out x\necho hello",
    "%%!\nls",
    "%%system\nls",
    "%%perl\nprint 1;",
    "%%python\nprint(1)",
    "%%capture out\n!ls",
    "%cd .\n!pwd",
    # Colab's.
    "%%shell\nls",
    # A folder is there afterwards.
    "!mkdir -p made/deep\nopen('made/deep/x.txt', 'w').close()",
    "import os\nos.system('mkdir made_too')\nopen('made_too/x.txt', 'w').close()",
    "!mkdir mine\nopen('mine/own.py', 'w').write('y = 5')\nfrom mine.own import y",
]

# Magics that need a front end, a terminal or a folder, and those that need nothing.
MAGICS = r"""
%autosave 60
%clear
%connect_info
%matplotlib inline
%matplotlib --list
%matplotlib agg
%config InlineBackend.figure_format = 'retina'
%config InlineBackend.rc = {'figure.figsize': (6, 4)}
%config Completer.use_jedi = False
%config Application.log_level = 'INFO'
%config
%pylab inline
%load_ext autoreload
%alias_magic t timeit
%alias greet echo hello
%autoawait
%autocall 0
%automagic
%colors nocolor
%pushd .
%doctest_mode
%env
%env MY_VARIABLE 3
%gui
%gui asyncio
%history -n 1-2
%history -f written_history.py
%logstate
%logstart written_log.py
%logstop
%lsmagic
%magic
%macro again 1
%notebook written.ipynb
%save written 1
%page x
%pdb off
%pinfo print
%psource json.dumps
%psearch num*
%pprint
%precision 3
%prun x = 1
%pwd
%quickref
%recall 1
%rerun 1
%reset -f
%reset_selective -f nothing
%tb
%time x = 1
%timeit -n 1 -r 1 x = 1
%unalias greet
%who
%xmode Plain
%qtconsole
%edit -x x = 1
%load_ext rich
%subshell
print?
x = 1; x?
quit
""".strip()

MAGIC_CELLS = [
    "%load_ext autoreload\n%autoreload 2\nimport json",
    "%load_ext autoreload\n%aimport json",
    "x = 1\n%store x",
    "%store -r",
    "%store",
    "%%capture\nprint(1)",
    "%%capture out --no-stderr\nprint(1)\nimport matplotlib.pyplot as plt\nplt.plot([1])",
    "%%html\n<b>x</b>",
    "%%svg\n<svg></svg>",
    "%%javascript\nvar x = 1;",
    "%%latex\n$x$",
    "%%markdown\n# x",
    "%%time\nx = 1",
    "%%timeit -n 1 -r 1\nx = 1",
    "%%prun\nx = 1",
    "%%debug\nx = 1",
    "%%writefile written.py\nx = 1",
    "%%file written.txt\nx = 1",
    "%%writefile written_module.py\ny = 5\n",
    "%%writefile -a written.py\nx = 1",
    "open('run_me.py', 'w').write('z = 3')\n%run run_me.py\nassert z == 3",
    "open('load_me.py', 'w').write('z = 3')\n%load load_me.py",
    "open('load_me.py', 'w').write('z = 3')\n%pycat load_me.py",
    "%mkdir -p made_here\n%cd .",
    "import os; os.makedirs('into', exist_ok=True)\n%cd into\n%cd ..",
    "def broken():\n    breakpoint()\n    return 1\nbroken()",
    "from pdb import set_trace\nset_trace()",
    "from IPython.core.debugger import set_trace\nset_trace()",
    "from IPython import embed\nembed()",
    "import pdb\npdb.run('x = 1')",
    "import code\ncode.interact(local={})",
]

# What notebooks ask of `get_ipython()`.
SHELL_OBJECT = r"""
get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().run_line_magic('pip', 'install numpy')
get_ipython().run_cell_magic('time', '', 'x = 1')
get_ipython().run_cell_magic('bash', '', 'ls')
get_ipython().run_cell('x = 1')
get_ipython().magic('matplotlib inline')
get_ipython().ex('x = 1')
get_ipython().enable_matplotlib('inline')
get_ipython().enable_gui()
get_ipython().enable_pylab('inline')
get_ipython().set_next_input('x = 1')
get_ipython().push({'x': 1})
get_ipython().user_ns['x'] = 1
get_ipython().config['IPKernelApp']
assert 'IPKernelApp' in get_ipython().config
assert get_ipython().__class__.__name__ == 'ZMQInteractiveShell'
assert type(get_ipython()).__module__ == 'ipykernel.zmqshell'
get_ipython().kernel
get_ipython().kernel.session
get_ipython().kernel.comm_manager
get_ipython().kernel.do_shutdown
get_ipython().parent_header
get_ipython().display_formatter.format(1)
get_ipython().display_formatter.formatters['text/html'].for_type(int, lambda x: '')
get_ipython().display_pub.publish({'text/plain': 'x'})
get_ipython().display_pub.clear_output()
get_ipython().events.register('post_execute', lambda: None)
get_ipython().set_custom_exc((ValueError,), lambda *args, **more: None)
get_ipython().set_hook('synchronize_with_editor', lambda *args: None)
get_ipython().input_transformers_post.append(lambda lines: lines)
get_ipython().ast_transformers.append(__import__('ast').NodeTransformer())
get_ipython().ast_node_interactivity = 'all'
get_ipython().history_manager.get_tail(3)
list(get_ipython().history_manager.get_range())
get_ipython().history_manager.input_hist_raw[-1]
get_ipython().execution_count
get_ipython().magics_manager.lsmagic()
get_ipython().register_magic_function(lambda line: None, 'line', 'mine')
get_ipython().complete('pri')
get_ipython().showtraceback()
get_ipython().getoutput
get_ipython().reset(new_session=False)
get_ipython().safe_execfile('nothing.py', {})
get_ipython().payload_manager.write_payload({'source': 'x'})
get_ipython().db['x'] = 1
get_ipython().ask_exit()
get_ipython().show_usage()
get_ipython().profile_dir.location
get_ipython().var_expand('{1}')
get_ipython().mktempfile('x')
get_ipython().extension_manager.load_extension('autoreload')
get_ipython().prefilter('x')
get_ipython().transform_cell('!ls')
get_ipython().get_parent()
import IPython; IPython.get_ipython().config
from IPython import get_ipython as g; g().kernel
from IPython.paths import get_ipython_dir; get_ipython_dir()
from ipykernel.connect import get_connection_file
from ipykernel.kernelapp import IPKernelApp
from ipykernel.comm import Comm
In[-1]
_dh
""".strip()

DISPLAY = r"""
display(1, 2)
display({'text/plain': 'x'}, raw=True)
display()
x = display(1, display_id=True); x.update(2)
from IPython.display import display, HTML; display(HTML('<b>x</b>'))
from IPython.core.display import display, HTML; display(HTML('<style></style>'))
from IPython.display import set_matplotlib_formats; set_matplotlib_formats('svg')
from IPython.display import Image; display(Image(data=b'\x89PNG\r\n\x1a\n', format='png'))
from IPython.display import SVG; display(SVG('<svg></svg>'))
from IPython.display import Math, Latex, Markdown; display(Math('x'), Latex('x'), Markdown('x'))
from IPython.display import Javascript; display(Javascript('1'))
from IPython.display import JSON, GeoJSON, Pretty, Code; display(JSON({}), Pretty('x'), Code('x = 1', language='python'))
from IPython.display import Audio; import numpy as np; display(Audio(np.zeros(100), rate=8000))
from IPython.display import IFrame, YouTubeVideo, VimeoVideo; display(IFrame('x', 1, 1), YouTubeVideo('x'), VimeoVideo('1'))
from IPython.display import FileLink, FileLinks; FileLink('x'); FileLinks('.')
from IPython.display import FileLink; display(FileLink('nothing.txt'))
from IPython.display import clear_output; clear_output(wait=True)
from IPython.display import ProgressBar; list(ProgressBar(3))
from IPython.display import publish_display_data; publish_display_data({'text/plain': 'x'})
from IPython.display import DisplayHandle; DisplayHandle().display(1)
from IPython.display import display_html, display_png, display_svg, display_latex, display_markdown, display_json, display_javascript, display_pretty
from IPython.display import display_markdown; display_markdown('x', raw=True)
from IPython.lib.pretty import pretty, pprint; pprint({})
from IPython.utils import io; io.capture_output()
import matplotlib_inline.backend_inline as b; b.set_matplotlib_formats('svg')
from matplotlib_inline.backend_inline import set_matplotlib_formats; set_matplotlib_formats('png')
from matplotlib_inline.backend_inline import flush_figures; flush_figures()
import ipywidgets as widgets; display(widgets.IntSlider())
import ipywidgets as widgets; widgets.interact(lambda x: x, x=(0, 3))
import ipywidgets as widgets; w = widgets.Button(description='x'); w.on_click(print); display(w)
import ipywidgets; out = ipywidgets.Output(); out.clear_output()
import ipywidgets; out = ipywidgets.Output(); out.append_stdout('x')
from ipywidgets import IntProgress; p = IntProgress(min=0, max=3); display(p); p.value += 1
import comm; comm.create_comm(target_name='x')
""".strip()  # noqa: E501

DISPLAY_CELLS = [
    "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print(1)",
    "from IPython.utils.capture import capture_output\nwith capture_output() as c:\n    print(1)",
    "import ipywidgets as widgets\n@widgets.interact(x=3)\ndef f(x):\n    return x",
    "class Shown:\n    def _repr_html_(self):\n        return '<b>'\nShown()",
    "from IPython.display import display\nfor i in range(3):\n    display(i)\n",
]

MATPLOTLIB = r"""
import matplotlib; matplotlib.use('TkAgg')
import matplotlib; matplotlib.use('Qt5Agg')
import matplotlib; matplotlib.use('MacOSX')
import matplotlib; matplotlib.use('module://matplotlib_inline.backend_inline')
import matplotlib; matplotlib.use('svg'); matplotlib.use('pdf')
import matplotlib; matplotlib.get_backend()
import matplotlib; matplotlib.rcParams['backend'] = 'TkAgg'
import matplotlib; matplotlib.get_cachedir(); matplotlib.get_configdir()
import matplotlib.pyplot as plt; plt.switch_backend('TkAgg')
import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()
import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show(block=False); plt.pause(0.01)
import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('figure.png')
import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('figure.pdf')
import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.savefig('figure.svg')
import matplotlib.pyplot as plt; plt.style.use(['dark_background', 'seaborn-v0_8'])
import matplotlib.pyplot as plt; plt.xkcd()
import matplotlib.pyplot as plt; plt.gcf().canvas.manager.set_window_title('x')
import matplotlib.pyplot as plt; plt.imsave('image.png', [[0, 1], [1, 0]])
import matplotlib.pyplot as plt; plt.imsave('image.png', [[0., 1.], [1., 0.]]); plt.imread('image.png')
import matplotlib.font_manager as fm; fm.findSystemFonts()
import matplotlib.font_manager as fm; fm.findfont('DejaVu Sans')
import matplotlib.pyplot as plt; plt.title(r'$\alpha$'); plt.gcf().canvas.draw()
from pylab import *
from matplotlib import pyplot as plt; fig, ax = plt.subplots(); fig.show()
""".strip()  # noqa: E501

MATPLOTLIB_CELLS = [
    "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.plot([1])\n"
    "plt.show()",
    "import matplotlib.pyplot as plt\nimport matplotlib.animation as animation\n"
    "fig, ax = plt.subplots()\na = animation.FuncAnimation(fig, lambda i: ax.plot([i]), frames=2)\n"
    "a.to_jshtml()",
    "import matplotlib.pyplot as plt\nimport matplotlib.animation as animation\n"
    "fig, ax = plt.subplots()\na = animation.FuncAnimation(fig, lambda i: ax.plot([i]), frames=2)\n"
    "a.save('a.gif', writer='pillow')",
]

# What a process without terminal, user name, network or other processes answers differently.
LIBRARY = r"""
import getpass; getpass.getuser()
import os; os.getpid(); os.getppid(); os.getuid()
import os; os.cpu_count(); os.sched_getaffinity(0)
import os; os.getloadavg()
import os; os.uname()
import os; os.environ['HOME']; os.environ['PATH']
import os; os.environ.get('USER'); os.path.expanduser('~')
import os; os.listdir('.'); os.listdir(os.path.expanduser('~'))
import os; list(os.walk('.'))
import os; os.makedirs('a/b/c', exist_ok=True); os.rename('a/b/c', 'a/d'); os.removedirs('a/d')
import os; os.mkdir('one'); os.rmdir('one')
import os; os.urandom(8); os.getrandom(8)
import os; os.umask(0o22)
import os; os.putenv('X', '1'); os.environ['X'] = '1'
import os; os.chdir('.'); os.chdir(os.getcwd())
import os; os.times()
import os; os.getpriority(os.PRIO_PROCESS, 0)
import shutil; shutil.get_terminal_size()
import shutil; shutil.which('python'); shutil.which('git')
import shutil; shutil.disk_usage('.')
import shutil; open('a.txt', 'w').close(); shutil.copy('a.txt', 'b.txt'); shutil.copy2('a.txt', 'c.txt')
import shutil, os; os.mkdir('d1'); open('d1/x', 'w').close(); shutil.copytree('d1', 'd2'); shutil.move('d2', 'd3'); shutil.rmtree('d3'); shutil.rmtree('d1')
import shutil, os; os.mkdir('z1'); open('z1/x', 'w').close(); shutil.make_archive('z', 'zip', 'z1'); shutil.unpack_archive('z.zip', 'z2')
import pwd, os; pwd.getpwuid(os.getuid())
from pathlib import Path; Path('p.txt').write_text('x'); Path('p.txt').read_text(); Path('p.txt').unlink()
from pathlib import Path; Path('q.txt').touch(); Path('q.txt').touch()
from pathlib import Path; list(Path('.').glob('**/*')); Path('.').resolve(); Path('.').owner()
from pathlib import Path; Path('x').mkdir(parents=True, exist_ok=True); Path('x').chmod(0o755)
import os; open('mode.txt', 'w').close(); os.chmod('mode.txt', 0o600)
import os; open('time.txt', 'w').close(); os.utime('time.txt')
import os; open('l.txt', 'w').close(); os.symlink('l.txt', 'link'); os.link('l.txt', 'hard'); os.readlink('link')
import tempfile; tempfile.gettempdir(); tempfile.mkdtemp(); tempfile.mkstemp()
import tempfile; tempfile.TemporaryFile().write(b'x')
import tempfile; f = tempfile.NamedTemporaryFile(); f.write(b'x'); f.close()
import tempfile; f = tempfile.NamedTemporaryFile('w', delete=False); f.write('x'); f.close(); open(f.name).read()
import tempfile; tempfile.SpooledTemporaryFile(max_size=1).write(b'xyz')
import tempfile; d = tempfile.TemporaryDirectory(); d.cleanup()
import threading; t = threading.Thread(target=print); t.start(); t.join()
import threading, time; [threading.Thread(target=lambda: time.sleep(len(bytearray(10**5)) / 1e6)).start() for _ in range(50)]
from concurrent.futures import ThreadPoolExecutor; list(ThreadPoolExecutor(2).map(abs, [1, 2]))
import multiprocessing; multiprocessing.cpu_count(); multiprocessing.current_process()
import multiprocessing as mp; mp.get_start_method(); mp.get_context('spawn')
import multiprocessing as mp; mp.set_start_method('spawn', force=True)
import asyncio; await asyncio.sleep(0)
import asyncio; asyncio.get_event_loop()
import asyncio; await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))
import asyncio; task = asyncio.create_task(asyncio.sleep(0)); await task
import locale; locale.setlocale(locale.LC_ALL, '')
import locale; locale.setlocale(locale.LC_ALL, 'C'); locale.localeconv()
import time; time.tzname; time.localtime(); time.strftime('%c'); time.tzset()
import time; time.sleep(0.001); time.perf_counter(); time.process_time(); time.thread_time(); time.monotonic()
from zoneinfo import ZoneInfo; ZoneInfo('Europe/Berlin')
import zoneinfo; zoneinfo.available_timezones()
import socket; socket.gethostname()
import socket; socket.getfqdn()
import socket; socket.socketpair()
import socket; socket.setdefaulttimeout(10)
import platform; platform.platform(); platform.processor(); platform.node(); platform.uname()
import platform; platform.freedesktop_os_release()
import uuid; uuid.uuid1(); uuid.uuid4(); uuid.getnode()
import webbrowser; webbrowser.open('http://example.org')
import webbrowser; webbrowser.open_new_tab('http://example.org')
import signal; signal.signal(signal.SIGINT, signal.SIG_DFL); signal.getsignal(signal.SIGTERM)
import signal; signal.alarm(0); signal.setitimer(signal.ITIMER_REAL, 0)
import signal; signal.raise_signal(signal.SIGCONT)
import readline
import rlcompleter
import curses
import termios, tty
import faulthandler; faulthandler.enable(); faulthandler.disable()
import faulthandler; faulthandler.dump_traceback_later(100); faulthandler.cancel_dump_traceback_later()
import tracemalloc; tracemalloc.start(); tracemalloc.get_traced_memory(); tracemalloc.stop()
import logging; logging.basicConfig(filename='run.log', force=True); logging.warning('x')
import logging, sys; logging.getLogger().addHandler(logging.StreamHandler(sys.stdout)); logging.warning('x')
import logging.handlers; logging.handlers.RotatingFileHandler('r.log')
import warnings; warnings.filterwarnings('ignore'); warnings.warn('x'); warnings.simplefilter('default')
import sqlite3; sqlite3.connect(':memory:').execute('create table t (x)')
import sqlite3; c = sqlite3.connect('d.sqlite'); c.execute('create table t (x)'); c.execute('insert into t values (1)'); c.commit(); c.close()
import shelve; s = shelve.open('shelf'); s['x'] = 1; s.close()
import dbm; dbm.open('d', 'c').close()
import pickle; pickle.dump([1], open('p.pkl', 'wb')); pickle.load(open('p.pkl', 'rb'))
import json; json.dump({}, open('j.json', 'w')); json.load(open('j.json'))
import zipfile; zipfile.ZipFile('z.zip', 'w').writestr('x', 'y'); zipfile.is_zipfile('z.zip')
import tarfile; tarfile.open('t.tar.gz', 'w:gz').close()
import bz2, lzma; bz2.open('b.bz2', 'wb').close(); lzma.open('l.xz', 'wb').close()
import mmap; mmap.mmap(-1, 100)
import fcntl; f = open('lock', 'w'); fcntl.flock(f, fcntl.LOCK_EX); fcntl.lockf(f, fcntl.LOCK_UN)
import urllib.request; urllib.request.Request('http://example.org'); urllib.request.getproxies()
import http.client, http.server, socketserver, ssl, ftplib, smtplib, email
import ssl; ssl.create_default_context()
import ctypes; ctypes.CDLL(None).getpid()
import ctypes.util; ctypes.util.find_library('c'); ctypes.util.find_library('m')
import resource; resource.getrusage(resource.RUSAGE_SELF); resource.getrlimit(resource.RLIMIT_AS)
import resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import gc; gc.collect(); gc.get_objects(); gc.disable(); gc.enable()
import sys; sys.stdout.flush(); sys.stderr.write('x'); sys.stdout.encoding; sys.stdout.isatty()
import sys; sys.stdout.name; sys.stdout.errors; sys.stdout.writelines(['x']); sys.stdout.encoding.upper()
import sys; sys.stdin; sys.argv; sys.executable; sys.path; sys.version; sys.flags
import sys; sys.settrace(None); sys.setprofile(None)
import sys; sys.excepthook; sys.displayhook(1)
import io, contextlib; contextlib.redirect_stdout(io.StringIO()).__enter__()
import inspect; inspect.getsource(inspect.getsource)
import inspect; inspect.currentframe(); inspect.stack()
import dis, traceback; traceback.print_stack(); traceback.print_exc()
import cProfile; cProfile.run('1')
import cProfile, pstats; p = cProfile.Profile(); p.enable(); p.disable(); p.print_stats()
import doctest; doctest.testmod()
import unittest; unittest.main(argv=[''], exit=False)
import importlib; importlib.reload(importlib.import_module('json'))
import importlib.metadata; importlib.metadata.version('numpy'); list(importlib.metadata.distributions())
help(print)
help()
import sysconfig, site; sysconfig.get_paths(); site.getsitepackages(); site.getusersitepackages()
import random, secrets; random.seed(); random.SystemRandom().random(); secrets.token_hex()
import antigravity
import select; select.select([], [], [], 0); select.epoll().close(); select.poll()
import selectors; selectors.DefaultSelector().close()
import xml.etree.ElementTree as ET; ET.ElementTree(ET.Element('x')).write('x.xml')
import fileinput, linecache, filecmp, glob, fnmatch; glob.glob('*')
import numpy as np; np.save('x.npy', np.ones(3)); np.load('x.npy')
import numpy as np; np.savez('x.npz', a=np.ones(3)); np.load('x.npz')['a']
import numpy as np; np.savetxt('x.txt', np.ones(3)); np.loadtxt('x.txt'); np.genfromtxt('x.txt')
import numpy as np; np.ones(3).tofile('x.bin'); np.fromfile('x.bin')
import numpy as np; np.memmap('m.dat', dtype='f8', mode='w+', shape=(3,))[:] = 1
import numpy as np; np.random.seed(1); np.show_config(); np.set_printoptions(precision=3)
import numpy as np; np.show_runtime()
import numpy as np; np.test if False else 0; np.seterr(all='raise')
import numpy.testing, numpy.ma, numpy.polynomial, numpy.fft, numpy.ctypeslib
x = input()
name = input('Your name? ')
import getpass; getpass.getpass()
import getpass; getpass.getpass('x', stream=None)
import sys; sys.stdin.readline()
copyright; credits; license
license()
assert __name__ == '__main__'
import __main__; __main__.__dict__
open('text.txt', 'w').write('x'); open('text.txt', 'a').write('x'); open('text.txt').read()
open('/dev/null', 'w').write('x')
""".strip()  # noqa: E501


def cells() -> list[str]:
    """Return all of them; a line that is indented belongs to the one above it."""
    found: list[str] = []
    for line in "\n".join([SHELL, MAGICS, SHELL_OBJECT, DISPLAY, MATPLOTLIB, LIBRARY]).split("\n"):
        if line.startswith("    "):
            found[-1] += "\n" + line
        else:
            found.append(line)
    return [*found, *SHELL_CELLS, *MAGIC_CELLS, *DISPLAY_CELLS, *MATPLOTLIB_CELLS]


# The layers of confinement have words of their own.
_NO = "Permission|Read-only"

# What a confined process refuses, with a pattern of words of the error that only that statement
# raises.
REFUSED = {
    "import socket; socket.gethostbyname('localhost')": "gaierror",
    "import urllib.request; urllib.request.urlopen('http://example.org')": "has no network",
    "import socket; socket.create_connection(('example.org', 80))": "has no network",
    "import multiprocessing as mp; mp.Lock()": _NO,
    "from multiprocessing.pool import ThreadPool; ThreadPool(2).map(abs, [1, 2])": _NO,
    "from multiprocessing.dummy import Pool; Pool(2).map(abs, [1, 2])": _NO,
    "import multiprocessing; multiprocessing.Process(target=print).start()": _NO,
    "import os; os.fork()": _NO,
    "import os; os.nice(0)": _NO,
    "import os; os.kill(os.getpid(), 9)": _NO,
    "open('/tmp/a_file_of_a_notebook', 'w').close()": _NO,
    "open('/proc/cpuinfo').read()": _NO,
}

# What works where a student sits at the kernel, has windows, or has installed more.
NEED_MORE_THAN_A_KERNEL = {
    cell
    for cell in cells()
    if any(
        words in cell
        for words in (
            "input(", "getpass", "help()", "license()", "pdb", "debugger", "embed",
            "interact(local", "%conda", "mamba", "MacOSX", "Agg'", "faulthandler", ".magic(",
            "core.display import display", "import set_matplotlib_formats", "%%shell",
        )
    )
}  # fmt: skip
