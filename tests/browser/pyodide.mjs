// Run a learner's session in Pyodide: node pyodide.mjs PYODIDE FOLDER SESSION
//
// PYODIDE is the folder of the runtime and its packages. FOLDER is mounted as /shared, and the
// packages in FOLDER/packages can be imported. SESSION is the file `learner_session.py`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, folder, session] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: runtime });
const silent = { messageCallback: () => {} };
await pyodide.loadPackage(["numpy", "matplotlib", "ipython", "sqlite3"], silent);
pyodide.mountNodeFS("/shared", folder);
pyodide.runPython('import sys; sys.path.append("/shared/packages")');
try {
  pyodide.runPython(readFileSync(session, "utf8"));
  await pyodide.runPythonAsync("await session()");
} catch (error) {
  // Node would print all of Pyodide's own text before it.
  console.error(String(error.message));
  process.exit(1);
}
process.exit(0);
