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

template <class E, std::size_t N>
constexpr std::array<E, N> narrowed(const wide_of<E> (&from)[N]) {
    std::array<E, N> to{};
    for (std::size_t i = 0; i < N; ++i) to[i] = narrow<E>(from[i]);
    return to;
}

template <class E>
constexpr wide_of<E> inf = std::numeric_limits<wide_of<E>>::infinity();
template <class E>
constexpr wide_of<E> not_a_number = std::numeric_limits<wide_of<E>>::quiet_NaN();
template <class E>
constexpr std::uint64_t infinity_bits = bits_of_element(narrow<E>(inf<E>));
template <class E>
constexpr wide_of<E> biggest = widen(element_of_bits<E>(infinity_bits<E> - 1));
template <class E>
constexpr wide_of<E> smallest = widen(element_of_bits<E>(1));
/// Where e^x leaves the numbers, more or less, and a number near zero.
template <class E>
constexpr wide_of<E> far = std::is_same_v<E, double> ? 710.0F : 89.0F;
template <class E>
constexpr std::array<E, 12> specials = narrowed<E>({not_a_number<E>, inf<E>, -inf<E>, 0.0F, -0.0F,
                                                    smallest<E>, -smallest<E>, biggest<E>, -biggest<E>,
                                                    far<E>, -far<E>, 1e-30F});

/// Any bits of an element.
template <class E>
std::uint64_t any_bits(std::mt19937& random) {
    const std::uint64_t low = random();
    return sizeof(E) <= 4 ? low : low | static_cast<std::uint64_t>(random()) << 32;
}

