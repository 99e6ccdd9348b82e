// The selection part of the catalogue: regular expressions on whole words, and near names for typing errors.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <numeric>
#include <regex>
#include <set>

#include "impls/catalogue.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

/// Edit distance (insertions, deletions, substitutions) of two short words, after Wagner and Fischer.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

/// One flag of the selection: which words of a kernel it is matched with.
struct criterion {
    const char* flag;
    const std::vector<std::string> selection::*expressions;
    std::vector<std::string> (*words)(const kernel_info&);
};

const criterion criteria[] = {
    {"--function", &selection::functions, [](const kernel_info& k) { return std::vector{k.function}; }},
    {"--dtype", &selection::dtypes,
     [](const kernel_info& k) { return std::vector{std::string(dtype_name(k.dtype))}; }},
    {"--kernel", &selection::kernels,
     [](const kernel_info& k) {
         return std::vector{k.shown_name(), k.kernel, k.library + ":" + k.kernel};
     }},
    {"--isa", &selection::isas,
     [](const kernel_info& k) { return std::vector{std::string(isa_name(k.isa))}; }},
    {"--method", &selection::methods,
     [](const kernel_info& k) { return std::vector{std::string(method_name(k.method))}; }},
};

std::regex compile(const char* flag, const std::string& text) {
    try {
        return std::regex(text);
    } catch (const std::regex_error& error) {
        throw failure(exit_usage,
                      fmt::format("{} '{}' is not a regular expression: {}", flag, text, error.what()));
    }
}

/// For every word that occurs: is it matched by this expression?
std::vector<std::string> all_words(const criterion& by, const std::vector<kernel_info>& kernels) {
    std::set<std::string> words;
    for (const kernel_info& kernel : kernels) words.insert(by.words(kernel).front());
    return {words.begin(), words.end()};
}

bool matches(const criterion& by, const kernel_info& kernel, const std::regex& expression) {
    const auto words = by.words(kernel);
    return std::any_of(words.begin(), words.end(),
                       [&](const auto& word) { return std::regex_match(word, expression); });
}

std::vector<kernel_info> filter(const criterion& by, const std::vector<std::string>& texts,
                                const std::vector<kernel_info>& all, const std::vector<kernel_info>& from) {
    std::vector<std::regex> expressions;
    for (const std::string& text : texts) {
        const std::regex expression = compile(by.flag, text);
        const auto matched = [&](const kernel_info& kernel) { return matches(by, kernel, expression); };
        if (std::none_of(all.begin(), all.end(), matched)) {
            const auto names = all_words(by, all);
            throw failure(exit_usage, fmt::format("{} '{}' matches nothing; near: {}", by.flag, text,
                                                  fmt::join(near_names(text, names), ", ")));
        }
        expressions.push_back(expression);
    }
    std::vector<kernel_info> kept;
    std::copy_if(from.begin(), from.end(), std::back_inserter(kept), [&](const kernel_info& kernel) {
        return std::any_of(expressions.begin(), expressions.end(),
                           [&](const std::regex& expression) { return matches(by, kernel, expression); });
    });
    return kept;
}

}  // namespace

std::vector<std::string> near_names(std::string_view word, const std::vector<std::string>& names) {
    std::vector<std::string> sorted = names;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const auto& a, const auto& b) { return distance(word, a) < distance(word, b); });
    sorted.resize(std::min<std::size_t>(sorted.size(), 3));
    return sorted;
}

std::vector<kernel_info> select_kernels(const std::vector<kernel_info>& from, const selection& by) {
    std::vector<kernel_info> kept = from;
    for (const criterion& each : criteria) {
        const std::vector<std::string>& texts = by.*each.expressions;
        if (!texts.empty()) kept = filter(each, texts, from, kept);
    }
    if (kept.empty()) {
        throw failure(
            exit_usage,
            from.empty()
                ? "there are no kernels; build the project or name a library with --kernels"
                : "no kernel fits all of the selection's flags together; `ulpfront-accuracy list` shows "
                  "what there is");
    }
    return kept;
}

void add_filter_flags(CLI::App& command, selection& to) {
    const auto add = [&](const char* flag, std::vector<std::string>& into, const char* help) {
        command.add_option(flag, into, help)->take_all()->allow_extra_args(false)->group("Selection");
    };
    add("--function", to.functions, "functions to take: a regular expression on the whole name; repeatable");
    add("--dtype", to.dtypes, "element types: f32, f64, f16, bf16");
    add("--kernel", to.kernels, "kernels: 'exp_div', 'library:.*'");
    add("--isa", to.isas, "instruction sets: scalar, sse2, avx2, avx512, neon64, auto");
    add("--method", to.methods, "methods: naive, stable, simd, lut, exact, peer, null");
}

void add_selection_flags(CLI::App& command, selection& to) {
    add_filter_flags(command, to);
    command
        .add_option("--kernels", to.libraries, "a further kernel library, or a folder of them; repeatable")
        ->take_all()
        ->allow_extra_args(false)
        ->group("Selection");
    command.add_flag("--no-own", to.without_own, "leave the project's own libraries out")->group("Selection");
}

}  // namespace ulpfront
