// The page in a real browser. Needs node 18, Debian's chromium and the packages beside this file:
//
//   node --test page_test.mjs        ULPFRONT_BIN: the folder of the tools (build/release/bin)
//                                    ULPFRONT_ROOT: the project's folder
//                                    ULPFRONT_BROWSER: another browser than /usr/bin/chromium
import assert from "node:assert/strict";
import { execFileSync, execSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { catalogue, full, small } from "./catalogue.mjs";

const root = process.env.ULPFRONT_ROOT ?? process.cwd();
const bin = process.env.ULPFRONT_BIN ?? path.join(root, "build/release/bin");
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const work = fs.mkdtempSync(path.join(os.tmpdir(), "ulpfront-page."));

/// Builds a report from documents and returns its folder, with how long that took.
function report(name, sets) {
  const write = (kind, document) => {
    const file = path.join(work, `${name}-${kind}.json`);
    fs.writeFileSync(file, JSON.stringify(document));
    return file;
  };
  const out = path.join(work, name);
  const files = (set, prefix) => Object.entries(set).map(([kind, document]) => write(prefix + kind, document));
  const begun = Date.now();
  const against = sets[1] ? ["--against", ...files(sets[1], "old-")] : [];
  execFileSync(path.join(bin, "ulpfront-report"), ["build", ...files(sets[0], ""), ...against, "-o", out]);
  return { out, page: path.join(out, "index.html"), seconds: (Date.now() - begun) / 1000 };
}

let browser;
let plain;
before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.ULPFRONT_BROWSER ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--no-first-run"],
  });
  plain = report("small", [catalogue(small)]);
});
after(async () => {
  await browser?.close();
  fs.rmSync(work, { recursive: true, force: true });
});

