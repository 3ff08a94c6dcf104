"""Let NumPy multiply matrices in one thread; to be imported before NumPy.

Several tests run at once, each in a process of its own: threads of their own for matrices as small
as the course's would wait for one another most of the time.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
