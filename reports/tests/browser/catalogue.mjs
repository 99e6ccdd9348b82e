// Result files as the tools write them, of any size, made from a seed: what the page is tested with.

/// Numbers in [0, 1), the same for the same seed.
export function randomNumbers(seed) {
  let state = BigInt(seed);
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number(state >> 40n) / 2 ** 24;
  };
}

const types = {
  f32: { digits: 24, least: -149, greatest: 128, inputs: 2 ** 32 },
  f64: { digits: 53, least: -1074, greatest: 1024, inputs: 5000000 },
  f16: { digits: 11, least: -24, greatest: 16, inputs: 65536 },
  bf16: { digits: 8, least: -133, greatest: 128, inputs: 65536 },
};

const kinds = [
  { kernel: "naive", method: "naive", ulp: 2e6, absolute: 1e-7, time: 40 },
  { kernel: "stable", method: "stable", ulp: 2.2, absolute: 9e-8, time: 60 },
  { kernel: "exp_poly", method: "simd", ulp: 2.6, absolute: 8e-8, time: 4 },
  { kernel: "exp_div", method: "simd", ulp: 0.78, absolute: 5e-8, time: 6 },
  { kernel: "lut_linear_32", method: "lut", ulp: 1.7e7, absolute: 4e-4, time: 1 },
  { kernel: "lut_linear_1024", method: "lut", ulp: 1.7e7, absolute: 4e-7, time: 1.6 },
];

const hex = (value) => (value < 0 ? "-" : "") + `0x1p${value === 0 ? 0 : Math.round(Math.log2(Math.abs(value)))}`;

function binadesOf(type, kind, random) {
  const list = [];
  const middle = Math.min(type.greatest, 6);
  for (const sign of [-1, 1]) {
    const exponents = [];
    for (let e = type.least; e < type.greatest; ++e) exponents.push(e);
    for (const e of sign < 0 ? exponents.reverse() : exponents) {
      const near = Math.max(0, 1 - Math.abs(e - middle + 8) / 20);
      const largest = kind.ulp * near ** 2 * (0.8 + 0.2 * random());
      list.push([sign < 0 ? `-0x1.fffp${e}` : `0x1p${e}`, largest, largest / 4]);
    }
  }
  return list;
}

function histogramOf(kind, inputs) {
  const bins = [[0, Math.floor(inputs * 0.5)]];
  for (let octave = -8; octave <= Math.log2(kind.ulp); ++octave)
    bins.push([2 ** octave, Math.max(1, Math.floor(inputs * 2 ** -(Math.abs(octave + 1) + 2)))]);
  return bins;
}

function accuracyRow(key, kind, type, random) {
  const ulp = kind.ulp * (0.9 + 0.2 * random());
  return {
    ...key,
    library_version: "1",
    note: `${kind.method} kernel of the synthetic catalogue, with a note as long as they are`,
    code_id: "0123456789abcdef",
    path: key.library === "ulpfront" ? "" : "/opt/lib.so",
    promise_kind: kind.method === "naive" ? "none" : kind.method === "lut" ? "absolute" : "ulp",
    promise_value: kind.method === "lut" ? 2 ** -11 : 4,
    promise_flags: kind.method === "naive" ? [] : ["nan", "inf", "neg_zero"],
    flush_to_zero: false,
    seams: kind.method === "lut" ? Array.from({ length: 33 }, (_, i) => i / 3) : [],
    status: "ok",
    reason: "",
    faults: [],
    inputs_tried: type.inputs,
    max_ulp: ulp,
    max_ulp_normal: ulp,
    max_ulp_kind: "exhaustive",
    worst_input: `-0x1.631504p+${Math.floor(random() * 6)}`,
    worst_output: "0x1.8p-3",
    worst_exact: "0.18750000003132459187",
    mean_ulp: ulp / 9,
    rms_ulp: ulp / 7,
    misrounded: ulp < 0.5 ? 0 : Math.floor(type.inputs * 0.2 * random()),
    undecided: 0,
    max_abs_error: kind.absolute * (0.9 + 0.2 * random()),
    nan_mismatches: 0,
    inf_mismatches: 0,
    zero_sign_mismatches: 0,
    flushed_subnormals: 0,
    monotonicity_violations: 0,
    symmetry_violations: 0,
    range_violations: 0,
    normal_1: { mean_ulp: 0.25 * Math.min(ulp, 4) + random(), rms_ulp: ulp, p999_ulp: 0.5 + 2 * random() },
    histogram: histogramOf(kind, type.inputs),
    binades: binadesOf(type, kind, random),
    specials: ["nan", "-inf", "-0x1p+0", "-0x0p+0", "0x0p+0", "0x1p+0", "inf"].map((input) => {
      const ok = kind.method !== "naive" || random() > 0.3;
      return { input, expected: "0x1p-1", computed: ok ? "0x1p-1" : "nan", ok };
    }),
  };
}