/// Opens a page; whatever goes wrong in it fails the test.
async function open(file, { fragment = "", ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const requests = [];
  const faults = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(`file://${file}${fragment}`);
  return { page, requests, faults, close: () => context.close() };
}

const marksOf = (group) => group.evaluate((element) =>
  [...element.querySelectorAll("figure.front .mark[data-k]")].map((mark) => ({
    kernel: mark.dataset.k,
    state: mark.classList[1],
    at: mark.getAttribute("d").match(/[-\d.]+/g).slice(0, 2).map(Number),
  })).sort((a, b) => a.kernel - b.kernel));
const groupOf = (page, id) => page.locator(`details.group[id="${id}"]`);
const control = (group, label) => group.locator(`.tools label:text-is("${label}") select, .tools label:has-text("${label}") select`).first();
const rowsOf = (page, group) => page.locator(`[id="${group}"] table.ranking tbody tr:visible`);

test("no request leaves, and the policy would stop one", async () => {
  const { page, requests, faults, close } = await open(plain.page);
  assert.deepEqual(requests, [`file://${plain.page}`]);
  assert.deepEqual(faults, []);
  const stopped = await page.evaluate(() => fetch("https://example.com/").then(() => "sent", () => "stopped"));
  assert.equal(stopped, "stopped");
  assert.match(faults.join(), /Content Security Policy/);
  await close();
});

test("one mark for each row that is timed and checked", async () => {
  const { page, close } = await open(plain.page);
  const groups = await page.locator("details.group").all();
  assert.equal(groups.length, small.functions.length * small.dtypes.length);
  for (const group of groups) {
    const marks = await marksOf(group);
    const rows = await group.evaluate((element) =>
      [...element.querySelectorAll("table.ranking tr[data-t][data-e]")].map((row) => row.id.slice(1)));
    assert.deepEqual(marks.map((mark) => mark.kernel), rows.sort((a, b) => a - b));
    assert.equal(rows.length, small.isas.length * small.kernels);
  }
  await close();
});

test("the script draws the same front as the report", async () => {
  const { page, close } = await open(plain.page);
  const group = groupOf(page, "g-alpha-f32");
  const drawn = await marksOf(group);
  await control(group, "Error").selectOption("mean");
  assert.notDeepEqual(await marksOf(group), drawn);
  await control(group, "Error").selectOption("max");
  const again = await marksOf(group);
  assert.deepEqual(again.map(({ kernel, state }) => ({ kernel, state })),
    drawn.map(({ kernel, state }) => ({ kernel, state })));
  // The script knows medians as they are shown, in three digits: half a pixel.
  again.forEach((mark, i) => mark.at.forEach((at, axis) => assert.ok(Math.abs(at - drawn[i].at[axis]) < 0.5)));
  await close();
});

/// What results.json says of one condition.
const resultsOf = (folder, wanted) => JSON.parse(fs.readFileSync(path.join(folder, "results.json"), "utf8")).rows
  .filter((row) => Object.entries(wanted).every(([member, value]) => row[member] === value));
const label = (row) => `${row.shown} (${row.isa})`;

/// The kernels of a group's marks as [name (ISA), state], in order.
const namedMarks = (group) => group.evaluate((element) => [...element.querySelectorAll("figure.front .mark[data-k]")]
  .map((mark) => {
    const row = document.getElementById(`k${mark.dataset.k}`);
    return [`${row.querySelector("code").textContent} (${row.cells[1].textContent})`, mark.classList[1]];
  }).sort());

test("under every condition the script's front is that of results.json", async () => {
  const { page, close } = await open(plain.page);
  const group = groupOf(page, "g-beta-f32");
  const choices = await control(group, "Timed with").locator("option").allTextContents();
  assert.equal(choices.length, small.conditions.length);
  for (const choice of choices) {
    await control(group, "Timed with").selectOption(choice);
    const [, distribution, n] = choice.match(/^(\w+), n = (\d+)$/);
    const rows = resultsOf(plain.out, { function: "beta", dtype: "f32", distribution, n: Number(n) });
    const wanted = new Map(rows.map((row) =>
      [label(row), row.over_all_isas.front ? "front" : row.within_isa.front ? "own" : "beaten"]));
    assert.deepEqual(await namedMarks(group), [...wanted].sort());
  }
  await close();
});

test("fronts of other errors are what brute force finds", async () => {
  const { page, close } = await open(plain.page);
  const group = groupOf(page, "g-alpha-bf16");
  await group.evaluate((element) => { element.open = true; });
  const errors = [["mean", (error) => error.normal_1_mean_ulp], ["p999", (error) => error.normal_1_p999_ulp],
    ["abs", (error) => error.max_abs_error]];
  for (const [name, errorOf] of errors) {
    for (const isa of small.isas) {
      await control(group, "Error").selectOption(name);
      await control(group, "ISA").selectOption(isa);
      const rows = resultsOf(plain.out, { function: "alpha", dtype: "bf16", isa, distribution: "uniform", n: 2048 });
      const beats = (a, b) => {
        const [s, t] = [a.ns_per_element, b.ns_per_element];
        const [slower, faster] = [s.low > t.high, s.high < t.low];
        const [e, f] = [errorOf(a.error), errorOf(b.error)];
        return !slower && e <= f && (faster || e < f);
      };
      const front = rows.filter((row) => !rows.some((other) => beats(other, row))).map(label);
      const drawn = (await namedMarks(group)).filter(([, state]) => state === "front").map(([name]) => name);
      assert.deepEqual(drawn.sort(), front.sort(), `${name} ${isa}`);
    }
  }
  await close();
});

test("sorting sorts by number, and back", async () => {
  const { page, close } = await open(plain.page);
  const table = page.locator('[id="g-alpha-f32"] table.ranking');
  for (const [head, cell, numberOf] of [["max ULP", 6, (text) => parseFloat(text.replace("≤ ", ""))],
    ["ns / element", 2, (text) => parseFloat(text)], ["× faster than naive", 4, Number]]) {
    const button = table.locator(`thead button:has-text("${head}")`);
    for (const [direction, sign] of [["ascending", 1], ["descending", -1]]) {
      await button.click();
      assert.equal(await table.locator("thead th[aria-sort]").count(), 1);
      assert.equal(await table.locator("thead th[aria-sort]").getAttribute("aria-sort"), direction);
      const values = (await table.locator(`tbody tr > :nth-child(${cell + 1})`).allTextContents()).map(numberOf);
      assert.ok(values.every((value, i) => i === 0 || sign * (value - values[i - 1]) >= 0), `${head} ${values}`);
    }
  }
  await table.locator('thead button:has-text("Kernel")').click();
  const names = await table.locator("tbody th code").allTextContents();
  assert.deepEqual(names, [...names].sort((a, b) => a.localeCompare(b, "en", { numeric: true })));
  await close();
});

test("filtering leaves what was asked for and says how many", async () => {
  const { page, close } = await open(plain.page);
  const group = groupOf(page, "g-alpha-f32");
  const tools = group.locator(".tools").nth(1);
  await tools.locator("input[type=search]").fill("lut LINEAR");
  const names = await rowsOf(page, "g-alpha-f32").locator("th code").allTextContents();
  assert.ok(names.length > 0 && names.every((name) => name.includes("lut_linear")));
  assert.equal(await tools.locator("output").textContent(), `${names.length} of 18 kernels`);
  await tools.locator("label:has-text(\"ISA\") select").selectOption("avx2");
  assert.deepEqual([...new Set(await rowsOf(page, "g-alpha-f32").locator("td:nth-child(2)").allTextContents())], ["avx2"]);
  await tools.locator("input[type=search]").fill("");
  await tools.locator("input[type=checkbox]").check();
  assert.ok((await rowsOf(page, "g-alpha-f32").evaluateAll((rows) => rows.map((row) => row.className)))
    .every((css) => css === "front"));
  await close();
});

test("any two kernels of a group have a ratio, with the interval that both have", async () => {
  const { page, faults, close } = await open(plain.page);
  const group = groupOf(page, "g-alpha-f32");
  const cells = () => group.evaluate((element) =>
    [...element.querySelectorAll("table.ranking tr[data-t]")].map((row) => {
      const [median, interval] = row.cells[2].childNodes;
      const [ratio, bounds] = row.cells[5].childNodes;
      return { id: row.id, name: row.cells[0].querySelector("code").textContent, isa: row.cells[1].textContent,
        time: [median.textContent, ...interval.textContent.split("–")].map(Number),
        ratio: Number(ratio.textContent), bounds: bounds?.textContent.split("–").map(Number) };
    }));
  const head = () => group.locator("table.ranking thead th").nth(5).textContent();
  const before = [await head(), await cells()];
  const base = before[1][2];
  await control(group, "Times as multiples of").selectOption(base.id);
  assert.equal(await head(), `× ${base.name} (${base.isa})`);
  const near = (found, expected) => assert.ok(Math.abs(found / expected - 1) < 0.02, `${found}, not ${expected}`);
  for (const { id, time, ratio, bounds } of await cells()) {
    if (id === base.id) {
      assert.deepEqual([ratio, bounds], [1, undefined]);
      continue;
    }
    near(ratio, time[0] / base.time[0]);
    near(bounds[0], time[1] / base.time[2]);
    near(bounds[1], time[2] / base.time[1]);
  }
  await group.locator("table.ranking thead th button").nth(5).click();
  const sorted = (await cells()).map(({ ratio }) => ratio);
  assert.deepEqual(sorted, [...sorted].sort((a, b) => a - b));
  await page.reload();
  assert.equal(await head(), `× ${base.name} (${base.isa})`);
  await control(group, "Times as multiples of").selectOption("");
  assert.equal(await head(), before[0]);
  const order = (a, b) => a.id.localeCompare(b.id);
  assert.deepEqual((await cells()).sort(order), before[1].sort(order));
  assert.deepEqual(faults, []);
  await close();
});

test("searching finds kernels of folded parts and leads to them", async () => {
  const { page, close } = await open(plain.page);
  await page.locator("nav input[type=search]").fill("beta bf16 exp_div avx512");
  const found = page.locator(".found a");
  assert.equal(await found.count(), 1);
  await found.click();
  const row = page.locator("tr.here");
  await row.waitFor();
  assert.equal(await row.locator("th code").textContent(), "exp_div");
  assert.ok(await row.evaluate((element) => element.closest("details.group").id === "g-beta-bf16"));
  assert.ok(await row.evaluate((element) => {
    const at = element.getBoundingClientRect();
    return at.top >= 0 && at.bottom <= innerHeight;
  }));
  await close();
});

test("the choices of one instruction set are those of the report", async () => {
  const { page, close } = await open(plain.page);
  const links = (selector) => page.locator(selector).evaluateAll((cells) =>
    cells.flatMap((cell) => Array(cell.colSpan).fill(cell.querySelector("a")?.hash ?? "none")));
  for (const isa of small.isas) {
    await page.locator('.tools label:has-text("Instruction set") select').selectOption(isa);
    for (const [g, id] of [[0, "g-alpha-f32"], [1, "g-beta-f32"]]) {
      const line = `table.choices >> nth=0 >> tbody tr >> nth=${g} >> td`;
      const own = `[id="${id}"] table.by-isa tbody tr:has(th:text-is("${isa}")) td`;
      assert.deepEqual(await links(line), await links(own), `${isa} ${id}`);
      for (const cell of await page.locator(`${line} >> css=:not(.none)`).all()) {
        if (await cell.evaluate((element) => element.tagName) === "TD")
          assert.match(await cell.textContent(), /[\d.]+ × \[[\d.]+–[\d.]+\]$/);
      }
    }
  }
  await close();
});

test("the address keeps the state over a reload", async () => {
  const { page, close } = await open(plain.page);
  const group = groupOf(page, "g-beta-f32");
  await control(group, "Error").selectOption("p999");
  await group.locator(".tools").nth(1).locator("input[type=search]").fill("exp & 100 %");
  await group.locator(".tools").nth(1).locator("input[type=search]").fill("exp");
  await group.locator('table.ranking thead button:has-text("max ULP")').click();
  await group.locator("table.by-isa a").first().click();
  const seen = async () => ({
    marks: await marksOf(group),
    rows: await rowsOf(page, "g-beta-f32").evaluateAll((rows) => rows.map((row) => row.id)),
    sorted: await group.locator("table.ranking th[aria-sort]").textContent(),
    here: await page.locator("tr.here").getAttribute("id"),
  });
  const before_reload = await seen();
  const address = page.url();
  await page.reload();
  assert.equal(page.url(), address);
  assert.deepEqual(await seen(), before_reload);
  await close();
});

test("without JavaScript nothing is missing", async () => {
  const { page, close } = await open(plain.page, { javaScriptEnabled: false });
  assert.equal(await page.locator(".tools, th button, .search").count(), 0);
  assert.equal(await page.locator("table.ranking tbody tr").count(),
    small.functions.length * small.dtypes.length * small.isas.length * small.kernels);
  assert.equal(await page.locator("figure.front svg .mark[data-k]").count(),
    small.functions.length * small.dtypes.length * small.isas.length * small.kernels);
  const folded = page.locator("details.group >> nth=1");
  assert.equal(await folded.locator("table.ranking").isVisible(), false);
  await folded.locator("summary").first().click();
  assert.ok(await folded.locator("table.ranking").isVisible());
  await close();
});

for (const width of [360, 1440]) {
  test(`${width} pixels: nothing sticks out, nothing is cut off`, async () => {
    const { page, close } = await open(plain.page, { viewport: { width, height: 800 } });
    await page.evaluate(() => { for (const each of document.querySelectorAll("details")) each.open = true; });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    const out = await page.evaluate(() => [...document.querySelectorAll("main *, header *")].filter((element) => {
      const at = element.getBoundingClientRect();
      return at.width > 0 && at.right > innerWidth + 1 && !element.closest(".scroll, .away, svg, .formula");
    }).map((element) => element.outerHTML.slice(0, 80)));
    assert.deepEqual(out, []);
    await close();
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`the accessibility checker finds nothing, ${colorScheme}`, async () => {
    for (const width of [1440, 360]) {
      const { page, close } = await open(plain.page, { colorScheme, viewport: { width, height: 900 } });
      await page.evaluate(() => { for (const each of document.querySelectorAll("details")) each.open = true; });
      await page.locator('[id="g-alpha-f32"] table.ranking thead button').first().click();
      await page.evaluate(axe);
      const { violations, incomplete } = await page.evaluate(() => axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      }));
      const words = (list) => list.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join("\n")}`);
      assert.deepEqual(words(violations), []);
      assert.deepEqual(words(incomplete.filter((each) => each.id !== "color-contrast")), []);
      await close();
    }
  });
}

test("words of charts stand out, light and dark", async () => {
  // What axe does not look into: text of SVG against the paper, at least 4.5 to 1.
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(plain.page, { colorScheme });
    const faint = await page.evaluate(() => {
      const channels = (css) => css.match(/[\d.]+/g).slice(0, 3).map((c) => {
        const share = c / 255;
        return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      const luminance = (css) => channels(css).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const paper = luminance(getComputedStyle(document.body).backgroundColor);
      const ratio = (css) => {
        const [low, high] = [luminance(css), paper].sort((a, b) => a - b);
        return (high + 0.05) / (low + 0.05);
      };
      return [...document.querySelectorAll("svg.chart text")]
        .filter((text) => ratio(getComputedStyle(text).fill) < 4.5)
        .map((text) => `${text.getAttribute("class")}: ${getComputedStyle(text).fill}`);
    });
    assert.deepEqual([...new Set(faint)], []);
    await close();
  }
});

test("a mark tells its figures and lights its row, and the other way round", async () => {
  const { page, close } = await open(plain.page);
  const mark = page.locator('[id="g-alpha-f32"] figure.front .mark.front[data-k]').first();
  const kernel = await mark.getAttribute("data-k");
  await mark.hover({ force: true });
  assert.match(await page.locator(".tip").textContent(), / ns \[.* ULP/);
  assert.equal(await page.locator(".tip").isVisible(), true);
  const row = page.locator(`tr#k${kernel}`);
  assert.match(await row.getAttribute("class"), /lit/);
  await page.mouse.move(0, 0);
  assert.equal(await page.locator(".tip").isVisible(), false);
  await row.hover();
  assert.ok(await page.locator(`svg [data-k~="${kernel}"].lit`).count() >= 2);
  await mark.click({ force: true });
  await page.locator(`tr#k${kernel}.here`).waitFor();
  await close();
});

test("where a kernel errs most leads to the command that shows it", async () => {
  const { page, close } = await open(plain.page);
  const cell = page.locator('[id="g-alpha-f32"] table.ranking tbody tr:has(td:nth-child(7) a)').first();
  const kernel = await cell.locator("th code").textContent();
  await cell.locator("td:nth-child(7) a").click();
  const line = page.locator("table.worst tr.here");
  await line.waitFor();
  assert.equal(await line.locator("th").textContent(), kernel);
  assert.ok(await line.locator("td code").isVisible());
  await close();
});

test("the keyboard reaches what the pointer reaches", async () => {
  const { page, close } = await open(plain.page);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.locator('[id="g-alpha-f32"] table.ranking thead button').nth(6).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator('[id="g-alpha-f32"] table.ranking th[aria-sort]').getAttribute("aria-sort"), "ascending");
  assert.ok(await page.locator("svg.chart").evaluateAll((charts) => charts.every((chart) =>
    chart.getAttribute("role") === "img" && chart.getAttribute("aria-label").length > 20)));
  await close();
});

