// Kernels that err alike are shown once.
#pragma once

#include <optional>
#include <vector>

#include "reports/report.hpp"

namespace ulpfront::reports {

/// As many lines as have a style of their own in one chart: six, and the textbook formula.
inline constexpr std::size_t most_lines = 7;
/// As many more are greyed in the background.
inline constexpr std::size_t most_greyed = 3;

/// Kernels of one name, mostly one kernel's ISAs, whose measured errors are the same.
struct alike {
    std::vector<std::size_t> kernels;  ///< at least one, the plainest ISA first
    std::optional<std::size_t> style;  ///< colour and dashes of those worth a look
    bool shown = true;                 ///< in charts: those with a style, and a few more on an ISA's front
};

/// All measured kernels of a group, by name. Worth a look are those on the front over all ISAs (where
/// nothing was timed, the most accurate), and the textbook formula; those on the front of an ISA are greyed.
std::vector<alike> group_alike(const report& of, const kernel_group& group);

/// By the largest error or the largest absolute one, on the front of its ISA; where nothing was timed, every
/// kernel.
bool is_on_a_front(const report& of, const kernel_group& group, std::size_t k);

/// "exp_div (sse2, avx2)".
std::string alike_name(const report& of, const std::vector<std::size_t>& kernels);

/// "sse2, avx2", plainest first.
std::string isas_text(const report& of, std::vector<std::size_t> kernels);

}  // namespace ulpfront::reports
