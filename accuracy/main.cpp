// ulpfront-accuracy: how exact are the kernels, and do they keep their promises?
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "accuracy/process/commands.hpp"
#include "accuracy/process/worker.hpp"
#include "impls/tool.hpp"

namespace {

using namespace ulpfront;

constexpr const char* tool = "ulpfront-accuracy";

void add_list(CLI::App& app, list_options& to) {
    CLI::App& command =
        *app.add_subcommand("list", "Lists kernels: method, ISA, promise, runnable here or why not");
    add_selection_flags(command, to.which);
    command.add_flag("--json", to.json, "print JSON");
    command.footer(
        "\nExamples:\n"
        "  ulpfront-accuracy list\n"
        "  ulpfront-accuracy list --function sigmoid --isa avx2 --json\n"
        "  ulpfront-accuracy list --kernels ./libmine.so\n");
}

void add_timeout(CLI::App& command, double& timeout) {
    command
        .add_option("--timeout", timeout,
                    "CPU seconds a kernel may take for one call or one block (default 20)")
        ->check(CLI::Range(0.01, 1e6))
        ->type_name("S");
}

void add_check(CLI::App& app, check_options& to) {
    CLI::App& command =
        *app.add_subcommand("check", "Measures errors, tries array handling, compares with the promises");
    command
        .add_option("--inputs", to.inputs,
                    "quick (a million inputs: every binade, seam and special value; of f64 40,000), all "
                    "(2^32; of f64 2^20 "
                    "chosen ones), or about N")
        ->type_name("quick|all|N");
    command.add_option("--threads", to.threads, "workers and reference threads (default: as many as CPUs)")
        ->check(CLI::Range(1, 1024))
        ->type_name("K");
    add_timeout(command, to.timeout);
    command.add_option("--out", to.out, "write the results here, as JSON")->type_name("F.json");
    command
        .add_option("--shard", to.shard,
                    "only part i of N (from 0), into --out; goes on from what is there. See merge")
        ->type_name("i/N");
    add_selection_flags(command, to.which);
    command.footer(
        "\nExit codes: 0 promises kept, 2 one is broken, 3 a kernel crashed or hung; 64 wrong usage, 65 the "
        "file of\n"
        "a shard is damaged or another's, 73 it cannot be written (what was there stays), 130 interrupted.\n"
        "\nExamples:\n"
        "  ulpfront-accuracy check\n"
        "  ulpfront-accuracy check --function sigmoid --inputs all --out sigmoid.json\n"
        "  ulpfront-accuracy check --kernels ./libmine.so --kernel 'mine:.*'\n"
        "  ulpfront-accuracy check --inputs all --shard 3/64 --out shard.3.json\n");
}

void add_search(CLI::App& app, search_options& to) {
    CLI::App& command = *app.add_subcommand("search", "Looks for the worst inputs of kernels of f64");
    command.add_option("--budget", to.budget, "evaluations of each kernel (default 262144)")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1} << 40))
        ->type_name("N");
    command.add_option("--seed", to.seed, "of the random numbers (default 1): another seed looks elsewhere")
        ->type_name("S");
    command.add_option("--threads", to.threads, "kernels searched at a time (default: as many as CPUs)")
        ->check(CLI::Range(1, 1024))
        ->type_name("K");
    add_timeout(command, to.timeout);
    command.add_option("--out", to.out, "write the results here, as JSON")->type_name("F.json");
    add_selection_flags(command, to.which);
    command.footer(
        "\nThe hundred worst inputs of each kernel are tried on all others of its function, too. The same "
        "seed, "
        "budget and\n"
        "selection find the same, whatever the number of threads. Maxima are 'found': an error may be larger "
        "elsewhere.\n"
        "'witnesses' keeps the inputs of a result, and every later check tries them.\n"
        "\nExit codes: as check.\n"
        "\nExamples:\n"
        "  ulpfront-accuracy search --function tanh\n"
        "  ulpfront-accuracy search --budget 10000000 --seed 2 --out search.json\n"
        "  ulpfront-accuracy witnesses -o accuracy/witnesses search.json\n");
}

