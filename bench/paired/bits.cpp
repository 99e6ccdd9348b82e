#include "bench/paired/bits.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "bench/paired/loaded.hpp"
#include "bench/prepared_kernel.hpp"
#include "bench/worker.hpp"
#include "impls/catalogue.hpp"

namespace ulpfront::paired {
namespace {

using bench::element_format;

constexpr int neighbours = 8;
constexpr std::uint64_t blocks_per_answer = 1024;

int width_of(const element_format& format) { return 1 + format.fraction_bits + format.exponent_bits; }

std::uint64_t hash(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

std::uint64_t load(const unsigned char* from, std::size_t i, std::size_t bytes) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, from + i * bytes, bytes);
    return bits;
}

/// What differs, so far.
struct difference {
    std::uint64_t compared = 0;
    std::uint64_t changed = 0;
    std::uint64_t input = 0;  // of the first one
    std::uint64_t base = 0;
    std::uint64_t candidate = 0;
};

/// Both kernels on the same inputs, a block at a time.
class comparer {
  public:
    comparer(const ulpfront_row& base, const ulpfront_row& candidate, const element_format& format,
             sides which)
        : format_(format),
          inputs_(bits_block * format.bytes),
          base_results_(bits_block * format.bytes),
          candidate_results_(bits_block * format.bytes) {
        if (which != sides::candidate) base_.emplace(base, bits_block);
        if (which != sides::base) candidate_.emplace(candidate, bits_block);
    }

    [[nodiscard]] bool ready() const {
        return (!base_ || base_->ready()) && (!candidate_ || candidate_->ready());
    }

    /// Makes bits_of(i) element i of the inputs.
    template <class Bits>
    void fill(std::size_t n, const Bits& bits_of) {
        switch (format_.bytes) {
            case 2:
                return fill_as<std::uint16_t>(n, bits_of);
            case 4:
                return fill_as<std::uint32_t>(n, bits_of);
            default:
                return fill_as<std::uint64_t>(n, bits_of);
        }
    }

    void compare(std::size_t n) {
        if (base_) evaluate(*base_, base_results_, n);
        if (candidate_) evaluate(*candidate_, candidate_results_, n);
        found_.compared += n;
        if (!base_ || !candidate_) return;
        const std::size_t bytes = n * format_.bytes;
        if (std::memcmp(base_results_.data(), candidate_results_.data(), bytes) == 0) return;
        for (std::size_t i = 0; i < n; ++i) note(i);
    }

    [[nodiscard]] const difference& found() const { return found_; }

  private:
    template <class Element, class Bits>
    void fill_as(std::size_t n, const Bits& bits_of) {
        auto* const to = reinterpret_cast<Element*>(inputs_.data());
        for (std::size_t i = 0; i < n; ++i) to[i] = static_cast<Element>(bits_of(i));
    }

    /// noexcept: what a kernel throws is a crash of the kernel.
    void evaluate(const bench::prepared_kernel& kernel, const bench::guarded_memory& to,
                  std::size_t n) const noexcept {
        const bench::callable call = kernel.call();
        call.eval(call.ctx, inputs_.data(), to.data(), n);
    }

    void note(std::size_t i) {
        const std::uint64_t base = load(base_results_.data(), i, format_.bytes);
        const std::uint64_t candidate = load(candidate_results_.data(), i, format_.bytes);
        if (base == candidate) return;
        if (found_.changed == 0) {
            found_.input = load(inputs_.data(), i, format_.bytes);
            found_.base = base;
            found_.candidate = candidate;
        }
        ++found_.changed;
    }

