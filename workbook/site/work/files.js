// A learner's files: as JupyterLite holds them, as bytes, and where each has its place.

import { OLDER, UNUSABLE, LEFT_BEHIND, COURSE_PAGE, NOTEBOOKS, INSTALL_CELL } from "./course.js";

const DEEPEST = 20;
const TYPES = {
  csv: "text/csv", json: "application/json", md: "text/markdown", py: "text/x-python",
  txt: "text/plain",
};

/** Return what a file in the store holds as bytes; null for a folder. */
export function bytesOf(model) {
  if (model.type === "directory") return null;
  if (model.format === "base64") {
    return Uint8Array.from(atob(model.content ?? ""), (letter) => letter.charCodeAt(0));
  }
  const { content } = model;
  const text = typeof content === "string" ? content : `${JSON.stringify(content, null, 1)}\n`;
  return new TextEncoder().encode(content === null || content === undefined ? "" : text);
}

/** Return a file as JupyterLite holds it. */
export function modelOf(path, bytes, before) {
  const now = new Date().toISOString();
  const name = path.split("/").at(-1);
  const ending = name.includes(".") ? name.split(".").at(-1).toLowerCase() : "";
  const common = {
    name, path, created: before?.created ?? now, last_modified: now, size: bytes.length,
    writable: true, type: "file", mimetype: TYPES[ending] ?? "application/octet-stream",
  };
  const text = decoded(bytes);
  const json = text === null || !["ipynb", "json"].includes(ending) ? undefined : parsed(text);
  if (json !== undefined) {
    // Somebody else's displays run no code before the learner has run the cell.
    for (const cell of json?.cells ?? []) delete cell?.metadata?.trusted;
    const kind = ending === "ipynb" ? "notebook" : "file";
    return { ...common, mimetype: TYPES.json, type: kind, format: "json", content: json };
  }
  if (text !== null) return { ...common, format: "text", content: text };
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return { ...common, format: "base64", content: btoa(letters) };
}

/** Return the folders above a file, as JupyterLite holds them: it shows no other ones. */
export function foldersAbove(path) {
  const parts = path.split("/").slice(0, -1);
  const now = new Date().toISOString();
  return parts.map((name, number) => {
    const own = parts.slice(0, number + 1).join("/");
    return {
      name, path: own, created: now, last_modified: now, size: 0, writable: true,
      type: "directory", format: "json", mimetype: "", content: null,
    };
  });
}

function decoded(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Return what a JSON text holds; undefined if it is none. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Return the notebook that these bytes are; null if they are none that can be opened. */
export function notebookOf(bytes) {
  const found = bytes && parsed(decoded(bytes) ?? "");
  const isNotebook = found && found.nbformat === 4 && Array.isArray(found.cells);
  const areCells = isNotebook && found.cells.every((cell) => cell && typeof cell === "object");
  return areCells ? found : null;
}

function sources(notebook) {
  const own = notebook.cells.filter((cell) => cell.id !== INSTALL_CELL);
  return JSON.stringify(own.map((cell) => [cell.cell_type, joined(cell.source)]));
}

/** Tell whether a notebook has the text and code of another one. */
export function saysTheSame(one, other) {
  return one !== null && other !== null && sources(one) === sources(other);
}

/** Tell whether two files hold the same, however a notebook in them is written down. */
export function holdTheSame(one, other) {
  const [first, second] = [one, other].map(notebookOf);
  if (first && second) return JSON.stringify(ordered(first)) === JSON.stringify(ordered(second));
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

function joined(text) {
  return Array.isArray(text) ? text.join("") : text;
}

/** Return a notebook with its keys in order, and texts that are written line by line in one. */
function ordered(part) {
  if (Array.isArray(part)) {
    const isText = part.length > 0 && part.every((one) => typeof one === "string");
    return isText ? joined(part) : part.map(ordered);
  }
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.keys(part).sort().map((key) => [key, ordered(part[key])]));
}

/** Tell whether a file is no part of a learner's work: hidden, made again by itself, or older. */
export function isAside(path) {
  return path.split("/").some(
    (name) => name.startsWith(".") || LEFT_BEHIND.test(name) || [COURSE_PAGE, OLDER].includes(name),
  );
}

/** Tell whether a file of this path is nothing to speak of when work is brought. */
export function isLeftBehind(path) {
  return path.split("/").some((name) => LEFT_BEHIND.test(name) || name === COURSE_PAGE);
}

/** Return why a file of this path is not brought; "" if it is. */
export function whyNot(path) {
  const parts = path.split("/");
  if (parts.some((name) => UNUSABLE.test(name))) return "has a name that not every system can have";
  if (parts.some((name) => name.startsWith("."))) return "is hidden";
  return parts.length > DEEPEST ? "is in too many folders" : "";
}

/** Return the folder, with a slash, that is the learner's; null without a notebook of the course. */
export function startOf(paths) {
  const starts = [];
  for (const parts of paths.map((path) => path.split("/"))) {
    const place = NOTEBOOKS.get(nameOf(parts.at(-1)));
    if (place === undefined) continue;
    const isInAssignment = parts.at(-2) === place.split("/")[0];
    starts.push(parts.slice(0, isInAssignment ? -2 : -1));
  }
  const shortest = starts.sort((one, other) => one.length - other.length)[0];
  return shortest === undefined ? null : shortest.map((part) => `${part}/`).join("");
}

/** Return a notebook's name without what browsers and programs add to that of a copy. */
function nameOf(name) {
  return name.replace(/^(?:Copy of )?(.*?)(?: \(\d+\)|-Copy\d+)?\.ipynb$/, "$1.ipynb");
}

/** Return where each file has its place in the learner's folder, by its path. */
export function placesOf(paths, start) {
  const rests = paths.map((path) => path.startsWith(start) ? path.slice(start.length) : path);
  const wanted = rests.map((rest) => NOTEBOOKS.get(nameOf(rest)) ?? rest);
  const count = (place) => wanted.filter((one) => one === place).length;
  // Of several copies, or of a copy beside the notebook, only the one with its own name is it.
  return new Map(paths.map((path, number) => {
    const [rest, place] = [rests[number], wanted[number]];
    return [path, NOTEBOOKS.get(rest) ?? (count(place) > 1 ? rest : place)];
  }));
}

/** Return a path of this name that nothing in the store has. */
export function freePath(path, isTaken) {
  const dot = path.lastIndexOf(".") > path.lastIndexOf("/") ? path.lastIndexOf(".") : path.length;
  let found = path;
  for (let number = 2; isTaken(found); number++) {
    found = `${path.slice(0, dot)}-${number}${path.slice(dot)}`;
  }
  return found;
}
