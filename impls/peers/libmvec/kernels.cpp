// glibc's libmvec, by the vector ABI's names for its functions: those that g++ calls when it vectorises a
// loop over expf or exp with -ffast-math, without what else that flag does. The manual bounds their errors by
// 4 ULP.
#include "impls/peers/formulas.hpp"

// _ZGVeN16v_expf, _ZGVeN8v_exp: CMake gives what stands before the names.
#define ULPFRONT_MVEC_JOIN(prefix, name) prefix##name
#define ULPFRONT_MVEC_EXPAND(prefix, name) ULPFRONT_MVEC_JOIN(prefix, name)
#define ULPFRONT_MVEC_F32(name) ULPFRONT_MVEC_EXPAND(ULPFRONT_MVEC_F32_PREFIX, name##f)
#define ULPFRONT_MVEC_F64(name) ULPFRONT_MVEC_EXPAND(ULPFRONT_MVEC_F64_PREFIX, name)
#define ULPFRONT_MVEC_DECLARE(name)         \
    floats ULPFRONT_MVEC_F32(name)(floats); \
    doubles ULPFRONT_MVEC_F64(name)(doubles);
#define ULPFRONT_MVEC(name)                                                                         \
    static typename batch_operations<T>::batch name(const typename batch_operations<T>::batch& x) { \
        if constexpr (std::is_same_v<T, float>)                                                     \
            return ULPFRONT_MVEC_F32(name)(x);                                                      \
        else                                                                                        \
            return ULPFRONT_MVEC_F64(name)(x);                                                      \
    }

using floats = ulpfront::peers::batch_of<float>::register_type;
using doubles = ulpfront::peers::batch_of<double>::register_type;

// The vector ABI reserves these names, and glibc has no header that declares them.
// NOLINTBEGIN(clang-diagnostic-reserved-identifier)
extern "C" {
ULPFRONT_MVEC_DECLARE(exp)
ULPFRONT_MVEC_DECLARE(expm1)
ULPFRONT_MVEC_DECLARE(log1p)
ULPFRONT_MVEC_DECLARE(tanh)
ULPFRONT_MVEC_DECLARE(erf)
ULPFRONT_MVEC_DECLARE(erfc)
}
// NOLINTEND(clang-diagnostic-reserved-identifier)

namespace {

using namespace ulpfront::peers;

template <class T>
struct mvec : batch_operations<T> {
    static constexpr const char* exp_name = "exp";
    static constexpr const char* expm1_name = "expm1";
    static constexpr const char* log1p_name = "log1p";
    static constexpr const char* tanh_name = "tanh";
    static constexpr const char* erf_name = "erf";
    static constexpr const char* erfc_name = "erfc";
    static constexpr const char* tanh_note = "the vector variant of tanh, documented as 4 ULP";
    static constexpr double tanh_ulp = 4.0;
    ULPFRONT_MVEC(exp)
    ULPFRONT_MVEC(expm1)
    ULPFRONT_MVEC(log1p)
    ULPFRONT_MVEC(tanh)
    ULPFRONT_MVEC(erf)
    ULPFRONT_MVEC(erfc)
};

}  // namespace

ULPFRONT_PEER_ROWS(curved_rows<mvec<float>>(), gelu_rows<mvec<float>>(), curved_rows<mvec<double>>(),
                   gelu_rows<mvec<double>>())
