// oneDNN's RNN primitives on the workloads of the benchmarks: one primitive per layer, time-major (TNC) data, one thread.
//   apt-get install libdnnl-dev;  g++ -O3 -march=native -std=c++17 -w bench_dnnl.cpp -o bench_dnnl -ldnnl
//   OMP_NUM_THREADS=1 taskset -c 1 ./bench_dnnl SECONDS [WORKLOAD,...]
// Inference: weights packed once into the primitive's preferred format. Training step: packs the weights for forward and
// backward from plain master weights, forward_training, mean squared error, backward, SGD (or Adam) on the master weights.
// Before anything is timed, predictions are compared with a naive double loop and gradients with central differences.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>
#include <dnnl.hpp>
using namespace dnnl;
using dt = memory::data_type;
using tag = memory::format_tag;

static std::mt19937 rng(1);
static double seconds = 1;
static std::string chosen;
static engine eng(engine::kind::cpu, 0);
static stream st(eng);

static double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Median over samples of at least 1 ms, after 0.3 s of warm-up.
template <class F> static void bench(const std::string& workload, const char* mode, F f, double error) {
    double start = now();
    long n = 0;
    while (now() - start < 0.3 || n < 5) { f(); n++; }
    long inner = std::max(1L, (long)(1e-3 / ((now() - start) / n)));
    std::vector<double> us;
    start = now();
    while (now() - start < seconds || us.size() < 15) {
        double a = now();
        for (long i = 0; i < inner; i++) f();
        us.push_back((now() - a) / inner * 1e6);
    }
    std::sort(us.begin(), us.end());
    printf("{\"peer\": \"oneDNN\", \"workload\": \"%s\", \"mode\": \"%s\", \"us\": %.3f, \"min\": %.3f, \"p90\": %.3f, \"n\": %zu, \"maxerr\": %.2g}\n",
        workload.c_str(), mode, us[us.size() / 2], us[0], us[(size_t)(us.size() * .9)], us.size(), error);
    fflush(stdout);
}

static float* data(memory& m) { return (float*)m.get_data_handle(); }
static size_t count(memory& m) { return m.get_desc().get_size() / sizeof(float); }

static memory zeros(const memory::desc& d) {
    memory m(d, eng);
    memset(m.get_data_handle(), 0, d.get_size());
    return m;
}

static void randomize(memory& m, float bound) {
    std::uniform_real_distribution<float> u(-bound, bound);
    for (size_t i = 0; i < count(m); i++) data(m)[i] = u(rng);
}

enum Kind { RNN, LSTM, GRU };

struct Layer {
    Kind kind;
    int T, B, I, H, gates;
    memory wx, wh, bias;                                        // plain master weights: ldigo, ldigo, ldgo
    memory x, y, h0, c0, hN, cN;
    primitive forward;
    memory packedWx, packedWh, workspace;
    reorder packWx, packWh;
    primitive backward;
    memory backWx, backWh, dx, dy, dwx, dwh, dbias, plainDwx, plainDwh, dh0, dc0, dhN, dcN;
    reorder packBackWx, packBackWh, plainWx, plainWh;
    std::vector<memory> m1, m2;                                 // Adam's moments
    std::unordered_map<int, memory> forwardArgs, backwardArgs;

