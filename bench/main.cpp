// ulpfront-bench: times kernels. This process selects, supervises and reports; kernel libraries are loaded
// by its workers (worker.hpp) alone.
#include <fmt/format.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "bench/check.hpp"
#include "bench/context.hpp"
#include "bench/options.hpp"
#include "bench/output.hpp"
#include "bench/plan.hpp"
#include "bench/supervisor.hpp"
#include "bench/worker.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

constexpr const char* tool = "ulpfront-bench";
constexpr int exit_broken = 2;
constexpr int exit_crashed = 3;

void say(const std::string& what) { fmt::print(stderr, "{}: {}\n", tool, what); }

/// Kernels, libraries and whatever of them cannot be timed here.
struct offer {
    std::vector<kernel_info> all;       ///< that run here
    std::vector<kernel_info> selected;  ///< of these
    nlohmann::json skipped = nlohmann::json::array();
};

offer find_kernels(const selection& by) {
    const library_list libraries = find_libraries(by.libraries, !by.without_own);
    offer found;
    for (const skipped_library& each : libraries.skipped)
        found.skipped.push_back({{"path", each.path}, {"reason", each.reason}});
    std::vector<kernel_info> kernels = list_kernels(libraries.paths);
    put_in_order(kernels);
    std::size_t left_out = 0;
    const auto keep_runnable = [&](const std::vector<kernel_info>& from, std::vector<kernel_info>& to) {
        for (const kernel_info& kernel : from) {
            std::string reason = kernel.why_not_here();
            if (reason.empty() && !format_of(kernel.dtype)) reason = "there are no inputs of this dtype";
            if (reason.empty()) {
                to.push_back(kernel);
            } else if (&to == &found.selected) {
                found.skipped.push_back({{"kernel", kernel.id()}, {"reason", reason}});
                ++left_out;
            }
        }
    };
    keep_runnable(kernels, found.all);
    keep_runnable(select_kernels(kernels, by), found.selected);
    if (left_out > 0) {
        const auto& last = found.skipped.back();
        say(fmt::format("{} selected kernels are skipped, such as {}: {}", left_out,
                        last["kernel"].get<std::string>(), last["reason"].get<std::string>()));
    }
    if (found.selected.empty()) throw failure(exit_usage, "none of the selected kernels can be timed here");
    return found;
}

std::vector<entry> make_entries(const offer& from, const options& how) {
    auto cases = filter_cases(make_cases(from.selected, how.matrix), how.google.filter);
    if (how.floor) cases = with_floors(cases, from.all);
    std::vector<entry> entries;
    for (benchmark_case& each : cases) {
        entry made;
        made.what = std::move(each);
        made.check = "unchecked";
        made.wanted = how.google.repetitions;
        entries.push_back(std::move(made));
    }
    return entries;
}

nlohmann::json make_context(const options& how, const offer& from, const std::vector<entry>& entries,
                            const std::string& executable) {
    nlohmann::json context = describe_circumstances(executable);
    std::vector<kernel_info> timed;
    for (const entry& each : entries) timed.push_back(each.what.kernel);
    context["schema"] = "ulpfront-bench/1";
    context["complete"] = false;
    context["libraries"] = describe_libraries(timed);
    context["skipped"] = from.skipped;
    context["quick_check"] = how.check ? "made" : "left out by --no-check";
    context["seed"] = how.seed;
    context["min_time"] = how.google.min_time;
    context["time_note"] = "cpu_time is the thread's; in place it is that of the kernel's calls alone";
    context["input_note"] = fmt::format(
        "calls go through a pool of at least {} elements, so that branches cannot be learnt; output and "
        "input start at the same offset in a 4 KiB page",
        pool_elements);
    context["floor_note"] = fmt::format(
        "null kernels of the same ISA; libc's memcpy where input and output together exceed the last-level "
        "cache ({} KiB, as the system reports it)",
        last_level_cache() / 1024);
    for (const auto& [key, value] : how.google.context) {
        if (context.contains(key))
            throw failure(exit_usage, fmt::format("--benchmark_context: '{}' has a meaning already; choose "
                                                  "another key",
                                                  key));
        context[key] = value;
    }
    return context;
}

