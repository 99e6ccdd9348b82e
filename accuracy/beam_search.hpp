// Where is a binary64 kernel at its worst? A search over the order of all binary64 numbers that narrows the
// stretches in which the largest errors were seen (a beam, after Gladman, Innocente, Mather, Zimmermann,
// Accuracy of Mathematical Functions). It proposes inputs and is told their errors; who evaluates them is not
// its business. The same settings and answers give the same proposals.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace ulpfront {

struct search_settings {
    std::uint64_t budget = 0;  ///< evaluations in all
    std::uint64_t seed = 1;
    std::vector<double> marks;  ///< inputs near which something may happen; without them the search goes on
};

/// An input, as a key (accuracy/ulp.hpp), and its error.
struct search_hit {
    std::uint64_t key = 0;
    double error = -1.0;
};

class beam_search {
  public:
    /// Inputs of a batch at most.
    static constexpr std::size_t batch_size = 4096;
    /// How many of the worst are kept.
    static constexpr std::size_t kept = 100;

    explicit beam_search(search_settings settings);

    /// Keys of inputs to evaluate, ascending, no two alike; empty once the budget is spent. Call tell()
    /// between two calls.
    std::span<const std::uint64_t> next();

    /// The errors of the last batch, of any measure, not NaN; negative: none to speak of.
    void tell(std::span<const double> errors);

    /// The largest errors seen, the largest first, of equal ones the smallest bits; errors of 0 are left out.
    [[nodiscard]] std::vector<search_hit> worst() const;

    /// The share of the budget that is spent.
    [[nodiscard]] double share_done() const;

  private:
    /// Keys [begin, end), and the largest error that was seen among them.
    struct stretch {
        std::uint64_t begin;
        std::uint64_t end;
        search_hit best;
    };
    enum class stage { marks, intervals, strata, beam, neighbours, done };

    void plan();
    void plan_marks(std::uint64_t points);
    void plan_intervals(std::uint64_t points);
    void plan_interval(double from, double to, std::uint64_t points);
    void plan_strata(std::uint64_t points);
    void plan_beam(std::uint64_t points);
    void plan_neighbours(std::uint64_t points);
    void add_stretch(std::uint64_t begin, std::uint64_t end, std::uint64_t points);
    void commit_plan();
    void note(std::uint64_t key, double error);
    [[nodiscard]] std::vector<stretch> take_widest_errors(std::size_t count);
    [[nodiscard]] std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

    search_settings settings_;
    std::mt19937_64 random_;
    stage stage_ = stage::marks;
    int round_ = 0;
    std::uint64_t spent_ = 0;
    std::vector<std::uint64_t> planned_;  // of the step at hand, ascending
    std::size_t given_ = 0;               // of those
    std::size_t batch_ = 0;               // size of the last batch
    std::vector<stretch> open_;           // not divided yet
    std::vector<stretch> fresh_;          // of the step at hand, ascending, apart
    std::vector<search_hit> worst_;       // a heap, the smallest on top
};

}  // namespace ulpfront
