// Both builds timed side by side, round by round, until enough is known or the budget is spent.
#include <fmt/format.h>

#include <algorithm>

#include "bench/context.hpp"
#include "bench/paired/count.hpp"
#include "bench/paired/supervisor.hpp"
#include "impls/tool.hpp"
#include "reports/gate/stages.hpp"

namespace ulpfront::gate {
namespace {

using clock = std::chrono::steady_clock;

/// The last-level cache is never taken for larger than this: virtual machines report their host's.
constexpr std::size_t largest_cache = std::size_t{32} << 20;

double seconds_since(clock::time_point begin) {
    return std::chrono::duration<double>(clock::now() - begin).count();
}

bool is_beyond_cache(const bench::workload_shape& shape) {
    const std::size_t reported = bench::last_level_cache();
    const std::size_t cache = reported == 0 ? largest_cache : std::min(reported, largest_cache);
    return 2 * shape.n * bench::format_of(shape.dtype).value().bytes > cache;
}

/// Of a kernel's cases the one that ulpfront-bench times by default comes first, the others in their places,
/// and last those that no cache holds, which take the longest.
std::size_t rank_of(const bench::workload_shape& shape, bool beyond_cache, std::size_t place) {
    constexpr std::size_t last = 1000;
    if (beyond_cache) return last + place;
    const bool usual =
        shape.inputs == bench::distribution::uniform && shape.n == bench::usual_size && !shape.inplace;
    return usual ? 0 : place;
}

bool is_dead(const kernel_result& kernel) {
    const auto died = [](const nlohmann::json& row) {
        const std::string status = row.is_null() ? "" : row.at("status").get<std::string>();
        return status == "crashed" || status == "timeout";
    };
    return died(kernel.base_row) || died(kernel.candidate_row);
}

bool is_to_be_run(const kernel_pair& pair, const kernel_result& known, const options& how) {
    return pair.is_complete() && pair.why_not_here().empty() && !is_dead(known) &&
           (how.time_identical || !pair.is_identical());
}

/// The timer's task for each benchmark of the session.
struct speed_plan {
    std::vector<paired::pair_task> tasks;
    std::vector<speed_result> benchmarks;
};

speed_plan plan_speed(const std::vector<kernel_pair>& pairs, const options& how, const gate_result& known) {
    speed_plan plan;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const kernel_pair& pair = pairs[i];
        if (!is_to_be_run(pair, known.kernels[i], how)) continue;
        std::size_t place = 0;
        for (const bench::input_matrix& matrix : how.matrices) {
            for (const bench::benchmark_case& each : bench::make_cases({*pair.candidate}, matrix)) {
                plan.tasks.push_back({each.name(),
                                      {pair.base->path, pair.base->row},
                                      {pair.candidate->path, pair.candidate->row},
                                      each.shape});
                speed_result benchmark;
                benchmark.name = each.name();
                benchmark.pair = i;
                benchmark.elements = each.shape.n;
                benchmark.beyond_cache = is_beyond_cache(each.shape);
                benchmark.rank = rank_of(each.shape, benchmark.beyond_cache, ++place);
                plan.benchmarks.push_back(std::move(benchmark));
            }
        }
    }
    return plan;
}

/// A death while timing: of the candidate alone it is a loss, else there is nothing to compare with.
void note_death(const speed_result& benchmark, const paired::deaths& died, gate_result& into) {
    if (died.candidate.empty() || !died.base.empty()) return;
    kernel_result& kernel = into.kernels[benchmark.pair];
    kernel.accuracy = accuracy_verdict::less_exact;
    kernel.losses.push_back({kernel.id, "crashed", "lived",
                             "the process " + died.candidate + " in " + benchmark.name, std::nullopt, "",
                             ""});
}

std::string death_words(const paired::deaths& died) {
    return fmt::format("base: {}; candidate: {}", died.base.empty() ? "lived" : died.base,
                       died.candidate.empty() ? "lived" : died.candidate);
}

void note_machine(const nlohmann::json& machine, gate_result& into) {
    if (!into.machine.is_null()) return;
    into.machine = machine;
    if (machine.at("cpus") == 1)
        into.notes.emplace_back("timed on the only CPU there is: whatever else runs takes turns with it");
    if (machine.at("cpu").is_null())
        into.notes.push_back(fmt::format("the timing thread could not be bound to a CPU ({})",
                                         machine.at("why_not_bound").get<std::string>()));
    if (machine.at("randomised").get<bool>())
        into.notes.emplace_back("addresses are randomised: the system does not permit to switch that off");
}

/// One round in fresh processes; returns whether it was not interrupted.
void run_round(const speed_session::round& round, const speed_plan& plan, const options& how,
               speed_session& session, gate_result& into, const std::function<void()>& show) {
    paired::timing_request request{plan.tasks, round.visits, paired::sides::both, round.candidate_first,
                                   how.limits.seed};
    const auto begin = clock::now();
    const paired::timing_listener listener{
        .visited = [&](std::size_t task,
                       const paired::visit_result& measured) { session.add(task, measured); },
        .died =
            [&](std::size_t task, const paired::deaths& died) {
                note_death(plan.benchmarks[task], died, into);
                session.fail(task, death_words(died));
            },
        .settled = [&](const nlohmann::json& machine) { note_machine(machine, into); },
        .stop =
            [&] {
                show();
                return seconds_since(begin) > round.seconds;
            },
    };
    paired::run_visits(request, how.time_limit, listener);
}

void note_slower(gate_result& into) {
    for (const speed_result& each : into.speeds) {
        if (each.verdict != speed_verdict::slower) continue;
        const auto [base, candidate] = times_of(each);
        into.slower.push_back({each.name, "slower", fmt::format("{:.4g} ns", base),
                               fmt::format("{:.4g} ns", candidate), 1.0 + change_of(each).median, "", ""});
    }
}

}  // namespace

