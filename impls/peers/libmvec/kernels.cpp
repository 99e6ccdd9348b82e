// glibc's libmvec, by the vector ABI's names for its functions: those that g++ calls when it vectorises a
// loop over expf with -ffast-math, without what else that flag does. The manual bounds their errors by 4 ULP.
#include "impls/peers/formulas.hpp"

// _ZGVeN16v_expf: CMake gives what stands before the name.
#define ULPFRONT_MVEC_JOIN(prefix, name) prefix##name##f
#define ULPFRONT_MVEC_EXPAND(prefix, name) ULPFRONT_MVEC_JOIN(prefix, name)
#define ULPFRONT_MVEC(name) ULPFRONT_MVEC_EXPAND(ULPFRONT_MVEC_PREFIX, name)

using lanes = ulpfront::peers::batch::register_type;

extern "C" {
lanes ULPFRONT_MVEC(exp)(lanes);
lanes ULPFRONT_MVEC(expm1)(lanes);
lanes ULPFRONT_MVEC(log1p)(lanes);
lanes ULPFRONT_MVEC(tanh)(lanes);
lanes ULPFRONT_MVEC(erf)(lanes);
lanes ULPFRONT_MVEC(erfc)(lanes);
}

namespace {

using namespace ulpfront::peers;

struct mvec : batch_operations {
    static constexpr const char* exp_name = "exp";
    static constexpr const char* expm1_name = "expm1";
    static constexpr const char* log1p_name = "log1p";
    static constexpr const char* tanh_name = "tanh";
    static constexpr const char* erf_name = "erf";
    static constexpr const char* erfc_name = "erfc";
    static constexpr const char* tanh_note = "the vector variant of tanhf, documented as 4 ULP";
    static constexpr double tanh_ulp = 4.0;
    static batch exp(const batch& x) { return ULPFRONT_MVEC(exp)(x); }
    static batch expm1(const batch& x) { return ULPFRONT_MVEC(expm1)(x); }
    static batch log1p(const batch& x) { return ULPFRONT_MVEC(log1p)(x); }
    static batch tanh(const batch& x) { return ULPFRONT_MVEC(tanh)(x); }
    static batch erf(const batch& x) { return ULPFRONT_MVEC(erf)(x); }
    static batch erfc(const batch& x) { return ULPFRONT_MVEC(erfc)(x); }
};

}  // namespace

ULPFRONT_PEER_ROWS(curved_rows<mvec>(), gelu_rows<mvec>())
