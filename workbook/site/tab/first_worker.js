// The kernel's worker of this page, begun while JupyterLite itself still loads.
"use strict";

importScripts("start_python.js");
self.preparePython(new URL(".", location.href).href).catch(() => {});
// The kernel's own worker, which JupyterLite talks to.
importScripts(new URL(location.href).searchParams.get("kernel"));
