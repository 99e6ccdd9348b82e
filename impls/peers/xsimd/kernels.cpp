// xsimd's own elementary functions. Its documentation bounds no error.
#include "impls/peers/formulas.hpp"

namespace {

using namespace ulpfront::peers;

template <class T>
struct own_math : batch_operations<T> {
    using batch = batch_of<T>;
    static constexpr const char* exp_name = "exp";
    static constexpr const char* expm1_name = "expm1";
    static constexpr const char* log1p_name = "log1p";
    static constexpr const char* tanh_name = "tanh";
    static constexpr const char* erf_name = "erf";
    static constexpr const char* erfc_name = "erfc";
    static constexpr const char* tanh_note = "xsimd::tanh";
    static constexpr double tanh_ulp = 0.0;
    static batch exp(const batch& x) { return xsimd::exp(x); }
    static batch expm1(const batch& x) { return xsimd::expm1(x); }
    static batch log1p(const batch& x) { return xsimd::log1p(x); }
    static batch tanh(const batch& x) { return xsimd::tanh(x); }
    static batch erf(const batch& x) { return xsimd::erf(x); }
    static batch erfc(const batch& x) { return xsimd::erfc(x); }
};

}  // namespace

ULPFRONT_PEER_ROWS(curved_rows<own_math<float>>(), gelu_rows<own_math<float>>(),
                   straight_rows<own_math<float>>(), curved_rows<own_math<double>>(),
                   gelu_rows<own_math<double>>(), straight_rows<own_math<double>>())