    Layer(Kind kind, int T, int B, int I, int H, memory source, bool train, bool stateful) : kind(kind), T(T), B(B), I(I), H(H) {
        gates = kind == RNN ? 1 : kind == LSTM ? 4 : 3;
        int biases = kind == GRU ? 4 : gates;
        auto desc = [&](memory::dims d, tag t) { return memory::desc(d, dt::f32, t); };
        auto xd = desc({T, B, I}, tag::tnc), yd = desc({T, B, H}, tag::tnc), bd = desc({1, 1, biases, H}, tag::ldgo);
        // oneDNN 2.6.3 pairs dz_t with h_t instead of h_{t-1} in diff_weights_iter when src_iter is left empty: it is given in training.
        auto sd = train || stateful ? desc({1, 1, B, H}, tag::ldnc) : memory::desc();
        auto anyWx = desc({1, 1, I, gates, H}, tag::any), anyWh = desc({1, 1, H, gates, H}, tag::any);
        auto plainX = desc({1, 1, I, gates, H}, tag::ldigo), plainH = desc({1, 1, H, gates, H}, tag::ldigo);
        auto direction = rnn_direction::unidirectional_left2right;
        auto kindOfPass = train ? prop_kind::forward_training : prop_kind::forward_inference;

        float bound = 1 / std::sqrt((float)H);
        wx = zeros(plainX); wh = zeros(plainH); bias = zeros(bd);
        randomize(wx, bound); randomize(wh, bound); randomize(bias, bound);
        x = source ? source : zeros(xd);
        y = zeros(yd);
        if (train || stateful) { h0 = zeros(sd); c0 = zeros(sd); hN = zeros(sd); cN = zeros(sd); }

        memory::desc fx, fh, bx, bh, gx, gh, wsd;
        auto useForward = [&](auto pd, auto make) {
            fx = pd.weights_layer_desc(); fh = pd.weights_iter_desc(); wsd = pd.workspace_desc(); forward = make(pd);
        };
        auto useBackward = [&](auto pd, auto make) {
            bx = pd.weights_layer_desc(); bh = pd.weights_iter_desc();
            gx = pd.diff_weights_layer_desc(); gh = pd.diff_weights_iter_desc(); backward = make(pd);
        };
        if (kind == RNN) {
            vanilla_rnn_forward::primitive_desc pd({kindOfPass, algorithm::eltwise_tanh, direction, xd, sd, anyWx, anyWh, bd, yd, sd}, eng);
            useForward(pd, [](auto& p) { return vanilla_rnn_forward(p); });
            if (train) useBackward(vanilla_rnn_backward::primitive_desc(
                {prop_kind::backward, algorithm::eltwise_tanh, direction, xd, sd, anyWx, anyWh, bd, yd, sd, xd, sd, anyWx, anyWh, bd, yd, sd}, eng, pd),
                [](auto& p) { return vanilla_rnn_backward(p); });
        } else if (kind == LSTM) {
            lstm_forward::primitive_desc pd({kindOfPass, direction, xd, sd, sd, anyWx, anyWh, bd, yd, sd, sd}, eng);
            useForward(pd, [](auto& p) { return lstm_forward(p); });
            if (train) useBackward(lstm_backward::primitive_desc(
                {prop_kind::backward, direction, xd, sd, sd, anyWx, anyWh, bd, yd, sd, sd, xd, sd, sd, anyWx, anyWh, bd, yd, sd, sd}, eng, pd),
                [](auto& p) { return lstm_backward(p); });
        } else {
            useForward(lbr_gru_forward::primitive_desc({kindOfPass, direction, xd, sd, anyWx, anyWh, bd, yd, sd}, eng),
                [](auto& p) { return lbr_gru_forward(p); });
        }

        packedWx = zeros(fx); packedWh = zeros(fh);
        packWx = reorder(wx, packedWx); packWh = reorder(wh, packedWh);
        pack();
        forwardArgs = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, packedWx}, {DNNL_ARG_WEIGHTS_ITER, packedWh},
            {DNNL_ARG_BIAS, bias}, {DNNL_ARG_DST_LAYER, y}};
        if (train || stateful) {
            forwardArgs[DNNL_ARG_SRC_ITER] = h0; forwardArgs[DNNL_ARG_DST_ITER] = hN;
            if (kind == LSTM) { forwardArgs[DNNL_ARG_SRC_ITER_C] = c0; forwardArgs[DNNL_ARG_DST_ITER_C] = cN; }
        }
        if (!train) return;

        workspace = zeros(wsd);
        forwardArgs[DNNL_ARG_WORKSPACE] = workspace;

        backWx = zeros(bx); backWh = zeros(bh);
        packBackWx = reorder(wx, backWx); packBackWh = reorder(wh, backWh);
        dx = zeros(xd); dy = zeros(yd); dbias = zeros(bd); dwx = zeros(gx); dwh = zeros(gh);
        dh0 = zeros(sd); dc0 = zeros(sd); dhN = zeros(sd); dcN = zeros(sd);
        plainDwx = gx == plainX ? dwx : zeros(plainX);
        plainDwh = gh == plainH ? dwh : zeros(plainH);
        if (gx != plainX) plainWx = reorder(dwx, plainDwx);
        if (gh != plainH) plainWh = reorder(dwh, plainDwh);
        backwardArgs = {{DNNL_ARG_SRC_LAYER, x}, {DNNL_ARG_WEIGHTS_LAYER, backWx}, {DNNL_ARG_WEIGHTS_ITER, backWh}, {DNNL_ARG_BIAS, bias},
            {DNNL_ARG_DST_LAYER, y}, {DNNL_ARG_WORKSPACE, workspace}, {DNNL_ARG_DIFF_SRC_LAYER, dx}, {DNNL_ARG_DIFF_WEIGHTS_LAYER, dwx},
            {DNNL_ARG_DIFF_WEIGHTS_ITER, dwh}, {DNNL_ARG_DIFF_BIAS, dbias}, {DNNL_ARG_DIFF_DST_LAYER, dy},
            {DNNL_ARG_SRC_ITER, h0}, {DNNL_ARG_DST_ITER, hN}, {DNNL_ARG_DIFF_SRC_ITER, dh0}, {DNNL_ARG_DIFF_DST_ITER, dhN}};
        if (kind == LSTM) {
            backwardArgs[DNNL_ARG_SRC_ITER_C] = c0; backwardArgs[DNNL_ARG_DST_ITER_C] = cN;
            backwardArgs[DNNL_ARG_DIFF_SRC_ITER_C] = dc0; backwardArgs[DNNL_ARG_DIFF_DST_ITER_C] = dcN;
        }
        for (auto m : {wx, wh, bias}) { m1.push_back(zeros(m.get_desc())); m2.push_back(zeros(m.get_desc())); }
    }

    void pack() { packWx.execute(st, wx, packedWx); packWh.execute(st, wh, packedWh); }
    void runForward() { forward.execute(st, forwardArgs); }

    void runBackward() {
        packBackWx.execute(st, wx, backWx);
        packBackWh.execute(st, wh, backWh);
        for (auto* m : {&dwx, &dwh, &dbias}) memset(m->get_data_handle(), 0, m->get_desc().get_size()); // primitives accumulate
        backward.execute(st, backwardArgs);
        if (plainWx) plainWx.execute(st, dwx, plainDwx);
        if (plainWh) plainWh.execute(st, dwh, plainDwh);
    }
};

