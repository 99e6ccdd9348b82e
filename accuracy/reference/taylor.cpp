#include "accuracy/reference/taylor.hpp"

#include <cfenv>
#include <cmath>
#include <limits>

#include "accuracy/reference/jet.hpp"
#include "accuracy/reference/real.hpp"
#include "impls/tool.hpp"
#include "ulpfront/functions.hpp"

namespace ulpfront {

namespace {

using taylor_number = real<30>;
using coefficients = jet<taylor_number, taylor_polynomial::order>;

constexpr std::size_t order = taylor_polynomial::order;
constexpr long double unknown = std::numeric_limits<long double>::infinity();
/// The unit roundoff of long double; of a wider one it is more than enough.
constexpr long double unit = 0x1p-64L;

/// From above: one more than the conversion's rounding, which is to nearest.
long double upper(const taylor_number& error) {
    const auto rounded = error.convert_to<long double>();
    return error == 0 ? 0.0L : rounded * (1.0L + 4 * unit) + std::numeric_limits<long double>::min();
}

template <class Value>
coefficients evaluate_jet(double middle, double radius) {
    free_constants_with_thread();
    return Value{}(coefficients::variable(middle, radius));
}

/// Takes into the error what the last terms come to, as long as that is little beside what is there.
void drop_small_terms(taylor_polynomial& p, long double largest) {
    const auto r = static_cast<long double>(p.radius);
    while (p.terms > 1) {
        const long double term =
            std::abs(p.c[p.terms - 1]) * std::pow(r, static_cast<long double>(p.terms - 1));
        if (!(term <= p.error * 0x1p-4L || term <= largest * 0x1p-66L)) return;
        if (term > 0.0L) p.exact = false;
        p.error += term * (1.0L + 16 * unit);
        --p.terms;
    }
}

/// Horner's scheme rounds twice a term, and the coefficients are rounded themselves; |p| <= largest.
void add_rounding(taylor_polynomial& p, long double largest) {
    const auto operations = static_cast<long double>(2 * p.terms + 2);
    p.error += operations * 2 * unit * largest + std::numeric_limits<long double>::min();
}

}  // namespace

struct taylor_judge::operations {
    const char* name;
    coefficients (*jet)(double middle, double radius);
};

bool taylor_polynomial::evaluate(const float* x, long double* y, std::size_t n) const {
    std::feclearexcept(FE_INEXACT);
    for (std::size_t i = 0; i < n; ++i) {
        // x and the middle are neighbours in binary64, so that their difference is exact.
        const long double h = static_cast<long double>(x[i]) - static_cast<long double>(middle);
        long double sum = c[terms - 1];
        for (std::size_t k = terms - 1; k-- > 0;) sum = sum * h + c[k];
        y[i] = sum;
    }
    return std::fetestexcept(FE_INEXACT) == 0;
}

taylor_judge::taylor_judge(const std::string& function) {
#define ULPFRONT_JETS(name) operations{#name, &evaluate_jet<functions::name##_value<float>>},
    static const operations all[] = {ULPFRONT_FOR_EACH_FUNCTION(ULPFRONT_JETS)};
#undef ULPFRONT_JETS
    for (const operations& each : all) {
        if (function == each.name) operations_ = &each;
    }
    if (operations_ == nullptr) throw failure(exit_usage, "the catalogue has no function '" + function + "'");
}

taylor_polynomial taylor_judge::between(float first, float last) const {
    taylor_polynomial p;
    // Sum and difference of two floats of one sign and near each other are doubles.
    p.middle = (static_cast<double>(first) + last) / 2;
    p.radius = std::abs(static_cast<double>(last) - first) / 2;
    const coefficients at_middle = operations_->jet(p.middle, 0.0);
    const coefficients anywhere = operations_->jet(p.middle, p.radius);
    const auto r = static_cast<long double>(p.radius);
    long double power = 1.0L;
    long double largest = 0.0L;
    bool exact = true;
    for (std::size_t k = 0; k < order; ++k) {
        const auto& each = at_middle.c[k];
        p.c[k] = each.value.convert_to<long double>();
        exact = exact && each.error == 0 && taylor_number(p.c[k]) == each.value && (k < 2 || each.value == 0);
        p.error += upper(each.error) * power;
        largest += std::abs(p.c[k]) * power;
        power *= r;
    }
    // The roundings inside a wide enclosure are far below 2^-20 of it.
    const auto& rest = anywhere.c[order];
    p.error += upper(abs(rest.value) + rest.error) * (1.0L + 0x1p-20L) * power;
    p.exact = exact && rest.error == 0 && rest.value == 0;
    p.negative = mpfr_signbit(at_middle.c[0].value.backend().data()) != 0;
    p.terms = order;
    if (!(p.error < unknown) || !(largest < unknown)) p.error = unknown;
    drop_small_terms(p, largest);
    if (!p.exact) add_rounding(p, largest);
    return p;
}

}  // namespace ulpfront
