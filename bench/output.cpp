#include "bench/output.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

using benchmark::BenchmarkReporter;
using std::chrono::steady_clock;

/// Which rows of an entry: everything, the statistics (or what there is instead), the median alone.
enum class detail { all, statistics, median };

std::vector<row> rows_of(const entry& each, const floors& known, detail wanted) {
    std::vector<row> repetitions = repetition_rows(each, known.of(each));
    std::vector<row> statistics = statistic_rows(repetitions);
    if (wanted == detail::all) {
        std::move(statistics.begin(), statistics.end(), std::back_inserter(repetitions));
        return repetitions;
    }
    if (statistics.empty()) {
        if (!each.error.empty()) return {repetitions.back()};
        return repetitions;
    }
    if (wanted == detail::statistics) return statistics;
    const auto median = std::find_if(statistics.begin(), statistics.end(),
                                     [](const row& one) { return one.statistic == "median"; });
    return {*median};
}

detail file_detail(const google_flags& flags) {
    return flags.report_aggregates_only ? detail::statistics : detail::all;
}

detail display_detail(const google_flags& flags) {
    if (flags.report_aggregates_only) return detail::statistics;
    if (!flags.display_aggregates_only) return detail::median;
    return *flags.display_aggregates_only ? detail::statistics : detail::all;
}

/// What is said about a row that its numbers do not say.
std::string mark_of(const entry& each) {
    if (each.check != "skipped") return "";
    return each.check_reason.empty() ? "not checked" : "not checked: " + each.check_reason;
}

/// Time per element and its ratio to the copy's, readable.
std::string label_of(const row& from, const entry& each) {
    std::string label;
    if (from.statistic.empty() || from.statistic == "mean" || from.statistic == "median") {
        label = fmt::format("{:.3f} ns/element", from.counters.at("ns_per_element"));
        const auto ratio = from.counters.find("to_floor");
        if (ratio != from.counters.end()) label += fmt::format(", {:.2f} x copy", ratio->second);
    }
    const std::string mark = mark_of(each);
    return mark.empty() || label.empty() ? label + mark : label + ", " + mark;
}

/// A row as Google Benchmark's reporters take it. Counters go to the CSV; people get a label.
BenchmarkReporter::Run run_of(const row& from, const entry& each, bool for_people) {
    BenchmarkReporter::Run run;
    run.run_name.function_name = each.what.name();
    run.family_index = 0;
    run.per_family_instance_index = 0;
    run.run_type =
        from.statistic.empty() ? BenchmarkReporter::Run::RT_Iteration : BenchmarkReporter::Run::RT_Aggregate;
    run.aggregate_name = from.statistic;
    run.aggregate_unit = from.is_ratio() ? benchmark::kPercentage : benchmark::kTime;
    run.error_occurred = !from.error.empty();
    run.error_message = from.error;
    run.iterations = from.iterations;
    run.repetitions = static_cast<std::int64_t>(each.wanted);
    run.repetition_index = static_cast<std::int64_t>(from.repetition);
    run.statistics = nullptr;
    const double scale = from.is_ratio() ? 1.0 : static_cast<double>(from.iterations);
    run.real_accumulated_time = from.real * scale;
    run.cpu_accumulated_time = from.cpu * scale;
    for (const auto& [name, value] : from.counters) {
        const bool is_rate = name == "items_per_second" || name == "bytes_per_second";
        if (for_people && (name == "ns_per_element" || name == "to_floor")) continue;
        run.counters[name] = benchmark::Counter(
            value, is_rate ? benchmark::Counter::kIsRate : benchmark::Counter::kDefaults,
            name == "bytes_per_second" ? benchmark::Counter::kIs1024 : benchmark::Counter::kIs1000);
    }
    run.report_label = for_people ? (run.error_occurred ? "" : label_of(from, each)) : mark_of(each);
    return run;
}

std::vector<BenchmarkReporter::Run> runs_of(const std::vector<entry>& entries, std::size_t first,
                                            std::size_t end, const floors& known, detail wanted,
                                            bool for_people) {
    std::vector<BenchmarkReporter::Run> runs;
    for (std::size_t i = first; i < end; ++i) {
        for (const row& each : rows_of(entries[i], known, wanted))
            runs.push_back(run_of(each, entries[i], for_people));
    }
    return runs;
}

/// Begins a report. Google Benchmark 1.7.1 of Debian says it was built as DEBUG, which it was not: only
/// its assertions are on, outside of what is timed.
std::string begin_report(BenchmarkReporter& reporter, const std::vector<entry>& entries) {
    std::ostringstream said;
    reporter.SetErrorStream(&said);
    BenchmarkReporter::Context context;
    context.name_field_width = 10;
    for (const entry& each : entries) {
        context.name_field_width =
            std::max(context.name_field_width, each.what.name().size() + std::string("_median").size());
    }
    reporter.ReportContext(context);
    reporter.SetErrorStream(&std::cerr);
    std::string kept;
    std::istringstream lines(said.str());
    for (std::string line; std::getline(lines, line);) {
        if (line.find("Library was built as DEBUG") == std::string::npos) kept += line + "\n";
    }
    return kept;
}

