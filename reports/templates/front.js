// Fronts for what the page does not show at first: another error, instruction set, size or distribution. The same
// rules and the same picture as in reports/front.cpp and reports/charts/front.cpp; a test compares the two.
"use strict";
const fronts = (() => {
  const left = 52, top = 58, right = 760, bottom = 520, width = 772;
  const zeroColumn = 34, lostColumn = 46, leastBar = 4;
  const shapes = [
    "m4.5 0a4.5 4.5 0 1 1 0-.1z", "m-4-4h8v8h-8z", "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z", "m0-5l5 9h-10z", "m0 5l5-9h-10z",
    "m-1.7-5h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3v-3.4h3.3z", "m-2.5-4.5h5l2.5 4.5l-2.5 4.5h-5l-2.5-4.5z",
    "m-5-4.5l10 9v-9l-10 9z",
  ];
  const cross = "m-4-4l8 8m-8 0l8-8";
  const digits = { f32: 24, f64: 53, f16: 11, bf16: 8 };

  // Overlapping intervals are a tie.
  const isSlower = (a, b) => a.low > b.high;
  const isFaster = (a, b) => a.high < b.low;
  const dominates = (a, b) =>
    !isSlower(a, b) && a.error <= b.error && (isFaster(a, b) || a.error < b.error);
  // Sets state ("front", "own" of its ISA, "beaten") and dominator of the sound marks.
  const judge = (marks) => {
    const sound = marks.filter((mark) => mark.sound);
    const beaten = (mark, by) => by.filter((other) => dominates(other, mark));
    for (const mark of sound) mark.dominators = beaten(mark, sound);
    const preferred = (a, b) =>
      (a.dominators.length > 0) - (b.dominators.length > 0) || a.time - b.time || a.error - b.error;
    for (const mark of sound) {
      mark.dominator = [...mark.dominators].sort(preferred)[0];
      const own = sound.filter((other) => other.isa === mark.isa);
      mark.state = !mark.dominator ? "front" : beaten(mark, own).length ? "beaten" : "own";
    }
    for (const mark of marks) if (!mark.sound) mark.state = "unsound";
  };

  const superscript = (n) => String(n).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻");
  const logarithmic = (low, high, first, last) => {
    const scale = (value) => first + (Math.log(value / low) / Math.log(high / low)) * (last - first);
    scale.ticks = () => {
      const decades = Math.log10(high / low);
      const ticks = [];
      for (let e = Math.floor(Math.log10(low)); 10 ** e <= high; ++e) {
        for (const factor of decades > 4 ? [1] : [1, 2, 5]) {
          const value = factor * 10 ** e;
          if (value < low || value > high) continue;
          const labelled = factor === 1 ? e % (decades > 7 ? 2 : 1) === 0 : decades < 2.2;
          const text = Math.abs(e) > 3 && factor === 1 ? `10${superscript(e)}` : String(Number(value.toPrecision(4)));
          ticks.push({ value, text: labelled ? text : "" });
        }
      }
      return ticks;
    };
    return scale;
  };
  const errorScale = (marks, lostFrom, isUlp) => {
    const inside = marks.map((mark) => mark.error).filter((error) => error > 0 && error <= lostFrom);
    const low = Math.min(isUlp ? 0.4 : Infinity, ...inside);
    const high = Math.max(isUlp ? 6 : low * 10, ...inside);
    const hasZero = marks.some((mark) => mark.error === 0);
    const hasLost = marks.some((mark) => mark.error > lostFrom);
    const [from, to] = Number.isFinite(low) ? [low, high] : [0.1, 10];
    const margin = (to / from) ** 0.05;
    const inner = logarithmic(from / margin, to * margin, left + (hasZero ? zeroColumn : 0),
      right - (hasLost ? lostColumn : 0));
    const scale = (error) =>
      error === 0 ? left + zeroColumn / 2 : error > lostFrom ? right - lostColumn / 2 : inner(error);
    return Object.assign(scale, { inner, hasZero, hasLost });
  };
  const timeScale = (marks, floor) => {
    const low = Math.min(floor ?? Infinity, ...marks.map((mark) => mark.low));
    const high = Math.max(floor ?? 0, ...marks.map((mark) => mark.high));
    const spread = high / low;
    const margin = Math.max(1.15, spread ** 0.07, Math.sqrt(5 / spread));
    return logarithmic(low / margin, high * margin, bottom, top);
  };

  const advance = 6.4, height = 12;
  const directions = [[1, 0], [0.8, -0.8], [0.8, 0.8], [-1, 0], [-0.8, -0.8], [-0.8, 0.8], [0, -1], [0, 1]];
  const near = [8, 12, 20, 30, 42, 56, 72, 90];
  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  // A free place for a name near its mark; undefined where there is none.
  const place = (x, y, text, far, taken) => {
    for (const distance of near) {
      if (distance > 12 && !far) return undefined;
      for (const [dx, dy] of directions) {
        const wide = advance * [...text].length;
        const cornerX = x + dx * distance - (dx > 0 ? 0 : dx < 0 ? wide : wide / 2);
        const cornerY = y + dy * distance - (dy > 0 ? 0 : dy < 0 ? height : height / 2);
        const box = { left: cornerX, top: cornerY, right: cornerX + wide, bottom: cornerY + height };
        const inside = box.left >= left + 2 && box.right <= right && box.top >= top + 1 && box.bottom <= bottom - 1;
        if (inside && !taken.some((other) => meets(box, other))) return { box, distance };
      }
    }
    return undefined;
  };

  const shorten = (text, most) => ([...text].length <= most ? text : `${[...text].slice(0, most - 1).join("")}…`);

  // Draws into an <svg> what `view` says: title, subtitle, errorName, isUlp, dtype, isas, marks, floor.
  const draw = (svg, view) => {
    const { marks, floor, isas } = view;
    judge(marks);
    const across = errorScale(marks, view.isUlp ? 2 ** (digits[view.dtype] ?? 53) : Infinity, view.isUlp);
    const up = timeScale(marks, floor);
    const body = [];
    const add = (tag, attributes, ...inside) => {
      const element = document.createElementNS(svg.namespaceURI, tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...inside);
      body.push(element);
      return element;
    };
    const text = (x, y, css, anchor, content) => add("text", { x, y, class: css, "text-anchor": anchor }, content);
    const path = (css, d) => add("path", { class: css, d });
    const styleOf = (mark) => Math.max(0, isas.indexOf(mark.isa));

    text(left, 17, "head", "start", shorten(view.title, 60));
    text(left, 34, "sub", "start", view.subtitle);
    text((left + right) / 2, bottom + 34, "name", "middle", view.errorName);
    text(0, 0, "name", "middle", "ns per element")
      .setAttribute("transform", `translate(13 ${(top + bottom) / 2}) rotate(-90)`);
    for (const tick of across.inner.ticks()) {
      path(tick.text ? "grid" : "grid minor", `M${across.inner(tick.value)} ${top}V${bottom}`);
      if (tick.text) text(across.inner(tick.value), bottom + 16, "tick", "middle", tick.text);
    }
    for (const tick of up.ticks()) {
      path(tick.text ? "grid" : "grid minor", `M${left} ${up(tick.value)}H${right}`);
      if (tick.text) text(left - 6, up(tick.value) + 4, "tick", "end", tick.text);
    }
    const column = (x, wide, label) => {
      text(x + wide / 2, bottom + 16, "tick", "middle", label);
      add("rect", { class: "column", x, y: top, width: wide, height: bottom - top });
    };
    if (across.hasZero) column(left, zeroColumn, "0");
    if (across.hasLost) column(right - lostColumn, lostColumn, "no digits");
    path("axes", `M${left} ${top}V${bottom}H${right}`);
    for (const [limit, label] of view.isUlp ? [[1, "<1"], [4, "≤4"]] : []) {
      path("budget", `M${across.inner(limit)} ${top}V${bottom}`);
      text(across.inner(limit), top - 3, "tick", "middle", label);
    }
    const taken = [];
    if (floor !== undefined) {
      path("floor", `M${left} ${up(floor)}H${right}`);
      const label = `copy floor ${Number(floor.toPrecision(3))}`;
      text(right - 3, up(floor) + 11, "floor-name", "end", label);
      taken.push({ left: right - 3 - advance * label.length, top: up(floor), right, bottom: up(floor) + 13 });
    }
    const stairs = (front, css) => {
      if (front.length === 0) return;
      front.sort((a, b) => a.error - b.error || b.time - a.time);
      let x = across(front[0].error), y = top;
      let steps = `M${x} ${y}`;
      const step = (toX, toY) => {
        taken.push({ left: x, top: y - 1.5, right: toX, bottom: y + 1.5 },
          { left: toX - 1.5, top: y, right: toX + 1.5, bottom: toY });
        steps += `H${toX}V${toY}`;
        [x, y] = [toX, toY];
      };
      for (const mark of front) step(across(mark.error), up(mark.time));
      step(right, y);
      path(css, steps);
    };
    const used = [...new Set(marks.filter((mark) => mark.sound).map(styleOf))].sort((a, b) => a - b);
    for (const style of used) {
      stairs(marks.filter((mark) => styleOf(mark) === style && (mark.state === "front" || mark.state === "own")),
        `stairs thin c${style}`);
    }
    stairs(marks.filter((mark) => mark.state === "front"), "stairs");
    const layer = { unsound: 0, beaten: 1, own: 2, front: 3 };
    const ordered = [...marks].sort((a, b) => layer[a.state] - layer[b.state]);
    const css = (mark, part) =>
      `${part} ${mark.state}${mark.state === "front" || mark.state === "own" ? ` c${styleOf(mark)}` : ""}`;
    for (const mark of ordered) {
      const [x, from, to] = [across(mark.error), up(mark.low), up(mark.high)];
      if (from - to >= leastBar) path(css(mark, "bar"), `M${x - 3} ${from}h6m-3 0V${to}m-3 0h6`);
    }
    for (const mark of ordered) {
      const [x, y] = [across(mark.error), up(mark.time)];
      const shape = mark.sound ? shapes[styleOf(mark) % shapes.length] : cross;
      const drawn = path(css(mark, "mark"), `M${x} ${y}${shape}`);
      drawn.dataset.k = mark.kernel;
      drawn.dataset.tip = mark.tip + (mark.dominator ? `; beaten by ${mark.dominator.name}` : "");
      taken.push({ left: x - 6, top: y - 6, right: x + 6, bottom: y + 6 });
    }
    const many = new Set(marks.map((mark) => mark.isa)).size > 1;
    for (const mark of ordered.reverse()) {
      if (many && mark.state !== "front" && mark.state !== "own") continue;
      const [x, y, name] = [across(mark.error), up(mark.time), shorten(mark.label, 24)];
      const found = place(x, y, name, mark.state === "front", taken);
      if (!found) continue;
      const { box, distance } = found;
      if (distance > 12) {
        const within = (value, low, high) => Math.min(Math.max(value, low), high);
        path("leader", `M${x} ${y}L${within(x, box.left, box.right)} ${within(y, box.top + 2, box.bottom - 2)}`);
      }
      text(box.left, box.bottom - 2.5, mark.state === "front" ? "label" : "label faint", "start", name);
      taken.push(box);
    }
    const end = legend(used.map((style) => [`mark front c${style}`, shapes[style % shapes.length], isas[style]]).concat(
      marks.some((mark) => mark.state === "own") ? [["mark own", shapes[0], "only on the front of its ISA"]] : [],
      marks.some((mark) => mark.state === "beaten") ? [["mark beaten", shapes[0], "dominated"]] : [],
      marks.some((mark) => mark.state === "unsound") ? [["mark unsound", cross, "broken or NaN"]] : []), text, path);
    const onFront = marks.filter((mark) => mark.state === "front").map((mark) => mark.tip);
    svg.setAttribute("aria-label", `${view.title}. ${view.subtitle}. Time per element against ${view.errorName}. ` +
      `On the front: ${onFront.join("; ") || "none"}.`);
    svg.setAttribute("viewBox", `0 0 ${width} ${end}`);
    svg.replaceChildren(...body);
  };

  // Returns the height of the picture.
  const legend = (entries, text, path) => {
    let x = left, y = bottom + 54;
    for (const [css, shape, content] of entries) {
      const needed = 24 + advance * [...content].length;
      if (x + needed > right && x > left) [x, y] = [left, y + 17];
      path(css, `M${x + 6} ${y - 4}${shape}`);
      text(x + 15, y, "key", "start", content);
      x += needed;
    }
    return y + 10;
  };

  return { draw, judge };
})();
