// Who the learner is, for a graded class: asked once, kept in this browser, carried by the ZIP file.

import { LONGEST_NAME, STUDENT_FILE } from "./course.js";
import { STORE } from "./store.js";

const KEY = `${STORE} student`;
const ABOUT =
  "Who the work beside this file says that it is of, as entered on the page My work. " +
  "It is kept in the browser and in this file, and sent nowhere else.";

function clean(text) {
  const printable = String(text ?? "").normalize("NFC").replace(/[\p{C}\s]+/gu, " ").trim();
  return [...printable].slice(0, LONGEST_NAME).join("").trim();
}

/** Return what was entered: an object with `name` and `id`, both "" for none; null if never asked. */
export function student() {
  try {
    const held = JSON.parse(localStorage.getItem(KEY));
    return held && { name: clean(held.name), id: clean(held.id) };
  } catch {
    return null;
  }
}

/** Keep who the learner is; a browser that keeps nothing asks again next time. */
export function keepStudent({ name, id }) {
  const kept = { name: clean(name), id: clean(id) };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    return kept;
  }
  return kept;
}

/** Return the file that says whose the work is; null where nobody has said. */
export function studentFile({ name, id }, saved) {
  if (!name && !id) return null;
  const held = { about: ABOUT, version: 1, name, id, saved: saved.toISOString() };
  const bytes = new TextEncoder().encode(`${JSON.stringify(held, null, 1)}\n`);
  return { path: STUDENT_FILE, bytes, date: saved };
}

/** Return who a file says that its work is of; null if it says nothing. */
export function studentIn(bytes) {
  try {
    const held = JSON.parse(new TextDecoder().decode(bytes));
    const found = { name: clean(held.name), id: clean(held.id) };
    return found.name || found.id ? found : null;
  } catch {
    return null;
  }
}
