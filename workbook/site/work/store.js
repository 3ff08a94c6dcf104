// The files that JupyterLite keeps in this browser: its database, read and written as it does.

const FILES = "files";

/** The name of the database, which JupyterLite makes of the path of its own folder. */
export const STORE = `JupyterLite Storage - ${new URL("../lite/", location.href).pathname}`;

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Open the database; null if there is none and none is to be made. */
async function opened(make, version) {
  let isMissing = false;
  const request = indexedDB.open(STORE, version);
  request.onupgradeneeded = () => {
    isMissing = request.transaction.db.objectStoreNames.length === 0 && !make;
    if (isMissing) request.transaction.abort();
    else if (!request.result.objectStoreNames.contains(FILES)) {
      request.result.createObjectStore(FILES);
    }
  };
  let database;
  try {
    database = await done(request);
  } catch (error) {
    if (isMissing) return null;
    throw error;
  }
  // A tab of JupyterLite that has something to add to the database would wait for ever.
  database.onversionchange = () => database.close();
  if (database.objectStoreNames.contains(FILES)) return database;
  database.close();
  // Made by another part of JupyterLite, before anything was saved.
  return make ? opened(true, database.version + 1) : null;
}

/** Return what is in the store: a map from each path to what JupyterLite holds of the file. */
export async function readStore() {
  const database = await opened(false);
  if (database === null) return new Map();
  try {
    const files = database.transaction(FILES).objectStore(FILES);
    const [keys, values] = await Promise.all([done(files.getAllKeys()), done(files.getAll())]);
    return new Map(keys.map((key, number) => [key, values[number]]));
  } finally {
    database.close();
  }
}

/**
 * Change the store as a whole, or not at all.
 *
 * `change` gets a map of what is there, as it is now, and returns a map of what is to be put there.
 * It must not wait for anything: another tab may save meanwhile.
 */
export async function changeStore(change) {
  const database = await opened(true);
  try {
    const transaction = database.transaction(FILES, "readwrite");
    const files = transaction.objectStore(FILES);
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error ?? new Error("it was stopped"));
    });
    // Whoever waits for `finished` learns what was wrong; nobody waits if `change` itself fails.
    finished.catch(() => {});
    const [keys, values] = await Promise.all([done(files.getAllKeys()), done(files.getAll())]);
    const held = new Map(keys.map((key, number) => [key, values[number]]));
    try {
      for (const [path, model] of change(held)) files.put(model, path);
    } catch (error) {
      transaction.abort();
      throw error;
    }
    await finished;
  } finally {
    database.close();
  }
}
