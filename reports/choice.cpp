#include "reports/choice.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <tuple>

#include "reports/dtype.hpp"

namespace ulpfront::reports {
namespace {

/// Whether f(0) came out as zero wherever it should have.
bool zero_is_exact(const accuracy_row& row) {
    const auto is_zero = [](const std::string& hexfloat) {
        return std::strtod(hexfloat.c_str(), nullptr) == 0.0;
    };
    return std::all_of(row.specials.begin(), row.specials.end(), [&](const special_case& each) {
        return !is_zero(each.input) || !is_zero(each.expected) || is_zero(each.computed);
    });
}

/// That no result is misrounded cannot be told from some of the inputs: nine of 2^32 are not found by a
/// million. So all were tried, or it is promised for all and none of those tried says otherwise.
bool is_correctly_rounded(const kernel& of) {
    const accuracy_row& row = *of.checked;
    return (row.exhaustive || row.promise_kind == "exact") && row.misrounded == 0U &&
           row.undecided.value_or(0) == 0 && *row.max_ulp <= 0.5;
}

bool is_faithful(const kernel& of) { return *of.checked->max_ulp < 1.0; }

bool is_fast(const kernel& of) { return *of.checked->max_ulp <= 4.0; }

/// |error| <= 2^-10 max(1, |f|), and f(0) exact where it is zero, which a promise of it includes. A dtype too
/// coarse for that can do no better than faithful.
bool is_for_inference(const kernel& of) {
    const accuracy_row& row = *of.checked;
    if (is_faithful(of)) return true;
    if (row.promise_kind == "absolute" && row.promise_value <= inference_bound) return true;
    const auto error = mixed_error(row);
    return error && *error <= inference_bound && zero_is_exact(row);
}

/// The choice among candidates, fastest first; at least one.
choice choose_among(const model& all, const std::vector<std::size_t>& candidates, const condition& under) {
    const auto time = [&](std::size_t k) -> const interval& { return all.kernels[k].timed(under)->ns; };
    const auto error = [&](std::size_t k) { return *all.kernels[k].checked->max_ulp; };
    const std::size_t fastest = candidates.front();
    std::size_t chosen = fastest;
    for (const std::size_t k : candidates) {
        if (as_fast(time(k), time(fastest)) && error(k) < error(chosen)) chosen = k;
    }
    choice result;
    result.kernel = chosen;
    result.under = under;
    result.candidates = candidates.size();
    if (chosen != fastest) result.faster = fastest;
    for (const std::size_t k : candidates) {
        if (k == chosen || k == fastest) continue;
        result.runner_up = k;
        break;
    }
    return result;
}

}  // namespace

const std::array<budget, 4>& budgets() {
    static const std::array<budget, 4> all{{
        {"correctly rounded", "no misrounded result", is_correctly_rounded},
        {"faithful", "< 1 ULP", is_faithful},
        {"fast", "≤ 4 ULP", is_fast},
        {"inference", "error ≤ 2⁻¹⁰ · max(1, |f|)", is_for_inference},
    }};
    return all;
}

std::optional<double> mixed_error(const accuracy_row& row) {
    std::optional<double> least = row.max_abs_error;
    const auto also = [&](double bound) { least = std::min(bound, least.value_or(bound)); };
    if (row.promise_kind == "absolute" && row.status == "ok") also(row.promise_value);
    const dtype_facts* dtype = find_dtype(row.label.key.dtype);
    if (row.max_ulp && dtype != nullptr) also(std::ldexp(*row.max_ulp, 1 - dtype->digits));
    return least;
}

bool within_ulp(const kernel& of, double bound) { return *of.checked->max_ulp <= bound; }

std::vector<std::size_t> timed_and_sound(const model& all, const kernel_group& group, const condition& under,
                                         const std::string& isa) {
    std::vector<std::size_t> found;
    for (const std::size_t k : group.kernels) {
        const kernel& each = all.kernels[k];
        const bool right_isa = isa.empty() || each.label.key.isa == isa;
        if (right_isa && each.comparable() && each.timed(under) != nullptr) found.push_back(k);
    }
    const auto order = [&](std::size_t k) {
        const kernel& each = all.kernels[k];
        return std::tuple(each.timed(under)->ns.median, *each.checked->max_ulp, k);
    };
    std::sort(found.begin(), found.end(), [&](auto a, auto b) { return order(a) < order(b); });
    return found;
}

std::optional<choice> choose(const model& all, const kernel_group& group, const condition& under,
                             const std::string& isa, const std::function<bool(const kernel&)>& accepted) {
    std::vector<std::size_t> candidates = timed_and_sound(all, group, under, isa);
    candidates.erase(std::remove_if(candidates.begin(), candidates.end(),
                                    [&](std::size_t k) { return !accepted(all.kernels[k]); }),
                     candidates.end());
    if (candidates.empty()) return std::nullopt;
    return choose_among(all, candidates, under);
}

}  // namespace ulpfront::reports
