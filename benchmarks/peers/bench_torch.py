#!/usr/bin/python3
"""PyTorch (CPU) on the workloads of the benchmarks.

Needs only Debian packages:  apt-get install python3-torch python3-numpy libopenblas0-pthread
Run (one thread, pinned):    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 taskset -c 1 /usr/bin/python3 bench_torch.py
One JSON line per measurement: {"peer","workload","mode","us","min","p90","n"}; us = median over samples
(a sample = enough calls to last >= 1 ms). --only W4b32,W9 selects workloads.
"""
import argparse, json, time, statistics as st, warnings
import torch, torch.nn as nn, torch.nn.functional as F
warnings.filterwarnings("ignore")
torch.set_num_threads(1)
torch.manual_seed(0)


class Last(nn.Module):
    """RNN stack; returns last time step (batch first)."""
    def __init__(s, rnn): super().__init__(); s.rnn = rnn
    def forward(s, x): return s.rnn(x)[0][:, -1]

class Seq(nn.Module):
    def __init__(s, rnn): super().__init__(); s.rnn = rnn
    def forward(s, x): return s.rnn(x)[0]

class Head(nn.Module):
    def __init__(s, rnn, lin, last): super().__init__(); s.rnn = rnn; s.lin = lin; s.last = last
    def forward(s, x):
        y = s.rnn(x)[0]
        return s.lin(y[:, -1]) if s.last else s.lin(y)

def rnn(i, h, l=1): return nn.RNN(i, h, l, batch_first=True)
def lstm(i, h, l=1): return nn.LSTM(i, h, l, batch_first=True)

# name -> (model factory, input shape, target shape)
WORK = {
    "W1":     (lambda: Last(rnn(10, 5)),                              (2, 20, 10),   (2, 5)),
    "W2":     (lambda: Seq(nn.RNN(100, 200)),                         (6, 5, 100),   (6, 5, 200)),
    "W3":     (lambda: Last(rnn(100, 64, 2)),                         (8, 80, 100),  (8, 64)),
    "W4b32":  (lambda: Head(rnn(1, 20, 2), nn.Linear(20, 1), True),   (32, 50, 1),   (32, 1)),
    "W4b1":   (lambda: Head(rnn(1, 20, 2), nn.Linear(20, 1), True),   (1, 50, 1),    (1, 1)),
    "W5b32":  (lambda: Head(lstm(1, 20, 2), nn.Linear(20, 10), False), (32, 50, 1),  (32, 50, 10)),
    "W5b1":   (lambda: Head(lstm(1, 20, 2), nn.Linear(20, 10), False), (1, 50, 1),   (1, 50, 10)),
    "W6":     (lambda: Seq(nn.LSTM(100, 100, 2)),                     (6, 5, 100),   (6, 5, 100)),
    "W7":     (lambda: Seq(nn.GRU(100, 100, 2)),                      (6, 5, 100),   (6, 5, 100)),
    "W9":     (lambda: Seq(lstm(32, 128)),                            (64, 100, 32), (64, 100, 128)),
}
TRAIN = ["W3", "W4b32", "W5b32", "W9"]

def bench(f, seconds):
    t_end = time.perf_counter() + 0.3
    n = 0
    t0 = time.perf_counter()
    while True:                       # warm-up + calibration
        f(); n += 1
        t = time.perf_counter()
        if t > t_end and n >= 5: break
    per = (t - t0) / n
    inner = max(1, int(1e-3 / per))
    xs, t_end = [], time.perf_counter() + seconds
    pc = time.perf_counter_ns
    while time.perf_counter() < t_end or len(xs) < 15:
        a = pc()
        for _ in range(inner): f()
        xs.append((pc() - a) / inner / 1e3)
    xs.sort()
    return xs

def emit(w, mode, xs):
    print(json.dumps({"peer": "PyTorch", "workload": w, "mode": mode, "us": round(st.median(xs), 3),
                      "min": round(xs[0], 3), "p90": round(xs[int(len(xs) * .9)], 3), "n": len(xs)}), flush=True)

def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--only", default="")
    ap.add_argument("--seconds", type=float, default=1.0)
    a = ap.parse_args()
    only = set(filter(None, a.only.split(",")))

    for w, (make, shape, target_shape) in WORK.items():
        if only and w not in only: continue
        torch.manual_seed(0)
        m, x = make().eval(), torch.randn(shape)
        with torch.inference_mode():
            emit(w, "infer", bench(lambda: m(x), a.seconds))
        if w not in TRAIN: continue

        y = torch.randn(target_shape)
        for name, optimizer in (("sgd", torch.optim.SGD), ("adam", torch.optim.Adam)):
            torch.manual_seed(0)
            m = make().train()
            opt = optimizer(m.parameters(), lr=1e-3)
            def step():
                opt.zero_grad(set_to_none=True)
                F.mse_loss(m(x), y).backward()
                opt.step()
            emit(w, "train-" + name, bench(step, a.seconds))

if __name__ == "__main__":
    main()
