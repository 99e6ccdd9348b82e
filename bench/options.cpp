#include "bench/options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>

#include "impls/environment.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

constexpr const char* description =
    "Times kernels: ns per element of every selected kernel, beside the time a copy takes.\n"
    "\n"
    "Without flags every kernel runs on one distribution (uniform) and one size (2^11): 21 repetitions of\n"
    "0.08 s each, randomly interleaved, in CPU time of the thread. Kernels that break their promise in a\n"
    "quick check are not timed.";

constexpr const char* footer =
    "Benchmarks are named function/dtype/kernel/isa/distribution/n, with /inplace behind it where so.\n"
    "\n"
    "Examples:\n"
    "  ulpfront-bench --function sigmoid --isa avx512\n"
    "  ulpfront-bench --method lut --size 2^20 --distribution normal --benchmark_out=lut.json\n"
    "  ulpfront-bench --kernels ./libmine.so --kernel 'mine:.*' --function relu\n"
    "  ulpfront-bench --benchmark_list_tests --full-matrix\n"
    "  ulpfront-bench --benchmark_filter='tanh/.*/avx2' --benchmark_repetitions=51\n"
    "\n"
    "Exit codes: 0 all is timed; 2 a kernel failed its quick check (it is an error row); 3 a kernel crashed\n"
    "or hung while it was timed (likewise); 64 a flag is wrong, or nothing matches; 70 a defect of this\n"
    "tool; 73 the output cannot be written; 130 interrupted: what was measured is written, marked\n"
    "\"complete\": false.";

/// What the command line says before it is understood.
struct raw_options {
    std::vector<std::string> distributions;
    std::vector<std::string> sizes;
    bool full_matrix = false;
    bool inplace = false;
    bool no_floor = false;
    bool no_check = false;
    bool display_aggregates_only = false;
    std::string min_time;
    std::string min_warmup_time;
    std::string time_limit;
    std::string repetitions;
    std::string context;
};

[[noreturn]] void refuse(const std::string& flag, const std::string& value, const std::string& wanted) {
    throw failure(exit_usage, fmt::format("{} '{}': {}", flag, value, wanted));
}

template <class Number>
std::optional<Number> parse_number(const std::string& text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

void read_seconds(const char* flag, const std::string& text, bool zero_allowed, double& into) {
    if (text.empty()) return;
    const auto value = parse_number<double>(text);
    if (!value || !std::isfinite(*value) || *value < 0.0 || (*value == 0.0 && !zero_allowed)) {
        refuse(flag, text, "a plain number of seconds is wanted, such as 0.05");
    }
    into = *value;
}

}  // namespace

std::size_t read_size(const std::string& text) {
    constexpr std::size_t largest = std::size_t{1} << 30;
    const std::size_t hat = text.find('^');
    std::optional<std::size_t> value = parse_number<std::size_t>(text);
    if (hat != std::string::npos) {
        const auto exponent = parse_number<unsigned>(text.substr(hat + 1));
        value.reset();
        if (text.substr(0, hat) == "2" && exponent && *exponent <= 30) value = std::size_t{1} << *exponent;
    }
    if (!value || *value < 1 || *value > largest) {
        refuse("--size", text, "a number of elements from 1 to 2^30 is wanted, such as 400 or 2^16");
    }
    return *value;
}

void require_one_of(const char* flag, const std::string& value, const std::vector<std::string>& allowed) {
    if (std::find(allowed.begin(), allowed.end(), value) != allowed.end()) return;
    refuse(flag, value,
           fmt::format("is not known; near: {}; there are {}", near_names(value, allowed).front(),
                       fmt::join(allowed, ", ")));
}

