// What the page can do beyond being read: sort, filter, search, point, other fronts, and all of that kept in the
// address. Without it nothing is missing but these.
"use strict";
(() => {
  const make = (tag, set = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), set);
    element.append(...inside);
    return element;
  };
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // State: what differs from the page as it came, as "key=value" behind the place in the address's fragment.
  const state = new Map();
  let place = "";
  const readAddress = () => {
    const [first, ...pairs] = decodeURI(location.hash.slice(1)).split("&");
    return { first: first.includes("=") ? "" : first, pairs: first.includes("=") ? [first, ...pairs] : pairs };
  };
  const writeAddress = () => {
    const pairs = [...state].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
    history.replaceState(null, "", `#${[place, ...pairs].filter(Boolean).join("&")}`);
  };
  const remember = (key, value, usual) => {
    if (value === usual) state.delete(key);
    else state.set(key, value);
    writeAddress();
  };
  const restorers = new Map();
  const goTo = (id) => {
    place = id;
    const target = id && document.getElementById(id);
    for (const row of all("tr.here")) row.classList.remove("here");
    if (!target) return;
    for (let each = target; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
    if (target.tagName === "TR") {
      target.hidden = false;
      target.classList.add("here");
    }
    target.scrollIntoView({ block: target.tagName === "TR" ? "center" : "start" });
  };

  // Sorting: a number where the cell brings one (data-v) or is one, else its text. Cells without either go last.
  const numberIn = (text) => {
    const [, digits] = text.match(/^[★≤≥<> ]*(-?[\d.,]+(?:e[-+]\d+)?|inf)(?: %|…)?$/) ?? [];
    if (digits === undefined) return text === "2³²" ? 2 ** 32 : undefined;
    return digits === "inf" ? Infinity : Number(digits.replace(/,/g, ""));
  };
  const keyOf = (row, column, head) => {
    if (head.dataset.e !== undefined && row.dataset.e) return error(row, Number(head.dataset.e));
    let at = 0;
    for (const cell of row.cells) {
      if (at === column && cell.colSpan === 1) {
        const text = (cell.dataset.v ?? cell.firstChild?.textContent ?? "").trim();
        return cell.dataset.v === undefined ? numberIn(text) ?? cell.textContent.trim() : Number(text);
      }
      at += cell.colSpan;
    }
    return "";
  };
  const error = (row, number) => {
    const text = row.dataset.e?.split(" ")[number] ?? "-";
    return text === "inf" ? Infinity : Number(text);
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return a.localeCompare(b, "en", { numeric: true });
  };
  const sortBy = (table, column, direction) => {
    const head = table.tHead.rows[0].cells[column];
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, column, head), row]);
    const isMissing = (key) => key === "" || key === "–";
    rows.sort(([a], [b]) => isMissing(a) - isMissing(b) || direction * compare(a, b));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  const isSortable = (head) => !head.querySelector(".away");
  all("table.sortable").forEach((table, number) => {
    const group = table.closest(".group");
    const key = `sort.${group ? `${group.id}.${all("table.sortable", group).indexOf(table)}` : number}`;
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!isSortable(head)) return;
      const button = make("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => {
        const direction = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
        sortBy(table, column, direction);
        remember(key, `${column}${direction === 1 ? "up" : "down"}`);
      });
      head.append(button);
    });
    restorers.set(key, (value) => {
      const [, column, way] = value.match(/^(\d+)(up|down)$/) ?? [];
      const head = table.tHead.rows[0].cells[column];
      if (head && isSortable(head)) sortBy(table, Number(column), way === "up" ? 1 : -1);
    });
  });

  // A labelled control that keeps its value in the address. `apply` runs at every change.
  const keep = (control, key, apply) => {
    const isBox = control.type === "checkbox";
    const get = () => (isBox ? (control.checked ? "1" : "") : control.value);
    const usual = get();
    control.addEventListener("input", () => {
      remember(key, get(), usual);
      apply();
    });
    restorers.set(key, (value) => {
      if (isBox) control.checked = value === "1";
      else control.value = value;
      apply();
    });
  };
  const select = (options) =>
    make("select", {}, ...options.map(([value, textContent]) => make("option", { value, textContent })));
  const unique = (list) => [...new Set(list)];
  const isas = JSON.parse(document.body.dataset.isas);
  const inOrder = (some) => isas.filter((isa) => some.includes(isa));
  const isaOf = (row) => row.cells[1].textContent;
  const nameOf = (row) => row.cells[0].querySelector("code").textContent;
  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  // Filtering a ranking by words, ISA and front.
  for (const table of all("table.filterable")) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length < 4) continue;
    const group = table.closest(".group").id;
    const words = make("input", { type: "search" });
    const isa = select([["", "all"], ...inOrder(unique(rows.map(isaOf))).map((name) => [name, name])]);
    const front = make("input", { type: "checkbox" });
    const count = make("output");
    const apply = () => {
      const wanted = wordsOf(words.value);
      let shown = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !(wanted.every((word) => text.includes(word)) && (isa.value === "" || isaOf(row) === isa.value) &&
          (!front.checked || row.classList.contains("front")));
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = `${shown} of ${rows.length} kernels`;
    };
    keep(words, `find.${group}`, apply);
    keep(isa, `isa.${group}`, apply);
    keep(front, `front.${group}`, apply);
    table.parentElement.before(make("div", { className: "tools" },
      make("label", {}, "Filter ", words), make("label", {}, "ISA ", isa),
      make("label", {}, front, " front only"), count));
    apply();
  }

  // Times of a group's kernels under any condition that the page has: the usual one in the ranking, others in the
  // table of conditions. Median as shown, and how far the interval's ends lie from it in 1/10000 of that.
  const timeOf = (shown, parts) => {
    const median = Number(shown.replace("★ ", ""));
    const [low, high] = parts.split(" ").map((part) => median * (1 + Number(part) / 1e4));
    return [median, low, high];
  };
  const usualTime = (row) => timeOf(row.cells[2].firstChild.textContent, row.dataset.t);
  const timesOf = (group, usual) => {
    const times = new Map([[usual, new Map()]]);
    for (const row of all("tr[id][data-t]", group)) times.get(usual).set(row.id.slice(1), usualTime(row));
    for (const table of all("table.conditions", group)) {
      const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.c);
      heads.forEach((head, number) => {
        if (head.dataset.c === usual) return;
        times.set(head.dataset.c, new Map([...table.tBodies[0].rows]
          .map((row) => [row.dataset.k, row.cells[number + 2].textContent, row.dataset.t.split(",")[number]])
          .filter(([, , parts]) => parts !== "").map(([kernel, text, parts]) => [kernel, timeOf(text, parts)])));
      });
    }
    return times;
  };
  const threeDigits = (value) => (value < 100 ? value.toPrecision(3) : value.toFixed(0));
  // One kernel against another: the ranking's last ratio, which is over the cheapest function as the page comes, is
  // over any kernel that is picked. Its interval is that of the ends of both medians' intervals: rather too wide.
  for (const table of all("table.ranking")) {
    const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.t);
    if (rows.length < 2) continue;
    const column = 5;
    const head = table.tHead.rows[0].cells[column];
    const title = head.querySelector("button");
    const usualTitle = [...title.childNodes];
    const usual = new Map(rows.map((row) => [row, [...row.cells[column].childNodes]]));
    const name = (row) => `${nameOf(row)} (${isaOf(row)})`;
    const pick = select([["", "–"], ...rows.map((row) => [row.id, name(row)])]);
    const ratio = (row, base) => {
      const [[median, low, high], [to, toLow, toHigh]] = [usualTime(row), usualTime(base)];
      return row === base ? ["1"]
        : [threeDigits(median / to), make("small", { textContent: `${threeDigits(low / toHigh)}–${threeDigits(high / toLow)}` })];
    };
    const apply = () => {
      const base = rows.find((row) => row.id === pick.value);
      title.replaceChildren(...(base ? [`× ${name(base)}`] : usualTitle));
      for (const row of rows) row.cells[column].replaceChildren(...(base ? ratio(row, base) : usual.get(row)));
      const sorted = head.getAttribute("aria-sort");
      if (sorted) sortBy(table, column, sorted === "ascending" ? 1 : -1);
    };
    keep(pick, `over.${table.closest(".group").id}`, apply);
    const label = make("label", {}, "Times as multiples of ", pick);
    const tools = table.parentElement.previousElementSibling;
    if (tools?.classList.contains("tools") && tools.querySelector("output")) tools.lastElementChild.before(label);
    else table.parentElement.before(make("div", { className: "tools" }, label));
  }

  const floors = all(".floor").map((part) => ({
    dtype: part.dataset.d,
    isas: new Map(all("tr[id]", part).map((row) => [row.id.slice(1), isaOf(row)])),
    times: timesOf(part, part.dataset.c),
  }));
  // The fastest copy of an ISA, or of all; of an ISA without one, of all.
  const floorOf = (dtype, condition, isa) => {
    const found = floors.filter((floor) => floor.dtype === dtype)
      .flatMap((floor) => [...(floor.times.get(condition) ?? [])].map(([k, [time]]) => [floor.isas.get(k), time]));
    const own = found.filter(([of]) => isa === "" || of === isa);
    const times = (own.length ? own : found).map(([, time]) => time);
    return times.length ? Math.min(...times) : undefined;
  };

  // Other fronts: another error, ISA, size or distribution.
  const errors = [["max", "largest", "max error (ULP)"], ["mean", "mean under N(0,1)", "mean error under N(0,1) (ULP)"],
    ["p999", "99.9 % under N(0,1)", "error not exceeded by 99.9 % under N(0,1) (ULP)"],
    ["abs", "largest absolute", "max absolute error"]];
  const text = (value) => String(Number(value.toPrecision(3)));
  for (const figure of all(".group figure.front")) {
    const group = figure.closest(".group");
    const svg = figure.querySelector("svg");
    const [, title, usual] = [group.id, svg.querySelector(".head").textContent, svg.querySelector(".sub").textContent];
    const dtype = group.dataset.d;
    const rows = all("table.ranking tbody tr", group);
    const times = timesOf(group, usual);
    const kind = select(errors.map(([value, name]) => [value, name]));
    const isa = select([["", "all"], ...inOrder(unique(rows.map(isaOf))).map((name) => [name, name])]);
    const condition = select([...times.keys()].map((name) => [name, name]));
    const apply = () => {
      const number = errors.findIndex(([value]) => value === kind.value);
      const marks = [];
      for (const row of rows) {
        const kernel = row.id.slice(1);
        const time = times.get(condition.value)?.get(kernel);
        const value = error(row, number);
        if (!time || Number.isNaN(value) || (isa.value !== "" && isaOf(row) !== isa.value)) continue;
        const name = `${nameOf(row)} (${isaOf(row)})`;
        const [median, low, high] = time;
        marks.push({ kernel, name, isa: isaOf(row), sound: !row.dataset.x, error: value, time: median, low, high,
          label: isa.value === "" ? `${nameOf(row)} · ${isaOf(row)}` : nameOf(row),
          tip: `${name}: ${text(median)} ns [${text(low)}–${text(high)}], error ${text(value)}` });
      }
      if (marks.length === 0) return;
      fronts.draw(svg, { title, subtitle: condition.value, errorName: errors[number][2], isUlp: number < 3, dtype, isas,
        marks, floor: floorOf(dtype, condition.value, isa.value) });
      listen(svg);
    };
    const key = (name) => `${name}.${group.id}`;
    keep(kind, key("error"), apply);
    keep(isa, key("show"), apply);
    keep(condition, key("with"), apply);
    const controls = [make("label", {}, "Error ", kind), make("label", {}, "ISA ", isa)];
    if (times.size > 1) controls.push(make("label", {}, "Timed with ", condition));
    figure.parentElement.before(make("div", { className: "tools" }, ...controls));
  }

  // The choices for one instruction set: as in reports/choice.cpp.
  const choose = (rows, bit) => {
    const fit = rows.filter(({ row, time }) => time && (Number(row.dataset.b) >> bit) & 1)
      .sort((a, b) => a.time[0] - b.time[0]);
    if (fit.length === 0) return undefined;
    const maximum = ({ row }) => error(row, 0);
    const [, low, high] = fit[0].time;
    return fit.filter(({ time }) => time[1] <= high && low <= time[2])
      .reduce((best, each) => (maximum(each) < maximum(best) ? each : best));
  };
  // Beyond 4 ULP the absolute error says more, where the function does not carry it off.
  const boundOf = (row) => {
    const most = row.cells[6].firstChild.textContent;
    const absolute = error(row, 3);
    return error(row, 0) <= 4 || !(absolute < 1) ? `${most} ULP` : `${most[0]} ${absolute.toExponential(1).replace(/-(\d)$/, "-0$1")} absolute`;
  };
  const choiceCell = ({ row, time }, naive, names) => {
    const figures = make("span", {}, `${row.cells[2].firstChild.textContent} ns`);
    if (naive) {
      const bounds = [naive[1] / time[2], naive[2] / time[1]].map(threeDigits).join("–");
      figures.append(" · ", make("b", { textContent: `${row.cells[4].textContent} ×` }), " ",
        make("small", { className: "in", textContent: `[${bounds}]` }));
    }
    const cell = make("td", {}, make("span", {}, make("a", { href: `#${row.id}` }, make("code", { textContent: nameOf(row) })),
      " ", make("span", { className: "isa", textContent: isaOf(row) }), " ",
      make("span", { className: "error", textContent: boundOf(row) })), " ", figures);
    cell.dataset.for = names;
    return cell;
  };
  const choiceTables = all("table.choices").map((table) =>
    [...table.tBodies[0].rows].map((line) => ({ line, usual: [...line.cells].slice(1) })));
  if (choiceTables.length > 0) {
    const present = unique(all("table.ranking tbody tr").map(isaOf));
    const isa = select([["", "all"], ...inOrder(present).map((name) => [name, name])]);
    const budgets = [...document.querySelector("table.choices").tHead.rows[0].cells].slice(1)
      .map((head) => head.firstChild.textContent.trim());
    const cellsFor = (group) => {
      const rows = all("table.ranking tbody tr[data-t]", group).filter((row) => isaOf(row) === isa.value)
        .map((row) => ({ row, time: usualTime(row) }));
      const textbook = group.querySelector("tr[data-n][data-t]");
      const naive = textbook && usualTime(textbook);
      const cells = [];
      budgets.forEach((name, bit) => {
        const chosen = choose(rows, bit);
        const last = cells.at(-1);
        if (last && last.chosen?.row === chosen?.row) {
          last.cell.colSpan += 1;
          last.cell.dataset.for += `, ${name}`;
          return;
        }
        const none = make("td", { className: "none", textContent: "none" });
        none.dataset.for = name;
        cells.push({ chosen, cell: chosen ? choiceCell(chosen, naive, name) : none });
      });
      return cells.map(({ cell }) => cell);
    };
    const apply = () => {
      for (const { line, usual } of choiceTables.flat()) {
        const group = document.getElementById(line.dataset.g);
        while (line.cells.length > 1) line.lastElementChild.remove();
        line.append(...(isa.value === "" || !group ? usual : cellsFor(group)));
      }
    };
    keep(isa, "on", apply);
    document.querySelector(".bar").append(
      make("div", { className: "tools" }, make("label", {}, "Instruction set ", isa)));
  }

  // The switch between types works by style alone; here it is kept, and opens each function's part for the type.
  const types = all(".types input");
  if (types.length > 0) {
    const apply = () => {
      const { value } = types.find((each) => each.checked);
      for (const section of all("section.function")) {
        const groups = all(".group", section);
        const own = groups.find((group) => group.dataset.d === value);
        if (own) for (const group of groups) group.open = group === own;
      }
    };
    for (const each of types) {
      each.addEventListener("input", () => {
        remember("type", each.value, types[0].value);
        apply();
      });
    }
    restorers.set("type", (value) => {
      const wanted = types.find((each) => each.value === value);
      if (wanted) wanted.checked = true;
      apply();
    });
  }

  // Searching all kernels.
  const index = all("table.ranking tbody tr").map((row) => {
    const group = row.closest(".group");
    const words = `${group.querySelector("h3").firstChild.textContent.trim()} ${nameOf(row)} ${isaOf(row)} ` +
      `${row.cells[0].querySelector("small").textContent}`;
    return { row, words, lower: `${words.toLowerCase()} ${group.dataset.f}` };
  });
  if (index.length > 0) {
    const box = make("input", { type: "search", placeholder: "function, type, kernel, ISA" });
    const count = make("output", { className: "away" });
    const list = make("ul", { className: "found", hidden: true });
    const most = 20;
    box.addEventListener("input", () => {
      const wanted = wordsOf(box.value);
      const found = wanted.length ? index.filter(({ lower }) => wanted.every((word) => lower.includes(word))) : [];
      list.replaceChildren(...found.slice(0, most).map(({ row, words }) =>
        make("li", {}, make("a", { href: `#${row.id}`, textContent: words }))));
      if (found.length > most) list.append(make("li", { textContent: `${found.length - most} more: add a word` }));
      list.hidden = wanted.length === 0;
      if (wanted.length && found.length === 0) list.append(make("li", { textContent: "no such kernel" }));
      count.textContent = wanted.length ? `${found.length} found` : "";
    });
    const close = () => { list.hidden = true; };
    list.addEventListener("click", close);
    box.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    document.querySelector("nav").prepend(make("div", { className: "search" },
      make("label", {}, "Search ", box), count, list));
  }

  // Pointing at a mark or line shows its figures and lights its rows; pointing at a row, or moving the focus into it,
  // lights its marks and lines.
  const tip = make("div", { className: "tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  const light = (kernels, on) => {
    for (const kernel of kernels.split(" ")) {
      for (const each of all(`[data-k~="${kernel}"], #k${kernel}`)) each.classList.toggle("lit", on);
    }
  };
  // What a drawn front says of its marks, else what the rows say of their kernels.
  const wordsFor = (mark) => {
    if (mark.dataset.tip) return mark.dataset.tip;
    const rows = mark.dataset.k.split(" ").map((kernel) => document.getElementById(`k${kernel}`)).filter(Boolean);
    const [row] = rows;
    const name = `${nameOf(row)} (${rows.map(isaOf).join(", ")})`;
    const rounded = row.cells.length > 12 ? `, ${row.cells[10].textContent} misrounded` : "";
    const time = row.dataset.t && rows.length === 1
      ? `: ${row.cells[2].firstChild.textContent} ns [${row.cells[2].lastChild.textContent}]` : "";
    const [largest, at] = row.cells.length > 12 ? row.cells[6].childNodes : [];
    const most = largest ? `, ${largest.textContent} ULP${at ? ` ${at.textContent}` : ""}` : "";
    return `${name}${time}${most}${rounded}; ${row.cells[row.cells.length - 1].textContent}`;
  };
  const listen = (inside) => {
    for (const mark of all("svg [data-k]", inside.parentElement)) {
      mark.addEventListener("pointerenter", () => {
        tip.textContent = wordsFor(mark);
        tip.hidden = false;
        const at = mark.getBoundingClientRect();
        const isLine = mark.classList.contains("line");
        const left = Math.min((isLine ? at.left + at.width / 2 : at.right) + 8,
          document.documentElement.clientWidth - tip.offsetWidth - 8);
        tip.style.left = `${Math.max(8, left) + window.scrollX}px`;
        tip.style.top = `${(isLine ? at.top - tip.offsetHeight - 8 : at.bottom + 8) + window.scrollY}px`;
        light(mark.dataset.k, true);
      });
      mark.addEventListener("pointerleave", () => {
        tip.hidden = true;
        light(mark.dataset.k, false);
      });
      if (mark.classList.contains("mark")) {
        mark.addEventListener("click", () => { location.hash = `k${mark.dataset.k}`; });
      }
    }
  };
  for (const svg of all("svg.chart")) listen(svg);
  for (const row of all("table.ranking tbody tr, table.conditions tbody tr")) {
    const kernel = row.dataset.k ?? row.id.slice(1);
    for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
      row.addEventListener(event, () => light(kernel, on));
    }
  }

  // From where a kernel errs most to the command that shows it.
  for (const line of all("table.worst tbody tr")) {
    const kernels = line.dataset.k.split(" ");
    line.id = `w${kernels[0]}`;
    for (const kernel of kernels) {
      const where = document.querySelector(`#k${kernel} td:nth-child(7) small`);
      if (where) where.replaceChildren(make("a", { href: `#${line.id}`, textContent: where.textContent }));
    }
  }

  // A command is there to be pasted.
  if (navigator.clipboard) {
    for (const command of all("table.worst code")) {
      const button = make("button", { type: "button", textContent: "copy" });
      button.setAttribute("aria-label", `copy the command for ${command.closest("tr").cells[0].textContent}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(command.textContent);
        button.textContent = "copied";
      });
      command.after(" ", button);
    }
  }

  // The address, at first and whenever a link changes it.
  const restore = () => {
    const { first, pairs } = readAddress();
    for (const pair of pairs) {
      const at = pair.indexOf("=");
      const [key, value] = [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))];
      if (!restorers.has(key)) continue;
      state.set(key, value);
      restorers.get(key)(value);
    }
    goTo(first);
  };
  restore();
  addEventListener("hashchange", () => {
    restore();
    writeAddress();
  });

  // Paper cannot be clicked open; what is folded is left out unless it was asked for.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = document.getElementById("whole").checked ? all("details:not([open])") : [];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of opened) each.open = false;
  });
})();
