#include "bench/paired/count.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "bench/paired/loaded.hpp"
#include "bench/prepared_kernel.hpp"
#include "bench/process.hpp"
#include "bench/worker.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

/// The call that Valgrind counts, known to it by this name.
extern "C" [[gnu::noinline]] void ulpfront_counted_call(const ulpfront::bench::callable* kernel,
                                                        const void* in, void* out, std::size_t n) {
    kernel->eval(kernel->ctx, in, out, n);
}

namespace ulpfront::paired {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::size_t, 2> sizes = {small_count, large_count};
constexpr std::size_t counts_per_task = 2 * sizes.size();

/// noexcept: what a kernel throws is a crash of the kernel.
void call_counted(const ulpfront_row& row, const bench::workload& on) noexcept {
    const bench::prepared_kernel kernel(row, large_count);
    if (!kernel.ready()) _exit(exit_internal);
    const bench::callable call = kernel.call();
    call.eval(call.ctx, on.input(), on.output(), large_count);  // once uncounted: what is done only once
    for (const std::size_t n : sizes) ulpfront_counted_call(&call, on.input(), on.output(), n);
}

/// The instructions of dump number i (from 1), which Callgrind wrote after the i-th counted call.
std::optional<double> dumped_count(const std::string& prefix, std::size_t i) {
    constexpr std::string_view key = "totals:";
    std::ifstream file(fmt::format("{}.{}", prefix, i));
    for (std::string line; std::getline(file, line);) {
        if (line.rfind(key, 0) != 0) continue;
        double value = 0.0;
        std::istringstream(line.substr(key.size())) >> value;
        return value;
    }
    return std::nullopt;
}

std::vector<std::string> valgrind_command(const std::string& valgrind, const std::string& prefix) {
    return {valgrind,
            "--tool=callgrind",
            "--quiet",
            "--log-file=" + prefix + ".log",
            "--callgrind-out-file=" + prefix,
            "--zero-before=ulpfront_counted_call",
            "--dump-after=ulpfront_counted_call"};
}

/// The slope between the two sizes of one side; `first` is the number of its first dump.
std::optional<double> slope(const std::string& prefix, std::size_t first) {
    const auto small = dumped_count(prefix, first);
    const auto large = dumped_count(prefix, first + 1);
    if (!small || !large) return std::nullopt;
    return (*large - *small) / static_cast<double>(large_count - small_count);
}

instruction_count read_count(const std::string& prefix, std::size_t position) {
    const auto base = slope(prefix, position * counts_per_task + 1);
    const auto candidate = slope(prefix, position * counts_per_task + 1 + sizes.size());
    if (!base || !candidate) return {0.0, 0.0, "Valgrind left no count"};
    return {*base, *candidate, ""};
}

/// Runs a worker under Valgrind on these tasks; returns how many it finished, and how it ended in `end`.
std::size_t run_counted(const std::vector<pair_task>& tasks, const std::string& valgrind,
                        const std::string& prefix, double time_limit, std::string& end) {
    using clock = std::chrono::steady_clock;
    bench::child_process child(encode(count_request{tasks}), valgrind_command(valgrind, prefix));
    std::size_t finished = 0;
    auto heard = clock::now();
    for (std::string line;;) {
        const auto news = child.next(line, 100ms);
        if (news == bench::child_process::news::line) {
            heard = clock::now();
            if (nlohmann::json::parse(line, nullptr, false).contains("end")) ++finished;
        } else if (news == bench::child_process::news::end) {
            child.ended(10s);
            end = child.how_it_ended();
            return finished;
        } else if (interrupted() || clock::now() - heard > std::chrono::duration<double>(time_limit)) {
            child.kill();
            end = interrupted() ? "was interrupted" : "took too long";
            return finished;
        }
    }
}

}  // namespace

std::string find_valgrind() {
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        std::string program = folder + "/valgrind";
        if (access(program.c_str(), X_OK) == 0) return program;
    }
    return "";
}

std::string why_uncountable(const kernel_info& kernel) {
    if (kernel.isa == ULPFRONT_ISA_AVX512 || kernel.isa == ULPFRONT_ISA_AVX512X)
        return "Valgrind cannot run AVX-512";
    if (kernel.isa == ULPFRONT_ISA_AUTO && missing_features(ULPFRONT_ISA_AVX512).empty())
        return "it chooses by itself, and Valgrind hides this CPU's AVX-512 from it";
    return "";
}

std::vector<instruction_count> count_instructions(const std::vector<pair_task>& tasks,
                                                  const std::string& valgrind, double time_limit) {
    const scratch_folder folder("ulpfront-count");
    std::vector<instruction_count> counts(tasks.size());
    std::size_t done = 0;
    for (std::size_t run = 0; done < tasks.size() && !interrupted(); ++run) {
        const std::string prefix = folder.path(fmt::format("run{}", run));
        const std::vector<pair_task> left(tasks.begin() + static_cast<std::ptrdiff_t>(done), tasks.end());
        std::string end;
        const std::size_t finished = run_counted(left, valgrind, prefix, time_limit, end);
        for (std::size_t i = 0; i < finished; ++i) counts[done + i] = read_count(prefix, i);
        done += finished;
        if (done < tasks.size()) counts[done++].why_not = "the process under Valgrind " + end;
    }
    for (; done < tasks.size(); ++done) counts[done].why_not = "interrupted";
    return counts;
}

void call_to_be_counted(const count_request& request) {
    loaded_libraries libraries;
    for (std::size_t i = 0; i < request.tasks.size(); ++i) {
        const pair_task& task = request.tasks[i];
        bench::workload_shape shape = task.shape;
        shape.n = large_count;
        const bench::workload on(shape, 1);
        call_counted(libraries.row(task.base), on);
        call_counted(libraries.row(task.candidate), on);
        bench::answer({{"end", i}});
    }
}

}  // namespace ulpfront::paired