void add_merge(CLI::App& app, merge_options& to) {
    CLI::App& command = *app.add_subcommand("merge", "Joins the shards of a check into its result");
    command.add_option("-o,--out", to.out, "write the result here, as JSON")->required()->type_name("F.json");
    command.add_flag("--partial", to.partial, "some shards are missing: write one larger shard instead");
    command.add_option("SHARD", to.shards, "files that 'check --shard' wrote, in any order")->required();
    command.footer(
        "\nThe result has the same bytes however many shards there were.\n"
        "\nExit codes: 0 merged, 65 a shard is missing, twice there, unfinished, damaged, or of another "
        "build,\n"
        "machine or selection than the first, 73 the result cannot be written, 64 wrong usage.\n"
        "\nExamples:\n"
        "  ulpfront-accuracy merge -o accuracy.json shard.*.json\n"
        "  ulpfront-accuracy merge --partial -o rack1.json shard.?.json\n");
}

void add_witnesses(CLI::App& app, witnesses_options& to) {
    CLI::App& command =
        *app.add_subcommand("witnesses", "Keeps the worst inputs of results, to be tried in every check");
    command.add_option("-o,--out", to.folder, "the folder with a list for each function and dtype")
        ->required()
        ->type_name("DIR");
    command.add_option("RESULT", to.results, "files that check or merge wrote")->required();
    command.footer(
        "\nAdds to DIR/FUNCTION.DTYPE.txt what is not yet there. The lists in accuracy/witnesses are built "
        "in.\n"
        "\nExit codes: 0 done, 65 not a result, or a list with a line that is none, 73 a list cannot be "
        "written.\n"
        "\nExamples:\n"
        "  ulpfront-accuracy witnesses -o accuracy/witnesses results/sweep/accuracy.json\n");
}

void add_certify(CLI::App& app, certify_options& to) {
    CLI::App& command = *app.add_subcommand(
        "certify", "Holds the fast reference of f32 against exact values at all 2^32 inputs");
    command.add_option(
        "DIR", to.folder,
        "the folder with a certificate for each function: what is there is gone on with. With\n"
        "--check by default those that were built in");
    command.add_flag("--check", to.check,
                     "compare certificates with the reference of this build: some 20 s a function");
    command
        .add_option("--function", to.functions,
                    "functions to take: a regular expression on the whole name; repeatable")
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--threads", to.threads, "binades at a time (default: as many as CPUs)")
        ->check(CLI::Range(1, 1024))
        ->type_name("K");
    command.footer(
        "\nEvery enclosure is held against Taylor polynomials of the function's template, whose coefficients "
        "and\n"
        "remainders MPFR encloses; what these leave open the judge decides, input by input. A certificate "
        "names\n"
        "the reference's values by a fingerprint: 'check --inputs all' says 'certified' where it is the "
        "same.\n"
        "\nExit codes: 0 certified, 2 the reference is wrong at an input, 65 a certificate is damaged or "
        "another\n"
        "build's, 73 one cannot be written, 64 wrong usage, 130 interrupted (what is done is kept).\n"
        "\nExamples:\n"
        "  ulpfront-accuracy certify --check\n"
        "  ulpfront-accuracy certify accuracy/certificates --function sigmoid\n");
}

void add_eval(CLI::App& app, eval_options& to) {
    CLI::App& command =
        *app.add_subcommand("eval", "Evaluates one kernel: exact, rounded and computed value, error");
    add_selection_flags(command, to.which);
    add_timeout(command, to.timeout);
    command.add_option("X", to.inputs, "inputs: decimal, hexfloat, inf, nan, or all bits as 0x and digits")
        ->required();
    command.footer(
        "\nExamples:\n"
        "  ulpfront-accuracy eval --function tanh --dtype f32 --kernel naive --isa scalar 0.5 -1e-3\n"
        "  ulpfront-accuracy eval --function sigmoid --dtype f32 --kernel stable --isa scalar -0x1.62e42ep+6 "
        "0xc2b0c0a5\n");
}

