// ulpfront-accuracy check
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <tuple>

#include "accuracy/process/clock.hpp"
#include "accuracy/process/commands.hpp"
#include "accuracy/process/function_check.hpp"
#include "accuracy/process/inputs.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/process/ring.hpp"
#include "accuracy/process/row.hpp"
#include "accuracy/process/table.hpp"
#include "impls/cpu.hpp"
#include "impls/element.hpp"
#include "impls/environment.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// A whole check: function by function, each with one reference for all its kernels.
class check {
  public:
    check(const check_options& options, std::vector<kernel_info> kernels)
        : request_(parse_inputs(options.inputs)),
          settings_{
              options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.threads,
              options.timeout},
          kernels_(std::move(kernels)),
          table_(kernels_) {}

    void run() {
        for (const std::string& function : functions()) {
            if (!interrupted()) check_function(function);
        }
        for (const kernel_info& kernel : kernels_) {
            if (is_done(kernel)) continue;
            outcome unreached = unmeasured(kernel, "");
            unreached.interrupted = true;
            take(std::move(unreached));
        }
    }

    [[nodiscard]] const std::vector<outcome>& outcomes() const { return outcomes_; }
    [[nodiscard]] const input_request& request() const { return request_; }
    [[nodiscard]] double reference_seconds() const { return reference_seconds_; }

    /// Every function of the kernels, in their order.
    [[nodiscard]] std::vector<std::string> functions() const {
        std::vector<std::string> names;
        for (const kernel_info& kernel : kernels_) {
            if (std::find(names.begin(), names.end(), kernel.function) == names.end())
                names.push_back(kernel.function);
        }
        return names;
    }

  private:
    [[nodiscard]] bool is_done(const kernel_info& kernel) const {
        return std::any_of(outcomes_.begin(), outcomes_.end(),
                           [&](const outcome& each) { return each.kernel.id() == kernel.id(); });
    }

    static outcome unmeasured(const kernel_info& kernel, const std::string& why) {
        outcome result;
        result.kernel = kernel;
        result.skipped = why;
        return result;
    }

    static std::string why_not(const kernel_info& kernel) {
        if (std::string missing = kernel.why_not_here(); !missing.empty()) return missing;
        if (!with_element(kernel.dtype, [](auto) {}))
            return fmt::format("no reference for {} yet", dtype_name(kernel.dtype));
        return "";
    }

    void check_function(const std::string& function) {
        std::map<std::uint32_t, std::vector<kernel_info>> runnable;  // by dtype
        std::vector<outcome> skipped;
        for (const kernel_info& kernel : kernels_) {
            if (kernel.function != function) continue;
            if (const std::string why = why_not(kernel); why.empty()) {
                runnable[kernel.dtype].push_back(kernel);
            } else {
                skipped.push_back(unmeasured(kernel, why));
            }
        }
        for (const auto& [dtype, kernels] : runnable) {
            for (outcome& each : check_kernels(function, dtype, kernels)) take(std::move(each));
        }
        for (outcome& each : skipped) take(std::move(each));
    }

    /// Of a 16-bit type all inputs are tried, whatever was asked.
    [[nodiscard]] input_set inputs_for(const function_facts& facts, std::uint32_t dtype,
                                       const std::vector<kernel_info>& kernels) const {
        if (dtype != ULPFRONT_DTYPE_F32) return input_set(dtype);
        std::vector<double> seams;
        for (const kernel_info& kernel : kernels)
            seams.insert(seams.end(), kernel.seams.begin(), kernel.seams.end());
        return {request_, facts, seams};
    }

    std::vector<outcome> check_kernels(const std::string& function, std::uint32_t dtype,
                                       const std::vector<kernel_info>& kernels) {
        const double before = static_cast<double>(outcomes_.size());
        const auto progress = [&](double share) {
            const double done = before + share * static_cast<double>(kernels.size());
            progress_.show(function, done / static_cast<double>(kernels_.size()));
        };
        const function_facts* const facts = find_function(function);
        if (facts == nullptr) return function_check(kernels, nullptr, 0, settings_, progress).run();
        const input_set inputs = inputs_for(*facts, dtype, kernels);
        const engine_function* const engine = find_engine_function(load_engine(), function.c_str());
        if (engine == nullptr) {
            throw failure(exit_internal,
                          fmt::format("the reference engine lacks '{}'; build the project anew", function));
        }
        reference_ring ring(*engine, inputs, settings_.threads);
        auto results = function_check(kernels, &ring, inputs.blocks(), settings_, progress).run();
        reference_seconds_ += ring.cpu_seconds();
        return results;
    }

