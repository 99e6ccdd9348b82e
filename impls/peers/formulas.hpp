// Activation functions as one writes them with a library's elementary functions: the textbook formula, in its
// stable form where that is the usual one.
//
// A library comes as a class M of static functions on its vector of `number`s: vector, load and store from
// and to our batch, set, exp, expm1, log1p, tanh, perhaps erf and erfc, abs, negate, min, max, if_positive(x,
// a, b), beside operators; and the names of the kernels, by the function of M that they rest on.
#pragma once

#include <type_traits>

#include "impls/peers/peer.hpp"
#include "impls/simd/arch.hpp"
#include "impls/simd/map.hpp"

namespace ulpfront::peers {

template <class T>
using batch_of = xsimd::batch<T, simd::native>;

/// The operations of an M whose vectors are our own batches.
template <class T>
struct batch_operations {
    using number = T;
    using batch = batch_of<T>;
    using vector = batch;
    static batch load(const batch& x) { return x; }
    static batch store(const batch& x) { return x; }
    static batch set(T all) { return batch(all); }
    static batch abs(const batch& x) { return xsimd::abs(x); }
    static batch negate(const batch& x) { return -x; }
    static batch min(const batch& a, const batch& b) { return xsimd::min(a, b); }
    static batch max(const batch& a, const batch& b) { return xsimd::max(a, b); }
    static batch if_positive(const batch& x, const batch& a, const batch& b) {
        return xsimd::select(x > batch(T(0)), a, b);
    }
};

/// The functions that need an exponential.
template <class M>
struct curved {
    using V = typename M::vector;
    using T = typename M::number;
    static V one() { return M::set(T(1)); }
    static V sigmoid(const V& x) { return one() / (one() + M::exp(M::negate(x))); }
    static V tanh(const V& x) { return M::tanh(x); }
    static V softplus(const V& x) { return M::max(x, M::set(T(0))) + M::log1p(M::exp(M::negate(M::abs(x)))); }
    static V logsigmoid(const V& x) {
        return M::min(x, M::set(T(0))) - M::log1p(M::exp(M::negate(M::abs(x))));
    }
    static V elu(const V& x) { return M::if_positive(x, x, M::expm1(x)); }
    static V selu(const V& x) {
        return M::set(T(1.0507009873554804934)) *
               M::if_positive(x, x, M::set(T(1.6732632423543772848)) * M::expm1(x));
    }
    static V silu(const V& x) { return x / (one() + M::exp(M::negate(x))); }
    static V quick_gelu(const V& x) { return x / (one() + M::exp(M::set(T(-1.702)) * x)); }
    static V gelu_by_erf(const V& x) {
        return M::set(T(0.5)) * x * (one() + M::erf(x * M::set(T(0.70710678118654752440))));
    }
    static V gelu_by_erfc(const V& x) {
        return M::set(T(0.5)) * x * M::erfc(x * M::set(T(-0.70710678118654752440)));
    }
    static V gelu_tanh(const V& x) {
        const V u = M::set(T(0.79788456080286535588)) * (x + M::set(T(0.044715)) * x * x * x);
        return M::set(T(0.5)) * x * (one() + M::tanh(u));
    }
    static V mish(const V& x) { return x * M::tanh(M::log1p(M::exp(x))); }
};

/// The functions that do not.
template <class M>
struct straight {
    using V = typename M::vector;
    using T = typename M::number;
    static V between(T low, const V& x, T high) { return M::min(M::max(x, M::set(low)), M::set(high)); }
    static V relu(const V& x) { return M::max(x, M::set(T(0))); }
    static V leaky_relu(const V& x) { return M::if_positive(x, x, M::set(T(0.01)) * x); }
    static V relu6(const V& x) { return between(T(0), x, T(6)); }
    static V hardtanh(const V& x) { return between(T(-1), x, T(1)); }
    static V hardsigmoid(const V& x) { return between(T(0), x + M::set(T(3)), T(6)) * M::set(T(1) / T(6)); }
    static V hardswish(const V& x) { return x * hardsigmoid(x); }
    static V softsign(const V& x) { return x / (M::set(T(1)) + M::abs(x)); }
};

/// A formula as a kernel on batches.
template <class M, auto Formula>
struct on_batch {
    using batch = batch_of<typename M::number>;
    static batch eval(const batch& x) { return M::store(Formula(M::load(x))); }
};

/// The row of a formula.
template <class M, auto Formula>
constexpr ulpfront_row formula_row(const peer_facts& facts) {
    using T = typename M::number;
    return make_row<T>(facts, &simd::map<on_batch<M, Formula>, T, simd::native>);
}

/// All of `curved` but gelu.
template <class M>
constexpr std::array<ulpfront_row, 10> curved_rows() {
    using f = curved<M>;
    return {
        formula_row<M, &f::sigmoid>({"sigmoid", M::exp_name, "1 / (1 + exp(-x))"}),
        formula_row<M, &f::tanh>({"tanh", M::tanh_name, M::tanh_note, M::tanh_ulp}),
        formula_row<M, &f::softplus>({"softplus", M::log1p_name, "max(x, 0) + log1p(exp(-|x|))"}),
        formula_row<M, &f::logsigmoid>({"logsigmoid", M::log1p_name, "min(x, 0) - log1p(exp(-|x|))"}),
        formula_row<M, &f::elu>({"elu", M::expm1_name, "x > 0 ? x : expm1(x)"}),
        formula_row<M, &f::selu>({"selu", M::expm1_name, "elu's with two factors"}),
        formula_row<M, &f::silu>({"silu", M::exp_name, "x / (1 + exp(-x))"}),
        formula_row<M, &f::quick_gelu>({"quick_gelu", M::exp_name, "x / (1 + exp(-1.702 x))"}),
        formula_row<M, &f::gelu_tanh>({"gelu_tanh", M::tanh_name, "x (1 + tanh(...)) / 2"}),
        formula_row<M, &f::mish>({"mish", M::tanh_name, "x tanh(log1p(exp(x)))"}),
    };
}

/// gelu, by erf and by erfc.
template <class M>
constexpr std::array<ulpfront_row, 2> gelu_rows() {
    using f = curved<M>;
    return {
        formula_row<M, &f::gelu_by_erf>({"gelu", M::erf_name, "x (1 + erf(x / sqrt(2))) / 2"}),
        formula_row<M, &f::gelu_by_erfc>({"gelu", M::erfc_name, "x erfc(-x / sqrt(2)) / 2"}),
    };
}

/// All of `straight`.
template <class M>
constexpr std::array<ulpfront_row, 7> straight_rows() {
    using f = straight<M>;
    return {
        formula_row<M, &f::relu>({"relu", "max", "max(x, 0)"}),
        formula_row<M, &f::leaky_relu>({"leaky_relu", "select", "x > 0 ? x : 0.01 x"}),
        formula_row<M, &f::relu6>({"relu6", "min_max", "min(max(x, 0), 6)"}),
        formula_row<M, &f::hardtanh>({"hardtanh", "min_max", "min(max(x, -1), 1)"}),
        formula_row<M, &f::hardsigmoid>({"hardsigmoid", "min_max", "min(max(x + 3, 0), 6) / 6"}),
        formula_row<M, &f::hardswish>({"hardswish", "min_max", "x min(max(x + 3, 0), 6) / 6"}),
        formula_row<M, &f::softsign>({"softsign", "divide", "x / (1 + |x|)"}),
    };
}

}  // namespace ulpfront::peers
