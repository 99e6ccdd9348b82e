// near_midpoints FUNCTION [FROM [TO]]: the binary32 inputs, FROM <= |x| <= TO, whose exact result is normal
// and within 2^-24 ulp of the midpoint of two floats, and what they round to: the table of the function's
// exact kernel (impls/simd/round_correctly.hpp). The fast reference finds candidates among all inputs, the
// judge decides. Takes minutes; the same bytes every time. Exit: 0, 64 usage, 70 the judge could not decide.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "accuracy/reference/engine.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "impls/catalogue.hpp"

namespace {

using namespace ulpfront;

constexpr std::uint32_t block = 1U << 16U;
constexpr double near = 0.5 - 0x1p-24;
/// What the reference's own uncertainty may hide, and the rounding of its rests to floats.
constexpr double maybe_near = 0.5 - 0x1p-18;

struct entry {
    std::uint32_t input;
    float result;
};

/// One thread's share of the inputs.
class search {
  public:
    search(const engine_function& function, float from, float to)
        : function_(function), judge_(function.name), from_(from), to_(to) {}

    void run(std::uint32_t first_block, std::uint32_t stride) {
        reference_arrays arrays(block);
        std::vector<float> x(block);
        for (std::uint64_t b = first_block; b << 16U < 1ULL << 32U; b += stride) {
            for (std::uint32_t i = 0; i < block; ++i)
                x[i] = std::bit_cast<float>(static_cast<std::uint32_t>(b << 16U) + i);
            if (!(std::abs(x.back()) >= from_) || !(std::abs(x.front()) <= to_)) continue;
            function_.evaluate(x.data(), arrays.block(), block);
            for (std::uint32_t i = 0; i < block; ++i) try_one(x[i], arrays.block(), i);
        }
    }

    std::vector<entry> found;
    bool decided = true;

  private:
    void try_one(float x, const reference_block& reference, std::uint32_t i) {
        if (!(std::abs(x) >= from_ && std::abs(x) <= to_)) return;
        const reference_group& group = reference.groups[i / reference_group::size];
        if (group.inverse_ulp != 0.0 && group.largest_rest < maybe_near) return;
        const double value = reference_at(reference, i).value;
        if (!(std::abs(value) >= std::numeric_limits<float>::min()) || std::isinf(value)) return;
        const int exponent = std::ilogb(value) - (std::numeric_limits<float>::digits - 1);
        const double scaled = std::ldexp(std::abs(value), -exponent);
        if (std::abs(scaled - std::floor(scaled) - 0.5) > 0.5 - maybe_near) return;
        const auto rounded = judge_.rounded(x);
        if (!rounded)
            decided = false;
        else if (judge_.error_ulp(x, *rounded) >= near)
            found.push_back({std::bit_cast<std::uint32_t>(x), *rounded});
    }

    const engine_function& function_;
    judge<float> judge_;
    float from_;
    float to_;
};

/// A whole word as a number, decimal or hexfloat.
std::optional<float> number_in(const std::string& word) {
    char* end = nullptr;
    const float value = std::strtof(word.c_str(), &end);
    return word.empty() || *end != '\0' ? std::nullopt : std::optional(value);
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    const engine_table& engine = load_engine();
    const engine_function* function =
        words.empty() || words.size() > 3 ? nullptr : find_engine_function(engine, words[0].c_str());
    if (function == nullptr) {
        fmt::print(stderr, "near_midpoints: say which function: near_midpoints FUNCTION [FROM [TO]]\n");
        return 64;
    }
    const std::optional<float> from = words.size() > 1 ? number_in(words[1]) : 0.0F;
    const std::optional<float> to =
        words.size() > 2 ? number_in(words[2]) : std::numeric_limits<float>::max();
    if (!from || !to) {
        fmt::print(stderr, "near_midpoints: '{}' is no number\n", words[from ? 2 : 1]);
        return 64;
    }
    const unsigned threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<search> parts;
    for (unsigned i = 0; i < threads; ++i) parts.emplace_back(*function, *from, *to);
    std::vector<std::thread> running;
    for (unsigned i = 0; i < threads; ++i)
        running.emplace_back([&parts, i, threads] { parts[i].run(i, threads); });
    for (std::thread& each : running) each.join();
    std::vector<entry> all;
    for (const search& part : parts) {
        if (!part.decided) {
            fmt::print(stderr, "near_midpoints: the judge could not round {} somewhere\n", words[0]);
            return 70;
        }
        all.insert(all.end(), part.found.begin(), part.found.end());
    }
    std::sort(all.begin(), all.end(), [](const entry& a, const entry& b) { return a.input < b.input; });
    fmt::print("// near_midpoints {}\n", fmt::join(words, " "));
    fmt::print("constexpr std::array<simd::rounded_result, {}> near_midpoints{{{{\n", all.size());
    for (const entry& each : all) {
        fmt::print("    {{0x{:08x}, 0x{:08x}}},  // {:a}\n", each.input,
                   std::bit_cast<std::uint32_t>(each.result), std::bit_cast<float>(each.input));
    }
    fmt::print("}}}};\n");
    return 0;
}
