// The summary: what fits into a pull request.
#include <fmt/format.h>

#include <cmath>

#include "reports/gradient.hpp"
#include "reports/report.hpp"
#include "reports/text.hpp"
#include "reports/wording.hpp"

namespace ulpfront::reports {
namespace {

void add_list(std::string& text, const char* heading, const std::vector<std::string>& sentences) {
    if (sentences.empty()) return;
    text += fmt::format("\n## {}\n\n", heading);
    for (const std::string& each : sentences) text += "- " + escape_markdown(each) + "\n";
}

std::string choice_row(const report& of, const choice_line& line, std::size_t b) {
    const function_group& function = of.function_of(line);
    const std::string head = fmt::format("| {} | {} | {} ({}) |", escape_markdown(function.title),
                                         escape_markdown(of.group_of(line).dtype), budgets()[b].name,
                                         escape_markdown(budgets()[b].bound));
    const auto& chosen = line.per_budget[b];
    if (!chosen) return head + " none | | | | |\n";
    const kernel& each = of.all.kernels[chosen->kernel];
    const timing& time = *each.timed(chosen->under);
    return fmt::format("{} {} | {} | {} [{}–{}] | {} | {} |\n", head, markdown_code(each.label.shown),
                       escape_markdown(each.label.key.isa), time_text(time.ns.median), time_text(time.ns.low),
                       time_text(time.ns.high),
                       time.over_naive ? ratio_text(time.over_naive->value) + " ×" : "–",
                       bound_text(*each.checked));
}

void add_choices(const report& of, std::string& text) {
    if (of.choices.empty()) return;
    text +=
        "| Function | Type | Error budget | Kernel | ISA | ns per element | faster than naive | max error |\n"
        "|---|---|---|---|---|---:|---:|---:|\n";
    for (const choice_line& line : of.choices) {
        for (std::size_t b = 0; b < line.per_budget.size(); ++b) text += choice_row(of, line, b);
    }
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

void add_fronts(const report& of, std::string& text) {
    std::string rows;
    for (const choice_line& line : of.choices) {
        const kernel_group& group = of.group_of(line);
        if (!group.usual) continue;
        for (const std::string& isa : of.all.isas) {
            const std::string members = front_members(of, group, isa);
            if (members.empty()) continue;
            rows += fmt::format("| {} | {} | {} | {} |\n", escape_markdown(of.function_of(line).title),
                                escape_markdown(group.dtype), escape_markdown(isa), members);
        }
    }
    if (rows.empty()) return;
    text +=
        "\n## Fronts\n\nKernels that no other one beats in speed and error, fastest first.\n\n"
        "| Function | Type | ISA | Front |\n|---|---|---|---|\n" +
        rows;
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
    text += "\n## Slopes\n\n| Function | zero slope | slope below 2⁻¹⁰ |\n|---|---:|---|\n" + rows;
}

}  // namespace

std::string summary_markdown(const report& of) {
    std::string text = "# Activation functions: speed against error\n\n";
    add_choices(of, text);
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
