// What the page can do beyond being read: sort, filter, point. Without it nothing is missing.
"use strict";
(() => {
  const make = (tag, set = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...inside);
    return element;
  };

  // Sorting: a number where the cell brings one (data-v), else its text. Cells without either go last.
  const keyOf = (row, column) => {
    let at = 0;
    for (const cell of row.cells) {
      if (at === column && cell.colSpan === 1) {
        const value = cell.dataset.v;
        return value === undefined ? cell.textContent.trim() : Number(value);
      }
      at += cell.colSpan;
    }
    return "";
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a === "" || b === "" ? (a === "") - (b === "") : a.localeCompare(b, "en", { numeric: true });
  };
  const sortBy = (table, head, column) => {
    const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, column), row]);
    const isMissing = (key) => key === "" || key === "–";
    rows.sort(([a], [b]) => isMissing(a) - isMissing(b) || direction * compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (head.querySelector(".away")) return;
      const button = make("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => sortBy(table, head, column));
      head.append(button);
    });
  }

  // Filtering a ranking by words, ISA and front.
  for (const table of document.querySelectorAll("table.filterable")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 4) continue;
    const words = make("input", { type: "search" });
    const isa = make("select", {}, make("option", { value: "", textContent: "all" }));
    for (const name of new Set(rows.map((row) => row.dataset.isa))) {
      isa.append(make("option", { value: name, textContent: name }));
    }
    const front = make("input", { type: "checkbox" });
    const count = make("output");
    const apply = () => {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !(wanted.every((word) => text.includes(word)) &&
          (isa.value === "" || row.dataset.isa === isa.value) &&
          (!front.checked || row.classList.contains("front")));
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = `${shown} of ${rows.length} kernels`;
    };
    for (const control of [words, isa, front]) control.addEventListener("input", apply);
    table.parentElement.before(make("div", { className: "tools" },
      make("label", {}, "Filter ", words), make("label", {}, "ISA ", isa),
      make("label", {}, front, " front only"), count));
    apply();
  }

  // Pointing at a mark shows its figures and lights its row; pointing at a row lights its marks.
  const tip = make("div", { className: "tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  const light = (kernel, on) => {
    for (const other of document.querySelectorAll(`[data-k="${kernel}"]`)) other.classList.toggle("lit", on);
  };
  for (const mark of document.querySelectorAll(".mark[data-k]")) {
    const title = mark.querySelector("title");
    const text = title.textContent;
    mark.addEventListener("pointerenter", () => {
      title.textContent = "";
      tip.textContent = text;
      tip.hidden = false;
      const at = mark.getBoundingClientRect();
      const left = Math.min(at.right + 8, document.documentElement.clientWidth - tip.offsetWidth - 8);
      tip.style.left = `${Math.max(8, left) + window.scrollX}px`;
      tip.style.top = `${at.bottom + 8 + window.scrollY}px`;
      light(mark.dataset.k, true);
    });
    mark.addEventListener("pointerleave", () => {
      title.textContent = text;
      tip.hidden = true;
      light(mark.dataset.k, false);
    });
    mark.addEventListener("click", () => { location.hash = `k${mark.dataset.k}`; });
  }
  for (const row of document.querySelectorAll("tr[data-k]")) {
    row.addEventListener("pointerenter", () => light(row.dataset.k, true));
    row.addEventListener("pointerleave", () => light(row.dataset.k, false));
  }

  // Paper cannot be clicked open.
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
})();
