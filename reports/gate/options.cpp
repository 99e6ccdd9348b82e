#include "reports/gate/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "bench/options.hpp"
#include "impls/environment.hpp"
#include "impls/tool.hpp"

namespace ulpfront::gate {
namespace {

constexpr const char* description =
    "Did a kernel get slower or less exact? Compares two builds of the kernels in one process.";
constexpr const char* footer =
    "\nExit codes: 0 pass, 1 slower (or more instructions, if asked), 2 less exact, missing, crashed, or a "
    "promise\n"
    "broken or loosened (before 1), 3 incomparable, 4 inconclusive with --fail-on inconclusive, 64 usage,\n"
    "65 a file is not what it should be, 73 output cannot be written, 130 interrupted (what is known is "
    "written).\n"
    "\nExamples:\n"
    "  ulpfront-gate old/lib build/release/lib\n"
    "  ulpfront-gate --only accuracy --function tanh old/lib build/release/lib\n"
    "  ulpfront-gate --only speed --size 2^16 --budget 60 a/libmine.so b/libmine.so\n"
    "  ulpfront-gate --markdown gate.md --junit gate.xml --out gate.json old/lib build/release/lib\n"
    "\nscripts/gate BASE_REF builds both sides and calls this.\n";

constexpr std::uint64_t quick_inputs = std::uint64_t{1} << 20;
constexpr std::uint64_t wide_inputs = std::uint64_t{1}
                                      << 26;  // "all" of a dtype that has more than can be tried

/// What was read, before it is understood.
struct raw_options {
    std::vector<std::string> only;
    std::vector<std::string> fail_on;
    std::vector<std::string> distributions;
    std::vector<std::string> sizes;
    double margin = 1.0;
    double margin_beyond = 4.0;
    double seen = 3.0;
    double seen_beyond = 10.0;
};

template <class Number>
std::optional<Number> parse_number(const std::string& text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool contains(const std::vector<std::string>& list, const char* word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Every size on ordinary inputs, and one size on inputs that reach every branch.
std::vector<bench::input_matrix> usual_matrices() {
    return {{{bench::distribution::uniform}, bench::standard_sizes(), {false}},
            {{bench::distribution::wide}, {bench::usual_size}, {false}}};
}

std::vector<bench::input_matrix> matrices_of(const raw_options& raw) {
    if (raw.distributions.empty() && raw.sizes.empty()) return usual_matrices();
    bench::input_matrix matrix;
    for (const std::string& name : raw.distributions) {
        bench::require_one_of("--distribution", name, bench::distribution_names());
        matrix.distributions.push_back(bench::distribution_from_name(name).value());
    }
    for (const std::string& text : raw.sizes) matrix.sizes.push_back(bench::read_size(text));
    if (matrix.distributions.empty()) matrix.distributions = {bench::distribution::uniform};
    if (matrix.sizes.empty()) matrix.sizes = bench::standard_sizes();
    matrix.placements = {false};
    return {matrix};
}

void add_what_flags(CLI::App& app, raw_options& raw, options& to) {
    app.add_option("BASE", to.base, "the kernels as they were: a kernel library or a folder of them")
        ->required();
    app.add_option("CANDIDATE", to.candidate, "the kernels as they are")->required();
    add_filter_flags(app, to.selected);
    app.add_option("--only", raw.only, "accuracy, speed, instructions; repeatable (default: all three)")
        ->take_all()
        ->allow_extra_args(false);
    app.add_option(
           "--inputs", to.inputs,
           "for accuracy: all (default; of f64 a sample), quick (about a million), or about N; of f64 both "
           "builds' worst inputs are searched besides, and each build is tried on all of them")
        ->type_name("all|quick|N");
    app.add_flag("--check-identical", to.check_identical,
                 "try kernels whose object code did not change, too");
    app.add_flag("--time-identical", to.time_identical, "time kernels whose object code did not change, too");
    app.add_option("--accept", to.accepted, "a file of accepted losses: lines KERNEL WHAT LIMIT REASON");
    app.add_option("--fail-on", raw.fail_on, "inconclusive (exit 4), instructions (exit 1); repeatable")
        ->take_all()
        ->allow_extra_args(false);
}

void add_speed_flags(CLI::App& app, raw_options& raw, options& to) {
    const auto percent = CLI::Range(0.0, 1000.0);
    app.add_option("--budget", to.limits.budget, "seconds that timing may take (default 150)")
        ->check(CLI::Range(1.0, 1e6))
        ->group("Speed");
    app.add_option("--distribution", raw.distributions,
                   "of the inputs; repeatable (default: uniform, and wide at 2^11)")
        ->take_all()
        ->allow_extra_args(false)
        ->group("Speed");
    app.add_option("--size", raw.sizes, "elements per call; repeatable (default: 400 2^11 2^16 2^20 2^24)")
        ->take_all()
        ->allow_extra_args(false)
        ->group("Speed");
    app.add_option("--margin", raw.margin, "% that a kernel may be slower in cache (default 1)")
        ->check(percent)
        ->group("Speed");
    app.add_option("--margin-beyond", raw.margin_beyond, "% beyond the cache (default 4)")
        ->check(percent)
        ->group("Speed");
    app.add_option("--see", raw.seen, "% of slow-down in cache that 'same' excludes (default 3)")
        ->check(percent)
        ->group("Speed");
    app.add_option("--see-beyond", raw.seen_beyond, "% beyond the cache (default 10)")
        ->check(percent)
        ->group("Speed");
    app.add_option("--seed", to.limits.seed, "of inputs and of the order of all measurements")
        ->group("Speed");
    app.add_option("--time-limit", to.time_limit,
                   "CPU seconds after which a kernel counts as hanging (default 20)")
        ->check(CLI::Range(0.01, 1e6));
}

void add_output_flags(CLI::App& app, options& to) {
    app.add_option("--out", to.json, "write everything here, as JSON")->type_name("F.json")->group("Output");
    app.add_option("--markdown", to.markdown, "write a summary for a pull request here")
        ->type_name("F.md")
        ->group("Output");
    app.add_option("--junit", to.junit, "write a JUnit file here")->type_name("F.xml")->group("Output");
    app.add_flag("--verbose,-v", to.verbose, "print a line for every kernel and benchmark")->group("Output");
    app.add_option("--incomparable", to.incomparable,
                   "compare nothing; the verdict is that, for this reason (a base that does not build)")
        ->type_name("WHY")
        ->group("Output");
    app.add_option("--checker", to.checker)->group("");
}

options understand(const raw_options& raw, options&& read) {
    const std::vector<std::string> parts = {"accuracy", "speed", "instructions"};
    for (const std::string& part : raw.only) bench::require_one_of("--only", part, parts);
    for (const std::string& what : raw.fail_on)
        bench::require_one_of("--fail-on", what, {"inconclusive", "instructions"});
    if (!raw.only.empty()) {
        read.accuracy = contains(raw.only, "accuracy");
        read.speed = contains(raw.only, "speed");
        read.instructions = contains(raw.only, "instructions");
    }
    read.fail_on_inconclusive = contains(raw.fail_on, "inconclusive");
    read.fail_on_instructions = contains(raw.fail_on, "instructions");
    if (read.fail_on_instructions && !read.instructions)
        throw failure(exit_usage, "--fail-on instructions: --only leaves the instructions out");
    read.matrices = matrices_of(raw);
    read.limits.margin_in_cache = raw.margin / 100.0;
    read.limits.margin_beyond = raw.margin_beyond / 100.0;
    read.limits.seen_in_cache = std::max(raw.seen, raw.margin) / 100.0;
    read.limits.seen_beyond = std::max(raw.seen_beyond, raw.margin_beyond) / 100.0;
    static_cast<void>(number_of_inputs(read.inputs, ULPFRONT_DTYPE_F32));
    return std::move(read);
}

std::vector<std::string> flag_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app) {
    const std::string word = app.remaining().front();
    if (word.rfind("--", 0) != 0)
        throw failure(exit_usage,
                      fmt::format("'{}' is one too many: BASE and CANDIDATE are all (see --help)", word));
    const std::string flag = word.substr(0, word.find('='));
    throw failure(exit_usage, fmt::format("{} is not a flag; near: {}", flag,
                                          fmt::join(near_names(flag, flag_names(app)), ", ")));
}

}  // namespace

std::optional<options> parse_options(int argc, char** argv) {
    CLI::App app(description, "ulpfront-gate");
    app.footer(footer);
    app.set_version_flag("--version", "ulpfront-gate " + this_environment().version);
    raw_options raw;
    options read;
    add_what_flags(app, raw, read);
    add_speed_flags(app, raw, read);
    add_output_flags(app, read);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        app.exit(asked);
        return std::nullopt;
    } catch (const CLI::ExtrasError&) {
        refuse_extra(app);
    } catch (const CLI::ParseError& error) {
        throw failure(exit_usage, std::string(error.what()) + "; see ulpfront-gate --help");
    }
    return understand(raw, std::move(read));
}

std::uint64_t number_of_inputs(const std::string& inputs, std::uint32_t dtype) {
    const auto format = bench::format_of(dtype);
    const std::uint64_t all =
        !format || format->bytes > 4 ? wide_inputs : std::uint64_t{1} << (8 * format->bytes);
    if (inputs == "all") return all;
    if (inputs == "quick") return std::min(quick_inputs, all);
    const auto count = parse_number<std::uint64_t>(inputs);
    if (!count || *count == 0)
        throw failure(exit_usage,
                      fmt::format("--inputs '{}': all, quick or a number of inputs is wanted", inputs));
    return std::min(*count, all);
}

}  // namespace ulpfront::gate
