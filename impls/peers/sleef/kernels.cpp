// SLEEF's vector functions, by the entry points of one instruction set. The documentation bounds the error of
// each elementary function (u10: about 1.0 ULP, u35: 3.5 ULP), not of what is composed of them.
#include <sleef.h>

#include "impls/peers/formulas.hpp"

// Sleef_expf16_u10avx512f, Sleef_expd8_u10avx512f: CMake gives the numbers of lanes and the instruction set.
#define ULPFRONT_SLEEF_JOIN(name, lanes, precision, isa) Sleef_##name##lanes##_##precision##isa
#define ULPFRONT_SLEEF_EXPAND(name, lanes, precision, isa) ULPFRONT_SLEEF_JOIN(name, lanes, precision, isa)
#define ULPFRONT_SLEEF(name, precision)                                                               \
    static typename batch_operations<T>::batch name(const typename batch_operations<T>::batch& x) {   \
        if constexpr (std::is_same_v<T, float>)                                                       \
            return ULPFRONT_SLEEF_EXPAND(name, ULPFRONT_SLEEF_F32, precision, ULPFRONT_SLEEF_ISA)(x); \
        else                                                                                          \
            return ULPFRONT_SLEEF_EXPAND(name, ULPFRONT_SLEEF_F64, precision, ULPFRONT_SLEEF_ISA)(x); \
    }

namespace {

using namespace ulpfront::peers;

template <class T>
struct u10 : batch_operations<T> {
    static constexpr const char* exp_name = "exp_u10";
    static constexpr const char* expm1_name = "expm1_u10";
    static constexpr const char* log1p_name = "log1p_u10";
    static constexpr const char* tanh_name = "tanh_u10";
    static constexpr const char* erf_name = "erf_u10";
    static constexpr const char* erfc_name = "erfc_u15";
    static constexpr const char* tanh_note =
        "tanh of 1.0 ULP by its name, 1.0001 of binary32 by its documentation";
    static constexpr double tanh_ulp = 1.0001;
    ULPFRONT_SLEEF(exp, u10)
    ULPFRONT_SLEEF(expm1, u10)
    ULPFRONT_SLEEF(log1p, u10)
    ULPFRONT_SLEEF(tanh, u10)
    ULPFRONT_SLEEF(erf, u10)
    ULPFRONT_SLEEF(erfc, u15)
};

/// What there is of lower accuracy.
template <class T>
struct u35 : u10<T> {
    ULPFRONT_SLEEF(tanh, u35)
};

template <class T>
constexpr auto u35_rows() {
    using M = u35<T>;
    using f = curved<M>;
    return std::array{
        formula_row<M, &f::tanh>({"tanh", "tanh_u35", "documented as 3.5 ULP", 3.5}),
        formula_row<M, &f::gelu_tanh>({"gelu_tanh", "tanh_u35", "x (1 + tanh(...)) / 2"}),
        formula_row<M, &f::mish>({"mish", "tanh_u35", "x tanh(log1p(exp(x)))"}),
    };
}

}  // namespace

ULPFRONT_PEER_ROWS(curved_rows<u10<float>>(), gelu_rows<u10<float>>(), u35_rows<float>(),
                   curved_rows<u10<double>>(), gelu_rows<u10<double>>(), u35_rows<double>())