namespace {

distribution read_distribution(const std::string& name) {
    require_one_of("--distribution", name, distribution_names());
    return distribution_from_name(name).value();
}

input_matrix matrix_of(const raw_options& raw) {
    input_matrix matrix;
    for (const std::string& name : raw.distributions) matrix.distributions.push_back(read_distribution(name));
    for (const std::string& text : raw.sizes) matrix.sizes.push_back(read_size(text));
    if (raw.full_matrix) {
        if (matrix.distributions.empty()) {
            for (const std::string& name : distribution_names())
                matrix.distributions.push_back(read_distribution(name));
        }
        if (matrix.sizes.empty()) matrix.sizes = standard_sizes();
        matrix.placements = raw.inplace ? std::vector<bool>{true} : std::vector<bool>{false, true};
        return matrix;
    }
    if (matrix.distributions.empty()) matrix.distributions = {distribution::uniform};
    if (matrix.sizes.empty()) matrix.sizes = {usual_size};
    matrix.placements = {raw.inplace};
    return matrix;
}

std::map<std::string, std::string> read_context(const std::string& text) {
    std::map<std::string, std::string> pairs;
    if (text.empty()) return pairs;
    for (const std::string& pair : CLI::detail::split(text, ',')) {
        const std::size_t equals = pair.find('=');
        if (equals == 0 || equals == std::string::npos)
            refuse("--benchmark_context", text, "KEY=VALUE,... is wanted");
        pairs[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return pairs;
}

void add_own_flags(CLI::App& app, raw_options& raw, options& to) {
    add_selection_flags(app, to.selected);
    const auto add_list = [&](const char* flag, std::vector<std::string>& into, const char* help) {
        app.add_option(flag, into, help)->take_all()->allow_extra_args(false)->group("Inputs");
    };
    add_list("--distribution", raw.distributions,
             "linspace, uniform (default), normal, wide, edge; repeatable");
    add_list("--size", raw.sizes, "elements per call: 400, 2^11 (default), ...; repeatable");
    app.add_flag("--full-matrix", raw.full_matrix,
                 "all distributions, sizes 400 2^11 2^16 2^20 2^24, out of place and in place, as far as not "
                 "named otherwise; takes hours")
        ->group("Inputs");
    app.add_flag("--inplace", raw.inplace, "the output overwrites the input")->group("Inputs");
    app.add_option("--seed", to.seed, "of inputs and interleaving; the same seed gives the same bytes")
        ->group("Inputs");
    app.add_flag("--no-floor", raw.no_floor, "do not time copies beside what is selected")->group("Run");
    app.add_flag("--no-check", raw.no_check, "time kernels without the quick check of their promises")
        ->group("Run");
    app.add_option(
           "--time-limit", raw.time_limit,
           "CPU seconds after which a run is a hang (default 20), beyond twenty times --benchmark_min_time")
        ->group("Run");
    app.add_option("--checker", to.checker)->group("");
}

/// A flag of Google Benchmark: the last one counts, and it may also come from the environment.
template <class Flag>
void google(Flag* flag) {
    std::string variable = flag->get_lnames().front();
    std::transform(variable.begin(), variable.end(), variable.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    flag->envname(variable)->take_last()->group("Google Benchmark");
}

void add_google_flags(CLI::App& app, raw_options& raw, google_flags& to) {
    google(app.add_flag("--benchmark_list_tests", to.list_tests, "print the names and do nothing else"));
    google(app.add_option("--benchmark_filter", to.filter,
                          "only benchmarks with this regular expression in their name; -REGEX: the others"));
    google(app.add_option("--benchmark_min_time", raw.min_time, "seconds per repetition (default 0.08)"));
    google(app.add_option("--benchmark_min_warmup_time", raw.min_warmup_time,
                          "seconds before every repetition that do not count (default 0)"));
    google(app.add_option("--benchmark_repetitions", raw.repetitions, "default 21"));
    google(app.add_flag("--benchmark_enable_random_interleaving", to.random_interleaving,
                        "shuffle the repetitions of a workload (default true)"));
    google(app.add_flag("--benchmark_report_aggregates_only", to.report_aggregates_only,
                        "leave the repetitions out of every output, --benchmark_out included"));
    google(app.add_flag("--benchmark_display_aggregates_only", raw.display_aggregates_only,
                        "show mean, median, stddev and cv; =false: the repetitions, too (default: the "
                        "median)"));
    google(app.add_option("--benchmark_format", to.format, "console (default), json or csv"));
    google(app.add_option("--benchmark_out", to.out, "write the result to this file"));
    google(app.add_option("--benchmark_out_format", to.out_format, "json (default), console or csv"));
    google(app.add_option("--benchmark_color", to.color, "auto (default), true or false"));
    google(app.add_flag("--benchmark_counters_tabular", to.counters_tabular, "counters as a table"));
    google(app.add_option("--benchmark_perf_counters", to.perf_counters,
                          "performance counters in libpfm's words, where the library was built with it"));
    google(app.add_option("--benchmark_context", raw.context, "KEY=VALUE,... to be added to the context"));
    google(app.add_option("--benchmark_time_unit", to.time_unit, "ns (default), us, ms or s"));
    app.add_option("--v", to.verbosity, "Google Benchmark's verbosity")->group("Google Benchmark");
}

void check_words(const google_flags& flags) {
    require_one_of("--benchmark_format", flags.format, {"console", "json", "csv"});
    require_one_of("--benchmark_out_format", flags.out_format, {"console", "json", "csv"});
    require_one_of("--benchmark_time_unit", flags.time_unit, {"ns", "us", "ms", "s"});
    require_one_of("--benchmark_color", flags.color, {"auto", "true", "false", "yes", "no", "1", "0"});
}

options understand(const raw_options& raw, options&& read, bool display_given) {
    google_flags& flags = read.google;
    read.matrix = matrix_of(raw);
    read.floor = !raw.no_floor;
    read.check = !raw.no_check;
    read_seconds("--time-limit", raw.time_limit, false, read.time_limit);
    read_seconds("--benchmark_min_time", raw.min_time, false, flags.min_time);
    read_seconds("--benchmark_min_warmup_time", raw.min_warmup_time, true, flags.min_warmup_time);
    if (!raw.repetitions.empty()) {
        const auto count = parse_number<std::size_t>(raw.repetitions);
        if (!count || *count < 1 || *count > 1000000)
            refuse("--benchmark_repetitions", raw.repetitions, "a number from 1 to 1000000 is wanted");
        flags.repetitions = *count;
    }
    flags.context = read_context(raw.context);
    if (display_given) flags.display_aggregates_only = raw.display_aggregates_only;
    check_words(flags);
    return std::move(read);
}

/// "--name" of every flag there is.
std::vector<std::string> flag_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

[[noreturn]] void refuse_extra(const CLI::App& app) {
    const std::string word = app.remaining().front();
    if (word.rfind("--", 0) != 0) {
        throw failure(exit_usage, fmt::format("'{}' is not a flag; what is timed is selected by --function, "
                                              "--kernel and the like (see --help)",
                                              word));
    }
    const std::string flag = word.substr(0, word.find('='));
    throw failure(exit_usage, fmt::format("{} is not a flag; near: {}", flag,
                                          fmt::join(near_names(flag, flag_names(app)), ", ")));
}

}  // namespace

std::optional<options> parse_options(int argc, char** argv) {
    CLI::App app(description, "ulpfront-bench");
    app.footer(footer);
    app.set_version_flag("--version", "ulpfront-bench " + this_environment().version);
    raw_options raw;
    options read;
    add_own_flags(app, raw, read);
    add_google_flags(app, raw, read.google);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        app.exit(asked);
        return std::nullopt;
    } catch (const CLI::ExtrasError&) {
        refuse_extra(app);
    } catch (const CLI::ParseError& error) {
        throw failure(exit_usage, std::string(error.what()) + "; see --help");
    }
    const bool display_given = app.get_option("--benchmark_display_aggregates_only")->count() > 0;
    return understand(raw, std::move(read), display_given);
}

}  // namespace ulpfront::bench
