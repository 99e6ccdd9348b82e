// Everything the gate found, for programs: reports/schema/gate.schema.json describes it.
#include <cmath>

#include "reports/gate/model.hpp"

namespace ulpfront::gate {
namespace {

using nlohmann::json;

json number(double value) {
    if (std::isfinite(value)) return value;
    return std::isnan(value) ? "nan" : value > 0.0 ? "inf" : "-inf";
}

json to_json(const loss& from) {
    return {{"kernel", from.kernel},
            {"what", from.what},
            {"base", from.base},
            {"candidate", from.candidate},
            {"amount", from.amount ? number(*from.amount) : json(nullptr)},
            {"witness", from.witness},
            {"accepted", from.accepted}};
}

json to_json(const std::vector<loss>& from) {
    json list = json::array();
    for (const loss& each : from) list.push_back(to_json(each));
    return list;
}

json to_json(const kernel_result& from) {
    json result{{"id", from.id},          {"verdict", name_of(from.accuracy)},
                {"note", from.note},      {"inputs", from.inputs},
                {"bits", nullptr},        {"losses", to_json(from.losses)},
                {"base", from.base_row},  {"candidate", from.candidate_row},
                {"instructions", nullptr}};
    if (from.bits) {
        result["bits"] = {{"compared", from.bits->compared}, {"changed", from.bits->changed},
                          {"input", from.bits->input},       {"input_bits", from.bits->input_bits},
                          {"base", from.bits->base},         {"candidate", from.bits->candidate}};
    }
    if (from.counted) {
        result["instructions"] = {{"base", from.counted->base},
                                  {"candidate", from.counted->candidate},
                                  {"why_not", from.counted->why_not}};
    }
    return result;
}

json to_json(const speed_result& from) {
    const change moved = change_of(from);
    const auto [base, candidate] = times_of(from);
    return {{"name", from.name},
            {"verdict", name_of(from.verdict)},
            {"beyond_cache", from.beyond_cache},
            {"change", moved.median},
            {"change_low", moved.low},
            {"change_high", moved.high},
            {"base_ns", base},
            {"candidate_ns", candidate},
            {"seen", number(from.seen)},
            {"suspect", from.suspect},
            {"discarded", from.discarded},
            {"error", from.error},
            {"log_ratios", from.ratios},
            {"confirmation_log_ratios", from.confirmed}};
}

json to_json(const acceptance& from) {
    return {{"line", from.line},     {"kernel", from.kernel},
            {"what", from.what},     {"limit", from.limit ? number(*from.limit) : json(nullptr)},
            {"reason", from.reason}, {"used", from.used}};
}

template <class Item>
json list_of(const std::vector<Item>& from) {
    json list = json::array();
    for (const Item& each : from) list.push_back(to_json(each));
    return list;
}

}  // namespace

json as_json(const gate_result& from, const environment& where) {
    return {{"schema", "ulpfront-gate/1"},
            {"complete", from.complete},
            {"verdict", summary(from)},
            {"exit_code", verdict_code(from)},
            {"incomparable", from.incomparable},
            {"environment", where},
            {"machine", from.machine},
            {"base", {{"path", from.base.path}, {"libraries", from.base.libraries}}},
            {"candidate", {{"path", from.candidate.path}, {"libraries", from.candidate.libraries}}},
            {"notes", from.notes},
            {"inputs", from.inputs},
            {"limits",
             {{"margin_in_cache", from.limits.margin_in_cache},
              {"margin_beyond", from.limits.margin_beyond},
              {"seen_in_cache", from.limits.seen_in_cache},
              {"seen_beyond", from.limits.seen_beyond},
              {"budget", from.limits.budget},
              {"seed", from.limits.seed}}},
            {"kernels", list_of(from.kernels)},
            {"speed", list_of(from.speeds)},
            {"speed_losses", to_json(from.slower)},
            {"accepted", list_of(from.acceptances)},
            {"seconds", from.seconds}};
}

}  // namespace ulpfront::gate
