// onnxruntime-node baselines for the RNN workloads (models from make_models.py).
//   npm install --ignore-scripts onnxruntime-node      (the CPU library is inside the package)
//   taskset -c 1 node bench_ort.mjs models [only,...]
// One JSON line per measurement: us = median per session.run() call, over samples of >= 1 ms.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const ort = require('onnxruntime-node');
const dir = process.argv[2] ?? 'models';
const only = new Set((process.argv[3] ?? '').split(',').filter(Boolean));
const seconds = Number(process.env.SECONDS_PER ?? 1);
const manifest = JSON.parse(fs.readFileSync(path.join(dir, 'manifest.json')));
const now = () => Number(process.hrtime.bigint());
const load = (m) => {
  const o = {};
  for (const [n, e] of Object.entries(m)) {
    const buf = fs.readFileSync(path.join(dir, e.file));
    o[n] = new ort.Tensor('float32', new Float32Array(buf.buffer.slice(buf.byteOffset, buf.byteOffset + buf.length)), e.dims);
  }
  return o;
};
async function bench(f, secs) {
  let n = 0; const t0 = now();
  while (now() - t0 < 0.3e9 || n < 5) { await f(); n++; }
  const per = (now() - t0) / n, inner = Math.max(1, Math.floor(1e6 / per)), xs = [];
  const t1 = now();
  while (now() - t1 < secs * 1e9 || xs.length < 15) {
    const a = now();
    for (let i = 0; i < inner; i++) await f();
    xs.push((now() - a) / inner / 1e3);
  }
  return xs.sort((a, b) => a - b);
}
const emit = (workload, mode, xs, extra = {}) => {
  const r = (v) => Math.round(v * 1000) / 1000;
  console.log(JSON.stringify({ peer: 'ONNX Runtime', workload, mode, us: r(xs[xs.length >> 1]), min: r(xs[0]), p90: r(xs[Math.floor(xs.length * .9)]), n: xs.length, ...extra }));
};
for (const [name, m] of Object.entries(manifest)) {
  if (only.size && !only.has(name)) continue;
  const sess = await ort.InferenceSession.create(path.join(dir, name + '.onnx'), {
    intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'all', executionMode: 'sequential' });
  const feeds = load(m.inputs), want = load(m.outputs);
  const got = await sess.run(feeds);
  let err = 0;
  for (const k of Object.keys(want)) want[k].data.forEach((v, i) => { err = Math.max(err, Math.abs(v - got[k].data[i])); });
  if (!(err < 1e-4)) throw new Error(`${name}: max abs error ${err}`);
  const fetches = {}; // outputs preallocated by the caller
  for (const k of Object.keys(want)) fetches[k] = new ort.Tensor('float32', new Float32Array(want[k].data.length), want[k].dims);
  emit(name, 'infer', await bench(() => sess.run(feeds, fetches), seconds), { maxerr: err });
}