void check(std::vector<entry>& entries, const options& how) {
    if (!how.check) {
        say("--no-check: wrong kernels are timed like right ones");
        return;
    }
    const std::string checker = how.checker.empty() ? default_checker() : how.checker;
    const std::size_t failed = check_entries(entries, checker, how.selected);
    if (failed > 0) say(fmt::format("{} kernels failed the quick check and are not timed", failed));
}

/// Writes --benchmark_out; what cannot be written there is saved in the folder for temporary files.
void write_result(const std::string& path, const std::string& text) {
    try {
        write_whole(path, text);
    } catch (const failure& error) {
        namespace fs = std::filesystem;
        std::string refuge = (fs::temp_directory_path() / "ulpfront-bench.XXXXXX").string();
        const int descriptor = mkstemp(refuge.data());
        if (descriptor < 0) throw;
        close(descriptor);
        try {
            write_whole(refuge, text);
        } catch (const failure&) {
            std::remove(refuge.c_str());
            throw error;
        }
        throw failure(error.code(), fmt::format("{}. What was measured is in '{}'", error.what(), refuge));
    }
}

void deliver(const nlohmann::json& context, const std::vector<entry>& entries, const floors& known,
             const google_flags& flags) {
    if (flags.format == "json") put_out(make_json(context, entries, known, flags));
    if (flags.out.empty()) return;
    write_result(flags.out, flags.out_format == "json" ? make_json(context, entries, known, flags)
                                                       : make_text(flags.out_format, entries, known, flags));
}

int verdict(const std::vector<entry>& entries, bool complete) {
    int code = exit_ok;
    for (const entry& each : entries) {
        if (each.error.empty()) continue;
        if (!each.died && each.check != "unchecked" && each.check != "ok" && each.check != "skipped") {
            code = exit_broken;
        } else if (code == exit_ok) {
            code = exit_crashed;
        }
    }
    return complete ? code : static_cast<int>(exit_interrupted);
}

/// Runs the plan and gives out whatever came of it, also after an interrupt or a defect.
int measure(std::vector<entry>& entries, nlohmann::json& context, const options& how) {
    const google_flags& flags = how.google;
    const floors known(entries, last_level_cache());
    std::vector<benchmark_case> cases;
    for (const entry& each : entries) cases.push_back(each.what);
    display shown(entries, known, flags);
    bool complete = false;
    try {
        const supervision by{
            .settings = {flags.min_time, flags.min_warmup_time, flags.perf_counters, flags.verbosity},
            .seed = how.seed,
            .time_limit = how.time_limit,
            .on_progress = [&] { shown.advance(); }};
        complete = time_entries(
            entries, make_order(cases, flags.repetitions, flags.random_interleaving, how.seed), by);
    } catch (const failure&) {
        shown.finish();
        deliver(context, entries, known, flags);
        throw;
    }
    shown.finish();
    context["complete"] = complete;
    deliver(context, entries, known, flags);
    if (!complete) say("interrupted; what was measured is marked incomplete");
    return verdict(entries, complete);
}

int run(int argc, char** argv) {
    const auto how = parse_options(argc, argv);
    if (!how) return exit_ok;
    if (!how->google.out.empty()) require_writable(how->google.out);
    catch_interrupts();
    const offer found = find_kernels(how->selected);
    std::vector<entry> entries = make_entries(found, *how);
    if (how->google.list_tests) {
        for (const entry& each : entries) put_out(each.what.name() + "\n");
        return exit_ok;
    }
    require_perf_counters(how->google.perf_counters);
    nlohmann::json context = make_context(*how, found, entries, argv[0]);
    set_up_reporters(argv[0], how->google);
    check(entries, *how);
    return measure(entries, context, *how);
}

}  // namespace
}  // namespace ulpfront::bench

int main(int argc, char** argv) {
    namespace bench = ulpfront::bench;
    if (argc == 2 && std::strcmp(argv[1], bench::worker_flag) == 0) return bench::serve_request();
    return ulpfront::run_tool(bench::tool, [&] { return bench::run(argc, argv); });
}
