// What is wider than the page is scrolled sideways: by the keyboard, too, where it can be focused.
(() => {
  "use strict";

  const WIDE = [
    ["article .highlight pre", "Code"], ["article .table-wrapper", "Table"],
    ["article .wb-formula", "Formula"],
    ["article p:has(> img)", "Picture"],
  ];

  function update() {
    for (const [selector, name] of WIDE) {
      for (const one of document.querySelectorAll(selector)) {
        const isWide = one.scrollWidth > one.clientWidth;
        const attributes = { tabindex: "0", role: "region", "aria-label": name };
        for (const [key, value] of Object.entries(attributes)) {
          if (isWide) one.setAttribute(key, value);
          else one.removeAttribute(key);
        }
      }
    }
  }

  update();
  addEventListener("resize", update);
  // What is folded has no width.
  document.addEventListener("toggle", update, true);

  // On paper nothing can be unfolded.
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("article details:not([open])")) {
      one.open = true;
      opened.push(one);
    }
  });
  addEventListener("afterprint", () => {
    while (opened.length) opened.pop().open = false;
  });
})();
