// The summary: what fits into a pull request.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "reports/gradient.hpp"
#include "reports/report.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

/// The first sentences as a list; the others folded.
void add_list(std::string& text, const char* heading, const std::vector<std::string>& sentences) {
    constexpr std::size_t most = 8;
    if (sentences.empty()) return;
    text += fmt::format("\n## {}\n\n", heading);
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        if (i == most)
            text += fmt::format("\n<details><summary>{} more</summary>\n\n", sentences.size() - most);
        text += "- " + escape_markdown(sentences[i]) + "\n";
    }
    if (sentences.size() > most) text += "\n</details>\n";
}

/// "`exp_div` avx2, 0.331 ns, 14.2 × [13.9–14.6], ≤ 0.775 ULP"; "same" where the stricter budget has it, too.
std::string choice_text(const report& of, const choice_line& line, std::size_t b) {
    const auto& chosen = line.per_budget[b];
    if (!chosen) return "none";
    if (b > 0 && line.per_budget[b - 1] && line.per_budget[b - 1]->kernel == chosen->kernel) return "same";
    const kernel& each = of.all.kernels[chosen->kernel];
    const timing& time = *each.timed(chosen->under);
    return fmt::format("{} {}, {} ns{}, {}", markdown_code(each.label.shown),
                       escape_markdown(each.label.key.isa), time_text(time.ns.median),
                       time.over_naive
                           ? fmt::format(", **{} ×** [{}–{}]", ratio_text(time.over_naive->value),
                                         ratio_text(time.over_naive->low), ratio_text(time.over_naive->high))
                           : "",
                       escape_markdown(bound_text(*each.checked)));
}

/// The choices of one type as a table.
std::string choices_table(const report& of, const std::string& dtype) {
    std::string text = fmt::format("| {} |", escape_markdown(dtype));
    std::string rule = "|---|";
    for (const budget& each : budgets()) {
        text += fmt::format(" {} ({}) |", each.name, escape_markdown(each.bound));
        rule += "---|";
    }
    text += fmt::format("\n{}\n", rule);
    for (const choice_line& line : of.choices) {
        if (of.group_of(line).dtype != dtype) continue;
        text += fmt::format("| {} |", escape_markdown(of.function_of(line).title));
        for (std::size_t b = 0; b < line.per_budget.size(); ++b)
            text += fmt::format(" {} |", choice_text(of, line, b));
        text += "\n";
    }
    return text;
}

/// Of several types the first is open, the others are folded.
void add_choices(const report& of, std::string& text) {
    const std::vector<std::string> dtypes = dtypes_of(of);
    if (dtypes.empty()) return;
    text += choices_table(of, dtypes.front());
    text += "\n×: times faster than the textbook formula in plain scalar code, with its interval.\n";
    for (std::size_t i = 1; i < dtypes.size(); ++i) {
        text += fmt::format("\n<details><summary>{}</summary>\n\n{}\n</details>\n", escape_html(dtypes[i]),
                            choices_table(of, dtypes[i]));
    }
}

std::string change_row(const report& of, const speed_change& each) {
    const kernel& now = of.all.kernels[each.kernel];
    const std::string ratio = each.times
                                  ? fmt::format("**{}** [{}–{}]", ratio_text(each.times->value),
                                                ratio_text(each.times->low), ratio_text(each.times->high))
                                  : "–";
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                       escape_markdown(now.label.key.function), escape_markdown(now.label.key.dtype),
                       markdown_code(now.label.shown), escape_markdown(now.label.key.isa),
                       escape_markdown(condition_text(each.under)), time_text(each.before.median),
                       time_text(each.after.median), ratio, verdict_text(each.is));
}

std::string change_row(const report& of, const error_change& each) {
    const kernel& now = of.all.kernels[each.kernel];
    return fmt::format("| {} | {} | {} | {} | {} | {} | {}: {} |\n", escape_markdown(now.label.key.function),
                       escape_markdown(now.label.key.dtype), markdown_code(now.label.shown),
                       escape_markdown(now.label.key.isa), escape_markdown(each.before),
                       escape_markdown(each.after), verdict_text(each.is), escape_markdown(each.why));
}

/// The first rows of a table, and how many are left.
template <class Change>
void add_changes(const report& of, const std::vector<Change>& changes, const char* heads, std::string& text) {
    constexpr std::size_t most = 20;
    if (changes.empty()) return;
    text += heads;
    for (std::size_t i = 0; i < std::min(most, changes.size()); ++i) text += change_row(of, changes[i]);
    if (changes.size() > most) text += fmt::format("\n{} more: comparison.csv.\n", changes.size() - most);
}

