// "Download my work": what is in the store now, in one ZIP file.

import { LARGEST, MARK, MOST_BYTES, MOST_FILES, STUDENT_FILE, UNUSABLE } from "./course.js";
import { bytesOf, isAside } from "./files.js";
import { readStore } from "./store.js";
import { studentFile } from "./student.js";
import { makeZip } from "./zip.js";

/** Return the learner's files, and what is left out of them, each with the reason. */
export async function myFiles() {
  const files = [];
  const leftOut = [];
  for (const [path, model] of await readStore()) {
    const isOurs = path.split("/")[0] === STUDENT_FILE;
    if (model.type === "directory" || isAside(path) || isOurs) continue;
    const bytes = bytesOf(model);
    if (bytes.length > LARGEST) leftOut.push(`${path}: it is larger than ${LARGEST >> 20} MiB`);
    else if (path.split("/").some((name) => UNUSABLE.test(name))) {
      leftOut.push(`${path}: not every system can have a file of this name`);
    } else files.push({ path, bytes, date: dateOf(model) });
  }
  return { files: files.sort((one, other) => (one.path < other.path ? -1 : 1)), leftOut };
}

function dateOf(model) {
  const date = new Date(model.last_modified);
  return Number.isNaN(date.getTime()) ? new Date() : date;
}

/** Give the learner the ZIP file, and return what is in it; nothing is given if there is no work. */
export async function download(student) {
  const { files, leftOut } = await myFiles();
  const now = new Date();
  const own = studentFile(student, now);
  const all = own && files.length ? [...files, own] : files;
  const size = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (all.length > MOST_FILES || size > MOST_BYTES) {
    throw new Error(
      `there is too much for one file: more than ${MOST_BYTES >> 20} MiB, or ${MOST_FILES} files. ` +
        "Delete in the workbook what is not part of your work",
    );
  }
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((number) => String(number).padStart(2, "0"));
  const who = (student.id || student.name).replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const name = ["my_work", who, day.join("-")].filter(Boolean).join("_") + ".zip";
  if (files.length) save(makeZip(all, new TextEncoder().encode(MARK)), name);
  return { name, files, leftOut };
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