/// "-inf" and "-nan" look like flags to the parser.
std::string hide_from_flags(const std::string& word) {
    std::string lower = word;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (lower == "-inf" || lower == "-infinity") return minus_infinity;
    return lower == "-nan" ? minus_nan : word;
}

/// The flags of a command, without the short ones.
std::vector<std::string> flags_of(const CLI::App& command) {
    std::vector<std::string> flags;
    for (const CLI::Option* each : command.get_options()) {
        for (const std::string& name : each->get_lnames()) flags.push_back("--" + name);
    }
    return flags;
}

/// One line for a command line that cannot be understood.
failure explain(const CLI::ParseError& error, const CLI::App& app, const std::vector<std::string>& words) {
    const auto chosen = app.get_subcommands();
    if (chosen.empty() && !words.empty() && words.front().front() != '-') {
        std::vector<std::string> commands;
        for (const CLI::App* each : app.get_subcommands({})) commands.push_back(each->get_name());
        return {exit_usage, fmt::format("there is no command '{}'; near: {}; see {} --help", words.front(),
                                        near_names(words.front(), commands).front(), tool)};
    }
    const CLI::App& command = chosen.empty() ? app : *chosen.front();
    const std::string help = fmt::format("{} {}--help", tool, chosen.empty() ? "" : command.get_name() + " ");
    const auto flags = flags_of(command);
    for (const std::string& word : words) {
        const std::string flag = word.substr(0, word.find('='));
        if (flag.rfind("--", 0) != 0 || std::find(flags.begin(), flags.end(), flag) != flags.end()) continue;
        return {exit_usage, fmt::format("there is no flag '{}'; near: {}; see {}", flag,
                                        fmt::join(near_names(flag, flags), ", "), help)};
    }
    const std::string what = error.what();
    return {exit_usage, fmt::format("{}; see {}", what.substr(0, what.find('\n')), help)};
}

int run(std::vector<std::string> words) {
    CLI::App app("How exact are the kernels, and do they keep their promises?", tool);
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string(tool) + " " + ULPFRONT_VERSION);
    app.footer(
        "\nExamples:\n"
        "  ulpfront-accuracy check                                    everything, quickly\n"
        "  ulpfront-accuracy check --function sigmoid --inputs all    every input there is\n");
    list_options list;
    check_options check;
    search_options search;
    merge_options merge;
    witnesses_options witnesses;
    certify_options certify;
    eval_options eval;
    add_list(app, list);
    add_check(app, check);
    add_search(app, search);
    add_merge(app, merge);
    add_witnesses(app, witnesses);
    add_certify(app, certify);
    add_eval(app, eval);
    if (!words.empty() && words.front() == "eval") {
        for (std::string& word : words) word = hide_from_flags(word);
    }
    try {
        std::vector<std::string> reversed(words.rbegin(), words.rend());
        app.parse(std::move(reversed));
    } catch (const CLI::Success& asked) {
        return app.exit(asked);
    } catch (const CLI::ParseError& error) {
        throw explain(error, app, words);
    }
    if (app.got_subcommand("list")) return run_list(list);
    if (app.got_subcommand("check")) return run_check(check);
    if (app.got_subcommand("search")) return run_search(search);
    if (app.got_subcommand("merge")) return run_merge(merge);
    if (app.got_subcommand("certify")) return run_certify(certify);
    return app.got_subcommand("witnesses") ? run_witnesses(witnesses) : run_eval(eval);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    return run_tool(tool, [&] {
        if (!words.empty() && words.front() == "worker") return worker_main({words.begin() + 1, words.end()});
        return run(words);
    });
}
