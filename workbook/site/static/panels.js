// The pictures of a training: the plane with the network's answers, the network, the cost.
// The answers are computed here, from the weights, as the network itself computes them.
(() => {
  "use strict";

  const data = globalThis.workbookLearning;
  const CELLS = 56, LARGE = 3;
  // A little more than 0.5, which a network may answer on whole areas.
  const LEVEL = 0.501;

  function at(list, position) {
    const before = Math.floor(position), rest = position - before;
    const one = list[before], next = list[Math.min(before + 1, list.length - 1)];
    const between = (a, b) =>
      Array.isArray(a) ? a.map((value, i) => between(value, b[i])) : a + (b - a) * rest;
    return between(one, next);
  }

  function answer(first, second, x, y) {
    let sum = second[second.length - 1];
    first.forEach(([w1, w2, b], unit) => {
      sum += second[unit] * Math.max(0, w1 * x + w2 * y + b);
    });
    return 1 / (1 + Math.exp(-sum));
  }

  // Draws on a canvas of any size in units of its own: 0 to `width` and 0 to `height`.
  function panel(canvas, width, height) {
    const scale = Math.min(3, devicePixelRatio || 1) * Math.max(1, canvas.clientWidth / width);
    const size = [Math.round(width * scale), Math.round(height * scale)];
    if (canvas.width !== size[0]) [canvas.width, canvas.height] = size;
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  function colours(host) {
    const style = getComputedStyle(host);
    const get = (name) => style.getPropertyValue(`--wb-${name}`).trim();
    const rgb = (name) => get(name).split(/[\s,]+/).map(Number);
    return {
      ink: get("ink"), quiet: get("quiet"), paper: get("paper"), plus: get("plus"),
      minus: get("minus"), circle: get("circle"), triangle: get("triangle"),
      low: rgb("low"), high: rgb("high"),
    };
  }

  const small = document.createElement("canvas");
  small.width = small.height = CELLS;

  function drawPlane(canvas, colour, first, second) {
    const pen = panel(canvas, 240, 240), edge = data.edge;
    const brush = small.getContext("2d"), image = brush.createImageData(CELLS, CELLS);
    const values = [];
    for (let row = 0; row < CELLS; row += 1) {
      for (let column = 0; column < CELLS; column += 1) {
        const x = ((column + 0.5) / CELLS) * 2 * edge - edge;
        const y = edge - ((row + 0.5) / CELLS) * 2 * edge;
        const value = answer(first, second, x, y), place = 4 * (row * CELLS + column);
        values.push(value);
        for (let i = 0; i < 3; i += 1) {
          image.data[place + i] = colour.low[i] + (colour.high[i] - colour.low[i]) * value;
        }
        image.data[place + 3] = 255;
      }
    }
    brush.putImageData(image, 0, 0);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(small, 0, 0, 240, 240);
    drawBoundary(pen, colour, values);
    const place = (value) => ((value + edge) / (2 * edge)) * 240;
    data.x.forEach(([x, y], i) => {
      const [left, top] = [place(x), 240 - place(y)];
      pen.beginPath();
      if (data.y[i]) {
        pen.moveTo(left, top - 4.6);
        pen.lineTo(left + 4.2, top + 3.2);
        pen.lineTo(left - 4.2, top + 3.2);
        pen.closePath();
      } else pen.arc(left, top, 3.6, 0, 2 * Math.PI);
      pen.fillStyle = data.y[i] ? colour.triangle : colour.circle;
      pen.strokeStyle = colour.paper;
      pen.lineWidth = 0.8;
      pen.fill();
      pen.stroke();
    });
  }

  // The line where the answer is 0.5: in each square between four centres, from edge to edge.
  function drawBoundary(pen, colour, values) {
    const side = 240 / CELLS;
    pen.beginPath();
    for (let row = 0; row < CELLS - 1; row += 1) {
      for (let column = 0; column < CELLS - 1; column += 1) {
        const corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
        const found = corners.flatMap(([x, y], i) => {
          const [nextX, nextY] = corners[(i + 1) % 4];
          const one = values[(row + y) * CELLS + column + x] - LEVEL;
          const next = values[(row + nextY) * CELLS + column + nextX] - LEVEL;
          if (one < 0 === next < 0) return [];
          const part = one / (one - next);
          return [[(column + 0.5 + x + (nextX - x) * part) * side,
            (row + 0.5 + y + (nextY - y) * part) * side]];
        });
        for (let i = 0; i + 1 < found.length; i += 2) {
          pen.moveTo(...found[i]);
          pen.lineTo(...found[i + 1]);
        }
      }
    }
    pen.strokeStyle = colour.ink;
    pen.lineWidth = 2;
    pen.lineCap = "round";
    pen.stroke();
  }

  function drawNetwork(canvas, colour, first, second) {
    const pen = panel(canvas, 240, 240);
    const column = (x, many) =>
      Array.from({ length: many }, (_, i) => [x, 22 + ((i + 0.5) / many) * 206]);
    const [inputs, hidden, [output]] = [column(30, 2), column(120, first.length), column(210, 1)];
    const line = (from, to, weight) => {
      const share = Math.min(Math.abs(weight) / LARGE, 1);
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.lineWidth = 0.5 + 5.5 * share;
      pen.lineCap = "butt";
      pen.strokeStyle = weight >= 0 ? colour.plus : colour.minus;
      pen.setLineDash(weight >= 0 ? [] : [7, 3]);
      pen.stroke();
      pen.setLineDash([]);
    };
    hidden.forEach((to, unit) => {
      inputs.forEach((from, i) => line(from, to, first[unit][i]));
      line(to, output, second[unit]);
    });
    const unit = ([x, y], radius, name) => {
      pen.beginPath();
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      pen.fillStyle = colour.paper;
      pen.strokeStyle = colour.ink;
      pen.lineWidth = 1.3;
      pen.fill();
      pen.stroke();
      pen.fillStyle = colour.ink;
      pen.font = "11px system-ui, sans-serif";
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillText(name, x, y);
    };
    inputs.forEach((place, i) => unit(place, 14, `x${i + 1}`));
    hidden.forEach((place) => unit(place, 10, ""));
    unit(output, 14, "AL");
    pen.fillStyle = colour.quiet;
    pen.textBaseline = "alphabetic";
    [["inputs", 30], ["hidden units", 120], ["output", 210]]
      .forEach(([name, x]) => pen.fillText(name, x, 12));
  }

  function drawCost(canvas, colour, costs, step) {
    const pen = panel(canvas, 240, 240);
    const most = Math.max(0.75, ...costs);
    const x = (one) => 34 + (one / data.steps) * 196, y = (cost) => 208 - (cost / most) * 180;
    pen.strokeStyle = colour.quiet;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(34, 22);
    pen.lineTo(34, 208);
    pen.lineTo(234, 208);
    pen.stroke();
    pen.fillStyle = colour.quiet;
    pen.font = "11px system-ui, sans-serif";
    pen.textAlign = "right";
    [0, 0.5, 1].filter((one) => one <= most)
      .forEach((one) => pen.fillText(String(one), 29, y(one) + 4));
    pen.textAlign = "center";
    [0, data.steps / 2, data.steps].forEach((one) => pen.fillText(String(one), x(one), 224));
    pen.fillText("step", x(data.steps / 4), 224);
    pen.beginPath();
    const whole = Math.floor(step);
    for (let one = 0; one <= whole; one += 1) pen.lineTo(x(one), y(costs[one]));
    const now = at(costs, step);
    pen.lineTo(x(step), y(now));
    pen.strokeStyle = colour.plus;
    pen.lineWidth = 2.5;
    pen.lineJoin = "round";
    pen.stroke();
    pen.beginPath();
    pen.arc(x(step), y(now), 4, 0, 2 * Math.PI);
    pen.fillStyle = colour.plus;
    pen.fill();
  }

  globalThis.workbookPanels = { answer, at, colours, drawPlane, drawNetwork, drawCost };
})();