static void sgd(float* w, const float* g, size_t n) {
    for (size_t i = 0; i < n; i++) w[i] -= 1e-3f * g[i];
}

static void adam(float* w, const float* g, float* m, float* v, size_t n, float c1, float c2) {
    for (size_t i = 0; i < n; i++) {
        m[i] = .9f * m[i] + .1f * g[i];
        v[i] = .999f * v[i] + .001f * g[i] * g[i];
        w[i] -= 1e-3f * (m[i] * c1) / (std::sqrt(v[i] * c2) + 1e-8f);
    }
}

struct Net {
    std::vector<Layer> layers;
    int T, B, dense, features, outputs;
    bool last;                                                  // only the last step is an output
    std::vector<float> W, b, out, dW, db, dout, target, mW, vW, mb, vb;
    int step = 0;

    Net(Kind kind, int T, int B, int I, std::vector<int> widths, int dense, bool last, bool train, bool stateful = false) : T(T), B(B), dense(dense), last(last) {
        memory current = zeros(memory::desc({T, B, I}, dt::f32, tag::tnc));
        randomize(current, 1);
        layers.reserve(widths.size());
        for (int h : widths) {
            layers.emplace_back(kind, T, B, I, h, current, train, stateful);
            current = layers.back().y;
            I = h;
        }
        features = I;
        outputs = dense ? dense : features;
        std::uniform_real_distribution<float> u(-1, 1);
        auto fill = [&](std::vector<float>& v, size_t n, float s) { v.resize(n); for (auto& q : v) q = s * u(rng); };
        if (dense) {
            float bound = 1 / std::sqrt((float)features);
            fill(W, (size_t)features * dense, bound); fill(b, dense, bound);
            dW.resize(W.size()); db.resize(dense); out.resize(rows() * dense);
            mW = vW = std::vector<float>(W.size()); mb = vb = std::vector<float>(dense);
        }
        fill(target, rows() * outputs, 1);
        dout.resize(rows() * outputs);
    }

    size_t rows() { return last ? B : (size_t)T * B; }
    size_t firstRow() { return last ? (size_t)(T - 1) * B : 0; }
    float* recurrentOutput() { return data(layers.back().y) + firstRow() * features; }

    float* forward() {
        for (auto& l : layers) l.runForward();
        if (!dense) { st.wait(); return recurrentOutput(); }
        for (size_t r = 0; r < rows(); r++) memcpy(&out[r * dense], b.data(), dense * sizeof(float));
        dnnl_sgemm('N', 'N', rows(), dense, features, 1, recurrentOutput(), features, W.data(), dense, 1, out.data(), dense);
        return out.data();
    }

    double loss(const float* o) {
        double s = 0;
        for (size_t i = 0; i < target.size(); i++) s += (o[i] - target[i]) * (double)(o[i] - target[i]);
        return s / target.size();
    }

