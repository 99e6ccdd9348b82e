#include "accuracy/process/integrity.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <random>

#include "accuracy/measurement.hpp"
#include "accuracy/process/death.hpp"
#include "accuracy/ulp.hpp"

namespace ulpfront {
namespace {

constexpr std::size_t longest = 257;      // of the lengths that are all tried
constexpr std::size_t row_length = 83;    // 64 + 16 + 3: unrolled turns, single vectors and a tail
constexpr std::size_t pool_size = 65537;  // prime: no vector width divides it
constexpr std::size_t longest_piece = 32;
constexpr std::size_t alignments = 16;

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float biggest = std::numeric_limits<float>::max();
constexpr float smallest = std::numeric_limits<float>::denorm_min();
constexpr float specials[] = {std::numeric_limits<float>::quiet_NaN(),
                              inf,
                              -inf,
                              0.0F,
                              -0.0F,
                              smallest,
                              -smallest,
                              biggest,
                              -biggest,
                              89.0F,
                              -89.0F,
                              1e-30F};

/// A quarter each: evenly spaced ordinary values, ordinary values at random, any bits, neighbours of seams
/// and special values.
std::vector<float> make_pool(const integrity_facts& facts) {
    std::vector<double> marks(std::begin(specials), std::end(specials));
    marks.insert(marks.end(), facts.seams.begin(), facts.seams.end());
    std::mt19937 random(20240229);  // any fixed seed: runs must not differ
    const double width = facts.to - facts.from;
    std::vector<float> pool(pool_size);
    for (std::size_t i = 0; i < pool.size(); i += 4) {
        const std::size_t left = std::min<std::size_t>(4, pool.size() - i);
        const auto mark = static_cast<float>(marks[random() % marks.size()]);
        const float group[] = {
            static_cast<float>(facts.from + width * static_cast<double>(i % 1024) / 1023.0),
            static_cast<float>(facts.from + width * static_cast<double>(random()) * 0x1p-32),
            std::bit_cast<float>(static_cast<std::uint32_t>(random())),
            std::bit_cast<float>(
                static_cast<std::uint32_t>(std::bit_cast<std::uint32_t>(mark) + random() % 3 - 1)),
        };
        std::copy_n(group, left, pool.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return pool;
}

std::vector<float> make_row(const integrity_facts& facts) {
    std::vector<float> row(row_length);
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] = static_cast<float>(facts.from + (facts.to - facts.from) * static_cast<double>(i) /
                                                     static_cast<double>(row.size() - 1));
    }
    return row;
}

}  // namespace

integrity_check::integrity_check(running_kernel& kernel, const kernel_context& context, integrity_facts facts)
    : kernel_(kernel),
      context_(context),
      facts_(std::move(facts)),
      small_(longest),
      pool_(make_pool(facts_)),
      row_(make_row(facts_)) {}

/// In this order, so that a fault is seen first by what it is named after: each check compares with results
/// that differ from its own in the one thing it is about.
void integrity_check::run() {
    evaluate_alone();
    repeat();
    try_alignments();
    try_distances();
    try_lanes();
    try_lengths();
    if (misplaced_ && !has_any({"length", "position", "lane"}))
        kernel_.faults().note("position", *misplaced_);
    if (facts_.in_place) {
        for (std::size_t n = 0; n <= longest; ++n) try_in_place(small_, std::span(pool_).first(n));
    }
    try_large();
    try_fresh_context();
    check_threads(kernel_, pool_);
}

bool integrity_check::has_any(std::initializer_list<const char*> codes) const {
    return std::any_of(codes.begin(), codes.end(),
                       [&](const char* code) { return kernel_.faults().has(code); });
}

std::span<const float> integrity_check::call(activity doing, arena& in, std::span<const float> x,
                                             const place& at) {
    if (at.in == at.out) {
        std::copy(x.begin(), x.end(), at.out);
    } else {
        in.put(x, at.in);
    }
    kernel_.call(doing, context_, at.in, at.out, x.size());
    result_.resize(x.size());
    in.take(at.out, result_);
    check_surroundings(in, at, x.size());
    return result_;
}

void integrity_check::check_surroundings(arena& in, const place& at, std::size_t n) {
    const std::size_t stain = in.first_stain();
    if (stain == in.elements_in_all()) return;
    const float* const where = in.output_at(0) + stain;
    const std::ptrdiff_t distance = where < at.out ? at.out - where : where - (at.out + n) + 1;
    kernel_.faults().note("neighbours", fmt::format("wrote {} element{} {} of its output, {}", distance,
                                                    distance == 1 ? "" : "s",
                                                    where < at.out ? "before the start" : "past the end",
                                                    describe_activity(kernel_.state())));
    in.paint(in.which());
}

std::optional<integrity_check::mismatch> integrity_check::differs(std::span<const float> got,
                                                                  std::span<const float> wanted) const {
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (!same_result(got[i], wanted[i])) return mismatch{i, got[i], wanted[i]};
    }
    return std::nullopt;
}