/// The tables that are told apart by type and can be seen, as the types' numbers.
const typesSeen = (page) => page.locator("[data-type]:visible").evaluateAll((parts) =>
  [...new Set(parts.map((part) => part.dataset.type))]);

test("the switch between types works without JavaScript, by pointer and by keyboard", async () => {
  const { page, close } = await open(plain.page, { javaScriptEnabled: false });
  assert.deepEqual(await typesSeen(page), ["0"]);
  await page.locator('.types label:text-is("bf16")').click();
  assert.deepEqual(await typesSeen(page), ["1"]);
  assert.match(await page.locator("table.choices caption:visible").textContent(), /bf16/);
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await typesSeen(page), ["0"]);
  await close();
});

test("the type chosen opens each function's part for it and survives a reload", async () => {
  const { page, close } = await open(plain.page);
  const opened = () => page.locator("details.group[open]").evaluateAll((groups) => groups.map((group) => group.id));
  assert.deepEqual(await opened(), ["g-alpha-f32", "g-beta-f32"]);
  await page.locator('.types label:text-is("bf16")').click();
  assert.deepEqual(await opened(), ["g-alpha-bf16", "g-beta-bf16"]);
  assert.match(page.url(), /type=bf16/);
  await page.reload();
  assert.deepEqual(await opened(), ["g-alpha-bf16", "g-beta-bf16"]);
  assert.deepEqual(await typesSeen(page), ["1"]);
  await page.locator('.types label:text-is("f32")').click();
  assert.doesNotMatch(page.url(), /type=/);
  await close();
});

