// What the pages of JupyterLite say while Python starts, and where something keeps the work from
// being kept. It is loaded before JupyterLite itself.
"use strict";

(() => {
  const lite = new URL("..", document.currentScript.src);
  const TAKEN = `workbook seconds ${lite.pathname}`;
  const STEPS = {
    fetching: "fetching Python",
    packages: "fetching NumPy, matplotlib and the course",
    importing: "loading them",
    loaded: "opening your notebook",
  };

  /** Return the local store, or nothing where the browser keeps none. */
  const kept = () => {
    try {
      return window.localStorage;
    } catch {
      return undefined;
    }
  };

  // --- The box in the corner: what is happening, and what to do. -------------------------------

  const STYLE = `
    #workbook-says { position: fixed; right: 1rem; bottom: 2.2rem; z-index: 10000; max-width: 24rem;
      display: grid; gap: .5rem; font: 14px/1.45 system-ui, sans-serif; }
    #workbook-says > div { padding: .6rem .9rem; border: 1px solid transparent; border-radius: .4rem;
      background: #16324f; color: #fff; box-shadow: 0 2px 10px rgb(0 0 0 / .3); display: flex;
      gap: .8rem; }
    #workbook-says > .problem { background: #7a1f1f; }
    #workbook-says button { align-self: start; margin: 0; border: 1px solid #fff; color: #fff;
      border-radius: .3rem; background: none; font: inherit; cursor: pointer; }
    #workbook-says button:focus-visible { outline: 2px solid #fff; outline-offset: 2px; }
    @media print { #workbook-says { display: none; } }`;
  const boxes = new Map();

  function box() {
    let all = document.getElementById("workbook-says");
    if (all === null) {
      const style = document.createElement("style");
      style.textContent = STYLE;
      document.head.append(style);
      all = document.createElement("div");
      all.id = "workbook-says";
      all.setAttribute("role", "status");
      document.body.append(all);
    }
    return all;
  }

  /**
   * Show a text under a name, or change it; a problem stays until it is closed.
   * `[action, act]`: the text of a button, and what it does.
   */
  function say(name, text, problem = false, [action, act] = []) {
    if (document.body === null) {
      document.addEventListener("DOMContentLoaded", () => say(name, text, problem, [action, act]));
      return;
    }
    let one = boxes.get(name);
    if (one !== undefined && problem !== one.classList.contains("problem")) {
      forget(name);
      one = undefined;
    }
    if (one === undefined) {
      one = document.createElement("div");
      one.dataset.about = name;
      one.append(document.createElement("span"));
      if (problem) {
        one.className = "problem";
        one.setAttribute("role", "alert");
        if (action) {
          one.append(button(action, act));
        }
        one.append(button("Close", () => forget(name)));
      }
      boxes.set(name, one);
      box().append(one);
    }
    const span = one.firstChild;
    if (span.textContent !== text) {
      span.textContent = text;
    }
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function forget(name) {
    boxes.get(name)?.remove();
    boxes.delete(name);
  }

  // --- Python's start, step by step. -----------------------------------------------------------

  let begun = performance.now();
  let step = "";
  let ticking = 0;

  const seconds = (from) => Math.round((performance.now() - from) / 1000);

  function showStart() {
    const last = kept()?.getItem(TAKEN);
    const before = last ? ` Last time it took ${last} s in all.` : " The first time takes longest.";
    say("start", `Python is starting in this tab: ${STEPS[step]} (${seconds(begun)} s).${before}`);
  }

  function heard(message) {
    const { workbook: what, why, online } = message.data ?? {};
    const waits = what !== "loaded" || asked;
    if (what in STEPS && waits) {
      if (ticking === 0) {
        begun = what === "fetching" && step !== "" ? performance.now() : begun;
        ticking = setInterval(showStart, 1000);
      }
      step = what;
      forget("ended");
      showStart();
    } else if (what !== undefined) {
      clearInterval(ticking);
      ticking = 0;
      forget("start");
    }
    if (what === "ready") {
      const taken = seconds(begun);
      forget("failed");
      try {
        kept()?.setItem(TAKEN, String(taken));
      } catch {
        // It is full: the next start says nothing of this one.
      }
      say("start", `Python is ready, after ${taken} s.`);
      setTimeout(() => forget("start"), 4000);
      document.documentElement.dataset.workbookReady = String(taken);
      keepForOffline().catch((error) => console.warn("Not all opens offline:", error));
    } else if (what === "failed") {
      const cause = online
        ? `A file of the site is missing or does not arrive (${why}). Reload the page; if that `
          + "does not help, tell whoever runs this site."
        : "You are offline, and this browser has not kept all of Python yet. Connect to the "
          + "network and reload the page.";
      say("failed", `Python cannot start in this tab. ${cause} Your notebooks are kept.`, true);
    } else if (what === "ended") {
      const cause = /call stack|recursion/i.test(why)
        ? "your code calls itself endlessly, or too often"
        : "your code may have used all of the memory";
      say(
        "ended",
        `Python in this tab has ended: ${cause}. Your notebook is saved. Start Python again: what `
          + "your cells had defined before is brought back.",
        true,
        ["Start Python again", () => whenAppIsThere(startAgain)],
      );
    }
  }

  // The kernel's worker starts here, before JupyterLite is there to ask for it: it is handed the
  // worker that runs already. Later kernels get workers of their own.
  const KERNEL = /pyodide-kernel-extension\/static\/[^/]+\.js/;
  const PlainWorker = window.Worker;
  let early = null;
  let asked = false;

  class KernelWorker extends PlainWorker {
    constructor(address, options) {
      const isKernels = KERNEL.test(String(address));
      asked ||= isKernels;
      if (early !== null && isKernels) {
        const worker = early;
        early = null;
        return worker;
      }
      super(address, options);
      if (isKernels) {
        this.addEventListener("message", heard);
      }
    }
  }

  let settings = null;
  const pythonSettings = () =>
    (settings ??= fetch(new URL("static/python.json", lite)).then((answer) => answer.json()));

  /** Have the service worker keep all notebooks, and what was loaded before it was there. */
  async function keepForOffline() {
    const { notebooks } = await pythonSettings();
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const files = loaded.filter(
      (name) => name.startsWith(lite.href) && !/\/api\/(?!contents)/.test(name),
    );
    const all = [location.href, ...files, ...notebooks.map((path) => new URL(path, lite).href)];
    for (const address of new Set(all)) {
      (await window.caches?.match(address)) ?? (await fetch(address));
    }
  }

  /** Start the first kernel's worker once the service worker answers its requests for files. */
  async function startEarly() {
    const { service_worker: worker, jupyterlite, kernel_worker: kernels } = await pythonSettings();
    const address = new URL(worker, lite).href;
    // As JupyterLite would: else it takes this one for that of an older version.
    kept()?.setItem(`${address}-version`, jupyterlite);
    await navigator.serviceWorker.register(address);
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null) {
      await new Promise((resolve) => {
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true });
        setTimeout(resolve, 3000);
      });
    }
    if (asked || navigator.serviceWorker.controller === null) {
      return;
    }
    const first = new URL("static/first_worker.js", lite);
    first.searchParams.set("kernel", new URL(kernels, lite).href);
    early = new PlainWorker(first);
    early.addEventListener("message", heard);
  }

  // --- Whether the work is kept. ---------------------------------------------------------------

  const HOME_PAGE = new URL("../work/index.html", lite).href;
  const SAVE = `Keep what you do with "Download my work" (${HOME_PAGE}).`;

  function whatIsMissing() {
    if (!("WebAssembly" in window) || !("BroadcastChannel" in window) || !("at" in [])) {
      return "This browser is too old to run Python. Open this page in a newer Firefox, Chrome, "
        + "Edge or Safari.";
    }
    if (!window.isSecureContext) {
      return `This page was opened over plain http (${location.host}), where a browser does not let `
        + "Python read and write your saved notebooks. Open it over https, or from localhost: until "
        + "then, earlier functions, progress() and answers to questions are not found again.";
    }
    if (!("indexedDB" in window) || !("serviceWorker" in navigator)) {
      return "This browser lets the page keep nothing, as in a private window: your work would be "
        + "lost when you close it, and a notebook does not find your earlier functions. Open this "
        + `page in a normal window. ${SAVE}`;
    }
    return "";
  }

  /** Tell whether the browser really keeps something: some private windows refuse only then. */
  const canKeep = () =>
    new Promise((resolve) => {
      try {
        const name = `workbook tries ${lite.pathname}`;
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          request.result.close();
          indexedDB.deleteDatabase(name);
          resolve(true);
        };
        request.onerror = () => resolve(false);
      } catch {
        resolve(false);
      }
    });

  const NEARLY_FULL = 0.9;
  // A private window of Chromium keeps things in memory, and offers little of it.
  const LITTLE = 5 * 2 ** 20;

  async function lookAtStore() {
    const store = navigator.storage;
    if (store?.estimate === undefined) {
      return;
    }
    const { usage = 0, quota = 0 } = await store.estimate();
    if (quota > 0 && (usage > NEARLY_FULL * quota || quota - usage < LITTLE)) {
      say(
        "full",
        "The browser's store for this site is nearly full: soon your notebooks can no longer be "
          + `saved. ${SAVE} Then free space on this computer, or delete other sites' data in the `
          + "browser's settings.",
        true,
      );
    }
  }

  async function askToKeep() {
    const store = navigator.storage;
    const asked = kept();
    if (store?.persist === undefined || (await store.persisted()) || (await store.persist())) {
      return;
    }
    const NAME = `workbook warned ${lite.pathname}`;
    if (!asked?.getItem(NAME)) {
      asked?.setItem(NAME, "yes");
      say(
        "dropped",
        "This browser may drop what a site keeps when space is short or the site was not visited "
          + `for some weeks. ${SAVE}`,
      );
      setTimeout(() => forget("dropped"), 20000);
    }
  }

  /** Save before code runs and when the page is left; say so where that fails. */
  function keepSaving(app) {
    // Of two at once, the second would take what the first has written for somebody else's.
    const known = new WeakSet();
    const saving = new WeakSet();
    const save = async () => {
      const context = app.shell.currentWidget?.context;
      if (context === undefined) {
        return;
      }
      if (!known.has(context)) {
        known.add(context);
        context.saveState?.connect((_, state) =>
          state === "started" ? saving.add(context) : saving.delete(context),
        );
      }
      if (context.model.dirty && !context.model.readOnly && !saving.has(context)) {
        await context.save();
      }
    };
    const orSay = () =>
      save().then(
        () => forget("unsaved"),
        (error) => {
          const full = /quota/i.test(`${error?.name} ${error?.message}`);
          say(
            "unsaved",
            `This notebook could not be saved${full ? ": the browser's store is full" : ""} `
              + `(${error?.message ?? error}). Do not close the tab: choose File, Download first.`,
            true,
          );
        },
      );
    app.commands.commandExecuted.connect((_, { id }) => {
      if (/^(notebook:run|runmenu:)/.test(id)) {
        orSay();
      } else if (/:interrupt(-kernel)?$/.test(id) && restarts.runs(app)) {
        startAgain(app);
      }
    });
    setInterval(() => {
      restarts.follow(app);
      versions.follow(app);
    }, 1000);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        orSay();
      }
    });
  }

  const restarts = workbookRestarts(say);
  const versions = workbookVersions(say, async () => (await pythonSettings()).older);

  let saidOfRestart = 0;

  function startAgain(app) {
    forget("ended");
    clearTimeout(saidOfRestart);
    restarts.again(app).finally(() => {
      clearTimeout(saidOfRestart);
      saidOfRestart = setTimeout(() => forget("restart"), 15000);
    });
  }

  function whenAppIsThere(tell, tries = 600) {
    if (window.jupyterapp?.started !== undefined) {
      window.jupyterapp.started.then(() => tell(window.jupyterapp));
    } else if (tries > 0) {
      setTimeout(() => whenAppIsThere(tell, tries - 1), 100);
    }
  }

  const missing = whatIsMissing();
  if (missing) {
    say("missing", missing, true);
  } else {
    window.Worker = KernelWorker;
    startEarly().catch((error) => console.warn("Python starts with JupyterLite:", error));
    canKeep().then((can) => {
      if (!can) {
        say("missing", `This browser lets the page keep nothing, as in a private window. ${SAVE}`, true);
      }
    });
    lookAtStore();
    setInterval(lookAtStore, 60000);
    askToKeep();
  }
  window.addEventListener("offline", () =>
    say("offline", "You are offline. Python goes on in this tab, and your work is saved in it."),
  );
  window.addEventListener("online", () => forget("offline"));
  whenAppIsThere(keepSaving);
})();