std::string integrity_check::words(std::span<const float> x, const mismatch& wrong,
                                   const std::string& against) const {
    return fmt::format("{}: element {}, f({}) gave {}, {} {}", describe_activity(kernel_.state()), wrong.i,
                       hexfloat(x[wrong.i]), hexfloat(wrong.got), against, hexfloat(wrong.wanted));
}

void integrity_check::note(const std::string& code, std::span<const float> x, const mismatch& wrong,
                           const std::string& against) {
    kernel_.faults().note(code, words(x, wrong, against));
}

/// A difference may have deeper reasons than what was tried: the same call is made twice more, the second
/// time with another canary in the output.
void integrity_check::blame(const std::string& code, activity doing, arena& in, std::span<const float> x,
                            const place& at, const mismatch& wrong) {
    const float again = call(doing, in, x, at)[wrong.i];
    if (!same_result(again, wrong.got)) {
        return note("state", x, {wrong.i, wrong.got, again}, "the same call again");
    }
    in.paint(1 - in.which());
    const float other_canary = in.canary();
    const float repainted = call(doing, in, x, at)[wrong.i];
    in.paint(1 - in.which());
    if (at.in == at.out || same_result(repainted, wrong.got)) return note(code, x, wrong, "otherwise");
    if (repainted == other_canary) {
        kernel_.faults().note("unwritten", fmt::format("left element {} of its output unwritten, {}", wrong.i,
                                                       describe_activity(kernel_.state())));
    } else {
        note("unwritten", x, {wrong.i, wrong.got, repainted}, "when the output held something else before");
    }
}

void integrity_check::evaluate_alone() {
    alone_.resize(longest);
    const place at{small_.input_at_end(1), small_.output_at_end(1)};
    for (std::size_t i = 0; i < longest; ++i)
        alone_[i] = call(activity::alone, small_, std::span(pool_).subspan(i, 1), at)[0];
}

void integrity_check::repeat() {
    const std::span<const float> x = std::span(pool_).first(longest);
    const place at{small_.input_at_end(longest), small_.output_at_end(longest)};
    const auto first = call(activity::repeating, small_, x, at);
    const std::vector<float> wanted(first.begin(), first.end());
    call(activity::repeating, small_, specials,
         {small_.input_at_end(std::size(specials)), small_.output_at_end(std::size(specials))});
    if (const auto wrong = differs(call(activity::repeating, small_, x, at), wanted))
        note("state", x, *wrong, "before other calls");
    const place one{small_.input_at_end(1), small_.output_at_end(1)};
    for (std::size_t i = 0; i < longest; ++i) {
        const auto value = x.subspan(i, 1);
        if (const auto wrong =
                differs(call(activity::repeating, small_, value, one), std::span(alone_).subspan(i, 1)))
            note("state", value, *wrong, "before other calls");
    }
}

void integrity_check::try_lengths() {
    for (std::size_t n = 0; n <= longest; ++n) {
        const float* const ins[] = {small_.input_at_end(n), small_.input_at(0)};
        float* const outs[] = {small_.output_at_end(n), small_.output_at(0)};
        // Each canary with both places of both arrays.
        for (std::size_t which = 0; which < 2; ++which) {
            small_.paint(which);
            try_length(n, {ins[0], outs[which]});
            try_length(n, {ins[1], outs[1 - which]});
        }
    }
    small_.paint(0);
}

void integrity_check::try_length(std::size_t n, const place& at) {
    const std::span<const float> x = std::span(pool_).first(n);
    const auto wrong = differs(call(activity::lengths, small_, x, at), alone_);
    if (!wrong || has_any({"length", "position", "lane"})) return;
    blame(is_right_as_last(wrong->i) ? "length" : "position", activity::lengths, small_, x, at, *wrong);
}

/// Is element i what it is alone, when it is the last? Then a wrong result elsewhere comes from the length,
/// else from where it stands.
bool integrity_check::is_right_as_last(std::size_t i) {
    const place at{small_.input_at_end(i + 1), small_.output_at_end(i + 1)};
    return same_result(call(activity::lengths, small_, std::span(pool_).first(i + 1), at)[i], alone_[i]);
}

void integrity_check::try_alignments() {
    const auto first = call(activity::alignments, small_, row_, {small_.input_at(0), small_.output_at(0)});
    base_.assign(first.begin(), first.end());
    for (std::size_t in = 0; in < alignments; ++in) {
        for (std::size_t out = 0; out < alignments; ++out) {
            const place at{small_.input_at(64 + 4 * in), small_.output_at(64 + 4 * out)};
            if (const auto wrong = differs(call(activity::alignments, small_, row_, at), base_);
                wrong && !kernel_.faults().has("alignment")) {
                blame("alignment", activity::alignments, small_, row_, at, *wrong);
            }
        }
    }
}

void integrity_check::try_distances() {
    constexpr std::ptrdiff_t farthest = 1 << 16;
    const mapping memory = mapping::of_private(4 * farthest, false);
    constexpr auto adjacent = static_cast<std::ptrdiff_t>(row_length * sizeof(float));
    for (const std::ptrdiff_t bytes :
         {adjacent, adjacent + 4, std::ptrdiff_t{4096 - 64}, std::ptrdiff_t{4096 - 4}, std::ptrdiff_t{4096},
          std::ptrdiff_t{4096 + 4}, std::ptrdiff_t{4096 + 64}, std::ptrdiff_t{8192}, farthest}) {
        try_distance(bytes, memory.begin() + 2 * farthest);
        try_distance(-bytes, memory.begin() + 2 * farthest);
    }
}

