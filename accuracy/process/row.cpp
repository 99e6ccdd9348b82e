#include "accuracy/process/row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "accuracy/process/certificate.hpp"
#include "accuracy/ulp.hpp"
#include "impls/cpu.hpp"

namespace ulpfront {
namespace {

constexpr std::uint64_t all_inputs = std::uint64_t{1} << 32;

struct flag_name {
    std::uint32_t flag;
    const char* name;
};
constexpr flag_name flag_names[] = {
    {ULPFRONT_FLAG_NAN, "nan"},           {ULPFRONT_FLAG_INF, "inf"},
    {ULPFRONT_FLAG_NEG_ZERO, "neg_zero"}, {ULPFRONT_FLAG_SUBNORMALS, "subnormals"},
    {ULPFRONT_FLAG_MONOTONE, "monotone"}, {ULPFRONT_FLAG_IN_PLACE, "in_place"},
};

nlohmann::json number(double value) {
    if (std::isfinite(value)) return value;
    return hexfloat(value);
}

bool was_measured(const outcome& from) { return from.measured.inputs > 0; }

/// What only the array checks and the process can say about a kernel without a reference.
bool has_reference(const outcome& from) { return find_function(from.kernel.function) != nullptr; }

nlohmann::json special_members(const outcome& from) {
    nlohmann::json list = nlohmann::json::array();
    if (from.special_outputs.empty()) return list;
    const auto specials = special_values(from.kernel);
    for (std::size_t i = 0; i < specials.size(); ++i) {
        const double computed = number_of_bits(from.kernel.dtype, from.special_outputs[i]);
        list.push_back({{"input", hexfloat(specials[i].input)},
                        {"expected", hexfloat(specials[i].expected)},
                        {"computed", hexfloat(computed)},
                        {"ok", same_result(specials[i].expected, computed)}});
    }
    return list;
}

/// The measured members, null where nothing was measured.
nlohmann::json measure(const outcome& from) {
    nlohmann::json members = measured_members(from.kernel, from.measured, kind_of(from));
    if (!was_measured(from)) {
        for (auto& each : members) each = nullptr;
    }
    return members;
}

}  // namespace

bool is_certified(const outcome& from) {
    if (from.kernel.dtype != ULPFRONT_DTYPE_F32 || !is_exhaustive(from)) return false;
    const auto certified = certified_reference(from.kernel.function);
    return certified && *certified == from.reference;
}

const char* kind_of(const outcome& from) {
    if (is_certified(from)) return "certified";
    return is_exhaustive(from) ? "exhaustive" : "found";
}

bool is_exhaustive(const outcome& from) {
    if (from.kernel.dtype == ULPFRONT_DTYPE_F64) return false;
    const bool narrow = from.kernel.dtype == ULPFRONT_DTYPE_F16 || from.kernel.dtype == ULPFRONT_DTYPE_BF16;
    return from.measured.inputs == (narrow ? std::uint64_t{1} << 16 : all_inputs);
}

verdict judge_outcome(const outcome& from) {
    verdict result{"ok", "", from.faults};
    if (was_measured(from)) {
        for (fault& each : broken_promises(from.kernel, from.measured))
            result.faults.push_back(std::move(each));
    }
    const auto decide = [&](const char* status, const std::string& reason) {
        result.status = status;
        result.reason = reason;
    };
    if (from.death) {
        std::erase_if(result.faults, [&](const fault& each) { return each.code == from.death->code; });
        result.faults.push_back(*from.death);
        decide(from.death->code == "timeout" ? "timeout" : "crashed", from.death->message);
    } else if (!result.faults.empty()) {
        decide("broken", result.faults.front().message);
    } else if (!from.skipped.empty()) {
        decide("skipped", from.skipped);
    } else if (from.interrupted) {
        decide("skipped", was_measured(from)
                              ? fmt::format("interrupted after {} inputs", from.measured.inputs)
                              : "interrupted before it was measured");
    } else if (!has_reference(from)) {
        decide("skipped",
               fmt::format("no reference: the catalogue has no function '{}'", from.kernel.function));
    }
    return result;
}

nlohmann::json kernel_members(const kernel_info& kernel) {
    nlohmann::json flags = nlohmann::json::array();
    for (const flag_name& each : flag_names) {
        if ((kernel.promise_flags & each.flag) != 0) flags.push_back(each.name);
    }
    nlohmann::json seams = nlohmann::json::array();
    for (const double seam : kernel.seams) seams.push_back(number(seam));
    // What is found by itself needs no path to be found again.
    const bool own = std::filesystem::path(kernel.path).parent_path() == own_libraries();
    return {{"function", kernel.function},
            {"dtype", dtype_name(kernel.dtype)},
            {"kernel", kernel.kernel},
            {"shown", kernel.shown_name()},
            {"isa", isa_name(kernel.isa)},
            {"method", method_name(kernel.method)},
            {"library", kernel.library},
            {"library_version", kernel.library_version},
            {"note", kernel.note},
            {"code_id", kernel.code_id == 0 ? "" : fmt::format("{:016x}", kernel.code_id)},
            {"path", own ? "" : kernel.path},
            {"promise_kind", promise_name(kernel.promise_kind)},
            {"promise_value", number(kernel.promise_value)},
            {"promise_flags", flags},
            {"flush_to_zero", (kernel.mode_flags & ULPFRONT_MODE_FLUSH_TO_ZERO) != 0},
            {"seams", seams}};
}

nlohmann::json result_row(const outcome& from) {
    nlohmann::json row = kernel_members(from.kernel);
    row.update(measure(from));
    const verdict result = judge_outcome(from);
    row["status"] = result.status;
    row["reason"] = result.reason;
    row["faults"] = result.faults;
    row["specials"] = special_members(from);
    return row;
}

std::string promise_words(const kernel_info& kernel) {
    int exponent = 0;
    switch (kernel.promise_kind) {
        case ULPFRONT_PROMISE_ULP:
            return fmt::format("{:g} ULP", kernel.promise_value);
        case ULPFRONT_PROMISE_EXACT:
            return "exact";
        case ULPFRONT_PROMISE_ABSOLUTE:
            if (std::frexp(kernel.promise_value, &exponent) == 0.5)
                return fmt::format("abs 2^{}", exponent - 1);
            return fmt::format("abs {:g}", kernel.promise_value);
        default:
            return "none";
    }
}

}  // namespace ulpfront
