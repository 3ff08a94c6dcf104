// What the page knows of the course, as it was written into the page.

const held = JSON.parse(document.getElementById("course").textContent);

function whole(pattern, flags) {
  return new RegExp(`^(?:${pattern})$`, flags);
}

export const LEFT_BEHIND = whole(held.left_behind, "i");
export const UNUSABLE = whole(held.unusable, "is");
/** The places of the course's notebooks, by the names of their files. */
export const NOTEBOOKS = new Map(
  held.notebooks.map(({ path }) => [path.split("/").at(-1), path]),
);
/** What each notebook is called, by its place, in the order of the course. */
export const TITLES = new Map(held.notebooks.map(({ path, title }) => [path, title]));
export const {
  course_page: COURSE_PAGE, older: OLDER, install_cell: INSTALL_CELL, mark: MARK,
  student_file: STUDENT_FILE, longest_name: LONGEST_NAME, most_files: MOST_FILES,
  most_bytes: MOST_BYTES, largest: LARGEST,
} = held;
