// First the bits: kernels whose results are the same are as exact as before. Then ulpfront-accuracy, over all
// inputs for those whose results changed, over a few for the rest, whose handling of arrays may have changed.
// Of binary64 nobody tries all inputs, and results that are the same at some say little: its search looks for
// the worst of both builds, and tries those of each on the other, so that the luck of a search decides
// nothing.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <set>
#include <tuple>

#include "bench/check.hpp"
#include "bench/paired/bits.hpp"
#include "bench/paired/supervisor.hpp"
#include "bench/process.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"
#include "reports/gate/accuracy.hpp"
#include "reports/gate/stages.hpp"
#include "reports/json_node.hpp"

namespace ulpfront::gate {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

/// function, dtype, library, kernel, ISA: what a row of an accuracy result is about.
using row_key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

row_key key_of(const kernel_info& kernel) {
    return {kernel.function, std::string(dtype_name(kernel.dtype)), kernel.library, kernel.kernel,
            std::string(isa_name(kernel.isa))};
}

std::string hexfloat(std::uint64_t bits, const bench::element_format& format) {
    return fmt::format("{:a}", paired::decode(bits, format));
}

/// Evaluations of a kernel that a search has.
constexpr std::uint64_t quick_search = std::uint64_t{1} << 16;
constexpr std::uint64_t whole_search = std::uint64_t{1} << 18;

/// Both builds' kernels in one run of ulpfront-accuracy, so that they meet the same inputs and the same
/// reference.
class checker {
  public:
    checker(const both_builds& builds, const options& how)
        : how_(how), program_(how.checker.empty() ? bench::default_checker() : how.checker) {
        paths_ = builds.base_paths;
        paths_.insert(paths_.end(), builds.candidate_paths.begin(), builds.candidate_paths.end());
        // ulpfront-accuracy marks the second of two libraries with the same kernels: so it must here.
        std::vector<kernel_info> all = builds.base;
        all.insert(all.end(), builds.candidate.begin(), builds.candidate.end());
        put_in_order(all);
        for (const kernel_info& each : all) named_[{each.path, each.row}] = each;
    }

    /// Checks the pairs; rows are then found by row_of.
    void check(const std::vector<const kernel_pair*>& pairs, const std::string& inputs,
               const std::function<void(double)>& progress) {
        run_by_function(pairs, {"check", "--inputs", inputs}, progress, checked_);
    }

    /// Searches the pairs, which are of binary64, so that row_of knows of it.
    void search(const std::vector<const kernel_pair*>& pairs, const std::function<void(double)>& progress) {
        const std::uint64_t most = how_.inputs == "quick" ? quick_search : whole_search;
        const std::uint64_t budget = std::min(number_of_inputs(how_.inputs, ULPFRONT_DTYPE_F64), most);
        run_by_function(
            pairs,
            {"search", "--budget", fmt::format("{}", budget), "--seed", fmt::format("{}", how_.limits.seed)},
            progress, searched_);
    }

    [[nodiscard]] json row_of(const std::optional<kernel_info>& kernel) const {
        if (!kernel) return nullptr;
        const row_key key = key_of(named(*kernel));
        return with_search(found_in(checked_, key), found_in(searched_, key), program_);
    }

    [[nodiscard]] const std::string& program() const { return program_; }

  private:
    using row_map = std::map<row_key, json>;

    static json found_in(const row_map& rows, const row_key& key) {
        const auto found = rows.find(key);
        return found == rows.end() ? json(nullptr) : found->second;
    }

    void run_by_function(const std::vector<const kernel_pair*>& pairs,
                         const std::vector<std::string>& command, const std::function<void(double)>& progress,
                         row_map& into) {
        std::map<std::string, std::set<std::pair<std::string, std::string>>> by_function;
        for (const kernel_pair* each : pairs) {
            for (const auto* side : {&each->base, &each->candidate}) {
                if (*side) add_selection(named(**side), by_function[each->any().function]);
            }
        }
        std::size_t done = 0;
        for (const auto& [function, flags] : by_function) {
            if (interrupted()) return;
            progress(static_cast<double>(done++) / static_cast<double>(by_function.size()));
            run(command, flags, into);
        }
    }

    [[nodiscard]] const kernel_info& named(const kernel_info& kernel) const {
        return named_.at({kernel.path, kernel.row});
    }