    element_format format_;
    std::optional<bench::prepared_kernel> base_;
    std::optional<bench::prepared_kernel> candidate_;
    bench::guarded_memory inputs_;
    bench::guarded_memory base_results_;
    bench::guarded_memory candidate_results_;
    difference found_;
};

void report(const difference& found, bool done) {
    bench::answer({{"compared", found.compared},
                   {"changed", found.changed},
                   {"input", found.input},
                   {"base", found.base},
                   {"candidate", found.candidate},
                   {"done", done}});
}

void compare_specials(comparer& with, const std::vector<std::uint64_t>& bits) {
    for (std::size_t at = 0; at < bits.size(); at += bits_block) {
        const std::size_t n = std::min(bits_block, bits.size() - at);
        with.fill(n, [&](std::size_t i) { return bits[at + i]; });
        with.compare(n);
    }
}

}  // namespace

bool is_all(std::uint64_t inputs, const element_format& format) {
    const int width = width_of(format);
    return width < 64 && inputs >= std::uint64_t{1} << width;
}

std::uint64_t input_bits(std::uint64_t i, std::uint64_t inputs, const element_format& format) {
    if (is_all(inputs, format)) return i;
    const std::uint64_t last = 2 * format.sign_bit() - 1;  // the highest bit pattern
    const std::uint64_t size = std::max<std::uint64_t>(1, last / inputs);
    return i * size + hash(i) % size;
}

std::vector<std::uint64_t> special_bits(const std::vector<double>& seams, const element_format& format) {
    std::vector<std::uint64_t> bits;
    const std::uint64_t smallest_normal = std::uint64_t{1} << format.fraction_bits;
    for (const std::uint64_t magnitude :
         {std::uint64_t{0}, std::uint64_t{1}, smallest_normal - 1, smallest_normal,
          bench::encode(1.0, format), format.infinity() - 1, format.infinity(), format.quiet_nan()}) {
        bits.push_back(magnitude);
        bits.push_back(magnitude | format.sign_bit());
    }
    for (const double seam : seams) {
        const std::uint64_t middle = bench::encode(seam, format);
        for (int step = -neighbours; step <= neighbours; ++step)
            bits.push_back((middle + static_cast<std::uint64_t>(step)) & (2 * format.sign_bit() - 1));
    }
    return bits;
}

double decode(std::uint64_t bits, const element_format& format) {
    const std::uint64_t fraction = bits & ((std::uint64_t{1} << format.fraction_bits) - 1);
    const std::uint64_t magnitude = bits & (format.sign_bit() - 1);
    const auto field = static_cast<int>(magnitude >> format.fraction_bits);
    const double sign = (bits & format.sign_bit()) != 0 ? -1.0 : 1.0;
    if (magnitude > format.infinity()) return std::numeric_limits<double>::quiet_NaN();
    if (magnitude == format.infinity()) return sign * std::numeric_limits<double>::infinity();
    const std::uint64_t leading = field == 0 ? 0 : std::uint64_t{1} << format.fraction_bits;
    const int exponent = std::max(field, 1) - format.bias() - format.fraction_bits;
    return sign * std::ldexp(static_cast<double>(leading | fraction), exponent);
}

void compare_bits(const bits_request& request) {
    const element_format format = bench::format_of(request.dtype).value();
    loaded_libraries libraries;
    comparer with(libraries.row(request.base), libraries.row(request.candidate), format, request.which);
    if (!with.ready()) {
        bench::answer({{"error", "create() returned null"}});
        return;
    }
    const bool all = is_all(request.inputs, format);
    if (request.first == 0 && !all) compare_specials(with, special_bits(request.seams, format));
    std::uint64_t blocks = 0;
    for (std::uint64_t at = request.first; at < request.first + request.count; at += bits_block) {
        const std::size_t n = std::min<std::uint64_t>(bits_block, request.first + request.count - at);
        if (all) {
            with.fill(n, [&](std::size_t i) { return at + i; });
        } else {
            with.fill(n, [&](std::size_t i) { return input_bits(at + i, request.inputs, format); });
        }
        with.compare(n);
        if (++blocks % blocks_per_answer == 0) report(with.found(), false);
    }
    report(with.found(), true);
}

}  // namespace ulpfront::paired
