// The questions of the lessons, without a kernel: choices as buttons, fields for numbers and shapes.
// What counts as an answer, and what is said, is as in notebooks: workbook/learn/questions.
(() => {
  "use strict";

  const WORDS = { right: "Right", wrong: "Not yet", shown: "Compare", unread: "No answer yet" };
  const SIGNS = { right: "\u2713", wrong: "\u2717", shown: "\u2192", unread: "?" };
  const EXAMPLES = { number: "such as 0.5 or 1/2", shape: "such as (2, 5)" };
  const SAME = 1e-6, ZERO = 1e-12, ROUNDING = 1e-9, LONGEST = 40;
  const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
  const GROUPS = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/;
  const BETWEEN = /\s*(?:,|;|\bby\b|(?<=\d)\s*[xX\u00d7*]\s*(?=\d)|(?<=\d)\s+(?=\d))\s*/;

  function quotient(text) {
    const parts = text.split("/");
    if (parts.length > 2 || !parts.every((part) => NUMBER.test(part))) return [];
    const value = parts.length === 2 ? Number(parts[0]) / Number(parts[1]) : Number(parts[0]);
    return Number.isFinite(value) ? [value] : [];
  }

  // The number that is meant, or both where it can be read in two ways; [] if none is.
  function numbers(given) {
    const text = given
      .replace(/[\u2212\u2013]/g, "-").replace(/[\u2044\u00f7]/g, "/").replace(/\s/g, "");
    if (GROUPS.test(text)) {
      return [text.replaceAll(",", ""), text.replaceAll(",", ".")].flatMap(quotient);
    }
    if (text.includes(",") && text.includes(".")) {
      // The last one is the decimal sign.
      const sign = text.lastIndexOf(",") > text.lastIndexOf(".") ? "," : ".";
      return quotient(text.replaceAll(sign === "," ? "." : ",", "").replaceAll(sign, "."));
    }
    return quotient(text.replaceAll(",", "."));
  }

  // The shape that is meant, or null; a single number is none.
  function shape(given) {
    const text = given.trim();
    const isEnclosed = ["()", "[]"].includes(text.slice(0, 1) + text.slice(-1));
    const inner = isEnclosed ? text.slice(1, -1).trim() : text;
    if (!inner) return text ? [] : null;
    const parts = inner.split(BETWEEN);
    if (parts.length === 1) return null;
    if (parts.at(-1) === "") parts.pop();
    return parts.every((part) => /^\+?\d+$/.test(part)) ? parts.map(Number) : null;
  }

  function written(sizes) {
    return sizes.length === 1 ? `(${sizes[0]},)` : `(${sizes.join(", ")})`;
  }

  function isSame(value, other, tolerance) {
    const apart = Math.abs(value - other);
    if (tolerance !== null) return apart <= tolerance * (1 + ROUNDING);
    return apart <= Math.max(SAME * Math.max(Math.abs(value), Math.abs(other)), ZERO);
  }

  function quoted(given) {
    const said = given.replaceAll("`", "'").trim().replace(/\s+/g, " ");
    return `\u201c${said.length > LONGEST ? `${said.slice(0, LONGEST)} \u2026` : said}\u201d`;
  }

  function escaped(text) {
    const holder = document.createElement("p");
    holder.textContent = text;
    return holder.innerHTML;
  }

  function unread(text) {
    return { outcome: "unread", because: [escaped(text)] };
  }

  function known(one) {
    return { outcome: one.right ? "right" : "wrong", because: one.because };
  }

  // A sentence for a shape that differs only in axes of size 1, as (3,) and (3, 1).
  function aboutAxes(sizes, right) {
    const large = (all) => all.filter((size) => size !== 1).join();
    if (sizes.length === right.length || large(sizes) !== large(right)) return null;
    const axes = sizes.length === 1 ? "1 axis" : `${sizes.length} axes`;
    const size = Math.max(1, ...sizes);
    return [
      `<code>${written(sizes)}</code> has ${axes}, and the right shape has ${right.length}. ` +
      `NumPy distinguishes <code>(${size},)</code>, which has a single axis, the column ` +
      `<code>(${size}, 1)</code> and the row <code>(1, ${size})</code>.`,
    ];
  }

  const REPLIES = {
    number(question, given) {
      const values = numbers(given);
      if (!values.length) {
        const said = given.trim() ? `${quoted(given)} is not a number` : "There is no number yet";
        return unread(`${said}. Write one such as 19, 0.5, 1/2 or -3.`);
      }
      const found = question.known.find((one) =>
        values.some((value) => isSame(value, one.answer, question.tolerance)));
      return found ? known(found) : { outcome: "wrong", because: question.otherwise };
    },
    shape(question, given) {
      const sizes = shape(given);
      if (sizes === null) {
        const said = given.trim() ? `${quoted(given)} is not a shape` : "There is no shape yet";
        return unread(
          `${said}. Write the sizes of all axes, such as (2, 5); with a single axis, (5,).`);
      }
      const found = question.known.find((one) => one.answer.join() === sizes.join()
        && one.answer.length === sizes.length);
      if (found) return known(found);
      const because = aboutAxes(sizes, question.known[0].answer) || question.otherwise;
      return { outcome: "wrong", because };
    },
    open(question, given) {
      if (!given.trim()) return unread("Write down what you think first, in a few words.");
      return { outcome: "shown", because: question.known[0].because };
    },
  };

  function made(tag, attributes = {}, ...children) {
    const one = Object.assign(document.createElement(tag), attributes);
    one.append(...children);
    return one;
  }

  function show(place, reply) {
    const [first, ...others] = reply.because;
    const word = `${SIGNS[reply.outcome]} ${WORDS[reply.outcome]}`;
    const line = made("p", { innerHTML: ` ${first}` });
    line.prepend(made("strong", { className: "wb-badge", textContent: word }));
    place.className = `wb-reply wb-${reply.outcome}`;
    place.replaceChildren(line, ...others.map((one) => made("p", { innerHTML: one })));
  }

  function choices(question, place) {
    return question.known.map((one, number) => {
      const letter = String.fromCharCode(65 + number);
      const sign = made("span", { className: "wb-sign" });
      const text = made("span", { innerHTML: one.shown });
      const button = made("button", { type: "button", className: "wb-choice" },
        sign, made("b", { textContent: `${letter}. ` }), text);
      button.addEventListener("click", () => {
        sign.textContent = `${SIGNS[one.right ? "right" : "wrong"]} `;
        button.classList.add(one.right ? "wb-is-right" : "wb-is-wrong");
        show(place, known(one));
      });
      return button;
    });
  }

  function fields(question, place) {
    const isOpen = question.kind === "open";
    const field = isOpen ? made("textarea", { rows: 3 })
      : made("input", { type: "text", placeholder: EXAMPLES[question.kind], autocomplete: "off" });
    const name = isOpen ? "What do you expect, or see?" : `Your ${question.kind}`;
    const button = made("button", { type: "submit", textContent: isOpen ? "Show" : "Check" });
    const form = made("form", { className: "wb-answer" },
      made("label", {}, made("span", { textContent: name }), field), button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show(place, REPLIES[question.kind](question, field.value));
    });
    return [form];
  }

  function start(quiz) {
    const question = JSON.parse(quiz.querySelector("script[type='application/json']").textContent);
    const place = made("div", { className: "wb-reply" });
    place.setAttribute("role", "status");
    place.setAttribute("aria-live", "polite");
    const make = question.kind === "choice" ? choices : fields;
    const group = made("div", { className: "wb-ask" }, ...make(question, place));
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", question.text);
    quiz.append(group, place);
    quiz.classList.add("wb-live");
  }

  globalThis.workbookQuiz = { numbers, shape };
  document.querySelectorAll(".wb-quiz").forEach(start);
})();