/// A quarter each: evenly spaced ordinary values, ordinary values at random, any bits, neighbours of seams
/// and special values.
template <class E>
std::vector<E> make_pool(const integrity_facts& facts) {
    std::vector<double> marks;
    for (const E special : specials<E>) marks.push_back(widen(special));
    marks.insert(marks.end(), facts.seams.begin(), facts.seams.end());
    std::mt19937 random(20240229);  // any fixed seed: runs must not differ
    const double width = facts.to - facts.from;
    std::vector<E> pool(pool_size);
    for (std::size_t i = 0; i < pool.size(); i += 4) {
        const std::size_t left = std::min<std::size_t>(4, pool.size() - i);
        const E mark = narrow<E>(static_cast<wide_of<E>>(marks[random() % marks.size()]));
        const E group[] = {
            narrow<E>(static_cast<wide_of<E>>(facts.from + width * static_cast<double>(i % 1024) / 1023.0)),
            narrow<E>(static_cast<wide_of<E>>(facts.from + width * static_cast<double>(random()) * 0x1p-32)),
            element_of_bits<E>(any_bits<E>(random)),
            element_of_bits<E>(bits_of_element(mark) + random() % 3 - 1),
        };
        std::copy_n(group, left, pool.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return pool;
}

template <class E>
std::vector<E> make_row(const integrity_facts& facts) {
    std::vector<E> row(row_length);
    for (std::size_t i = 0; i < row.size(); ++i) {
        row[i] =
            narrow<E>(static_cast<wide_of<E>>(facts.from + (facts.to - facts.from) * static_cast<double>(i) /
                                                               static_cast<double>(row.size() - 1)));
    }
    return row;
}

}  // namespace

template <class E>
integrity_check<E>::integrity_check(running_kernel& kernel, const kernel_context& context,
                                    integrity_facts facts)
    : kernel_(kernel),
      context_(context),
      facts_(std::move(facts)),
      small_(longest),
      pool_(make_pool<E>(facts_)),
      row_(make_row<E>(facts_)) {}

/// In this order, so that a fault is seen first by what it is named after: each check compares with results
/// that differ from its own in the one thing it is about.
template <class E>
void integrity_check<E>::run() {
    evaluate_alone();
    repeat();
    try_alignments();
    try_distances();
    try_lanes();
    try_lengths();
    if (misplaced_ && !has_any({"length", "position", "lane"}))
        kernel_.faults().note("position", *misplaced_);
    if (facts_.in_place) {
        for (std::size_t n = 0; n <= longest; ++n) try_in_place(small_, std::span<const E>(pool_).first(n));
    }
    try_large();
    if constexpr (sizeof(E) == 2) try_company();
    try_fresh_context();
    check_threads<E>(kernel_, pool_);
}

template <class E>
bool integrity_check<E>::has_any(std::initializer_list<const char*> codes) const {
    return std::any_of(codes.begin(), codes.end(),
                       [&](const char* code) { return kernel_.faults().has(code); });
}

template <class E>
std::span<const E> integrity_check<E>::call(activity doing, arena<E>& in, std::span<const E> x,
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

template <class E>
void integrity_check<E>::check_surroundings(arena<E>& in, const place& at, std::size_t n) {
    const std::size_t stain = in.first_stain();
    if (stain == in.elements_in_all()) return;
    const E* const where = in.output_at(0) + stain;
    const std::ptrdiff_t distance = where < at.out ? at.out - where : where - (at.out + n) + 1;
    kernel_.faults().note("neighbours", fmt::format("wrote {} element{} {} of its output, {}", distance,
                                                    distance == 1 ? "" : "s",
                                                    where < at.out ? "before the start" : "past the end",
                                                    describe_activity(kernel_.state())));
    in.paint(in.which());
}

template <class E>
std::optional<typename integrity_check<E>::mismatch> integrity_check<E>::differs(
    std::span<const E> got, std::span<const E> wanted) const {
    for (std::size_t i = 0; i < got.size(); ++i) {
        if (!same_element(got[i], wanted[i])) return mismatch{i, got[i], wanted[i]};
    }
    return std::nullopt;
}

template <class E>
std::string integrity_check<E>::words(std::span<const E> x, const mismatch& wrong,
                                      const std::string& against) const {
    return fmt::format("{}: element {}, f({}) gave {}, {} {}", describe_activity(kernel_.state()), wrong.i,
                       hexfloat(widen(x[wrong.i])), hexfloat(widen(wrong.got)), against,
                       hexfloat(widen(wrong.wanted)));
}

template <class E>
void integrity_check<E>::note(const std::string& code, std::span<const E> x, const mismatch& wrong,
                              const std::string& against) {
    kernel_.faults().note(code, words(x, wrong, against));
}

/// A difference may have deeper reasons than what was tried: the same call is made twice more, the second
/// time with another canary in the output.
template <class E>
void integrity_check<E>::blame(const std::string& code, activity doing, arena<E>& in, std::span<const E> x,
                               const place& at, const mismatch& wrong) {
    const E again = call(doing, in, x, at)[wrong.i];
    if (!same_element(again, wrong.got)) {
        return note("state", x, {wrong.i, wrong.got, again}, "the same call again");
    }
    in.paint(1 - in.which());
    const E other_canary = in.canary();
    const E repainted = call(doing, in, x, at)[wrong.i];
    in.paint(1 - in.which());
    if (at.in == at.out || same_element(repainted, wrong.got)) return note(code, x, wrong, "otherwise");
    if (bits_of_element(repainted) == bits_of_element(other_canary)) {
        kernel_.faults().note("unwritten", fmt::format("left element {} of its output unwritten, {}", wrong.i,
                                                       describe_activity(kernel_.state())));
    } else {
        note("unwritten", x, {wrong.i, wrong.got, repainted}, "when the output held something else before");
    }
}

template <class E>
void integrity_check<E>::evaluate_alone() {
    alone_.resize(longest);
    const place at{small_.input_at_end(1), small_.output_at_end(1)};
    for (std::size_t i = 0; i < longest; ++i)
        alone_[i] = call(activity::alone, small_, std::span<const E>(pool_).subspan(i, 1), at)[0];
}

template <class E>
void integrity_check<E>::repeat() {
    const std::span<const E> x = std::span<const E>(pool_).first(longest);
    const place at{small_.input_at_end(longest), small_.output_at_end(longest)};
    const auto first = call(activity::repeating, small_, x, at);
    const std::vector<E> wanted(first.begin(), first.end());
    call(activity::repeating, small_, specials<E>,
         {small_.input_at_end(specials<E>.size()), small_.output_at_end(specials<E>.size())});
    if (const auto wrong = differs(call(activity::repeating, small_, x, at), wanted))
        note("state", x, *wrong, "before other calls");
    const place one{small_.input_at_end(1), small_.output_at_end(1)};
    for (std::size_t i = 0; i < longest; ++i) {
        const auto value = x.subspan(i, 1);
        if (const auto wrong = differs(call(activity::repeating, small_, value, one),
                                       std::span<const E>(alone_).subspan(i, 1)))
            note("state", value, *wrong, "before other calls");
    }
}

template <class E>
void integrity_check<E>::try_lengths() {
    for (std::size_t n = 0; n <= longest; ++n) {
        const E* const ins[] = {small_.input_at_end(n), small_.input_at(0)};
        E* const outs[] = {small_.output_at_end(n), small_.output_at(0)};
        // Each canary with both places of both arrays.
        for (std::size_t which = 0; which < 2; ++which) {
            small_.paint(which);
            try_length(n, {ins[0], outs[which]});
            try_length(n, {ins[1], outs[1 - which]});
        }
    }
    small_.paint(0);
}

template <class E>
void integrity_check<E>::try_length(std::size_t n, const place& at) {
    const std::span<const E> x = std::span<const E>(pool_).first(n);
    const auto wrong = differs(call(activity::lengths, small_, x, at), alone_);
    if (!wrong || has_any({"length", "position", "lane"})) return;
    blame(is_right_as_last(wrong->i) ? "length" : "position", activity::lengths, small_, x, at, *wrong);
}

/// Is element i what it is alone, when it is the last? Then a wrong result elsewhere comes from the length,
/// else from where it stands.
template <class E>
bool integrity_check<E>::is_right_as_last(std::size_t i) {
    const place at{small_.input_at_end(i + 1), small_.output_at_end(i + 1)};
    return same_element(call(activity::lengths, small_, std::span<const E>(pool_).first(i + 1), at)[i],
                        alone_[i]);
}

template <class E>
void integrity_check<E>::try_alignments() {
    const auto first = call(activity::alignments, small_, row_, {small_.input_at(0), small_.output_at(0)});
    base_.assign(first.begin(), first.end());
    for (std::size_t in = 0; in < alignments; ++in) {
        for (std::size_t out = 0; out < alignments; ++out) {
            const place at{small_.input_at(64 + sizeof(E) * in), small_.output_at(64 + sizeof(E) * out)};
            if (const auto wrong = differs(call(activity::alignments, small_, row_, at), base_);
                wrong && !kernel_.faults().has("alignment")) {
                blame("alignment", activity::alignments, small_, row_, at, *wrong);
            }
        }
    }
}

template <class E>
void integrity_check<E>::try_distances() {
    constexpr std::ptrdiff_t farthest = 1 << 16;
    const mapping memory = mapping::of_private(4 * farthest, false);
    constexpr auto adjacent = static_cast<std::ptrdiff_t>(row_length * sizeof(E));
    constexpr auto step = static_cast<std::ptrdiff_t>(sizeof(E));
    for (const std::ptrdiff_t bytes :
         {adjacent, adjacent + step, std::ptrdiff_t{4096 - 64}, 4096 - step, std::ptrdiff_t{4096},
          4096 + step, std::ptrdiff_t{4096 + 64}, std::ptrdiff_t{8192}, farthest}) {
        try_distance(bytes, memory.begin() + 2 * farthest);
        try_distance(-bytes, memory.begin() + 2 * farthest);
    }
}

template <class E>
void integrity_check<E>::try_distance(std::ptrdiff_t bytes, std::byte* middle) {
    auto* const in = reinterpret_cast<E*>(middle);
    auto* const out = reinterpret_cast<E*>(middle + bytes);
    std::copy(row_.begin(), row_.end(), in);
    std::fill_n(out, row_.size(), small_.canary());
    kernel_.call(activity::distances, context_, in, out, row_.size());
    if (const auto wrong = differs({out, row_.size()}, base_)) {
        note("alignment", row_, *wrong,
             fmt::format("where the output does not lie {} bytes after the input", bytes));
    }
    if (std::memcmp(in, row_.data(), row_.size() * sizeof(E)) != 0) {
        kernel_.faults().note("input_written",
                              fmt::format("wrote to its input, {}, the output {} bytes after it",
                                          describe_activity(kernel_.state()), bytes));
    }
}

template <class E>
void integrity_check<E>::try_lanes() {
    const place one{small_.input_at_end(1), small_.output_at_end(1)};
    for (const E special : specials<E>) {
        const E alone = call(activity::alone, small_, {&special, 1}, one)[0];
        for (std::size_t i = 0; i < row_length; ++i) try_lane(i, special, alone);
    }
}

/// One special value among ordinary ones, and one ordinary value among special ones. The value that stands
/// alone must not change the others; what it is itself does not depend on its place, if not on the length.
template <class E>
void integrity_check<E>::try_lane(std::size_t i, E special, E special_alone) {
    const place at{small_.input_at_end(row_length), small_.output_at_end(row_length)};
    std::vector<E> x = row_;
    x[i] = special;
    const auto among_ordinary = call(activity::lanes, small_, x, at);
    for (std::size_t k = 0; k < row_length; ++k) {
        if (k == i && !same_element(among_ordinary[k], special_alone) && !misplaced_)
            misplaced_ = words(x, {k, among_ordinary[k], special_alone}, "alone");
        if (k != i && !same_element(among_ordinary[k], base_[k]))
            note("lane", x, {k, among_ordinary[k], base_[k]},
                 fmt::format("unless element {} is {},", i, hexfloat(widen(special))));
    }
    std::fill(x.begin(), x.end(), special);
    x[i] = row_[i];
    const E among_special = call(activity::lanes, small_, x, at)[i];
    if (!same_element(among_special, base_[i])) {
        note("lane", x, {i, among_special, base_[i]},
             fmt::format("unless all others are {},", hexfloat(widen(special))));
    }
}

template <class E>
void integrity_check<E>::try_in_place(arena<E>& in, std::span<const E> x) {
    const std::size_t n = x.size();
    const auto apart = call(activity::in_place, in, x, {in.input_at_end(n), in.output_at_end(n)});
    const std::vector<E> wanted(apart.begin(), apart.end());
    E* const both = in.output_at_end(n);
    const auto wrong = differs(call(activity::in_place, in, x, {both, both}), wanted);
    if (wrong && !kernel_.faults().has("in_place"))
        blame("in_place", activity::in_place, in, x, {both, both}, *wrong);
}

template <class E>
void integrity_check<E>::try_large() {
    std::vector<E> wanted(pool_size);
    for (std::size_t i = 0, n = 1; i < pool_size; i += n, n = n % longest_piece + 1) {
        n = std::min(n, pool_size - i);
        const auto piece = call(activity::large, small_, std::span<const E>(pool_).subspan(i, n),
                                {small_.input_at_end(n), small_.output_at_end(n)});
        std::copy(piece.begin(), piece.end(), wanted.begin() + static_cast<std::ptrdiff_t>(i));
    }
    std::vector<E> x(largest_array);
    std::vector<E> all(largest_array);
    for (std::size_t i = 0; i < largest_array; ++i) {
        x[i] = pool_[i % pool_size];
        all[i] = wanted[i % pool_size];
    }
    arena<E> large(largest_array);
    const place at{large.input_at_end(largest_array), large.output_at_end(largest_array)};
    const auto wrong = differs(call(activity::large, large, x, at), all);
    if (wrong && !has_any({"length", "position", "lane"}))
        blame("length", activity::large, large, x, at, *wrong);
    if (facts_.in_place) try_in_place(large, pool_);
}

/// Where a kernel has a shorter way for arrays, or parts of them, of ordinary values alone, it must not show:
/// every value in the order of their bits, and again in one that leaps over all of them.
template <class E>
void integrity_check<E>::try_company() {
    constexpr std::size_t count = std::size_t{1} << 16;
    constexpr std::size_t leap = 40503;  // odd, so that all are met; close to the golden section
    arena<E> both(count);
    const place at{both.input_at_end(count), both.output_at_end(count)};
    std::vector<E> x(count);
    for (std::size_t i = 0; i < count; ++i) x[i] = element_of_bits<E>(i);
    const auto in_order = call(activity::large, both, x, at);
    std::vector<E> wanted(count);
    for (std::size_t i = 0; i < count; ++i) {
        x[i] = element_of_bits<E>(i * leap % count);
        wanted[i] = in_order[bits_of_element(x[i])];
    }
    const auto wrong = differs(call(activity::large, both, x, at), wanted);
    if (wrong && !has_any({"length", "position", "lane"})) note("lane", x, *wrong, "among its like");
}

template <class E>
void integrity_check<E>::try_fresh_context() {
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

template class integrity_check<double>;
template class integrity_check<float>;
template class integrity_check<f16>;
template class integrity_check<bf16>;

}  // namespace ulpfront
