// Highway's contrib/math, compiled for the one target that the flags name. Its header bounds the error of
// Tanh by 4 ULP; it has no erf, and Exp is documented up to 104 only.
#define HWY_COMPILE_ONLY_STATIC
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include "impls/peers/formulas.hpp"

namespace {

namespace hn = hwy::HWY_NAMESPACE;

template <class T>
struct contrib_math {
    using number = T;
    using batch = ulpfront::peers::batch_of<T>;
    using lanes = hn::CappedTag<T, batch::size>;
    using vector = hn::Vec<lanes>;
    static constexpr lanes d{};
    static constexpr const char* exp_name = "exp";
    static constexpr const char* expm1_name = "expm1";
    static constexpr const char* log1p_name = "log1p";
    static constexpr const char* tanh_name = "tanh";
    static constexpr const char* tanh_note = "hwy::Tanh, documented as 4 ULP";
    static constexpr double tanh_ulp = 4.0;
    static vector load(const batch& x) { return vector{x}; }
    static batch store(const vector& x) { return x.raw; }
    static vector set(T all) { return hn::Set(d, all); }
    static vector exp(const vector& x) { return hn::Exp(d, x); }
    static vector expm1(const vector& x) { return hn::Expm1(d, x); }
    static vector log1p(const vector& x) { return hn::Log1p(d, x); }
    static vector tanh(const vector& x) { return hn::Tanh(d, x); }
    static vector abs(const vector& x) { return hn::Abs(x); }
    static vector negate(const vector& x) { return hn::Neg(x); }
    static vector min(const vector& a, const vector& b) { return hn::Min(a, b); }
    static vector max(const vector& a, const vector& b) { return hn::Max(a, b); }
    static vector if_positive(const vector& x, const vector& a, const vector& b) {
        return hn::IfThenElse(hn::Gt(x, hn::Zero(d)), a, b);
    }
};

}  // namespace

ULPFRONT_PEER_ROWS(ulpfront::peers::curved_rows<contrib_math<float>>(),
                   ulpfront::peers::straight_rows<contrib_math<float>>(),
                   ulpfront::peers::curved_rows<contrib_math<double>>(),
                   ulpfront::peers::straight_rows<contrib_math<double>>())