void measure_speed(const std::vector<kernel_pair>& pairs, const options& how, gate_result& into) {
    const speed_plan plan = plan_speed(pairs, how, into);
    speed_session session(plan.benchmarks, how.limits);
    progress_line progress;
    const auto begin = clock::now();
    // Thousands of benchmarks are not looked through at each of their visits: the timing would wait for it.
    double settled = 0.0;
    auto looked = begin;
    const auto settled_share = [&] {
        if (seconds_since(looked) > 0.5) {
            settled = session.settled_share();
            looked = clock::now();
        }
        return settled;
    };
    while (!interrupted()) {
        const auto round = session.next(how.limits.budget - seconds_since(begin));
        if (round.visits.empty()) break;
        const char* const what = round.confirms ? "timing suspects again" : "timing";
        run_round(round, plan, how, session, into, [&] {
            progress.show(what, std::max(settled_share(), seconds_since(begin) / how.limits.budget));
        });
    }
    into.speeds = session.judged();
    note_slower(into);
}

void measure_instructions(const std::vector<kernel_pair>& pairs, const options& how, gate_result& into) {
    const std::string valgrind = paired::find_valgrind();
    std::vector<std::size_t> which;
    std::vector<paired::pair_task> tasks;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const kernel_pair& pair = pairs[i];
        if (!is_to_be_run(pair, into.kernels[i], how)) continue;
        const std::string why =
            valgrind.empty() ? "Valgrind is not installed" : paired::why_uncountable(pair.any());
        into.kernels[i].counted = instructions{0.0, 0.0, why};
        if (!why.empty()) continue;
        which.push_back(i);
        tasks.push_back({pair.id,
                         {pair.base->path, pair.base->row},
                         {pair.candidate->path, pair.candidate->row},
                         {pair.any().dtype, bench::distribution::uniform, paired::large_count, false}});
    }
    progress_line progress;
    progress.show("counting instructions", 0.0);
    const auto counts = paired::count_instructions(tasks, valgrind, how.time_limit * 10.0);
    for (std::size_t k = 0; k < which.size(); ++k) {
        kernel_result& kernel = into.kernels[which[k]];
        kernel.counted = instructions{counts[k].base, counts[k].candidate, counts[k].why_not};
        if (!how.fail_on_instructions || !counts[k].why_not.empty()) continue;
        if (kernel.counted->ratio() <= instruction_margin) continue;
        into.slower.push_back({kernel.id, "instructions", fmt::format("{:.2f} per element", counts[k].base),
                               fmt::format("{:.2f} per element", counts[k].candidate),
                               kernel.counted->ratio(), "", ""});
    }
}

}  // namespace ulpfront::gate