    void backward(const float* o) {
        float* dy = data(layers.back().dy);
        if (last) memset(dy, 0, (size_t)T * B * features * sizeof(float));
        dy += firstRow() * features;
        float* d = dense ? dout.data() : dy;
        float scale = 2.f / target.size();
        for (size_t i = 0; i < target.size(); i++) d[i] = scale * (o[i] - target[i]);
        if (dense) {
            dnnl_sgemm('T', 'N', features, dense, rows(), 1, recurrentOutput(), features, d, dense, 0, dW.data(), dense);
            dnnl_sgemm('N', 'T', rows(), features, dense, 1, d, dense, W.data(), dense, 0, dy, features);
            std::fill(db.begin(), db.end(), 0.f);
            for (size_t r = 0; r < rows(); r++) for (int j = 0; j < dense; j++) db[j] += d[r * dense + j];
        }
        for (int i = (int)layers.size() - 1; i >= 0; i--) {
            layers[i].runBackward();
            if (i) memcpy(data(layers[i - 1].dy), data(layers[i].dx), (size_t)T * B * layers[i].I * sizeof(float));
        }
    }

    // Calls f(weights, gradients, layer, index) for each weight of each layer.
    template <class F> void eachWeight(F f) {
        for (auto& l : layers) {
            memory* w[] = {&l.wx, &l.wh, &l.bias};
            memory* g[] = {&l.plainDwx, &l.plainDwh, &l.dbias};
            for (int i = 0; i < 3; i++) f(*w[i], *g[i], l, i);
        }
    }

    void pack() { for (auto& l : layers) l.pack(); }

    void trainStep(bool useAdam) {
        pack();
        float* o = forward();
        volatile double value = loss(o);
        (void)value;
        backward(o);
        step++;
        float c1 = 1 / (1 - std::pow(.9f, step)), c2 = 1 / (1 - std::pow(.999f, step));
        eachWeight([&](memory& w, memory& g, Layer& l, int i) {
            if (useAdam) adam(data(w), data(g), data(l.m1[i]), data(l.m2[i]), count(w), c1, c2);
            else sgd(data(w), data(g), count(w));
        });
        if (!dense) return;
        if (useAdam) {
            adam(W.data(), dW.data(), mW.data(), vW.data(), W.size(), c1, c2);
            adam(b.data(), db.data(), mb.data(), vb.data(), dense, c1, c2);
        } else {
            sgd(W.data(), dW.data(), W.size());
            sgd(b.data(), db.data(), dense);
        }
    }

    // Largest absolute error of the outputs against loops in double.
    double forwardError() {
        float* o = forward();
        std::vector<double> x((size_t)T * B * layers[0].I);
        for (size_t i = 0; i < x.size(); i++) x[i] = data(layers[0].x)[i];
        auto sigmoid = [](double v) { return 1 / (1 + std::exp(-v)); };
        for (auto& l : layers) {
            int H = l.H, G = l.gates;
            std::vector<double> y((size_t)T * B * H);
            for (int row = 0; row < B; row++) {
                std::vector<double> h(H), c(H), a(G * H), r(G * H);
                for (int t = 0; t < T; t++) {
                    double* xt = &x[((size_t)t * B + row) * l.I];
                    for (int j = 0; j < G * H; j++) {
                        a[j] = data(l.bias)[j];
                        r[j] = 0;
                        for (int i = 0; i < l.I; i++) a[j] += xt[i] * data(l.wx)[(size_t)i * G * H + j];
                        for (int i = 0; i < H; i++) r[j] += h[i] * data(l.wh)[(size_t)i * G * H + j];
                    }
                    for (int j = 0; j < H; j++) {
                        auto z = [&](int g) { return a[g * H + j] + r[g * H + j]; };
                        if (l.kind == RNN) h[j] = std::tanh(z(0));
                        else if (l.kind == LSTM) {
                            c[j] = sigmoid(z(1)) * c[j] + sigmoid(z(0)) * std::tanh(z(2));
                            h[j] = sigmoid(z(3)) * std::tanh(c[j]);
                        } else {
                            double update = sigmoid(z(0)), reset = sigmoid(z(1));
                            double candidate = std::tanh(a[2 * H + j] + reset * (r[2 * H + j] + data(l.bias)[3 * H + j]));
                            h[j] = update * h[j] + (1 - update) * candidate;
                        }
                        y[((size_t)t * B + row) * H + j] = h[j];
                    }
                }
            }
            x = y;
        }
        double error = 0;
        for (size_t r = 0; r < rows(); r++) {
            const double* row = &x[(firstRow() + r) * features];
            for (int j = 0; j < outputs; j++) {
                double v = dense ? b[j] : row[j];
                for (int i = 0; dense && i < features; i++) v += row[i] * W[(size_t)i * dense + j];
                error = std::max(error, std::fabs(v - o[r * outputs + j]));
            }
        }
        return error;
    }