void integrity_check::try_distance(std::ptrdiff_t bytes, std::byte* middle) {
    auto* const in = reinterpret_cast<float*>(middle);
    auto* const out = reinterpret_cast<float*>(middle + bytes);
    std::copy(row_.begin(), row_.end(), in);
    std::fill_n(out, row_.size(), small_.canary());
    kernel_.call(activity::distances, context_, in, out, row_.size());
    if (const auto wrong = differs({out, row_.size()}, base_)) {
        note("alignment", row_, *wrong,
             fmt::format("where the output does not lie {} bytes after the input", bytes));
    }
    if (std::memcmp(in, row_.data(), row_.size() * sizeof(float)) != 0) {
        kernel_.faults().note("input_written",
                              fmt::format("wrote to its input, {}, the output {} bytes after it",
                                          describe_activity(kernel_.state()), bytes));
    }
}

void integrity_check::try_lanes() {
    const place one{small_.input_at_end(1), small_.output_at_end(1)};
    for (const float special : specials) {
        const float alone = call(activity::alone, small_, {&special, 1}, one)[0];
        for (std::size_t i = 0; i < row_length; ++i) try_lane(i, special, alone);
    }
}

/// One special value among ordinary ones, and one ordinary value among special ones. The value that stands
/// alone must not change the others; what it is itself does not depend on its place, if not on the length.
void integrity_check::try_lane(std::size_t i, float special, float special_alone) {
    const place at{small_.input_at_end(row_length), small_.output_at_end(row_length)};
    std::vector<float> x = row_;
    x[i] = special;
    const auto among_ordinary = call(activity::lanes, small_, x, at);
    for (std::size_t k = 0; k < row_length; ++k) {
        if (k == i && !same_result(among_ordinary[k], special_alone) && !misplaced_)
            misplaced_ = words(x, {k, among_ordinary[k], special_alone}, "alone");
        if (k != i && !same_result(among_ordinary[k], base_[k]))
            note("lane", x, {k, among_ordinary[k], base_[k]},
                 fmt::format("unless element {} is {},", i, hexfloat(special)));
    }
    std::fill(x.begin(), x.end(), special);
    x[i] = row_[i];
    const float among_special = call(activity::lanes, small_, x, at)[i];
    if (!same_result(among_special, base_[i])) {
        note("lane", x, {i, among_special, base_[i]},
             fmt::format("unless all others are {},", hexfloat(special)));
    }
}

void integrity_check::try_in_place(arena& in, std::span<const float> x) {
    const std::size_t n = x.size();
    const auto apart = call(activity::in_place, in, x, {in.input_at_end(n), in.output_at_end(n)});
    const std::vector<float> wanted(apart.begin(), apart.end());
    float* const both = in.output_at_end(n);
    const auto wrong = differs(call(activity::in_place, in, x, {both, both}), wanted);
    if (wrong && !kernel_.faults().has("in_place"))
        blame("in_place", activity::in_place, in, x, {both, both}, *wrong);
}

void integrity_check::try_large() {
    std::vector<float> wanted(pool_size);
    for (std::size_t i = 0, n = 1; i < pool_size; i += n, n = n % longest_piece + 1) {
        n = std::min(n, pool_size - i);
        const auto piece = call(activity::large, small_, std::span(pool_).subspan(i, n),
                                {small_.input_at_end(n), small_.output_at_end(n)});
        std::copy(piece.begin(), piece.end(), wanted.begin() + static_cast<std::ptrdiff_t>(i));
    }
    std::vector<float> x(largest_array);
    std::vector<float> all(largest_array);
    for (std::size_t i = 0; i < largest_array; ++i) {
        x[i] = pool_[i % pool_size];
        all[i] = wanted[i % pool_size];
    }
    arena large(largest_array);
    const place at{large.input_at_end(largest_array), large.output_at_end(largest_array)};
    const auto wrong = differs(call(activity::large, large, x, at), all);
    if (wrong && !has_any({"length", "position", "lane"}))
        blame("length", activity::large, large, x, at, *wrong);
    if (facts_.in_place) try_in_place(large, pool_);
}

void integrity_check::try_fresh_context() {
    const place at{small_.input_at(0), small_.output_at(0)};
    if (const auto wrong = differs(call(activity::repeating, small_, row_, at), base_))
        note("state", row_, *wrong, "before other calls");
    const kernel_context fresh = kernel_.create(longest);
    small_.put(row_, at.in);
    kernel_.call(activity::fresh, fresh, at.in, at.out, row_length);
    result_.resize(row_length);
    small_.take(at.out, result_);
    if (const auto wrong = differs(result_, base_)) note("state", row_, *wrong, "with the context before");
    kernel_.begin(activity::destroying);
}

}  // namespace ulpfront