test("paper has the summary and the fronts, or everything where asked for, and no controls", async () => {
  const { page, close } = await open(plain.page);
  const pagesOf = async () => (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type \/Page\b/g).length;
  const short = await pagesOf();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("nav").isVisible(), false);
  assert.equal(await page.locator(".tools:visible").count(), 0);
  assert.equal(await page.locator("table.choices:visible, table.ranking:visible, figure.front:visible").count(),
    1 + 2 * small.functions.length);
  assert.equal(await page.locator("table.ranking tr.front:not(:visible)").count(),
    await page.locator("details.group:not([open]) table.ranking tr.front").count());
  assert.equal(await page.locator("table.ranking tbody tr:not(.front, [data-n]):visible").count(), 0);
  assert.equal(await page.locator("table.worst:visible").count(), 0);
  await page.emulateMedia({ media: "screen" });
  await page.locator("#whole").check();
  assert.ok(await pagesOf() > short);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await page.locator("table:not(:visible):not([data-type] *)").count(), 0);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.ok(await page.locator("details:not([open])").count() > 0);
  await close();
});

test("hostile names do nothing", async () => {
  const name = '"><script>alert(1)</script><img src=x onerror=alert(2)> \u{1F642} \'&amp;{{title}}';
  const { page: file } = report("hostile", [catalogue({ ...small, functions: [name, "beta"], rename: (kernel) => kernel + name })]);
  const { page, requests, faults, close } = await open(file);
  await page.locator("nav input[type=search]").fill("script");
  assert.ok(await page.locator(".found a").count() > 0);
  await page.locator(".group[open] .tools select").first().selectOption("abs");
  await page.locator(".group[open] table.ranking thead button").first().click();
  await page.reload();
  assert.equal(requests.length, 2);
  assert.deepEqual(faults, []);
  assert.equal(await page.locator("main img, main script").count(), 0);
  await close();
});