void add_against(const report& of, std::string& text) {
    if (!of.against) return;
    using verdict = speed_change::verdict;
    text += fmt::format("\n## What changed\n\n{}.\n", escape_markdown(against_text(*of.against)));
    for (const std::string& each : of.against->machines)
        text += fmt::format("\nTimed on different machines: {}.\n", escape_markdown(each));
    if (const auto& noise = of.against->noise) {
        text += fmt::format(
            "\nKernels with the same object code seem to take {} to {} times as long: smaller "
            "changes are noise.\n",
            ratio_text(noise->low), ratio_text(noise->high));
    }
    add_changes(of, of.against->errors,
                "\n| Function | Type | Kernel | ISA | Errors before | now | Verdict "
                "|\n|---|---|---|---|---|---|---|\n",
                text);
    std::vector<speed_change> speeds;
    std::copy_if(
        of.against->speeds.begin(), of.against->speeds.end(), std::back_inserter(speeds),
        [](const speed_change& each) { return each.is == verdict::slower || each.is == verdict::faster; });
    add_changes(
        of, speeds,
        "\n| Function | Type | Kernel | ISA | Timed with | ns before | now | now / before | Verdict |\n"
        "|---|---|---|---|---|---:|---:|---:|---|\n",
        text);
}

/// "exp_div (0.331 ns, ≤ 0.775 ULP)", fastest first.
std::string front_members(const report& of, const kernel_group& group, const std::string& isa) {
    std::string text;
    for (const std::size_t k : timed_and_sound(of.all, group, *group.usual, isa)) {
        const kernel& each = of.all.kernels[k];
        const timing& time = *each.timed(*group.usual);
        if (!time.within_isa->on_front) continue;
        text += fmt::format("{}{} ({} ns, {} ULP)", text.empty() ? "" : ", ", markdown_code(each.label.shown),
                            time_text(time.ns.median), max_ulp_text(*each.checked));
    }
    return text;
}

/// Of the first type alone: with all of them the summary would be longer than a comment may be.
void add_fronts(const report& of, std::string& text) {
    std::string rows;
    for (const choice_line& line : of.choices) {
        const kernel_group& group = of.group_of(line);
        if (!group.usual || group.dtype != dtypes_of(of).front()) continue;
        for (const std::string& isa : of.all.isas) {
            const std::string members = front_members(of, group, isa);
            if (members.empty()) continue;
            rows += fmt::format("| {} | {} | {} |\n", escape_markdown(of.function_of(line).title),
                                escape_markdown(isa), members);
        }
    }
    if (rows.empty()) return;
    text += fmt::format(
        "\n<details><summary>Fronts of {}: kernels that no other one beats in speed and error, fastest "
        "first</summary>\n\n| Function | ISA | Front |\n|---|---|---|\n{}\n</details>\n",
        escape_html(dtypes_of(of).front()), rows);
}

void add_gradients(const report& of, std::string& text) {
    std::string rows;
    for (const function_group& function : of.all.functions) {
        if (function.is_floor || !function.entry) continue;
        const gradient_facts facts = read_gradient(*function.entry);
        rows += fmt::format("| {} | {} | {} |\n", escape_markdown(function.title),
                            share_text(facts.zero_share), vanishing_text(facts));
    }
    if (rows.empty()) return;
    text +=
        "\n<details><summary>Slopes</summary>\n\n| Function | zero slope | slope below 2⁻¹⁰ "
        "|\n|---|---:|---|\n" +
        rows + "\n</details>\n";
}

}  // namespace

std::string summary_markdown(const report& of) {
    std::string text = "# Activation functions: speed against error\n\n";
    add_choices(of, text);
    add_against(of, text);
    add_list(text, "Broken promises", of.broken);
    add_list(text, "Missing here", of.gaps);
    add_list(text, "Know before you trust", of.warnings);
    add_list(text, "What the textbook formulas get wrong", of.naive_failures);
    add_fronts(of, text);
    add_gradients(of, text);
    if (!of.environment.empty()) {
        text += "\n## Where and with what\n\n| | |\n|---|---|\n";
        for (const auto& [name, value] : of.environment) {
            text += fmt::format("| {} | {} |\n", escape_markdown(name), escape_markdown(value));
        }
    }
    return text;
}

}  // namespace ulpfront::reports
