"""Makes importing nbgrader fast; import this module before nbgrader.

An import of any part of nbgrader brings its extensions of Jupyter's server, and with them
nbgrader's commands and the server; a library that unpacks archives, and with it setuptools; and
the client of JupyterHub. They are deferred until they are used.
"""

import workbook.course.nbformat_imports  # noqa: F401  nbgrader imports nbformat
from workbook.course.deferred_imports import defer

for _extension in ("assignment_list", "course_list", "formgrader", "validate_assignment"):
    _package = f"nbgrader.server_extensions.{_extension}"
    defer(_package, functions=["load_jupyter_server_extension"])
defer(
    "setuptools.archive_util",
    functions=["unpack_archive", "unpack_tarfile", "unpack_zipfile"],
)
defer("requests")