    static void add_selection(const kernel_info& kernel, std::set<std::pair<std::string, std::string>>& to) {
        to.emplace("--function", bench::literally(kernel.function));
        to.emplace("--dtype", dtype_name(kernel.dtype));
        to.emplace("--kernel", bench::literally(kernel.library + ":" + kernel.kernel));
        to.emplace("--isa", isa_name(kernel.isa));
    }

    void run(const std::vector<std::string>& command,
             const std::set<std::pair<std::string, std::string>>& flags, row_map& into) {
        const scratch_file result("ulpfront-gate");
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.end(), {"--no-own", "--timeout", fmt::format("{}", how_.time_limit),
                                           "--out", result.path()});
        for (const std::string& path : paths_) arguments.insert(arguments.end(), {"--kernels", path});
        for (const auto& [flag, value] : flags) arguments.insert(arguments.end(), {flag, value});
        if (access(program_.c_str(), X_OK) != 0)
            throw failure(exit_usage, fmt::format("accuracy needs '{}': {}; build it, or use --only speed",
                                                  program_, std::strerror(errno)));
        bench::child_process child(program_, arguments, bench::child_process::output::discarded);
        while (!child.ended(50ms)) {
            if (!interrupted()) continue;
            child.send_signal(SIGTERM);
            if (!child.ended(5s)) child.kill();
            return;
        }
        constexpr int broken = 2;
        constexpr int crashed = 3;
        if (child.status() != exit_ok && child.status() != broken && child.status() != crashed)
            throw failure(exit_internal,
                          fmt::format("'{} {}' {}", program_, command.front(), child.how_it_ended()));
        const json document = reports::parse_json_file(result.path());
        const reports::json_node root(document, program_);
        for (const auto& row : root.at("rows").elements()) {
            into[{row.at("function").text(), row.at("dtype").text(), row.at("library").text(),
                  row.at("kernel").text(), row.at("isa").text()}] = row.raw();
        }
    }

    const options& how_;
    std::string program_;
    std::vector<std::string> paths_;
    std::map<std::pair<std::string, std::size_t>, kernel_info> named_;
    row_map checked_;
    row_map searched_;
};

/// What is known before anything runs; true if the pair is still to be measured.
bool judge_by_name(const kernel_pair& pair, const options& how, kernel_result& into) {
    if (pair.is_complete()) into.losses = promise_losses(*pair.base, *pair.candidate);
    if (!pair.candidate) {
        into.accuracy = accuracy_verdict::missing;
        into.losses.push_back(
            {pair.id, "missing", "there", "the candidate has no such kernel", std::nullopt, "", ""});
        return false;
    }
    if (const std::string why = pair.why_not_here(); !why.empty()) {
        into.accuracy = accuracy_verdict::not_here;
        into.note = why;
        return false;
    }
    if (pair.is_identical() && !how.check_identical) {
        into.accuracy = accuracy_verdict::identical;
        return false;
    }
    return true;
}

/// Bits of every pair that has both sides.
void compare_pairs(const std::vector<kernel_pair>& pairs, const std::vector<std::size_t>& which,
                   const options& how, progress_line& progress, gate_result& into) {
    std::vector<paired::bits_request> requests;
    for (const std::size_t i : which) {
        const kernel_pair& pair = pairs[i];
        paired::bits_request request;
        request.base = {pair.base->path, pair.base->row};
        request.candidate = {pair.candidate->path, pair.candidate->row};
        request.dtype = pair.any().dtype;
        request.inputs = number_of_inputs(how.inputs, request.dtype);
        request.seams = pair.base->seams;
        request.seams.insert(request.seams.end(), pair.candidate->seams.begin(), pair.candidate->seams.end());
        requests.push_back(std::move(request));
    }
    const auto found = paired::compare_all(requests, how.time_limit,
                                           [&](double share) { progress.show("comparing bits", share); });
    for (std::size_t k = 0; k < which.size(); ++k) {
        kernel_result& kernel = into.kernels[which[k]];
        const auto format = bench::format_of(requests[k].dtype).value();
        const paired::bits_result& bits = found[k];
        if (bits.died.any())
            kernel.note = fmt::format("the bits were not all compared: base {}, candidate {}",
                                      bits.died.base.empty() ? "lived" : bits.died.base,
                                      bits.died.candidate.empty() ? "lived" : bits.died.candidate);
        if (!bits.error.empty()) kernel.note = "the bits were not compared: " + bits.error;
        if (!bits.complete) into.complete = into.complete && bits.died.any();
        kernel.bits = bit_changes{bits.compared, bits.changed, "", "", "", ""};
        if (bits.changed == 0) continue;
        kernel.bits->input = hexfloat(bits.input, format);
        kernel.bits->base = hexfloat(bits.base, format);
        kernel.bits->candidate = hexfloat(bits.candidate, format);
        kernel.bits->input_bits = fmt::format("{:#0{}x}", bits.input, 2 + 2 * format.bytes);
    }
}

