// Which inputs make a kernel slow? Times every kernel on inputs of one sign and one binade after the other,
// the subnormal numbers and NaN among them, and tells the median of these times and where they are more
// than 1.5 times as long.
//
//   slow_inputs_benchmark [--function REGEX] [--dtype NAME] [--kernel REGEX] [--isa NAME] ...
//
// An array of 1,024 elements, the shortest of nine calls each; of binary64 every fourth binade. A line a
// kernel: the median in ns per element, the longest time as its multiple, and the slow binades, each range
// with its own longest time: "-[2^-126, 2^-119] 79" are the negative numbers from 2^-126 to below 2^-118 in
// magnitude.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "bench/inputs.hpp"
#include "bench/prepared_kernel.hpp"
#include "impls/catalogue.hpp"
#include "impls/clock.hpp"
#include "impls/tool.hpp"

namespace {

using namespace ulpfront;
using namespace ulpfront::bench;

constexpr std::size_t elements = 1024;
constexpr int calls = 9;
constexpr double slow = 1.5;

/// The numbers of one sign and one exponent field.
struct binade {
    bool negative;
    int field;
    double ns = 0.0;  ///< per element
};

using buffer = std::vector<std::uint64_t>;

void fill(buffer& in, const binade& of, const element_format& format, random_bits& random) {
    const std::uint64_t upper = (of.negative ? format.sign_bit() : 0) | static_cast<std::uint64_t>(of.field)
                                                                            << format.fraction_bits;
    const std::uint64_t fraction = (std::uint64_t{1} << format.fraction_bits) - 1;
    for (std::size_t i = 0; i < elements; ++i) {
        const std::uint64_t bits = upper | (random.next() & fraction);
        std::memcpy(reinterpret_cast<unsigned char*>(in.data()) + i * format.bytes, &bits, format.bytes);
    }
}

/// All binades of both signs, timed.
std::vector<binade> time_binades(const callable& kernel, const element_format& format) {
    buffer in(elements);
    buffer out(elements);
    random_bits random(1);
    std::vector<binade> all;
    const int fields = 1 << format.exponent_bits;
    const int step = std::max(1, fields / 512);
    for (const bool negative : {true, false}) {
        for (int field = 0; field < fields && !interrupted(); field += step) {
            binade now{negative, field};
            fill(in, now, format, random);
            now.ns = std::numeric_limits<double>::infinity();
            for (int i = 0; i < calls; ++i) {
                const double begin = wall_seconds();
                kernel.eval(kernel.ctx, in.data(), out.data(), elements);
                now.ns = std::min(now.ns, 1e9 * (wall_seconds() - begin) / elements);
            }
            all.push_back(now);
        }
    }
    return all;
}

/// The ranges of neighbours that are slow.
std::string slow_ranges(const std::vector<binade>& all, double median, const element_format& format) {
    std::string text;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].ns <= slow * median) continue;
        const binade& first = all[i];
        double longest = first.ns;
        while (i + 1 < all.size() && all[i + 1].negative == first.negative && all[i + 1].ns > slow * median)
            longest = std::max(longest, all[++i].ns);
        text += fmt::format("  {}[2^{}, 2^{}] {:.3g}", first.negative ? '-' : '+',
                            first.field - format.bias(), all[i].field - format.bias(), longest / median);
    }
    return text;
}

void report(const kernel_info& kernel, const ulpfront_row& row) {
    const auto format = format_of(kernel.dtype);
    const prepared_kernel prepared(row, elements);
    if (!format || !prepared.ready()) return;
    const auto all = time_binades(prepared.call(), *format);
    if (interrupted()) return;
    auto sorted = all;
    std::sort(sorted.begin(), sorted.end(), [](const binade& a, const binade& b) { return a.ns < b.ns; });
    const double median = sorted[sorted.size() / 2].ns;
    put_out(fmt::format("{:44} {:8.3f} ns {:6.1f} x{}\n", kernel.id(), median, sorted.back().ns / median,
                        slow_ranges(all, median, *format)));
}

int run(int argc, char** argv) {
    CLI::App app(
        "Which inputs make a kernel slow? A line a kernel: the median of its times over all binades, the "
        "longest as its multiple, and the binades that take more than 1.5 times as long.",
        "slow_inputs_benchmark");
    app.footer(
        "Example:\n"
        "  slow_inputs_benchmark --function tanh --dtype f32 --isa avx512      ours and the libraries'");
    selection selected;
    add_selection_flags(app, selected);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_ok : exit_usage;
    }
    std::map<std::string, kernel_library> libraries;
    std::vector<kernel_info> kernels;
    for (const auto& path : find_libraries(selected.libraries, !selected.without_own).paths) {
        const auto& its = libraries.emplace(path, path).first->second.kernels();
        kernels.insert(kernels.end(), its.begin(), its.end());
    }
    put_in_order(kernels);
    catch_interrupts();
    for (const auto& kernel : select_kernels(kernels, selected)) {
        if (interrupted()) return exit_interrupted;
        if (!kernel.why_not_here().empty()) continue;
        report(kernel, libraries.at(kernel.path).row(kernel.row));
    }
    return exit_ok;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("slow_inputs_benchmark", [&] { return run(argc, argv); });
}
