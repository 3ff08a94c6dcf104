// Python in a tab cannot be interrupted: to stop it is to start it anew. What the learner's cells had
// defined is brought back then, by running again what was run.
"use strict";

/** Return what follows the kernels of open notebooks, and starts them anew; `say` tells of it. */
globalThis.workbookRestarts = (say) => {
  const BRING_BACK =
    "from workbook.learn.workspace.browser import bring_back as _bring_back; await _bring_back";
  // By kernel: what was run in it, by cell, in the order of the first time.
  const kernels = new WeakMap();

  /** Note what is run in the kernels of the open notebooks. */
  function follow(app) {
    for (const { context } of app.shell.widgets("main")) {
      const kernel = context?.sessionContext?.session?.kernel;
      if (kernel && !kernels.has(kernel)) {
        const run = new Map();
        const known = { run, waiting: new Map(), isOurs: false, turn: 0 };
        kernels.set(kernel, known);
        kernel.anyMessage.connect((_, { msg, direction }) => note(known, msg, direction));
        kernel.statusChanged.connect((_, status) => {
          // Who restarts a kernel by the menu wants to begin with nothing.
          if (status === "restarting" && !known.isOurs) {
            run.clear();
            known.waiting.clear();
          }
        });
      }
    }
  }

  function note({ run, waiting }, { header, parent_header: parent, metadata, content }, direction) {
    if (direction === "send" && header.msg_type === "execute_request" && !content.silent) {
      const cell = metadata.workbook ?? metadata.cellId ?? header.msg_id;
      waiting.set(header.msg_id, { cell, code: content.code, isAgain: "workbook" in metadata });
    } else if (header.msg_type === "execute_reply" && waiting.has(parent.msg_id)) {
      const { cell, code, isAgain } = waiting.get(parent.msg_id);
      waiting.delete(parent.msg_id);
      if (!isAgain && content.status !== "aborted") {
        run.set(cell, { code, worked: content.status === "ok" });
      }
    }
  }

  /** Start the Python anew that is at work, or has ended while it was; else that of this notebook. */
  async function again(app) {
    follow(app);
    const all = [...app.shell.widgets("main")].filter((one) => one.context?.sessionContext);
    const own = ({ context }) => kernels.get(context.sessionContext.session?.kernel);
    const works = all.filter((one) => own(one)?.waiting.size > 0);
    const shown = app.shell.currentWidget;
    const widget = works.includes(shown) ? shown : (works[0] ?? shown);
    const known = widget?.context && own(widget);
    if (!known || known.isStarting) {
      return;
    }
    known.isOurs = known.isStarting = true;
    const turn = ++known.turn;
    // What was stopped, or made Python end, would do so again.
    const [first] = known.waiting.values();
    const isLeftOut = first !== undefined;
    if (first?.isAgain) {
      known.run.delete(first.cell);
    }
    known.waiting.clear();
    const cells = [...known.run].filter(([cell]) => cell !== first?.cell);
    try {
      await widget.context.sessionContext.restartKernel();
      await bringBack(widget.context.sessionContext.session.kernel, cells, known, isLeftOut);
    } catch (error) {
      // A second Stop has ended this one, and goes on with its cells.
      if (known.turn !== turn) {
        return;
      }
      say(
        "restart",
        `Python was restarted, and not all that your cells had defined could be brought back `
          + `(${error?.message ?? error}). Run the cells that you need again, from the top.`,
        true,
      );
    } finally {
      if (known.turn === turn) {
        known.isOurs = known.isStarting = false;
      }
    }
  }

  async function bringBack(kernel, cells, known, isLeftOut) {
    // A second Stop ends this one, which goes on with the cells that are left.
    known.isStarting = false;
    let failed = 0;
    const WHAT = "the cells that you had run are run again, so that what they defined is there";
    say("restart", `Python is restarting; then ${WHAT}.`);
    for (const [number, [cell, { code, worked }]] of cells.entries()) {
      const asked = kernel.requestExecute(
        { code: `${BRING_BACK}(${JSON.stringify(code)})`, store_history: false },
        true,
        { workbook: cell },
      );
      const { content } = await asked.done;
      failed += worked && content.status !== "ok";
      say("restart", `Python was restarted. Now ${WHAT}: ${number + 1} of ${cells.length}.`);
    }
    const left = isLeftOut ? " The cell that was stopped was not run again." : "";
    say(
      "restart",
      failed > 0
        ? `Python was restarted.${left} Of the ${cells.length} cells that you had run, ${failed} `
          + `could not be run again as before: choose Run, Run All Above Selected Cell.`
        : `Python was restarted. What your cells defined is there again.${left} For a button or a `
          + "slider, run its cell again.",
      failed > 0,
    );
  }

  /** Tell whether something runs, in any notebook that is open. */
  const runs = (app) =>
    [...app.shell.widgets("main")].some(
      ({ context }) => kernels.get(context?.sessionContext?.session?.kernel)?.waiting.size > 0,
    );

  return { again, follow, runs };
};