bool has_same_bits(const kernel_result& kernel) {
    return kernel.bits && kernel.bits->changed == 0 && kernel.note.empty();
}

std::string status_of(const json& row) { return row.is_null() ? "" : row.at("status").get<std::string>(); }

/// What the rows say of a pair.
void judge_by_rows(const kernel_pair& pair, const std::string& program, kernel_result& into) {
    const std::string status = status_of(into.candidate_row);
    if (status.empty()) return;  // interrupted
    const json& base = status_of(into.base_row) == "skipped" ? json(nullptr) : into.base_row;
    for (loss& each : accuracy_losses(base, into.candidate_row, program)) {
        each.kernel = pair.id;
        into.losses.push_back(std::move(each));
    }
    const bool same = has_same_bits(into);
    into.accuracy = !pair.base ? accuracy_verdict::fresh
                    : same     ? accuracy_verdict::same_bits
                               : accuracy_verdict::no_worse;
    if (status == "skipped") {
        into.note = into.candidate_row.at("reason").get<std::string>();
        if (pair.base && !same) into.accuracy = accuracy_verdict::incomparable;
    }
    const std::string before = status_of(into.base_row);
    if (before == "crashed" || before == "timeout") {
        into.note = fmt::format("the base {}: {}", before == "crashed" ? "crashed" : "hung",
                                into.base_row.at("reason").get<std::string>());
    }
}

}  // namespace

void measure_accuracy(const std::vector<kernel_pair>& pairs, const both_builds& builds, const options& how,
                      gate_result& into) {
    progress_line progress;
    std::vector<std::size_t> both;
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        if (judge_by_name(pairs[i], how, into.kernels[i])) (pairs[i].base ? both : fresh).push_back(i);
    }
    compare_pairs(pairs, both, how, progress, into);
    checker check(builds, how);
    std::vector<const kernel_pair*> changed;
    std::vector<const kernel_pair*> unchanged;
    const auto queue = [&](std::size_t i) {
        // A promise that is another one is tried on all inputs, whatever the bits.
        const bool same = has_same_bits(into.kernels[i]) && pairs[i].has_same_promise();
        (same ? unchanged : changed).push_back(&pairs[i]);
        into.kernels[i].inputs = same ? "quick" : how.inputs;
    };
    for (const std::size_t i : both) queue(i);
    for (const std::size_t i : fresh) queue(i);
    check.check(changed, how.inputs, [&](double share) { progress.show("measuring errors", share); });
    check.check(unchanged, "quick", [&](double share) { progress.show("trying what is unchanged", share); });
    both.insert(both.end(), fresh.begin(), fresh.end());
    std::vector<const kernel_pair*> wide;
    for (const std::size_t i : both) {
        if (pairs[i].any().dtype != ULPFRONT_DTYPE_F64) continue;
        wide.push_back(&pairs[i]);
        into.kernels[i].inputs += ", and the worst that a search of both builds found";
    }
    check.search(wide, [&](double share) { progress.show("searching the worst inputs of f64", share); });
    for (const std::size_t i : both) {
        into.kernels[i].base_row = check.row_of(pairs[i].base);
        into.kernels[i].candidate_row = check.row_of(pairs[i].candidate);
        judge_by_rows(pairs[i], check.program(), into.kernels[i]);
    }
    for (kernel_result& each : into.kernels) {
        if (!each.losses.empty() && each.accuracy != accuracy_verdict::missing)
            each.accuracy = accuracy_verdict::less_exact;
    }
}

}  // namespace ulpfront::gate
