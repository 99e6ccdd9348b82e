// Eigen's array expressions over the whole array, as its users write them: Eigen vectorises them, but for
// what is left before and behind whole vectors. Its documentation bounds no error.
#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include "impls/peers/peer.hpp"

namespace {

using namespace ulpfront::peers;
constexpr std::size_t block = 64;
template <class T>
using values = Eigen::Array<T, block, 1>;

/// The formulas.
template <class T>
struct of {
    using x_type = Eigen::Map<const values<T>>;

    static auto relu(const x_type& x) { return x.max(T(0)); }
    static auto leaky_relu(const x_type& x) { return x.max(T(0.01) * x); }
    static auto relu6(const x_type& x) { return x.max(T(0)).min(T(6)); }
    static auto hardtanh(const x_type& x) { return x.max(-T(1)).min(T(1)); }
    static auto hardsigmoid(const x_type& x) { return (x + T(3)).max(T(0)).min(T(6)) * (T(1) / T(6)); }
    static auto hardswish(const x_type& x) { return x * hardsigmoid(x); }
    static auto softsign(const x_type& x) { return x / (T(1) + x.abs()); }
    static auto sigmoid(const x_type& x) { return T(1) / (T(1) + (-x).exp()); }
    static auto logistic(const x_type& x) { return x.logistic(); }
    static auto tanh(const x_type& x) { return x.tanh(); }
    static auto softplus(const x_type& x) { return x.max(T(0)) + (-x.abs()).exp().log1p(); }
    static auto logsigmoid(const x_type& x) { return x.min(T(0)) - (-x.abs()).exp().log1p(); }
    static auto elu(const x_type& x) { return x.max(T(0)) + x.min(T(0)).expm1(); }
    static auto selu(const x_type& x) {
        return T(1.0507009873554804934) * (x.max(T(0)) + T(1.6732632423543772848) * x.min(T(0)).expm1());
    }
    static auto silu(const x_type& x) { return x / (T(1) + (-x).exp()); }
    static auto silu_logistic(const x_type& x) { return x * x.logistic(); }
    static auto quick_gelu(const x_type& x) { return x / (T(1) + (-T(1.702) * x).exp()); }
    static auto gelu(const x_type& x) { return T(0.5) * x * (T(1) + (x * T(0.70710678118654752440)).erf()); }
    static auto gelu_tanh(const x_type& x) {
        return T(0.5) * x * (T(1) + (T(0.79788456080286535588) * (x + T(0.044715) * x * x * x)).tanh());
    }
    static auto mish(const x_type& x) { return x * x.exp().log1p().tanh(); }
};

template <auto Formula, class T>
void eval(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    const auto* from = static_cast<const T*>(in);
    auto* to = static_cast<T*>(out);
    std::size_t i = 0;
    for (; i + block <= n; i += block)
        Eigen::Map<values<T>>(to + i) = Formula(typename of<T>::x_type(from + i));
    if (i == n) return;
    values<T> padded = values<T>::Zero();
    std::copy(from + i, from + n, padded.data());
    const values<T> results = Formula(typename of<T>::x_type(padded.data()));
    std::copy_n(results.data(), n - i, to + i);
}

template <auto Formula, class T>
constexpr ulpfront_row row(const char* function, const char* kernel, const char* note) {
    return make_row<T>({function, kernel, note}, &eval<Formula, T>);
}

template <class T>
constexpr auto straight_rows() {
    return std::array{
        row<&of<T>::relu, T>("relu", "max", "x.max(0)"),
        row<&of<T>::leaky_relu, T>("leaky_relu", "max", "x.max(0.01 x)"),
        row<&of<T>::relu6, T>("relu6", "min_max", "x.max(0).min(6)"),
        row<&of<T>::hardtanh, T>("hardtanh", "min_max", "x.max(-1).min(1)"),
        row<&of<T>::hardsigmoid, T>("hardsigmoid", "min_max", "(x + 3).max(0).min(6) / 6"),
        row<&of<T>::hardswish, T>("hardswish", "min_max", "x (x + 3).max(0).min(6) / 6"),
        row<&of<T>::softsign, T>("softsign", "divide", "x / (1 + x.abs())"),
    };
}

template <class T>
constexpr auto curved_rows() {
    return std::array{
        row<&of<T>::sigmoid, T>("sigmoid", "exp", "1 / (1 + (-x).exp())"),
        row<&of<T>::logistic, T>("sigmoid", "logistic", "x.logistic()"),
        row<&of<T>::tanh, T>("tanh", "tanh", "x.tanh()"),
        row<&of<T>::softplus, T>("softplus", "log1p", "x.max(0) + (-x.abs()).exp().log1p()"),
        row<&of<T>::logsigmoid, T>("logsigmoid", "log1p", "x.min(0) - (-x.abs()).exp().log1p()"),
        row<&of<T>::elu, T>("elu", "expm1", "x.max(0) + x.min(0).expm1()"),
        row<&of<T>::selu, T>("selu", "expm1", "elu's with two factors"),
        row<&of<T>::silu, T>("silu", "exp", "x / (1 + (-x).exp())"),
        row<&of<T>::silu_logistic, T>("silu", "logistic", "x x.logistic()"),
        row<&of<T>::quick_gelu, T>("quick_gelu", "exp", "x / (1 + (-1.702 x).exp())"),
        row<&of<T>::gelu, T>("gelu", "erf", "x (1 + (x / sqrt(2)).erf()) / 2"),
        row<&of<T>::gelu_tanh, T>("gelu_tanh", "tanh", "x (1 + (...).tanh()) / 2"),
        row<&of<T>::mish, T>("mish", "tanh", "x x.exp().log1p().tanh()"),
    };
}

}  // namespace

ULPFRONT_PEER_ROWS(straight_rows<float>(), curved_rows<float>(), straight_rows<double>(),
                   curved_rows<double>())
