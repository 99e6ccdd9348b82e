// ulpfront-report: from result files to a page, a summary, and an answer.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "impls/catalogue.hpp"
#include "impls/tool.hpp"
#include "reports/choose_command.hpp"
#include "reports/output.hpp"
#include "reports/report.hpp"

namespace ulpfront::reports {
namespace {

constexpr const char* examples = R"(
Examples:
  ulpfront-report build results/accuracy.json results/bench.json -o results/report
  ulpfront-report build new/*.json --against old/*.json -o results/report
  ulpfront-report choose --function sigmoid --max-ulp 1 results/*.json
  ulpfront-report choose --function tanh --max-ulp 4 --isa avx2 results/*.json

RESULT files come from `ulpfront-accuracy check --out F.json` and
`ulpfront-bench --benchmark_out=F.json`. Fronts and choices need both kinds.

Exit codes: 0 done; 1 no kernel fits (choose); 64 usage; 65 bad input;
73 the output cannot be written; 130 interrupted.)";

constexpr const char* build_help = R"(
Writes into DIR: index.html (one page, works offline), summary.md, results.json,
results.csv and charts/*.svg, and prints a short summary. The same results give
the same bytes. Written whole or not at all; other files in DIR are left alone.

With --against the page opens with what changed from an older set of results,
and comparison.csv has every change. Times of different machines get no ratio
unless --across-machines asks for it.

Examples:
  ulpfront-report build accuracy.json bench.json -o report
  ulpfront-report build new/*.json --against old/*.json -o report

Exit codes: 0 written; 64 usage; 65 bad input; 73 DIR cannot be written;
130 interrupted.)";

constexpr const char* choose_help = R"(
Names the fastest kernel whose error stays within the budget, and why.

Examples:
  ulpfront-report choose --function sigmoid --max-ulp 1 accuracy.json bench.json
  ulpfront-report choose --function gelu --max-ulp 4 --isa avx2 --dtype f32 *.json

Exit codes: 0 found; 1 no kernel fits (the nearest is named); 64 usage; 65 bad
input.)";

struct build_options {
    std::vector<std::string> results;
    std::vector<std::string> against;
    bool across_machines = false;
    std::string folder;
};

int run_build(const build_options& options) {
    catch_interrupts();
    const report made = options.against.empty()
                            ? make_report(read_results(options.results))
                            : make_report(read_results(options.results), read_results(options.against),
                                          options.across_machines);
    write_folder(options.folder, write_forms(made));
    put_out(console_summary(made));
    return exit_ok;
}

CLI::App* add_build(CLI::App& app, build_options& options) {
    CLI::App* command = app.add_subcommand("build", "write the page, the summary and the joined results");
    command->add_option("RESULT", options.results, "result files of ulpfront-accuracy and ulpfront-bench")
        ->required();
    auto* against = command->add_option("--against", options.against,
                                        "older result files: what changed from them is shown");
    command
        ->add_flag("--across-machines", options.across_machines,
                   "with --against: ratios of times even of different machines")
        ->needs(against);
    command->add_option("-o,--out", options.folder, "folder to write into; created if it does not exist")
        ->required();
    command->footer(build_help);
    return command;
}

CLI::App* add_choose(CLI::App& app, choose_options& options) {
    CLI::App* command = app.add_subcommand("choose", "name the kernel to use for an error budget");
    command->add_option("RESULT", options.results, "result files of ulpfront-accuracy and ulpfront-bench")
        ->required();
    command->add_option("--function", options.function, "the function, as the results name it")->required();
    command->add_option("--max-ulp", options.max_ulp, "the largest error allowed, in ULP")->required();
    command->add_option("--isa", options.isa, "only kernels of this instruction set");
    command->add_option("--dtype", options.dtype, "element type (default: the only one, or f32)");
    command->add_option("--distribution", options.distribution,
                        "inputs as timed (default: what most were timed with)");
    command->add_option("--n", options.n, "elements per call as timed (default: likewise)");
    command->footer(choose_help);
    return command;
}

failure unknown_command(const CLI::App& app, const std::string& word) {
    std::vector<std::string> commands;
    for (const CLI::App* each : app.get_subcommands({})) commands.push_back(each->get_name());
    return {exit_usage,
            fmt::format("there is no command '{}'; near: {}; `ulpfront-report --help` has examples", word,
                        near_names(word, commands).front())};
}

int run(int argc, char** argv) {
    CLI::App app("From results of speed and error to a report, and to the kernel to use.", "ulpfront-report");
    app.set_version_flag("--version", "ulpfront-report " ULPFRONT_VERSION);
    app.require_subcommand(1);
    app.footer(examples);
    build_options to_build;
    choose_options to_choose;
    const CLI::App* build = add_build(app, to_build);
    add_choose(app, to_choose);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        if (app.get_subcommands().empty() && argc > 1 && argv[1][0] != '-')
            throw unknown_command(app, argv[1]);
        throw failure(exit_usage, fmt::format("{}; `ulpfront-report --help` has examples", error.what()));
    }
    return build->parsed() ? run_build(to_build) : run_choose(to_choose);
}

}  // namespace
}  // namespace ulpfront::reports

int main(int argc, char** argv) {
    return ulpfront::run_tool("ulpfront-report", [&] { return ulpfront::reports::run(argc, argv); });
}