test("what changed from an older set is shown, and other machines get no ratio", async () => {
  const now = catalogue(small);
  const old = catalogue({ ...small, seed: 7 });
  for (const row of old.accuracy.rows) row.code_id = "fedcba9876543210";
  const same = await open(report("against", [now, old]).page);
  assert.match(await same.page.locator("header .changed").textContent(), /slower/);
  assert.ok(await same.page.locator(".against td b").count() > 0);
  await same.close();
  old.bench.context.cpu_model = "Another CPU";
  const other = await open(report("machines", [now, old]).page);
  assert.match(await other.page.locator(".against").textContent(), /cpu_model is "Another CPU" and "Example CPU"/);
  assert.equal(await other.page.locator(".against td b").count(), 0);
  await other.close();
});

test("results in parts give a page that says so", async () => {
  const { accuracy, bench } = catalogue(small);
  const parts = [["speed", { bench }, "No errors"], ["errors", { accuracy }, "No speed"],
    ["nothing", { bench: { ...bench, benchmarks: [] } }, "No speed"]];
  for (const [name, set, words] of parts) {
    const { page, faults, close } = await open(report(name, [set]).page);
    assert.match(await page.locator(".notes").textContent(), new RegExp(words));
    assert.deepEqual(faults, []);
    await close();
  }
});