BENCHMARK_DISABLE_DEPRECATED_WARNING  // a CSV reporter that "will be removed" is here to stay in Debian 12
    std::unique_ptr<BenchmarkReporter>
    make_csv_reporter() {
    return std::make_unique<benchmark::CSVReporter>();
}
BENCHMARK_RESTORE_DEPRECATED_WARNING

std::string duration_text(double seconds) {
    const auto whole = std::lround(seconds);
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

void set_up_reporters(const std::string& executable, const google_flags& flags) {
    std::vector<std::string> arguments = {
        executable,
        "--benchmark_format=" + flags.format,
        "--benchmark_out_format=" + flags.out_format,
        "--benchmark_color=" + flags.color,
        fmt::format("--benchmark_counters_tabular={}", flags.counters_tabular),
        "--benchmark_time_unit=" + flags.time_unit,
    };
    // The pointer to the first word is kept for as long as the program runs.
    static std::vector<std::string> kept;
    kept = std::move(arguments);
    std::vector<char*> pointers;
    for (std::string& argument : kept) pointers.push_back(argument.data());
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
    for (const auto& [key, value] : flags.context) benchmark::AddCustomContext(key, value);
}

std::string make_json(const nlohmann::json& context, const std::vector<entry>& entries, const floors& known,
                      const google_flags& flags) {
    // What foreign libraries say of themselves need not be UTF-8.
    const auto dump = [](const nlohmann::json& value, int indent) {
        return value.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    std::string text = "{\"benchmarks\": [";
    const char* separator = "\n";
    for (std::size_t i = 0; i < entries.size(); ++i) {
        for (const row& each : rows_of(entries[i], known, file_detail(flags))) {
            text += separator + dump(row_to_json(each, entries[i], i), -1);
            separator = ",\n";
        }
    }
    return text + "\n],\n\"context\": " + dump(context, 1) + "}\n";
}

std::string make_text(const std::string& format, const std::vector<entry>& entries, const floors& known,
                      const google_flags& flags) {
    const bool for_people = format == "console";
    std::unique_ptr<BenchmarkReporter> reporter = make_csv_reporter();
    if (for_people)
        reporter = std::make_unique<benchmark::ConsoleReporter>(benchmark::ConsoleReporter::OO_None);
    std::ostringstream text;
    reporter->SetOutputStream(&text);
    const std::string heading = begin_report(*reporter, entries);
    reporter->ReportRuns(runs_of(entries, 0, entries.size(), known, file_detail(flags), for_people));
    reporter->Finalize();
    return heading + text.str();
}

display::display(const std::vector<entry>& entries, const floors& known, const google_flags& flags)
    : entries_(entries), floors_(known), flags_(flags), begun_(steady_clock::now()), last_progress_(begun_) {
    if (flags_.format == "json") return;
    reporter_.reset(benchmark::CreateDefaultDisplayReporter());
    fmt::print(stderr, "{}", begin_report(*reporter_, entries_));
}

display::~display() = default;

bool display::is_complete(std::size_t first, std::size_t end) const {
    return std::all_of(entries_.begin() + static_cast<std::ptrdiff_t>(first),
                       entries_.begin() + static_cast<std::ptrdiff_t>(end),
                       [](const entry& each) { return each.finished(); });
}

void display::show(std::size_t first, std::size_t end) {
    const bool for_people = flags_.format == "console";
    const auto runs = runs_of(entries_, first, end, floors_, display_detail(flags_), for_people);
    if (runs.empty()) return;
    clear_progress();
    reporter_->ReportRuns(runs);
    std::cout.flush();
    put_out("");
}

void display::advance() {
    // The CSV's columns are those of its first report: it comes in one piece, at the end.
    while (flags_.format == "console" && shown_ < entries_.size()) {
        std::size_t end = shown_;
        while (end < entries_.size() && entries_[end].what.shape == entries_[shown_].what.shape) ++end;
        if (!is_complete(shown_, end)) break;
        show(shown_, end);
        shown_ = end;
    }
    show_progress();
}

void display::finish() {
    clear_progress();
    if (!reporter_) return;
    show(shown_, entries_.size());
    shown_ = entries_.size();
    reporter_->Finalize();
    std::cout.flush();
    put_out("");
}

void display::show_progress() {
    using namespace std::chrono_literals;
    const auto now = steady_clock::now();
    if (!error_is_terminal() || now - begun_ < 2s || now - last_progress_ < 200ms) return;
    last_progress_ = now;
    std::size_t done = 0;
    std::size_t all = 0;
    for (const entry& each : entries_) {
        done += each.error.empty() ? each.samples.size() : each.wanted;
        all += each.wanted;
    }
    if (done == 0) return;
    const double elapsed = std::chrono::duration<double>(now - begun_).count();
    const double share = static_cast<double>(done) / static_cast<double>(all);
    fmt::print(stderr, "\r\033[K{} of {} runs, {:.0f} %, {} left", done, all, 100.0 * share,
               duration_text(elapsed / share - elapsed));
    std::fflush(stderr);
    progress_visible_ = true;
}

void display::clear_progress() {
    if (!progress_visible_) return;
    fmt::print(stderr, "\r\033[K");
    std::fflush(stderr);
    progress_visible_ = false;
}

}  // namespace ulpfront::bench