function functionEntry(name, number) {
  const x = Array.from({ length: 400 }, (_, i) => -10 + (20 * i) / 399);
  const y = x.map((at) => 1 / (1 + Math.exp(-at * (1 + number / 9))));
  const slope = x.map((at, i) => (number % 3 === 0 && at < 0 ? 0 : y[i] * (1 - y[i])));
  return {
    name, title: `Function ${name.toUpperCase()}`, formula: "1 / (1 + exp(-x))",
    mathml: "<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo><msup><mi>e</mi><mrow><mo>-</mo><mi>x</mi></mrow></msup></mrow></mfrac>",
    range: [0, 1], symmetry: "complement", monotone: [], limits: [0, 1], rational: false, timed: [-10, 10],
    curve: { x, y, slope },
  };
}

/// An accuracy and a bench document. `of`: functions, dtypes, isas, kernels (how many of a kind for each ISA),
/// conditions, repetitions, seed, rename (a kernel's name from its own).
export function catalogue(of) {
  const random = randomNumbers(of.seed ?? 1);
  const rename = of.rename ?? ((name) => name);
  const context = { isas: of.isas, compiler: "GNU 12.2.0", os: "Debian", libc: "glibc 2.36", version: "0.1.0",
    architecture: "x86_64", commit: "0123456789ab" };
  const accuracy = { schema: "ulpfront-accuracy/1", complete: true, environment: { cpu: "Example CPU", ...context },
    inputs: { mode: "all", requested: "all" }, libraries: [], functions: [], rows: [] };
  const bench = { benchmarks: [], context: { schema: "ulpfront-bench/1", complete: true, cpu_model: "Example CPU",
    ...context, host_name: "example", num_cpus: 2, virtualisation: "none", date: "2026-01-02T03:04:05+00:00",
    load_avg: [0, 0, 0], libraries: [], caches: [{ level: 1, type: "Data", size: 32768, num_sharing: 1 },
      { level: 2, type: "Unified", size: 1048576, num_sharing: 1 }] } };
  const time = (key, base) => {
    for (const { distribution, n, inplace } of of.conditions) {
      const factor = (distribution === "wide" ? 1.4 : 1) * (n > 2 ** 18 ? 2 : 1) * (0.85 + 0.3 * random());
      for (let i = 0; i < of.repetitions; ++i) {
        bench.benchmarks.push({ ...key, name: "x", run_type: "iteration", distribution, n, inplace,
          ns_per_element: base * factor * (1 + 0.04 * random()) });
      }
    }
  };
  const keyOf = (name, dtype, isa, kind, library = "ulpfront") => ({
    function: name, dtype, kernel: rename(kind.kernel), isa, method: kind.method, library,
    shown: library === "ulpfront" ? rename(kind.kernel) : `${library}:${rename(kind.kernel)}` });
  of.functions.forEach((name, number) => accuracy.functions.push(functionEntry(name, number)));
  for (const dtype of of.dtypes) {
    of.isas.forEach((isa, width) => time(keyOf("null", dtype, isa, { kernel: "copy", method: "null" }), 0.05 + 0.4 / (1 + width)));
    for (const name of of.functions) {
      // Vector kernels with fused multiply-add give the same bits whatever their width.
      const seed = Math.floor(random() * 2 ** 24);
      const fused = (isa, i) => randomNumbers(seed + 97 * i + (isa.startsWith("avx") ? 1 : 2 + of.isas.indexOf(isa)));
      of.isas.forEach((isa, width) => {
        for (let i = 0; i < of.kernels; ++i) {
          const kind = { ...kinds[i % kinds.length] };
          if (i >= kinds.length) kind.kernel += `_v${Math.floor(i / kinds.length)}`;
          const library = i === of.kernels - 1 && of.peer ? of.peer : "ulpfront";
          const key = keyOf(name, dtype, isa, kind, library);
          accuracy.rows.push(accuracyRow(key, kind, types[dtype], fused(isa, i)));
          time(key, kind.time / (width + 1) ** 1.5);
        }
      });
    }
  }
  return { accuracy, bench };
}

const cross = (distributions, sizes) => [
  ...distributions.map((distribution) => ({ distribution, n: 2048, inplace: false })),
  ...sizes.map((n) => ({ distribution: "uniform", n, inplace: false })),
];

/// Enough of everything to press every button.
export const small = {
  functions: ["alpha", "beta"], dtypes: ["f32", "bf16"], isas: ["scalar", "avx2", "avx512"], kernels: 6,
  conditions: cross(["uniform", "normal", "wide"], [400, 65536, 16777216]), repetitions: 9, peer: "peer",
};

/// The whole catalogue: 18 functions, 4 types, 4 ISAs, 5 kernels each, under 8 conditions.
export const full = {
  functions: Array.from({ length: 18 }, (_, i) => `function_${String.fromCharCode(97 + i)}`),
  dtypes: ["f32", "f64", "f16", "bf16"], isas: ["scalar", "sse2", "avx2", "avx512"], kernels: 5,
  conditions: cross(["uniform", "normal", "wide", "edge"], [400, 65536, 1048576, 16777216]), repetitions: 3,
};
