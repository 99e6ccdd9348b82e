// The gate's result for a pull request.
#include <fmt/format.h>

#include <algorithm>

#include "reports/gate/accuracy.hpp"
#include "reports/gate/model.hpp"
#include "reports/gate/words.hpp"
#include "reports/text.hpp"

namespace ulpfront::gate {
namespace {

using reports::escape_markdown;
using reports::markdown_code;

std::string losses_part(const gate_result& from) {
    std::string rows;
    const auto add = [&](const loss& each) {
        rows += fmt::format("| {} | {} | {} |\n", markdown_code(each.kernel), escape_markdown(in_words(each)),
                            escape_markdown(each.accepted));
    };
    for (const kernel_result& each : from.kernels) std::for_each(each.losses.begin(), each.losses.end(), add);
    std::for_each(from.slower.begin(), from.slower.end(), add);
    if (rows.empty()) return "No losses.\n";
    return "| kernel | loss | accepted because |\n|---|---|---|\n" + rows;
}

std::string accuracy_part(const gate_result& from) {
    std::string rows;
    for (const kernel_result& each : from.kernels) {
        const std::string bits = bits_words(each);
        if (each.accuracy == accuracy_verdict::identical || each.accuracy == accuracy_verdict::not_here)
            continue;
        rows +=
            fmt::format("| {} | {} | {} |\n", markdown_code(each.id), name_of(each.accuracy),
                        escape_markdown(each.note + (each.note.empty() || bits.empty() ? "" : "; ") + bits));
    }
    if (rows.empty()) return "";
    return fmt::format("\n<details><summary>Accuracy over the inputs: {}</summary>\n\n", from.inputs) +
           "| kernel | verdict | results |\n|---|---|---|\n" + rows + "\n</details>\n";
}

std::string speed_part(const gate_result& from) {
    if (from.speeds.empty()) return "";
    std::string rows;
    for (const speed_result& each : from.speeds)
        rows += fmt::format("| {} | {} | {} | {} |\n", markdown_code(each.name), name_of(each.verdict),
                            escape_markdown(speed_words(each)), each.error.empty() ? seen_words(each) : "");
    return fmt::format("\n<details><summary>Speed, margin {:g} % in cache and {:g} % beyond</summary>\n\n",
                       100.0 * from.limits.margin_in_cache, 100.0 * from.limits.margin_beyond) +
           "| benchmark | verdict | change | power |\n|---|---|---|---|\n" + rows + "\n</details>\n";
}

std::string instruction_part(const gate_result& from) {
    std::string rows;
    for (const kernel_result& each : from.kernels) {
        if (each.counted)
            rows += fmt::format("| {} | {} |\n", markdown_code(each.id),
                                escape_markdown(instruction_words(*each.counted)));
    }
    if (rows.empty()) return "";
    return "\n<details><summary>Instructions, counted by Valgrind</summary>\n\n| kernel | count "
           "|\n|---|---|\n" +
           rows + "\n</details>\n";
}

}  // namespace

std::string as_markdown(const gate_result& from) {
    std::string text = fmt::format("## Kernels: {}\n\n", summary(from));
    for (const std::string& note : from.notes) text += "- " + note + "\n";
    if (!from.notes.empty()) text += "\n";
    if (!from.incomparable.empty()) return text;
    return text + losses_part(from) + accuracy_part(from) + speed_part(from) + instruction_part(from);
}

}  // namespace ulpfront::gate
