// Keeps the files of the workbook's tab, so that it opens faster the next time, also offline.
//
// JupyterLite's own service worker, which passes the kernel's requests for files to the page, does
// all else.
"use strict";

importScripts("static/site_version.js");

(() => {
  const PREFIX = `workbook ${new URL(".", location).pathname} `;
  const STORE = PREFIX + self.SITE_VERSION;
  // What has a version or a digest in its name never changes.
  const FIXED = /\.whl$|\.[0-9a-f]{7,64}\.js$|\/pyodide\/v[\d.]+\/|\/static\/pyodide\//;

  self.addEventListener("activate", (event) => {
    event.waitUntil(
      caches.keys().then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith(PREFIX) && name !== STORE)
            .map((name) => caches.delete(name)),
        ),
      ),
    );
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { pathname, protocol } = new URL(request.url);
    const ours = request.method === "GET" && protocol.startsWith("http");
    // JupyterLite's worker answers the kernel's requests.
    if (!ours || /\/api\/(drive|stdin|service-worker)/.test(pathname)) {
      return;
    }
    event.stopImmediatePropagation();
    event.respondWith(FIXED.test(pathname) ? fromStore(event) : fromNetwork(event));
  });

  async function fromStore(event) {
    const store = await caches.open(STORE);
    return (await store.match(event.request)) ?? fetched(event, store);
  }

  async function fromNetwork(event) {
    const store = await caches.open(STORE);
    try {
      return await fetched(event, store);
    } catch (error) {
      // The page of one notebook is that of any other.
      const found = await store.match(event.request, { ignoreSearch: true });
      if (found === undefined) {
        throw error;
      }
      return found;
    }
  }

  async function fetched(event, store) {
    // As a script from another server is asked for, its answer could not be kept.
    const isForeign = event.request.mode === "no-cors";
    const answer = await fetch(isForeign ? event.request.url : event.request);
    if (answer.ok) {
      const copy = answer.clone();
      // Where the store is full, the page works without it.
      event.waitUntil(store.put(event.request, copy).catch(() => {}));
    }
    return answer;
  }
})();

importScripts("jupyterlite-service-worker.js");
