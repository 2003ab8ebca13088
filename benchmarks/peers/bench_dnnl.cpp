// oneDNN RNN primitives (the kernels inside TF / newer PyTorch), one primitive per layer, time-major (TNC) data.
// apt-get install libdnnl-dev;  g++ -O3 -march=native -std=c++17 bench_dnnl.cpp -o bench_dnnl -ldnnl
// OMP_NUM_THREADS=1 taskset -c 1 ./bench_dnnl [seconds [only,..]]
// Inference: weights packed once in the primitive's preferred format. Training step: pack weights for forward and
// backward from plain master weights, forward_training, MSE, backward, SGD (and Adam) update of the master weights.
#include <dnnl.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>
using namespace dnnl; using dt = memory::data_type; using tag = memory::format_tag;
static double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
static std::mt19937 rng(1); static double SECS = 1; static std::string ONLY;
static engine eng(engine::kind::cpu, 0); static stream st(eng);
static bool want(const std::string& w) { return ONLY.empty() || ("," + ONLY + ",").find("," + w + ",") != std::string::npos; }
template <class F> static void bench(const std::string& w, const char* mode, F f, double err, double scale = 1) {
    double t0 = now(); long n = 0; while (now() - t0 < 0.3 || n < 5) { f(); n++; }
    long inner = std::max(1L, (long)(1e-3 / ((now() - t0) / n))); std::vector<double> xs; double t1 = now();
    while (now() - t1 < SECS || xs.size() < 15) { double a = now(); for (long i = 0; i < inner; i++) f(); xs.push_back((now() - a) / inner * 1e6 / scale); }
    std::sort(xs.begin(), xs.end());
    printf("{\"peer\": \"onednn\", \"workload\": \"%s\", \"mode\": \"%s\", \"us\": %.3f, \"min\": %.3f, \"p90\": %.3f, \"n\": %zu, \"maxerr\": %.2g}\n", w.c_str(), mode, xs[xs.size() / 2], xs[0], xs[(size_t)(xs.size() * .9)], xs.size(), err); fflush(stdout);
}
static memory mk(const memory::desc& d) { memory m(d, eng); memset(m.get_data_handle(), 0, d.get_size()); return m; }
static float* P(memory& m) { return (float*)m.get_data_handle(); }
static void fillr(memory& m, float b) { std::uniform_real_distribution<float> d(-b, b); size_t n = m.get_desc().get_size() / 4; for (size_t i = 0; i < n; i++) P(m)[i] = d(rng); }
enum K { RNN, LSTM, GRU };
struct Layer {
    K k; int T, B, I, H, G; memory wl, wi, b;                    // plain master weights ldigo / ldgo
    memory x, y, hN, cN, h0, c0, dh0, dc0, dhN, dcN;
    primitive f; memory fwl, fwi, ws; reorder rfl, rfi;            // forward
    primitive bw; memory bwl, bwi, rbwl_, dx, dy, dwl, dwi, db, pdwl, pdwi; reorder rbl, rbi, rdl, rdi; // backward
    std::vector<memory> m1, m2; bool stateful = false;
    std::unordered_map<int, memory> fa, ba;
    Layer(K k, int T, int B, int I, int H, memory src, bool train, bool stateful = false) : k(k), T(T), B(B), I(I), H(H), stateful(stateful || train) { stateful = this->stateful; // oneDNN 2.6.3: without src_iter the diff of the recurrent weights is wrong (uses h_t, not h_{t-1})
       
        G = k == RNN ? 1 : k == LSTM ? 4 : 3; int GB = k == GRU ? 4 : G; float s = 1 / std::sqrt((float)H);
        auto dl = [&](memory::dims d, tag t) { return memory::desc(d, dt::f32, t); };
        auto xd = dl({T, B, I}, tag::tnc), yd = dl({T, B, H}, tag::tnc), sd = stateful ? dl({1, 1, B, H}, tag::ldnc) : memory::desc(), bd = dl({1, 1, GB, H}, tag::ldgo);
        auto wla = dl({1, 1, I, G, H}, tag::any), wia = dl({1, 1, H, G, H}, tag::any), wlp = dl({1, 1, I, G, H}, tag::ldigo), wip = dl({1, 1, H, G, H}, tag::ldigo);
        auto pk = train ? prop_kind::forward_training : prop_kind::forward_inference; auto dir = rnn_direction::unidirectional_left2right;
        wl = mk(wlp); wi = mk(wip); b = mk(bd); fillr(wl, s); fillr(wi, s); fillr(b, s);
        x = src ? src : mk(xd); y = mk(yd); if (stateful) { h0 = mk(sd); c0 = mk(sd); hN = mk(sd); cN = mk(sd); }
        memory::desc fl, fi, bl, bi, pl, pi, wsd; auto non = memory::desc();
        auto go = [&](auto fpd, auto mkf) { fl = fpd.weights_layer_desc(); fi = fpd.weights_iter_desc(); wsd = fpd.workspace_desc(); f = mkf(fpd); };
        auto bo = [&](auto bpd, auto mkb) { bl = bpd.weights_layer_desc(); bi = bpd.weights_iter_desc(); pl = bpd.diff_weights_layer_desc(); pi = bpd.diff_weights_iter_desc(); bw = mkb(bpd); };
        if (k == RNN) { vanilla_rnn_forward::primitive_desc pd({pk, algorithm::eltwise_tanh, dir, xd, sd, wla, wia, bd, yd, sd}, eng); go(pd, [](auto& p) { return vanilla_rnn_forward(p); });
            if (train) { vanilla_rnn_backward::primitive_desc q({prop_kind::backward, algorithm::eltwise_tanh, dir, xd, sd, wla, wia, bd, yd, sd, xd, sd, wla, wia, bd, yd, sd}, eng, pd); bo(q, [](auto& p) { return vanilla_rnn_backward(p); }); } }
        if (k == LSTM) { lstm_forward::primitive_desc pd({pk, dir, xd, sd, sd, wla, wia, bd, yd, sd, sd}, eng); go(pd, [](auto& p) { return lstm_forward(p); });
            if (train) { lstm_backward::primitive_desc q({prop_kind::backward, dir, xd, sd, sd, wla, wia, bd, yd, sd, sd, xd, sd, sd, wla, wia, bd, yd, sd, sd}, eng, pd); bo(q, [](auto& p) { return lstm_backward(p); }); } }
        if (k == GRU) { lbr_gru_forward::primitive_desc pd({pk, dir, xd, sd, wla, wia, bd, yd, sd}, eng); go(pd, [](auto& p) { return lbr_gru_forward(p); }); }
        fwl = mk(fl); fwi = mk(fi); rfl = reorder(wl, fwl); rfi = reorder(wi, fwi); pack();
        fa = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, fwl}, {DNNL_ARG_WEIGHTS_ITER, fwi}, {DNNL_ARG_BIAS, b}, {DNNL_ARG_DST_LAYER, y}};
        if (stateful) { fa[DNNL_ARG_SRC_ITER] = h0; fa[DNNL_ARG_DST_ITER] = hN; if (k == LSTM) { fa[DNNL_ARG_SRC_ITER_C] = c0; fa[DNNL_ARG_DST_ITER_C] = cN; } }
        if (train) {
            ws = mk(wsd); fa[DNNL_ARG_WORKSPACE] = ws; bwl = mk(bl); bwi = mk(bi); rbl = reorder(wl, bwl); rbi = reorder(wi, bwi);
            dx = mk(xd); dy = mk(yd); db = mk(bd); dwl = mk(pl); dwi = mk(pi); pdwl = pl == wlp ? dwl : mk(wlp); pdwi = pi == wip ? dwi : mk(wip);
            if (pl != wlp) rdl = reorder(dwl, pdwl); if (pi != wip) rdi = reorder(dwi, pdwi);
            ba = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, bwl}, {DNNL_ARG_WEIGHTS_ITER, bwi}, {DNNL_ARG_BIAS, b}, {DNNL_ARG_DST_LAYER, y}, {DNNL_ARG_WORKSPACE, ws},
                  {DNNL_ARG_DIFF_SRC_LAYER, dx}, {DNNL_ARG_DIFF_WEIGHTS_LAYER, dwl}, {DNNL_ARG_DIFF_WEIGHTS_ITER, dwi}, {DNNL_ARG_DIFF_BIAS, db}, {DNNL_ARG_DIFF_DST_LAYER, dy}};
            dh0 = mk(sd); dc0 = mk(sd); dhN = mk(sd); dcN = mk(sd);
            ba[DNNL_ARG_SRC_ITER] = h0; ba[DNNL_ARG_DST_ITER] = hN; ba[DNNL_ARG_DIFF_SRC_ITER] = dh0; ba[DNNL_ARG_DIFF_DST_ITER] = dhN;
            if (k == LSTM) { ba[DNNL_ARG_SRC_ITER_C] = c0; ba[DNNL_ARG_DST_ITER_C] = cN; ba[DNNL_ARG_DIFF_SRC_ITER_C] = dc0; ba[DNNL_ARG_DIFF_DST_ITER_C] = dcN; }
            for (auto m : {wl, wi, b}) { m1.push_back(mk(m.get_desc())); m2.push_back(mk(m.get_desc())); }
        }
    }
    void pack() { rfl.execute(st, wl, fwl); rfi.execute(st, wi, fwi); }
    void fwd() { f.execute(st, fa); }
    void bwd() {
        rbl.execute(st, wl, bwl); rbi.execute(st, wi, bwi);
        for (auto* m : {&dwl, &dwi, &db}) memset(m->get_data_handle(), 0, m->get_desc().get_size()); // primitives accumulate
        bw.execute(st, ba); if (rdl) rdl.execute(st, dwl, pdwl); if (rdi) rdi.execute(st, dwi, pdwi);
    }
};
static void sgd(float* w, const float* g, size_t n) { for (size_t i = 0; i < n; i++) w[i] -= 1e-3f * g[i]; }
static void adam(float* w, const float* g, float* m, float* v, size_t n, float c1, float c2) { for (size_t i = 0; i < n; i++) { m[i] = .9f * m[i] + .1f * g[i]; v[i] = .999f * v[i] + .001f * g[i] * g[i]; w[i] -= 1e-3f * (m[i] * c1) / (std::sqrt(v[i] * c2) + 1e-8f); } }
struct Net {
    std::vector<Layer> ls; int T, B, D, F, O; bool last, train; std::vector<float> W, bd, out, dW, dbd, dout, tgt, mW, vW, mb, vb; memory x; int step = 0;
    Net(K k, int T, int B, int I, std::vector<int> hs, int dense, bool last, bool train, bool stateful = false) : T(T), B(B), D(dense), last(last), train(train) {
        x = mk(memory::desc({T, B, I}, dt::f32, tag::tnc)); fillr(x, 1); memory cur = x; int in = I; ls.reserve(4);
        for (int h : hs) { ls.emplace_back(k, T, B, in, h, cur, train, stateful); cur = ls.back().y; in = h; }
        F = in; O = D ? D : F; size_t rows = (size_t)(last ? B : T * B); std::uniform_real_distribution<float> u(-1, 1); auto rv = [&](std::vector<float>& v, size_t n, float s) { v.resize(n); for (auto& q : v) q = s * u(rng); };
        if (D) { float s = 1 / std::sqrt((float)F); rv(W, (size_t)F * D, s); rv(bd, D, s); dW.resize(W.size()); dbd.resize(D); mW = vW = std::vector<float>(W.size()); mb = vb = std::vector<float>(D); out.resize(rows * D); }
        rv(tgt, rows * O, 1); dout.resize(rows * O);
    }
    size_t rows() { return last ? B : (size_t)T * B; }
    float* feat() { return P(ls.back().y) + (last ? (size_t)(T - 1) * B * F : 0); }
    float* fwd() {
        for (auto& l : ls) l.fwd();
        if (!D) { st.wait(); return feat(); }
        for (size_t r = 0; r < rows(); r++) memcpy(&out[r * D], bd.data(), D * 4);
        dnnl_sgemm('N', 'N', rows(), D, F, 1, feat(), F, W.data(), D, 1, out.data(), D); return out.data();
    }
    double loss(const float* o) { double s = 0; size_t n = rows() * O; for (size_t i = 0; i < n; i++) s += (o[i] - tgt[i]) * (double)(o[i] - tgt[i]); return s / n; }
    void bwd(const float* o) {
        size_t n = rows() * O; float s = 2.f / n; float* dst; if (last) memset(P(ls.back().dy), 0, (size_t)T * B * F * 4);
        float* dfe = P(ls.back().dy) + (last ? (size_t)(T - 1) * B * F : 0); dst = D ? dout.data() : dfe;
        for (size_t i = 0; i < n; i++) dst[i] = s * (o[i] - tgt[i]);
        if (D) { dnnl_sgemm('T', 'N', F, D, rows(), 1, feat(), F, dst, D, 0, dW.data(), D); dnnl_sgemm('N', 'T', rows(), F, D, 1, dst, D, W.data(), D, 0, dfe, F);
            std::fill(dbd.begin(), dbd.end(), 0.f); for (size_t r = 0; r < rows(); r++) for (int j = 0; j < D; j++) dbd[j] += dst[r * D + j]; }
        for (int i = (int)ls.size() - 1; i >= 0; i--) { ls[i].bwd(); if (i) memcpy(P(ls[i - 1].dy), P(ls[i].dx), (size_t)T * B * ls[i].I * 4); }
    }
    void trainStep(bool ad) {
        for (auto& l : ls) l.pack(); float* o = fwd(); volatile double L = loss(o); (void)L; bwd(o); step++; float c1 = 1 / (1 - std::pow(.9f, step)), c2 = 1 / (1 - std::pow(.999f, step));
        for (auto& l : ls) { memory* w[] = {&l.wl, &l.wi, &l.b}; memory* g[] = {&l.pdwl, &l.pdwi, &l.db}; for (int i = 0; i < 3; i++) { size_t n = w[i]->get_desc().get_size() / 4; if (ad) adam(P(*w[i]), P(*g[i]), P(l.m1[i]), P(l.m2[i]), n, c1, c2); else sgd(P(*w[i]), P(*g[i]), n); } }
        if (D) { if (ad) { adam(W.data(), dW.data(), mW.data(), vW.data(), W.size(), c1, c2); adam(bd.data(), dbd.data(), mb.data(), vb.data(), D, c1, c2); } else { sgd(W.data(), dW.data(), W.size()); sgd(bd.data(), dbd.data(), D); } }
    }
    // naive double reference of the forward pass
    double err() {
        float* o = fwd(); std::vector<double> cur((size_t)T * B * ls[0].I); for (size_t i = 0; i < cur.size(); i++) cur[i] = P(x)[i]; auto sg = [](double v) { return 1 / (1 + std::exp(-v)); };
        for (auto& l : ls) { std::vector<double> y((size_t)T * B * l.H); int H = l.H, G = l.G;
            for (int b = 0; b < B; b++) { std::vector<double> h(H), c(H), a(G * H), r(G * H); for (int t = 0; t < T; t++) { double* xt = &cur[((size_t)t * B + b) * l.I];
                for (int j = 0; j < G * H; j++) { a[j] = P(l.b)[j]; r[j] = 0; for (int i = 0; i < l.I; i++) a[j] += xt[i] * P(l.wl)[(size_t)i * G * H + j]; for (int i = 0; i < H; i++) r[j] += h[i] * P(l.wi)[(size_t)i * G * H + j]; }
                for (int j = 0; j < H; j++) { if (l.k == RNN) h[j] = std::tanh(a[j] + r[j]); else if (l.k == LSTM) { auto z = [&](int g) { return a[g * H + j] + r[g * H + j]; }; c[j] = sg(z(1)) * c[j] + sg(z(0)) * std::tanh(z(2)); h[j] = sg(z(3)) * std::tanh(c[j]); }
                    else { double u = sg(a[j] + r[j]), rr = sg(a[H + j] + r[H + j]), g = std::tanh(a[2 * H + j] + rr * (r[2 * H + j] + P(l.b)[3 * H + j])); h[j] = u * h[j] + (1 - u) * g; } y[((size_t)t * B + b) * H + j] = h[j]; } } }
            cur = y; }
        size_t off = last ? (size_t)(T - 1) * B * F : 0; double e = 0; for (size_t r = 0; r < rows(); r++) for (int j = 0; j < O; j++) { double v; if (D) { v = bd[j]; for (int i = 0; i < F; i++) v += cur[off + r * F + i] * W[(size_t)i * D + j]; } else v = cur[off + r * F + j]; e = std::max(e, std::fabs(v - o[r * O + j])); }
        return e;
    }
    double gradcheck(double e = 2e-3) { // directional derivative vs central difference, over all RNN weights; relative error
        for (auto& l : ls) l.pack(); float* o = fwd(); bwd(o); double dot = 0, nn = 0; std::vector<std::vector<float>> dir; 
        for (auto& l : ls) { memory* w[] = {&l.wl, &l.wi, &l.b}; memory* g[] = {&l.pdwl, &l.pdwi, &l.db}; for (int i = 0; i < 3; i++) { size_t n = w[i]->get_desc().get_size() / 4; std::vector<float> d(P(*g[i]), P(*g[i]) + n); for (auto v : d) nn += (double)v * v; dir.push_back(d); } }
        dot = std::sqrt(nn); auto mv = [&](double e) { int q = 0; for (auto& l : ls) { memory* w[] = {&l.wl, &l.wi, &l.b}; for (int i = 0; i < 3; i++, q++) for (size_t k = 0; k < dir[q].size(); k++) P(*w[i])[k] += (float)(e * dir[q][k] / dot); } for (auto& l : ls) l.pack(); };
        mv(e); double a = loss(fwd()); mv(-2 * e); double b = loss(fwd()); mv(e); return std::fabs((a - b) / (2 * e) - dot) / dot;
    }
};
int main(int c, char** v) {
    if (c > 1 && !strcmp(v[1], "--version")) { auto q = dnnl_version(); printf("%d.%d.%d\n", q->major, q->minor, q->patch); return 0; }
    if (c > 1) SECS = atof(v[1]); if (c > 2) ONLY = v[2];
    struct S { const char* n; K k; int T, B, I; std::vector<int> h; int d; bool last, tr; };
    std::vector<S> ss = {{"W1", RNN, 20, 2, 10, {5}, 0, true, false}, {"W2", RNN, 6, 5, 100, {200}, 0, false, false}, {"W3", RNN, 80, 8, 100, {64, 64}, 0, true, true},
        {"W4b32", RNN, 50, 32, 1, {20, 20}, 1, true, true}, {"W4b1", RNN, 50, 1, 1, {20, 20}, 1, true, false}, {"W5b32", LSTM, 50, 32, 1, {20, 20}, 10, false, true}, {"W5b1", LSTM, 50, 1, 1, {20, 20}, 10, false, false},
        {"W6", LSTM, 6, 5, 100, {100, 100}, 0, false, false}, {"W7", GRU, 6, 5, 100, {100, 100}, 0, false, false}, {"W9", LSTM, 100, 64, 32, {128}, 0, false, true}};
    for (auto& s : ss) if (want(s.n)) { Net n(s.k, s.T, s.B, s.I, s.h, s.d, s.last, false); double e = n.err(); bench(s.n, "infer", [&] { n.fwd(); }, e); }
    for (int h : {8, 16, 20, 32, 64, 100}) { std::string w = "W8h" + std::to_string(h); if (!want(w)) continue;
        { Net n(LSTM, 1, 1, 1, {h}, 1, false, false, true); double e = n.err(); Layer& l = n.ls[0]; bench(w, "step", [&] { n.fwd(); memcpy(P(l.h0), P(l.hN), h * 4); memcpy(P(l.c0), P(l.cN), h * 4); }, e); }
        { Net n(LSTM, 1000, 1, 1, {h}, 1, false, false); double e = n.err(); bench(w, "step-amortised1000", [&] { n.fwd(); }, e, 1000); } }
    for (auto& s : ss) if (s.tr && want(s.n)) { Net n(s.k, s.T, s.B, s.I, s.h, s.d, s.last, true); double e = std::min({n.gradcheck(5e-3), n.gradcheck(2e-3), n.gradcheck(7e-4)}); if (getenv("GC")) { for (double q : {1e-2,5e-3,2e-3,1e-3,7e-4,3e-4}) fprintf(stderr, "%s e=%g rel=%g\n", s.n, q, n.gradcheck(q)); continue; } bench(s.n, "train-fwdbwd", [&] { for (auto& l : n.ls) l.pack(); float* o = n.fwd(); volatile double L = n.loss(o); (void)L; n.bwd(o); }, e); bench(s.n, "train-sgd", [&] { n.trainStep(false); }, e); bench(s.n, "train-adam", [&] { n.trainStep(true); }, e); }
}
