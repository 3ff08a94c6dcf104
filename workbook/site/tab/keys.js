// Keys in the output of a cell, for those who learn without a mouse. It is loaded before JupyterLite.
"use strict";

(() => {
  // JupyterLite would take the arrow keys of a control in an output, to go from heading to heading.
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches('.jp-OutputArea :is([role="slider"], input, select)')) {
      target.dataset.lmSuppressShortcuts = "true";
    }
  });
  // Only Shift+Tab, from control to control, would lead back to the cell, and so on to the next one.
  // A field keeps its keys to itself: they are heard before it hears them.
  const leave = ({ key, target }) => {
    if (key === "Escape") {
      target.closest(".jp-OutputArea")?.closest(".jp-Cell")?.focus();
    }
  };
  document.addEventListener("keydown", leave, { capture: true });
  // JupyterLite's own link "Skip to Main" leads to a place that is not there.
  document.addEventListener("click", (event) => {
    if (event.target.matches(".skip-link")) {
      event.preventDefault();
      document.querySelector(".jp-Cell.jp-mod-active")?.focus();
    }
  });
})();
