#include "bench/paired/request.hpp"

#include <nlohmann/json.hpp>

#include "bench/paired/bits.hpp"
#include "bench/paired/count.hpp"
#include "bench/paired/timer.hpp"

namespace ulpfront::paired {

using nlohmann::json;

namespace {

json to_json(const side& from) { return {{"path", from.path}, {"row", from.row}}; }
side side_from(const json& from) { return {from.at("path"), from.at("row")}; }

json to_json(const pair_task& from) {
    return {{"name", from.name},
            {"base", to_json(from.base)},
            {"candidate", to_json(from.candidate)},
            {"dtype", from.shape.dtype},
            {"distribution", bench::distribution_name(from.shape.inputs)},
            {"n", from.shape.n}};
}

std::vector<pair_task> tasks_from(const json& list) {
    std::vector<pair_task> tasks;
    for (const json& each : list) {
        const auto inputs = bench::distribution_from_name(each.at("distribution").get<std::string>());
        tasks.push_back({each.at("name"),
                         side_from(each.at("base")),
                         side_from(each.at("candidate")),
                         {each.at("dtype"), inputs.value(), each.at("n"), false}});
    }
    return tasks;
}

json to_json(const std::vector<pair_task>& tasks) {
    json list = json::array();
    for (const pair_task& each : tasks) list.push_back(to_json(each));
    return list;
}

timing_request timing_from(const json& from) {
    timing_request request{tasks_from(from.at("tasks")),
                           {},
                           static_cast<sides>(from.at("sides").get<int>()),
                           from.at("candidate_first"),
                           from.at("seed")};
    for (const json& each : from.at("visits")) request.visits.push_back({each.at(0), each.at(1), each.at(2)});
    return request;
}

bits_request bits_from(const json& from) {
    return {side_from(from.at("base")), side_from(from.at("candidate")),
            from.at("dtype"),           from.at("inputs"),
            from.at("first"),           from.at("count"),
            from.at("seams"),           static_cast<sides>(from.at("sides").get<int>())};
}

}  // namespace

std::string encode(const timing_request& request) {
    json visits = json::array();
    for (const visit& each : request.visits)
        visits.push_back(json::array({each.task, each.quads, each.seconds}));
    return json{{"time",
                 {{"tasks", to_json(request.tasks)},
                  {"visits", visits},
                  {"sides", static_cast<int>(request.which)},
                  {"candidate_first", request.candidate_first},
                  {"seed", request.seed}}}}
        .dump();
}

std::string encode(const bits_request& request) {
    return json{{"bits",
                 {{"base", to_json(request.base)},
                  {"candidate", to_json(request.candidate)},
                  {"dtype", request.dtype},
                  {"inputs", request.inputs},
                  {"first", request.first},
                  {"count", request.count},
                  {"seams", request.seams},
                  {"sides", static_cast<int>(request.which)}}}}
        .dump();
}

std::string encode(const count_request& request) {
    return json{{"count", {{"tasks", to_json(request.tasks)}}}}.dump();
}

json encode(const visit_result& from) {
    json quads = json::array();
    for (const quad& each : from.quads)
        quads.push_back(json::array({each.log_ratio, each.base_ns, each.candidate_ns}));
    return {
        {"quads", quads}, {"discarded", from.discarded}, {"error", from.error}, {"seconds", from.seconds}};
}

visit_result decode_visit(const json& from) {
    visit_result result{{}, from.at("discarded"), from.at("error"), from.at("seconds")};
    for (const json& each : from.at("quads")) result.quads.push_back({each.at(0), each.at(1), each.at(2)});
    return result;
}

bool serve(const json& request) {
    if (request.contains("time")) {
        time_pairs(timing_from(request.at("time")));
    } else if (request.contains("bits")) {
        compare_bits(bits_from(request.at("bits")));
    } else if (request.contains("count")) {
        call_to_be_counted(count_request{tasks_from(request.at("count").at("tasks"))});
    } else {
        return false;
    }
    return true;
}

}  // namespace ulpfront::paired