    void take(outcome result) {
        progress_.clear();
        table_.print(result);
        outcomes_.push_back(std::move(result));
    }

    input_request request_;
    check_settings settings_;
    std::vector<kernel_info> kernels_;
    result_table table_;
    progress_line progress_;
    std::vector<outcome> outcomes_;
    double reference_seconds_ = 0.0;
};

const char* mode_name(input_request::mode mode) {
    switch (mode) {
        case input_request::mode::all:
            return "all";
        case input_request::mode::stride:
            return "stride";
        case input_request::mode::quick:
            break;
    }
    return "quick";
}

nlohmann::json describe_libraries(const library_list& libraries, const std::vector<kernel_info>& kernels) {
    nlohmann::json list = nlohmann::json::array();
    std::set<std::tuple<std::string, std::string>> seen;  // name, flags: one of the project's own per ISA
    for (const kernel_info& k : kernels) {
        if (!seen.emplace(k.library, k.path).second) continue;
        list.push_back({{"library", k.library},
                        {"version", k.library_version},
                        {"compiler", k.compiler},
                        {"flags", k.flags},
                        {"skipped", ""}});
    }
    for (const skipped_library& each : libraries.skipped) {
        list.push_back({{"library", std::filesystem::path(each.path).stem().string()},
                        {"version", ""},
                        {"compiler", ""},
                        {"flags", ""},
                        {"skipped", each.reason}});
    }
    return list;
}

nlohmann::json result_file(const check& done, const listing& all, const std::vector<kernel_info>& selected) {
    nlohmann::json rows = nlohmann::json::array();
    for (const outcome& each : done.outcomes()) rows.push_back(result_row(each));
    return {{"schema", "ulpfront-accuracy/1"},
            {"complete", !interrupted()},
            {"environment", this_environment()},
            {"inputs", {{"mode", mode_name(done.request().kind)}, {"requested", done.request().text}}},
            {"libraries", describe_libraries(all.libraries, selected)},
            {"functions", describe_functions(done.functions())},
            {"rows", rows}};
}

/// Counts of every status, and the exit code they make.
int summarise(const check& done, double seconds) {
    std::size_t ok = 0;
    std::size_t broken = 0;
    std::size_t crashed = 0;
    std::size_t skipped = 0;
    double kernel_seconds = 0.0;
    for (const outcome& each : done.outcomes()) {
        const std::string status = judge_outcome(each).status;
        (status == "ok" ? ok : status == "broken" ? broken : status == "skipped" ? skipped : crashed) += 1;
        kernel_seconds += each.kernel_seconds;
    }
    put_out(
        fmt::format("{} kernels: {} ok, {} broken, {} crashed or hung, {} skipped; {:.1f} s "
                    "(CPU: kernels {:.1f} s, reference {:.1f} s)\n",
                    done.outcomes().size(), ok, broken, crashed, skipped, seconds, kernel_seconds,
                    done.reference_seconds()));
    if (interrupted()) return exit_interrupted;
    if (crashed > 0) return exit_crashed;
    return broken > 0 ? exit_broken : exit_ok;
}

}  // namespace

int run_check(const check_options& options) {
    const double start = wall_seconds();
    catch_interrupts();
    static_cast<void>(parse_inputs(options.inputs));
    if (!options.out.empty()) require_writable(options.out);
    const listing all = list_libraries(options.which, options.timeout);
    const std::vector<kernel_info> selected = select_kernels(all.kernels, options.which);
    check work(options, selected);
    work.run();
    for (const skipped_library& each : all.libraries.skipped)
        put_out(fmt::format("skipped {}: {}\n", each.path, each.reason));
    const int code = summarise(work, wall_seconds() - start);
    if (!options.out.empty()) {
        write_whole(options.out, result_file(work, all, selected).dump(1) + "\n");
        put_out(fmt::format("{} written{}\n", options.out, interrupted() ? ", marked incomplete" : ""));
    }
    return code;
}

}  // namespace ulpfront
