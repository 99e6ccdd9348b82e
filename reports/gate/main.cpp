// ulpfront-gate: compares two builds of the kernels. This process supervises and judges; kernel libraries are
// loaded by its workers (bench/worker.hpp) alone.
#include <fmt/format.h>

#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "bench/paired/request.hpp"
#include "bench/worker.hpp"
#include "impls/tool.hpp"
#include "reports/gate/accuracy.hpp"
#include "reports/gate/builds.hpp"
#include "reports/gate/options.hpp"
#include "reports/gate/stages.hpp"

namespace ulpfront::gate {
namespace {

constexpr const char* tool = "ulpfront-gate";

void require_outputs(const options& how) {
    for (const std::string* each : {&how.json, &how.markdown, &how.junit}) {
        if (!each->empty()) require_writable(*each);
    }
}

void accept_losses(gate_result& into) {
    for (kernel_result& each : into.kernels) accept(each.losses, into.acceptances);
    accept(into.slower, into.acceptances);
}

void measure(const options& how, gate_result& into) {
    if (!how.incomparable.empty()) throw incomparable_builds(how.incomparable);
    library_copies copies;
    const both_builds builds = load_builds(how.base, how.candidate, copies, into);
    const auto pairs = pair_kernels(builds, how.selected);
    for (const kernel_pair& each : pairs) {
        kernel_result kernel;
        kernel.id = each.id;
        into.kernels.push_back(std::move(kernel));
    }
    if (how.accuracy) measure_accuracy(pairs, builds, how, into);
    if (how.speed && !interrupted()) measure_speed(pairs, how, into);
    if (how.instructions && !interrupted()) measure_instructions(pairs, how, into);
}

void deliver(const options& how, const gate_result& result) {
    const std::string text = as_text(result, how.verbose);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fflush(stdout);
    if (!how.json.empty()) write_whole(how.json, as_json(result, this_environment()).dump(1) + "\n");
    if (!how.markdown.empty()) write_whole(how.markdown, as_markdown(result));
    if (!how.junit.empty()) write_whole(how.junit, as_junit(result));
}

int run(const options& how) {
    const auto begin = std::chrono::steady_clock::now();
    gate_result result;
    result.inputs = how.inputs;
    result.accuracy_asked = how.accuracy;
    result.speed_asked = how.speed;
    result.limits = how.limits;
    result.fail_on_inconclusive = how.fail_on_inconclusive;
    require_outputs(how);
    if (!how.accepted.empty()) result.acceptances = parse_acceptances(read_whole(how.accepted), how.accepted);
    catch_interrupts();
    result.base.path = how.base;
    result.candidate.path = how.candidate;
    try {
        measure(how, result);
    } catch (const incomparable_builds& why) {
        result.incomparable = why.what();
    }
    accept_losses(result);
    result.complete = result.complete && !interrupted();
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    deliver(how, result);
    return interrupted() ? exit_interrupted : verdict_code(result);
}

}  // namespace
}  // namespace ulpfront::gate

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], ulpfront::bench::worker_flag) == 0)
        return ulpfront::bench::serve_request(ulpfront::paired::serve);
    return ulpfront::run_tool(ulpfront::gate::tool, [&] {
        const auto how = ulpfront::gate::parse_options(argc, argv);
        return how ? ulpfront::gate::run(*how) : 0;
    });
}
