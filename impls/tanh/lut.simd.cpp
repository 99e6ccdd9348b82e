// lut: a piecewise polynomial in |x|, the sign put back at the end; see lut/pieces.hpp. Beyond the last
// border the result is 1, as at infinity. The first piece goes through 0 with a slope close to 1, so that 0,
// its sign and subnormal inputs stay.
#include "impls/lut/pieces.hpp"
#include "impls/simd/map.hpp"

namespace {

using namespace ulpfront;

#include "lut.table.inc"

template <const auto& Pieces>
struct by_table {
    template <class T, class Arch>
    struct kernel {
        using batch = xsimd::batch<T, Arch>;
        static batch eval(const batch& x) {
            return lut::evaluate<Pieces, Arch>(xsimd::abs(x)) | xsimd::bitofsign(x);
        }
    };

    static constexpr ulpfront_row row(const char* name, double error, const char* note) {
        return simd::simd_row<kernel, float>({
            .kernel = name,
            .method = ULPFRONT_METHOD_LUT,
            .promise_kind = ULPFRONT_PROMISE_ABSOLUTE,
            .promise_value = error,
            .promise_flags = all_special_values,
            .note = note,
            .seams = lut::seams<Pieces>,
        });
    }
};

}  // namespace

ULPFRONT_ROW(linear_32,
             by_table<linear_32>::row("lut_linear_32", 0x1p-10, "32 lines in |x|, constant beyond 5.75"))
ULPFRONT_ROW(linear_1024, by_table<linear_1024>::row("lut_linear_1024", 0x1p-19,
                                                     "1024 lines in |x|, constant beyond 7.48"))
ULPFRONT_ROW(quadratic_16, by_table<quadratic_16>::row("lut_quadratic_16", 0x1p-12,
                                                       "16 parabolas in |x|, constant beyond 5.5"))
ULPFRONT_ROW(cubic_8, by_table<cubic_8>::row("lut_cubic_8", 0x1p-13, "8 cubics in |x|, constant beyond 5"))
ULPFRONT_ROW(cubic_16,
             by_table<cubic_16>::row("lut_cubic_16", 0x1p-16, "16 cubics in |x|, constant beyond 6.5"))
