// Eigen's array expressions over the whole array, as its users write them: Eigen vectorises them, but for
// what is left before and behind whole vectors. Its documentation bounds no error.
#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include "impls/peers/peer.hpp"

namespace {

using namespace ulpfront::peers;
constexpr std::size_t block = 64;
using values = Eigen::Array<float, block, 1>;
using x_type = Eigen::Map<const values>;

auto relu(const x_type& x) { return x.max(0.0F); }
auto leaky_relu(const x_type& x) { return x.max(0.01F * x); }
auto relu6(const x_type& x) { return x.max(0.0F).min(6.0F); }
auto hardtanh(const x_type& x) { return x.max(-1.0F).min(1.0F); }
auto hardsigmoid(const x_type& x) { return (x + 3.0F).max(0.0F).min(6.0F) * (1.0F / 6.0F); }
auto hardswish(const x_type& x) { return x * hardsigmoid(x); }
auto softsign(const x_type& x) { return x / (1.0F + x.abs()); }
auto sigmoid(const x_type& x) { return 1.0F / (1.0F + (-x).exp()); }
auto logistic(const x_type& x) { return x.logistic(); }
auto tanh(const x_type& x) { return x.tanh(); }
auto softplus(const x_type& x) { return x.max(0.0F) + (-x.abs()).exp().log1p(); }
auto logsigmoid(const x_type& x) { return x.min(0.0F) - (-x.abs()).exp().log1p(); }
auto elu(const x_type& x) { return x.max(0.0F) + x.min(0.0F).expm1(); }
auto selu(const x_type& x) { return 1.05070099F * (x.max(0.0F) + 1.67326324F * x.min(0.0F).expm1()); }
auto silu(const x_type& x) { return x / (1.0F + (-x).exp()); }
auto silu_logistic(const x_type& x) { return x * x.logistic(); }
auto quick_gelu(const x_type& x) { return x / (1.0F + (-1.702F * x).exp()); }
auto gelu(const x_type& x) { return 0.5F * x * (1.0F + (x * 0.707106781F).erf()); }
auto gelu_tanh(const x_type& x) {
    return 0.5F * x * (1.0F + (0.797884561F * (x + 0.044715F * x * x * x)).tanh());
}
auto mish(const x_type& x) { return x * x.exp().log1p().tanh(); }

template <auto Formula>
void eval(void* /*ctx*/, const void* in, void* out, std::size_t n) {
    const auto* from = static_cast<const float*>(in);
    auto* to = static_cast<float*>(out);
    std::size_t i = 0;
    for (; i + block <= n; i += block) Eigen::Map<values>(to + i) = Formula(x_type(from + i));
    if (i == n) return;
    values padded = values::Zero();
    std::copy(from + i, from + n, padded.data());
    const values results = Formula(x_type(padded.data()));
    std::copy_n(results.data(), n - i, to + i);
}

template <auto Formula>
constexpr ulpfront_row row(const char* function, const char* kernel, const char* note) {
    return make_row({function, kernel, note}, &eval<Formula>);
}

}  // namespace

ULPFRONT_PEER_ROWS(
    std::array{
        row<&relu>("relu", "max", "x.max(0)"),
        row<&leaky_relu>("leaky_relu", "max", "x.max(0.01 x)"),
        row<&relu6>("relu6", "min_max", "x.max(0).min(6)"),
        row<&hardtanh>("hardtanh", "min_max", "x.max(-1).min(1)"),
        row<&hardsigmoid>("hardsigmoid", "min_max", "(x + 3).max(0).min(6) / 6"),
        row<&hardswish>("hardswish", "min_max", "x (x + 3).max(0).min(6) / 6"),
        row<&softsign>("softsign", "divide", "x / (1 + x.abs())"),
    },
    std::array{
        row<&sigmoid>("sigmoid", "exp", "1 / (1 + (-x).exp())"),
        row<&logistic>("sigmoid", "logistic", "x.logistic()"),
        row<&tanh>("tanh", "tanh", "x.tanh()"),
        row<&softplus>("softplus", "log1p", "x.max(0) + (-x.abs()).exp().log1p()"),
        row<&logsigmoid>("logsigmoid", "log1p", "x.min(0) - (-x.abs()).exp().log1p()"),
        row<&elu>("elu", "expm1", "x.max(0) + x.min(0).expm1()"),
        row<&selu>("selu", "expm1", "elu's with two factors"),
        row<&silu>("silu", "exp", "x / (1 + (-x).exp())"),
        row<&silu_logistic>("silu", "logistic", "x x.logistic()"),
        row<&quick_gelu>("quick_gelu", "exp", "x / (1 + (-1.702 x).exp())"),
        row<&gelu>("gelu", "erf", "x (1 + (x / sqrt(2)).erf()) / 2"),
        row<&gelu_tanh>("gelu_tanh", "tanh", "x (1 + (...).tanh()) / 2"),
        row<&mish>("mish", "tanh", "x x.exp().log1p().tanh()"),
    })
