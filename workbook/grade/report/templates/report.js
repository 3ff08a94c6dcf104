"use strict";
// Sorts and filters the table of the class. Without it the table is there all the same.
const table = document.getElementById("marks");
if (table) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);

  // Of a large class, the page holds one address a row and one a column.
  for (const row of rows) {
    if (!row.dataset.page) continue;
    heads.forEach((head, column) => {
      const cell = row.cells[column];
      const number = cell.firstChild;
      if (!head.dataset.page || cell.classList.contains("x") || !number) return;
      const link = document.createElement("a");
      link.href = row.dataset.page + head.dataset.page;
      cell.replaceChild(link, number);
      link.append(number);
    });
  }

  const order = new Intl.Collator(undefined, { numeric: true });
  const value = (row, column) => {
    const text = row.cells[column].textContent.trim();
    const points = parseFloat(text);
    return column && !Number.isNaN(points) ? points : text;
  };
  const compare = (one, other) => {
    const numbers = (typeof one === "number") - (typeof other === "number");
    // What was not handed in comes before any points.
    if (numbers) return numbers;
    return typeof one === "number" ? one - other : order.compare(one, other);
  };
  const sort = (column) => {
    const head = heads[column];
    const up = head.getAttribute("aria-sort") !== "ascending";
    const keyed = rows.map((row) => [value(row, column), row]);
    keyed.sort((one, other) => (up ? 1 : -1) * compare(one[0], other[0]));
    body.append(...keyed.map((one) => one[1]));
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column));
  });

  const text = document.getElementById("find-text");
  const kind = document.getElementById("find-kind");
  const found = document.getElementById("found");
  const names = new Map(rows.map((row) => {
    const said = heads.map((head, column) =>
      column && !("found" in head.dataset) ? "" : row.cells[column].textContent);
    return [row, said.join(" ").toLowerCase()];
  }));
  const filter = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const kinds = row.dataset.kind || "";
      row.hidden = !(names.get(row).includes(wanted) && kinds.includes(kind.value));
      shown += !row.hidden;
    }
    const all = shown === rows.length;
    found.textContent = all ? `${shown} students` : `${shown} of ${rows.length} students`;
  };
  text.addEventListener("input", filter);
  kind.addEventListener("change", filter);
  document.getElementById("find").hidden = false;
  filter();
}
