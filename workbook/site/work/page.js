// The page "My work": what is in this browser, to take away, to hand in, and to bring back.

import { bring } from "./bring.js";
import { TITLES } from "./course.js";
import { download, myFiles } from "./download.js";
import { keepStudent, student } from "./student.js";

const NEARLY_FULL = 0.8;

const $ = (id) => document.getElementById(id);

function element(kind, text, more = {}) {
  return Object.assign(document.createElement(kind), { textContent: text, ...more });
}

function counted(number, what) {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

/** Say what was done, or what went wrong, with lists of files below it. */
function say(text, isWrong = false, lists = []) {
  const parts = [element("p", text)];
  for (const [title, items] of lists.filter(([, entries]) => entries.length)) {
    const list = element("ul", "");
    list.append(...items.map((item) => element("li", item)));
    parts.push(element("p", title), list);
  }
  $("said").replaceChildren(...parts);
  $("said").className = isWrong ? "wrong" : "done";
}

function reason(error) {
  if (error?.name === "QuotaExceededError") {
    return "this browser has no room left. Delete other sites' data, or files in the workbook, and " +
      "try again";
  }
  return error?.message || String(error);
}

async function showWork() {
  let files;
  try {
    ({ files } = await myFiles());
  } catch (error) {
    $("held").textContent =
      `This browser does not open its store (${reason(error)}). Is it a private window, or does it ` +
      "block what sites keep? Allow this site to keep data, and load the page again.";
    $("download").disabled = true;
    return;
  }
  const order = [...TITLES.keys()];
  const own = files.filter(({ path }) => TITLES.has(path))
    .sort((one, other) => order.indexOf(one.path) - order.indexOf(other.path));
  const others = files.filter(({ path }) => !TITLES.has(path));
  $("held").textContent = files.length
    ? `Of the course's ${order.length} notebooks, ${own.length} ${own.length === 1 ? "is" : "are"} ` +
      "saved in this browser."
    : "Nothing is saved in this browser yet. Open a notebook, write in it, and save it with Ctrl+S.";
  $("notebooks").replaceChildren(...own.map((file) => entry(file, TITLES.get(file.path))));
  $("others").replaceChildren(...others.map((file) => entry(file, file.path)));
  $("more").hidden = others.length === 0;
}

function entry({ path, date }, title) {
  const item = element("li", "");
  const isNotebook = path.endsWith(".ipynb");
  const href = `../lite/notebooks/index.html?path=${encodeURIComponent(path)}`;
  item.append(isNotebook ? element("a", title, { href }) : element("span", title));
  item.append(element("small", `saved ${date.toLocaleString()}`));
  return item;
}

function showStudent() {
  const who = student();
  const isNamed = who && (who.name || who.id);
  const parts = isNamed ? [who.name, who.id && `id ${who.id}`].filter(Boolean) : [];
  $("who").textContent = isNamed
    ? `Your files say that they are of ${parts.join(", ")}.`
    : "Your files do not say whose they are. A class that hands in through this page needs that.";
  $("change").textContent = isNamed ? "Change" : "Enter name and id";
}

/** Ask for name and id; returns what is kept then, or null if the learner wants to stop. */
function ask() {
  const form = $("ask");
  const before = student();
  $("student-name").value = before?.name ?? "";
  $("student-id").value = before?.id ?? "";
  form.showModal();
  return new Promise((resolve) => {
    form.onclose = () => {
      // Of the time before, if the learner is quicker than the browser.
      if (form.open) return;
      const entered = { name: $("student-name").value, id: $("student-id").value };
      const answers = { keep: entered, none: { name: "", id: "" } };
      const answer = answers[form.returnValue];
      form.returnValue = "";
      resolve(answer ? keepStudent(answer) : null);
      showStudent();
    };
  });
}

async function onDownload() {
  const who = student() ?? (await ask());
  if (who === null) return;
  try {
    const { name, files, leftOut } = await download(who);
    if (!files.length) {
      say("There is nothing to download: nothing is saved in this browser yet.", true);
      return;
    }
    say(
      `${counted(files.length, "file")} saved in ${name}, in the folder of your downloads.`, false,
      [["Left out:", leftOut]],
    );
    await keepStore();
  } catch (error) {
    say(`Nothing was downloaded: ${reason(error)}.`, true);
  }
}

async function onBring(event) {
  const chosen = [...event.target.files];
  // The same file may be chosen again.
  event.target.value = "";
  if (!chosen.length) return;
  $("said").className = "";
  $("said").textContent = "Reading the files …";
  try {
    const { brought, same, leftOut, student: theirs } = await bring(chosen);
    const is = same === 1 ? "stays as it is" : "stay as they are";
    const why = "the one that you brought is the same, or a notebook in which nobody has written.";
    const lists = [
      [brought.length ? "Brought:" : "", brought],
      ["Left out:", leftOut],
    ];
    const done = brought.length
      ? `${counted(brought.length, "file")} brought. ` +
        "Load notebooks that are open in other tabs again."
      : "Nothing had to be brought.";
    say(same ? `${done} ${counted(same, "file")} ${is}: ${why}` : done, false, lists);
    if (theirs && !student()) keepStudent(theirs);
    showStudent();
    await showWork();
    await keepStore();
  } catch (error) {
    say(`Nothing was brought: ${reason(error)}.`, true);
  }
}

/** Ask the browser to keep the store even if its disk gets full. */
async function keepStore() {
  await navigator.storage?.persist?.();
  await showStore();
}

async function showStore() {
  const isKept = await navigator.storage?.persisted?.();
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const used = quota ? ` It uses ${mebibytes(usage)} of the ${mebibytes(quota)} that it may use.` : "";
  $("store").textContent = (isKept
    ? "This browser has agreed to keep your work until you delete it yourself."
    : "This browser may delete your work if its disk gets full, or, as Safari does, after seven " +
      "days in which you do not come here. Download it now and then.") + used;
  $("keep").hidden = isKept === true || !navigator.storage?.persist;
  $("full").hidden = !quota || usage / quota < NEARLY_FULL;
}

function mebibytes(bytes) {
  return bytes < 2 ** 30 ? `${Math.ceil(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function start() {
  $("download").onclick = onDownload;
  $("change").onclick = ask;
  $("files").onchange = onBring;
  $("folder").onchange = onBring;
  $("keep").onclick = async () => {
    await keepStore();
    if (!$("keep").hidden) {
      say(
        "This browser does not agree yet. Use the workbook for a while, or bookmark it, and ask again.",
        true,
      );
    }
  };
  // Another tab may have saved something meanwhile.
  addEventListener("focus", showWork);
  document.addEventListener("visibilitychange", () => document.hidden || showWork());
  showStudent();
  showWork();
  showStore();
}

start();