test("the command that reproduces a worst input works when pasted", async (t) => {
  if (!fs.existsSync(path.join(bin, "ulpfront-accuracy"))) return t.skip("ulpfront-accuracy is not built");
  const file = path.join(work, "real.json");
  // Which function does not matter: the first in the list that has a textbook formula.
  const listed = JSON.parse(execFileSync(path.join(bin, "ulpfront-accuracy"), ["list", "--json"],
    { maxBuffer: 2 ** 28 }));
  const { function: name } = listed.find((kernel) => kernel.method === "naive");
  execFileSync(path.join(bin, "ulpfront-accuracy"),
    ["check", "--function", name, "--method", "naive", "--inputs", "quick", "--out", file], { stdio: "ignore" });
  const out = path.join(work, "real");
  execFileSync(path.join(bin, "ulpfront-report"), ["build", file, "-o", out]);
  const { page, close } = await open(path.join(out, "index.html"));
  for (const row of await page.locator("table.worst tbody tr").all()) {
    const command = await row.locator("code").textContent();
    const computed = await row.locator("td:nth-child(5)").textContent();
    const said = execSync(command, { cwd: root, encoding: "utf8" });
    assert.ok(said.includes(computed), `${command}\n${said}\nbut the page has ${computed}`);
  }
  await close();
});

test("the whole catalogue stays below 3 MiB and works", async (t) => {
  const { page: file, seconds } = report("full", [catalogue(full)]);
  const size = fs.statSync(file).size;
  t.diagnostic(`${(size / 2 ** 20).toFixed(2)} MiB, built in ${seconds.toFixed(1)} s`);
  assert.ok(size < 3 * 2 ** 20, `${size} bytes`);
  // What a comment on a pull request may have.
  assert.ok(fs.readFileSync(path.join(path.dirname(file), "summary.md"), "utf8").length < 65536);
  const { page, faults, close } = await open(file);
  assert.equal(await page.locator("table.ranking tbody tr").count(), 18 * 4 * 4 * 5);
  // The first screen holds the kernel to use for every function.
  assert.ok(await page.locator("table.choices").first().evaluate((table) => table.getBoundingClientRect().bottom <= innerHeight));
  await page.locator("nav input[type=search]").fill("function_q f64 exp_div avx2");
  await page.locator(".found a").click();
  await page.locator("tr.here").waitFor();
  assert.deepEqual(faults, []);
  await close();
});
