#!/usr/bin/python3
"""Writes the ONNX models, inputs and expected outputs (numpy reference) for the RNN workloads.

Needs only Debian packages: apt-get install python3-onnx python3-numpy
/usr/bin/python3 make_models.py OUTDIR
Batch-major workloads get a Transpose in the graph, as a Keras export would have (ONNX RNN ops are time-major).
"""
import json, os, sys
import numpy as np, onnx
from onnx import helper as H, numpy_helper as NH, TensorProto as T

out = sys.argv[1]; os.makedirs(out, exist_ok=True)
rng = np.random.default_rng(0)
f32 = np.float32
sig = lambda v: 1 / (1 + np.exp(-v))

class G:
    def __init__(s): s.nodes, s.init, s.n = [], [], 0
    def name(s, p): s.n += 1; return f"{p}{s.n}"
    def const(s, a, p="c"):
        n = s.name(p); s.init.append(NH.from_array(np.ascontiguousarray(a), n)); return n
    def op(s, t, ins, nout=1, **at):
        outs = [s.name(t.lower()) for _ in range(nout)]
        s.nodes.append(H.make_node(t, ins, outs, **at)); return outs

def rnn_params(kind, i, h):
    k = {"RNN": 1, "GRU": 3, "LSTM": 4}[kind]; b = 1 / np.sqrt(h)
    u = lambda *sh: rng.uniform(-b, b, sh).astype(f32)
    return u(1, k * h, i), u(1, k * h, h), u(1, 2 * k * h)

def ref(kind, x, W, R, B, h0=None, c0=None):
    """x [T,B,I] -> Y [T,B,H] (float64 inside), h, c"""
    W, R, B = (a[0].astype(np.float64) for a in (W, R, B))
    n = R.shape[1]; k = W.shape[0]; wb, rb = B[:k], B[k:]
    h = np.zeros((x.shape[1], n)) if h0 is None else h0.astype(np.float64)
    c = np.zeros_like(h) if c0 is None else c0.astype(np.float64)
    ys = []
    for xt in x.astype(np.float64):
        if kind == "RNN": h = np.tanh(xt @ W.T + wb + h @ R.T + rb)
        elif kind == "LSTM":
            i, o, f, g = np.split(xt @ W.T + wb + h @ R.T + rb, 4, 1)
            c = sig(f) * c + sig(i) * np.tanh(g); h = sig(o) * np.tanh(c)
        else:
            a = xt @ W.T + wb; r_ = h @ R.T + rb
            z = sig(a[:, :n] + r_[:, :n]); r = sig(a[:, n:2*n] + r_[:, n:2*n])
            g = np.tanh(a[:, 2*n:] + r * r_[:, 2*n:]); h = (1 - z) * g + z * h
        ys.append(h)
    return np.stack(ys), h, c

manifest = {}
def save(name, g, ins, outs, feeds, expect):
    vi = lambda n, s: H.make_tensor_value_info(n, T.FLOAT, s)
    graph = H.make_graph(g.nodes, name, [vi(n, feeds[n].shape) for n in ins], [vi(n, expect[n].shape) for n in outs], g.init)
    m = H.make_model(graph, opset_imports=[H.make_opsetid("", 14)]); m.ir_version = 7
    onnx.checker.check_model(m); onnx.save(m, f"{out}/{name}.onnx")
    e = {"inputs": {}, "outputs": {}}
    for kind, d in (("inputs", feeds), ("outputs", expect)):
        for n, a in d.items():
            fn = f"{name}.{n}.bin"; a.astype(f32).tofile(f"{out}/{fn}"); e[kind][n] = {"dims": list(a.shape), "file": fn}
    manifest[name] = e

def stack(name, kind, layers, shape, batch_major, last, dense=None):
    """layers: hidden sizes. dense: units on the last step (last=True) or on each step."""
    g = G(); x = rng.standard_normal(shape).astype(f32)
    cur, v, i = "x", x, shape[2]
    if batch_major:
        (cur,) = g.op("Transpose", ["x"], perm=[1, 0, 2]); v = x.transpose(1, 0, 2)
    axis = lambda k: g.const(np.array([k], np.int64))
    for li, h in enumerate(layers):
        W, R, B = rnn_params(kind, i, h)
        want_last = last and li == len(layers) - 1
        at = {"hidden_size": h}
        if kind == "GRU": at["linear_before_reset"] = 1
        nout = 3 if kind == "LSTM" else 2
        o = [g.name("Y"), g.name("Yh")]; o = ["", o[1]] if want_last else [o[0]]
        g.nodes.append(H.make_node(kind, [cur, g.const(W), g.const(R), g.const(B)], o, **at))
        y, hn, _ = ref(kind, v, W, R, B)
        if want_last: (cur,) = g.op("Squeeze", [o[1], axis(0)]); v = hn
        else: (cur,) = g.op("Squeeze", [o[0], axis(1)]); v = y
        i = h
    if dense:
        b = 1 / np.sqrt(i); w = rng.uniform(-b, b, (i, dense)).astype(f32); bb = rng.uniform(-b, b, dense).astype(f32)
        if last: (cur,) = g.op("Gemm", [cur, g.const(w), g.const(bb)])
        else:
            (cur,) = g.op("MatMul", [cur, g.const(w)]); (cur,) = g.op("Add", [cur, g.const(bb)])
        v = v @ w.astype(np.float64) + bb
    if batch_major and not last:
        (cur,) = g.op("Transpose", [cur], perm=[1, 0, 2]); v = v.transpose(1, 0, 2)
    for n in g.nodes:
        for k, o in enumerate(n.output):
            if o == cur: n.output[k] = "y"
    save(name, g, ["x"], ["y"], {"x": x}, {"y": v})

stack("W1", "RNN", [5], (2, 20, 10), True, True)
stack("W2", "RNN", [200], (6, 5, 100), False, False)
stack("W3", "RNN", [64, 64], (8, 80, 100), True, True)
for b in (32, 1):
    stack(f"W4b{b}", "RNN", [20, 20], (b, 50, 1), True, True, dense=1)
    stack(f"W5b{b}", "LSTM", [20, 20], (b, 50, 1), True, False, dense=10)
stack("W6", "LSTM", [100, 100], (6, 5, 100), False, False)
stack("W7", "GRU", [100, 100], (6, 5, 100), False, False)
stack("W9", "LSTM", [128], (64, 100, 32), True, False)
json.dump(manifest, open(f"{out}/manifest.json", "w"), indent=1)
print(len(manifest), "models in", out)
