// Start Python in a worker: Pyodide, the packages that the first cell needs, and the kernel.
//
// JupyterLite's kernel takes this file for `pyodide.js`: it calls `loadPyodide` and then installs
// what it needs, one package after the other. Here all packages come at once, named in
// `python.json` beside this file; the page may have begun this before JupyterLite is there
// (`first_worker.js`), so that both load at the same time.
"use strict";

(() => {
  // The kernel loads this file where `first_worker.js` has done so before.
  if (self.preparePython !== undefined) {
    return;
  }
  const tell = (what, more = {}) => postMessage({ workbook: what, ...more });

  // The kernel's requests wait for ever where the page has no answer.
  const LONGEST_REQUEST = 20000;
  // A cell that waits for another tab sees what it did after this many milliseconds.
  const REMEMBERED = 5000;
  // After this many milliseconds the first cells have run.
  const A_WHILE = 20000;
  const ENOENT = 44;
  const EIO = 29;

  let begun = null;

  /** Load Python with its packages, once; `base` is the folder of this file. */
  function prepare(base) {
    begun ??= begin(base).catch((error) => {
      // Of an error of Python's, the last line says what it is.
      const why = String(error.message || error).trim().split("\n").at(-1);
      tell("failed", { why, online: navigator.onLine });
      throw error;
    });
    return begun;
  }

  async function begin(base) {
    tell("fetching");
    const settings = await json(new URL("python.json", base));
    settings.path = new URL("..", base).pathname;
    const index = new URL(settings.pyodide, base).href;
    const lock = await json(new URL("pyodide-lock.json", index));
    if (lock.info.version !== settings.version) {
      throw new Error(`${index} holds Pyodide ${lock.info.version}, not ${settings.version}`);
    }
    for (const one of settings.packages) {
      const key = one.name.replace(/[-_.]+/g, "-").toLowerCase();
      lock.packages[key] = { ...one, file_name: new URL(one.file_name, base).href };
    }
    for (const [name, left] of Object.entries(settings.later)) {
      const one = lock.packages[name];
      one.depends = one.depends.filter((needed) => !left.includes(needed));
    }
    const text = new Blob([JSON.stringify(lock)], { type: "application/json" });
    const own = self.loadPyodide;
    importScripts(new URL("pyodide.js", index).href);
    const load = self.loadPyodide;
    self.loadPyodide = own;
    const missing = [];
    const pyodide = await load({
      indexURL: index,
      lockFileURL: URL.createObjectURL(text),
      env: { MPLBACKEND: "module://matplotlib_inline.backend_inline" },
    });
    tell("packages");
    // What a package needs is loaded with it.
    await pyodide.loadPackage(settings.load, {
      messageCallback: () => {},
      errorCallback: (said) => missing.push(said),
    });
    if (missing.length > 0) {
      throw new Error(missing.join(" "));
    }
    tell("importing");
    const made = await madeBefore(settings);
    if (made) {
      pyodide.unpackArchive(made, "zip", { extractDir: "/" });
    }
    pyodide.runPython(`import sys; sys.dont_write_bytecode = ${made ? "True" : "False"}`);
    withModule(pyodide, (module) => module.prepare_kernel());
    tell("loaded");
    if (!made) {
      setTimeout(() => keepMade(pyodide, settings), A_WHILE);
    }
    return pyodide;
  }

  function withModule(pyodide, use) {
    const module = pyodide.pyimport("workbook.learn.workspace.browser");
    try {
      return use(module);
    } finally {
      module.destroy();
    }
  }

  const store = (settings) => self.caches?.open(`workbook ${settings.path} ${settings.site}`);
  const MADE = "https://workbook.invalid/made-at-start";

  /** Return what Python made when it was started with this site before; nothing the first time. */
  async function madeBefore(settings) {
    try {
      return await (await (await store(settings))?.match(MADE))?.arrayBuffer();
    } catch {
      return undefined;
    }
  }

  async function keepMade(pyodide, settings) {
    try {
      const bytes = withModule(pyodide, (module) => {
        const packed = module.made_at_start();
        const copied = packed.toJs();
        packed.destroy();
        return copied;
      });
      await (await store(settings))?.put(MADE, new Response(bytes));
    } catch (error) {
      console.warn("The next start of Python will take as long as this one:", error);
    }
  }

  async function json(address) {
    const answer = await fetch(address);
    if (!answer.ok) {
      throw new Error(`${address} cannot be had: ${answer.status} ${answer.statusText}`);
    }
    return answer.json();
  }

  /** What the kernel calls: its own options are those of `python.json`. */
  self.loadPyodide = async ({ indexURL }) => {
    const pyodide = await prepare(indexURL);
    mendDrive(pyodide.FS);
    tellOfTheEnd(pyodide);
    return pyodide;
  };
  self.preparePython = prepare;

  /** Say when the kernel is ready, and when Python has ended for good. */
  function tellOfTheEnd(pyodide) {
    const run = pyodide.runPythonAsync;
    pyodide.runPythonAsync = async (code, options) => {
      const done = await run(code, options);
      if (code.includes("import pyodide_kernel")) {
        pyodide.runPythonAsync = run;
        withModule(pyodide, (module) => module.keep_outcomes());
        tell("ready");
      }
      return done;
    };
    let kernels = pyodide._api.on_fatal;
    Object.defineProperty(pyodide._api, "on_fatal", {
      get: () => async (error) => {
        tell("ended", { why: String(error.message || error) });
        await kernels?.(error);
      },
      set: (handler) => {
        kernels = handler;
      },
    });
  }

  /**
   * Mend the drive that JupyterLite mounts, on which the learner's notebooks are.
   *
   * As it is, a notebook that is opened for writing makes the kernel wait for ever, since an empty
   * file is no JSON; so does asking for the size of a file that was deleted in another tab; and what
   * was written under another ending keeps the format of that ending.
   */
  function mendDrive(FS) {
    const mount = FS.mount;
    FS.mount = (type, options, point) => {
      if (type.API?.request) {
        mendRequests(type.API, FS);
        mendFormats(type.API);
        mendFiles(type, FS);
      }
      return mount.call(FS, type, options, point);
    };
  }

  function mendRequests(api, FS) {
    // With SharedArrayBuffer the kernel asks in another way, which ends by itself.
    if (api.endpoint !== undefined) {
      api.request = remembering((asked) => {
        const request = new XMLHttpRequest();
        request.open("POST", encodeURI(api.endpoint), false);
        request.timeout = LONGEST_REQUEST;
        try {
          request.send(JSON.stringify({ data: asked, browsingContextId: api._browsingContextId }));
          JSON.parse(request.responseText);
          return request.responseText;
        } catch {
          throw new FS.ErrnoError(EIO);
        }
      });
    }
    for (const name of ["getattr", "get", "readdir", "getmode"]) {
      const ask = api[name].bind(api);
      api[name] = (path) => {
        if (!api.lookup(path).ok) {
          throw new FS.ErrnoError(ENOENT);
        }
        return ask(path);
      };
    }
  }

  /**
   * Return how to ask for files, where what was answered holds until the cell has ended.
   *
   * A request goes to the page and back, and progress() asks the same thousands of times.
   */
  function remembering(ask) {
    const answers = new Map();
    const ASKING = new Set(["lookup", "getattr", "getmode", "get", "readdir"]);
    return (asked) => {
      // A lock is there for other tabs.
      if (!ASKING.has(asked.method) || asked.path.endsWith(".lock")) {
        answers.clear();
        return JSON.parse(ask(asked));
      }
      const key = `${asked.method} ${asked.path}`;
      let known = answers.get(key);
      if (known === undefined || performance.now() - known.at > REMEMBERED) {
        if (answers.size === 0) {
          // Between two cells this runs, and never within one.
          setTimeout(() => answers.clear(), 0);
        }
        known = { text: ask(asked), at: performance.now() };
        answers.set(key, known);
      }
      return JSON.parse(known.text);
    };
  }

  function mendFormats(api) {
    const put = api.put.bind(api);
    api.put = (path, file) => put(path, { ...file, format: format(path, file.data) });
    const rename = api.rename.bind(api);
    api.rename = (from, to) => {
      rename(from, to);
      if (to.endsWith(".ipynb") && !from.endsWith(".ipynb")) {
        api.put(to, api.get(to));
      }
    };
  }

  /** Return in which format JupyterLite keeps what a file holds. */
  function format(path, data) {
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
      if (path.endsWith(".ipynb")) {
        JSON.parse(text);
        return "json";
      }
    } catch (error) {
      return error instanceof SyntaxError ? "text" : "base64";
    }
    return "text";
  }

  /** A file stays as it is until what replaces it has been written whole, when it is closed. */
  function mendFiles(type, FS) {
    const { node_ops: nodes, stream_ops: streams } = type;
    const { setattr, getattr, mknod } = nodes;
    const { open, close } = streams;
    const emptied = new Set();
    const opened = new Set();

    // A file that another tab has deleted is forgotten here, too.
    const orForget = (node, ask) => {
      try {
        return ask();
      } catch (error) {
        if (error.errno === ENOENT) {
          FS.hashRemoveNode(node);
        }
        throw error;
      }
    };
    nodes.getattr = (node) => orForget(node, () => getattr.call(nodes, node));
    nodes.setattr = (node, attributes) => {
      const { size, ...others } = attributes;
      if (size === undefined || !FS.isFile(node.mode)) {
        return setattr.call(nodes, node, attributes);
      }
      const here = [...opened].filter((stream) => stream.node === node);
      for (const { file } of here) {
        const before = file.data.subarray(0, size);
        file.data = new Uint8Array(size);
        file.data.set(before);
      }
      if (size === 0 && here.length === 0) {
        emptied.add(node);
        return setattr.call(nodes, node, others);
      }
      return setattr.call(nodes, node, here.length ? others : attributes);
    };
    nodes.mknod = (parent, name, mode, device) => {
      const path = type.PATH.join2(type.realPath(parent), name);
      // JupyterLite takes a name without an ending for a folder's, and makes the file in two steps.
      if (!FS.isFile(mode) || !/[^/.]\.[^/.]+$/.test(path)) {
        return mknod.call(nodes, parent, name, mode, device);
      }
      type.API.put(path, { data: new Uint8Array(0) });
      const node = type.createNode(parent, name, mode, device);
      emptied.add(node);
      return node;
    };
    streams.open = (stream) => {
      orForget(stream.node, () => open.call(streams, stream));
      if (stream.file !== undefined) {
        opened.add(stream);
        if (emptied.delete(stream.node)) {
          stream.file.data = new Uint8Array(0);
        }
      }
    };
    streams.close = (stream) => {
      opened.delete(stream);
      close.call(streams, stream);
    };
  }
})();