    // Relative error of the gradient's norm against a central difference along the gradient, over all recurrent weights.
    double gradientError(double h) {
        pack();
        backward(forward());
        double norm = 0;
        std::vector<std::vector<float>> direction;
        eachWeight([&](memory&, memory& g, Layer&, int) {
            direction.emplace_back(data(g), data(g) + count(g));
            for (float v : direction.back()) norm += (double)v * v;
        });
        norm = std::sqrt(norm);
        auto move = [&](double distance) {
            size_t q = 0;
            eachWeight([&](memory& w, memory&, Layer&, int) {
                for (size_t k = 0; k < direction[q].size(); k++) data(w)[k] += (float)(distance * direction[q][k] / norm);
                q++;
            });
            pack();
        };
        move(h);
        double above = loss(forward());
        move(-2 * h);
        double below = loss(forward());
        move(h);
        return std::fabs((above - below) / (2 * h) - norm) / norm;
    }
};

struct Shape { const char* name; Kind kind; int T, B, I; std::vector<int> widths; int dense; bool last, train; };

static const std::vector<Shape> shapes = {
    {"W1", RNN, 20, 2, 10, {5}, 0, true, false},
    {"W2", RNN, 6, 5, 100, {200}, 0, false, false},
    {"W3", RNN, 80, 8, 100, {64, 64}, 0, true, true},
    {"W4b32", RNN, 50, 32, 1, {20, 20}, 1, true, true},
    {"W4b1", RNN, 50, 1, 1, {20, 20}, 1, true, false},
    {"W5b32", LSTM, 50, 32, 1, {20, 20}, 10, false, true},
    {"W5b1", LSTM, 50, 1, 1, {20, 20}, 10, false, false},
    {"W6", LSTM, 6, 5, 100, {100, 100}, 0, false, false},
    {"W7", GRU, 6, 5, 100, {100, 100}, 0, false, false},
    {"W9", LSTM, 100, 64, 32, {128}, 0, false, true},
};

// A step of an LSTM with one feature and one output, which carries its states itself.
static void benchStep(int units) {
    std::string name = "W8b" + std::to_string(units);
    if (!chosen.empty() && chosen.find("," + name + ",") == std::string::npos) return;
    Net net(LSTM, 1, 1, 1, {units}, 1, false, false, true);
    double error = net.forwardError();
    if (error > 1e-5) {
        fprintf(stderr, "%s: the prediction is off by %g\n", name.c_str(), error);
        exit(1);
    }
    Layer& layer = net.layers[0];
    bench(name, "step", [&] {
        net.forward();
        memcpy(data(layer.h0), data(layer.hN), units * sizeof(float));
        memcpy(data(layer.c0), data(layer.cN), units * sizeof(float));
    }, error);
}

static void require(const Shape& s, const char* what, double error, double largest) {
    if (error <= largest) return;
    fprintf(stderr, "%s: the %s is off by %g\n", s.name, what, error);
    exit(1);
}

int main(int argc, char** argv) {
    if (argc > 1 && !strcmp(argv[1], "--version")) {
        auto* v = dnnl_version();
        printf("%d.%d.%d\n", v->major, v->minor, v->patch);
        return 0;
    }
    if (argc > 1) seconds = atof(argv[1]);
    if (argc > 2) chosen = "," + std::string(argv[2]) + ",";
    for (int units : {8, 16, 20, 32, 64, 100}) benchStep(units);
    for (auto& s : shapes) {
        if (!chosen.empty() && chosen.find("," + std::string(s.name) + ",") == std::string::npos) continue;
        {
            Net net(s.kind, s.T, s.B, s.I, s.widths, s.dense, s.last, false);
            double error = net.forwardError();
            require(s, "prediction", error, 1e-5);
            bench(s.name, "infer", [&] { net.forward(); }, error);
        }
        if (!s.train) continue;
        Net net(s.kind, s.T, s.B, s.I, s.widths, s.dense, s.last, true);
        double error = std::min({net.gradientError(5e-3), net.gradientError(2e-3), net.gradientError(7e-4)});
        require(s, "gradient", error, 1e-3);
        bench(s.name, "train-sgd", [&] { net.trainStep(false); }, error);
        bench(s.name, "train-adam", [&] { net.trainStep(true); }, error);
    }
}
