// Where a notebook was changed in another tab, or by Python, JupyterLite asks which version is to stay.
// Both are kept before that, so that whatever the answer is, nothing is lost.
"use strict";

/** Return what follows the open notebooks; `say` tells of two versions, `older` tells the folder for them. */
globalThis.workbookVersions = (say, older) => {
  const known = new WeakSet();
  const kept = new Set();

  /** Look for another version whenever one of the open notebooks is saved. */
  function follow(app) {
    for (const { context } of app.shell.widgets("main")) {
      if (context?.saveState && !known.has(context)) {
        known.add(context);
        context.saveState.connect((_, state) => {
          if (state === "started") {
            keepBoth(app.serviceManager.contents, context).catch((error) =>
              console.warn("No copy of another version of the notebook was made:", error),
            );
          }
        });
      }
    }
  }

  async function keepBoth(contents, context) {
    const ours = context.model.toJSON?.();
    const before = context.contentsModel?.last_modified;
    const { path } = context;
    if (!ours?.cells || before === undefined) {
      return;
    }
    const held = await contents.get(path, { type: "notebook", format: "json", content: true });
    if (held.last_modified === before || textOf(held.content) === textOf(ours)) {
      return;
    }
    const folder = await older();
    say(
      "versions",
      "This notebook was changed in another tab, or by Python, since it was opened here. Both versions "
        + `are kept in the folder ${folder}. If you are asked: Overwrite goes on with the version in `
        + "this tab, Revert with the other one. Then close one of the two tabs.",
      true,
    );
    await keep(contents, folder, path, held.content);
    await keep(contents, folder, path, ours);
  }

  const textOf = ({ cells }) =>
    JSON.stringify(cells.map(({ cell_type: kind, source }) => [kind, [source].flat().join("")]));

  async function keep(contents, folder, path, content) {
    const text = `${path} ${textOf(content)}`;
    if (kept.has(text)) {
      return;
    }
    kept.add(text);
    const parts = [folder, ...path.split("/").slice(0, -1)];
    const isThere = (where) => contents.get(where, { content: false }).then(() => true, () => false);
    for (const number of parts.keys()) {
      const wanted = parts.slice(0, number + 1).join("/");
      if (!(await isThere(wanted))) {
        const above = parts.slice(0, number).join("/");
        const { path: made } = await contents.newUntitled({ path: above, type: "directory" });
        await contents.rename(made, wanted);
      }
    }
    const start = `${folder}/${path.replace(/\.ipynb$/, "")}`;
    let target = `${start}.ipynb`;
    for (let number = 2; await isThere(target); number++) {
      target = `${start}-${number}.ipynb`;
    }
    await contents.save(target, { type: "notebook", format: "json", content });
  }

  return { follow };
};
