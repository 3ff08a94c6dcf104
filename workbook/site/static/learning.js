// Plays a recorded training, in the pictures of panels.js.
(() => {
  "use strict";

  const data = globalThis.workbookLearning;
  const { at, colours, drawPlane, drawNetwork, drawCost } = globalThis.workbookPanels;
  // Of a whole run, and of the rest before it begins anew.
  const SECONDS = 9, PAUSE = 2.5;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)");

  function made(tag, attributes = {}, ...children) {
    const one = Object.assign(document.createElement(tag), attributes);
    one.append(...children);
    return one;
  }

  class Player {
    constructor(host) {
      this.host = host;
      this.units = JSON.parse(host.dataset.units);
      this.rates = JSON.parse(host.dataset.rates);
      this.chosen = { units: this.units[0], rate: this.rates[0] };
      this.step = Number(host.dataset.step);
      this.isPlaying = false;
      this.build();
      this.draw();
      new ResizeObserver(() => this.draw()).observe(this.pictures);
      new MutationObserver(() => this.draw())
        .observe(document.body, { attributes: true, attributeFilter: ["data-theme"] });
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
      if (host.hasAttribute("data-starts")) {
        if (isStill.matches) this.move(data.steps);
        else this.play(true);
      }
      isStill.addEventListener("change", () => isStill.matches && this.play(false));
      // On paper, with the colours of the light theme.
      for (const [event, isOnPaper] of [["beforeprint", true], ["afterprint", false]]) {
        addEventListener(event, () => {
          host.classList.toggle("wb-on-paper", isOnPaper);
          this.draw();
        });
      }
    }

    build() {
      const names = ["What the network answers", "Its weights", "The cost"];
      this.canvases = names.map(() => made("canvas"));
      const figures = names.map((name, i) => made("div", {},
        made("p", { textContent: name }), this.canvases[i]));
      this.pictures = made("div", { className: "wb-pictures" }, ...figures);
      this.pictures.setAttribute("role", "img");
      this.button = made("button", { type: "button", textContent: "Play" });
      this.button.addEventListener("click", () => this.play(!this.isPlaying));
      this.slider = made("input", { type: "range", min: 0, max: data.steps, step: 1 });
      this.slider.setAttribute("aria-label", "Step of the training");
      this.slider.value = String(this.step);
      this.slider.addEventListener("input", () => {
        this.play(false);
        this.move(Number(this.slider.value));
      });
      this.said = made("p", { className: "wb-state" });
      this.said.setAttribute("role", "status");
      const row = made("div", { className: "wb-controls" }, this.button, this.slider);
      const chosen = [["units", "Hidden units", this.units], ["rate", "Learning rate", this.rates]]
        .filter(([, , values]) => values.length > 1)
        .map(([key, name, values]) => this.choice(key, name, values));
      this.host.replaceChildren(...chosen, row, this.pictures, this.said);
    }

    choice(key, name, values) {
      const buttons = values.map((value) => {
        const button = made("button", { type: "button", textContent: String(value) });
        button.setAttribute("aria-pressed", String(value === this.chosen[key]));
        button.addEventListener("click", () => {
          this.chosen[key] = value;
          buttons.forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
          this.draw();
          this.say();
        });
        return button;
      });
      const group = made("div", { className: "wb-controls" },
        made("span", { textContent: name }), ...buttons);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", name);
      return group;
    }

    get run() {
      return data.runs.find(({ units, rate }) =>
        units === this.chosen.units && rate === this.chosen.rate);
    }

    play(isPlaying) {
      if (isPlaying && this.step >= data.steps) this.step = 0;
      this.isPlaying = isPlaying;
      this.button.textContent = isPlaying ? "Pause" : "Play";
      // While it moves, a screen reader need not say every step.
      this.said.setAttribute("aria-live", isPlaying ? "off" : "polite");
      this.last = null;
      this.rested = 0;
      if (isPlaying) requestAnimationFrame((now) => this.next(now));
      else this.say();
    }

    next(now) {
      if (!this.isPlaying) return;
      const passed = this.last === null ? 0 : Math.min(0.1, (now - this.last) / 1000);
      this.last = now;
      if (this.step < data.steps) this.move(this.step + (passed * data.steps) / SECONDS);
      else if (!this.host.hasAttribute("data-starts")) return void this.play(false);
      else if ((this.rested += passed) > PAUSE) {
        this.rested = 0;
        this.move(0);
      }
      requestAnimationFrame((time) => this.next(time));
    }

    move(step) {
      this.step = Math.min(step, data.steps);
      this.slider.value = String(Math.floor(this.step));
      this.draw();
      this.say();
    }

    say() {
      const { run } = this, step = Math.floor(this.step);
      const right = Math.round(100 * run.right[Math.floor(step / data.every)]);
      const units = `${run.units} hidden unit${run.units === 1 ? "" : "s"}`;
      const state = `Step ${step} of ${data.steps}: cost ${run.costs[step].toFixed(3)}, ` +
        `${right}% of the points right.`;
      this.said.textContent = state;
      const label = "A small network learns to tell triangles in the middle from circles around " +
        `them. It has 2 inputs, ${units} and 1 output. Learning rate ${run.rate}.`;
      const told = this.isPlaying ? label : `${label} ${state}`;
      if (this.pictures.getAttribute("aria-label") !== told) {
        this.pictures.setAttribute("aria-label", told);
      }
    }

    draw() {
      const { run } = this, colour = colours(this.host), position = this.step / data.every;
      const [first, second] = [at(run.first, position), at(run.second, position)];
      const [plane, network, cost] = this.canvases;
      drawPlane(plane, colour, first, second);
      drawNetwork(network, colour, first, second);
      drawCost(cost, colour, run.costs, this.step);
    }
  }

  document.querySelectorAll(".wb-learning").forEach((host) => new Player(host).say());
})();
