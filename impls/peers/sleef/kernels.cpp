// SLEEF's vector functions, by the entry points of one instruction set. The documentation bounds the error of
// each elementary function (u10: about 1.0 ULP, u35: 3.5 ULP), not of what is composed of them.
#include <sleef.h>

#include "impls/peers/formulas.hpp"

// Sleef_expf16_u10avx512f: CMake gives the number of lanes and the instruction set.
#define ULPFRONT_SLEEF_JOIN(name, lanes, precision, isa) Sleef_##name##f##lanes##_##precision##isa
#define ULPFRONT_SLEEF_EXPAND(name, lanes, precision, isa) ULPFRONT_SLEEF_JOIN(name, lanes, precision, isa)
#define ULPFRONT_SLEEF(name, precision) \
    ULPFRONT_SLEEF_EXPAND(name, ULPFRONT_SLEEF_LANES, precision, ULPFRONT_SLEEF_ISA)

namespace {

using namespace ulpfront::peers;

struct u10 : batch_operations {
    static constexpr const char* exp_name = "exp_u10";
    static constexpr const char* expm1_name = "expm1_u10";
    static constexpr const char* log1p_name = "log1p_u10";
    static constexpr const char* tanh_name = "tanh_u10";
    static constexpr const char* erf_name = "erf_u10";
    static constexpr const char* erfc_name = "erfc_u15";
    static constexpr const char* tanh_note = "Sleef_tanhf_u10, documented as 1.0001 ULP";
    static constexpr double tanh_ulp = 1.0001;
    static batch exp(const batch& x) { return ULPFRONT_SLEEF(exp, u10)(x); }
    static batch expm1(const batch& x) { return ULPFRONT_SLEEF(expm1, u10)(x); }
    static batch log1p(const batch& x) { return ULPFRONT_SLEEF(log1p, u10)(x); }
    static batch tanh(const batch& x) { return ULPFRONT_SLEEF(tanh, u10)(x); }
    static batch erf(const batch& x) { return ULPFRONT_SLEEF(erf, u10)(x); }
    static batch erfc(const batch& x) { return ULPFRONT_SLEEF(erfc, u15)(x); }
};

/// What there is of lower accuracy.
struct u35 : u10 {
    static batch tanh(const batch& x) { return ULPFRONT_SLEEF(tanh, u35)(x); }
};

}  // namespace

ULPFRONT_PEER_ROWS(curved_rows<u10>(), gelu_rows<u10>(),
                   std::array{
                       formula_row<u35, &curved<u35>::tanh>({"tanh", "tanh_u35",
                                                             "Sleef_tanhf_u35, documented as 3.5 ULP", 3.5}),
                       formula_row<u35, &curved<u35>::gelu_tanh>({"gelu_tanh", "tanh_u35",
                                                                  "x (1 + tanh(...)) / 2"}),
                       formula_row<u35, &curved<u35>::mish>({"mish", "tanh_u35", "x tanh(log1p(exp(x)))"}),
                   })
