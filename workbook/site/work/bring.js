// "Bring my work": a ZIP file, or files from the computer, into the store; what is replaced is kept.

import { LARGEST, MOST_BYTES, MOST_FILES, NOTEBOOKS, OLDER, STUDENT_FILE } from "./course.js";
import {
  bytesOf, foldersAbove, freePath, holdTheSame, isAside, isLeftBehind, modelOf, notebookOf, placesOf,
  saysTheSame, startOf, whyNot,
} from "./files.js";
import { changeStore } from "./store.js";
import { studentIn } from "./student.js";
import { readZip, ZipError } from "./zip.js";

/**
 * Bring files that the learner has chosen: ZIP files, notebooks, or all files of a folder.
 *
 * Returns what was brought, how many files stay as they are, what was left out, and who the work
 * says that it is of. Raises an error with a sentence if nothing can be brought.
 */
export async function bring(chosen) {
  const leftOut = [];
  const found = await read(chosen, leftOut);
  const start = startOf([...found.keys()]);
  if (start === null) throw new Error("there is no notebook of the course in what you have chosen");
  const files = new Map();
  let student = null;
  const places = placesOf([...found.keys()], start);
  for (const [path, bytes] of found) {
    const place = places.get(path);
    if (place === STUDENT_FILE) student = studentIn(bytes);
    else if (place.split("/").at(-1).endsWith(".ipynb") && notebookOf(bytes) === null) {
      leftOut.push(`${place} is damaged, or no notebook`);
    } else if (!isAside(place)) files.set(place, bytes);
    else if (!leftOut.includes(OLDER)) leftOut.push(OLDER);
  }
  const fresh = new Map();
  for (const place of files.keys()) fresh.set(place, await asReleased(place));
  return { ...(await put(files, fresh)), leftOut, student };
}

/** Return the chosen files by their paths, those in ZIP files among them. */
async function read(chosen, leftOut) {
  const found = new Map();
  const budget = { files: MOST_FILES, bytes: MOST_BYTES };
  for (const file of chosen) {
    const path = (file.webkitRelativePath || file.name).replaceAll("\\", "/");
    const isZip = path.toLowerCase().endsWith(".zip");
    // In a folder, a ZIP file is one that was saved there before, or data.
    if (isZip && !file.webkitRelativePath) await unpack(file, found, leftOut, budget);
    else {
      const bytes = async (most) =>
        file.size > most ? null : new Uint8Array(await file.arrayBuffer());
      if (!isZip) await add({ path, read: bytes }, found, leftOut, budget);
    }
  }
  return found;
}

async function unpack(file, found, leftOut, budget) {
  if (file.size > MOST_BYTES) throw new Error(`${file.name} is larger than ${MOST_BYTES >> 20} MiB`);
  try {
    for (const member of readZip(new Uint8Array(await file.arrayBuffer()))) {
      await add(member, found, leftOut, budget);
    }
  } catch (error) {
    throw error instanceof ZipError ? new Error(`${file.name} cannot be read: ${error.message}`)
      : error;
  }
}

async function add({ path, read: readFile }, found, leftOut, budget) {
  if (isLeftBehind(path)) return;
  if (--budget.files < 0) throw new Error(`there are more than ${MOST_FILES} files`);
  const reason = whyNot(path);
  if (reason) {
    leftOut.push(`${path} ${reason}`);
    return;
  }
  try {
    const bytes = await readFile(LARGEST);
    if (bytes === null) leftOut.push(`${path} is larger than ${LARGEST >> 20} MiB`);
    else if ((budget.bytes -= bytes.length) < 0) {
      throw new Error(`more than ${MOST_BYTES >> 20} MiB would have to be unpacked`);
    } else found.set(path, bytes);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    leftOut.push(`${path} ${error.message}`);
  }
}

/** Return a notebook of the course as it is released; null if this is none, or is not to be had. */
async function asReleased(place) {
  if (NOTEBOOKS.get(place.split("/").at(-1)) !== place) return null;
  try {
    const answer = await fetch(new URL(`../lite/files/${place}`, location.href));
    return answer.ok ? notebookOf(new Uint8Array(await answer.arrayBuffer())) : null;
  } catch {
    return null;
  }
}

/** Put files in their places in the store, and keep what they replace. */
async function put(files, fresh) {
  const brought = [];
  let same = 0;
  await changeStore((held) => {
    const changes = new Map();
    const set = (path, bytes) => {
      for (const folder of foldersAbove(path)) {
        if (!held.has(folder.path)) changes.set(folder.path, folder);
      }
      changes.set(path, modelOf(path, bytes, held.get(path)));
    };
    for (const [place, bytes] of files) {
      const model = held.get(place);
      const before = model ? bytesOf(model) : null;
      const released = fresh.get(place);
      const isUnwritten = saysTheSame(notebookOf(bytes), released);
      if (isUnwritten || (before && holdTheSame(bytes, before))) same++;
      else {
        const isKept = before !== null && !saysTheSame(notebookOf(before), released);
        const kept = isKept
          ? freePath(`${OLDER}/${place}`, (path) => held.has(path) || changes.has(path)) : "";
        if (isKept) set(kept, before);
        set(place, bytes);
        brought.push(kept ? `${place} (the one that was here is now in ${kept})` : place);
      }
    }
    return changes;
  });
  return { brought, same };
}
