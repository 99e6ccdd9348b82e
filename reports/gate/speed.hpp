// From paired times to verdicts: what is measured next, and when enough is known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/inputs.hpp"
#include "bench/paired/request.hpp"

namespace ulpfront::gate {

/// What a slow-down is, and how sure the gate wants to be.
struct speed_limits {
    double margin_in_cache = 0.01;  ///< slow-downs up to this are let pass
    double margin_beyond = 0.04;
    double seen_in_cache = 0.03;  ///< a slow-down that must be seen with seen_power for "same"
    double seen_beyond = 0.10;
    double budget = 150.0;  ///< seconds on the wall
    std::uint64_t seed = 1;
};

inline constexpr double false_discovery_rate = 0.05;  ///< of the suspects, before they are confirmed
inline constexpr double confirmation_level = 0.01;    ///< of the second measurement
inline constexpr double seen_power = 0.95;

enum class speed_verdict { faster, slower, same, inconclusive, incomparable };
const char* name_of(speed_verdict verdict);

/// One benchmark of both builds. Ratios are natural logarithms of candidate to base.
struct speed_result {
    std::string name;
    std::size_t pair = 0;      ///< the kernels, in the caller's numbers
    std::size_t elements = 0;  ///< of a call
    bool beyond_cache = false;
    std::size_t rank = 0;           ///< where the time is not enough for all, the lowest are timed
    std::vector<double> ratios;     ///< a quad each
    std::vector<double> confirmed;  ///< of the second measurement; empty: it was no suspect
    std::vector<double> base_ns;    ///< per element, of all quads
    std::vector<double> candidate_ns;
    std::size_t discarded = 0;  ///< epochs that were interrupted
    double seconds = 0.0;       ///< on the wall, of its visits
    std::size_t visits = 0;
    std::string error;  ///< why it could not be timed
    bool suspect = false;
    speed_verdict verdict = speed_verdict::inconclusive;
    double seen = 0.0;  ///< the slow-down (0.03: 3 %) that would have been noticed with seen_power

    /// Its turn never came.
    [[nodiscard]] bool is_untimed() const { return visits == 0 && ratios.empty() && error.empty(); }
    /// What the verdict rests on: the second measurement, where there was one.
    [[nodiscard]] const std::vector<double>& evidence() const {
        return confirmed.empty() ? ratios : confirmed;
    }
};

/// Plans a comparison round by round. Each round is measured in a fresh process, all but the last with the
/// base loaded first; the last one measures the suspects again, the candidate loaded first.
class speed_session {
  public:
    speed_session(std::vector<speed_result> benchmarks, const speed_limits& limits);

    struct round {
        std::vector<paired::visit> visits;
        bool candidate_first = false;
        bool confirms = false;
        double seconds = 0.0;  ///< after which it is ended
    };

    /// What to measure next with so many seconds left of the budget; no visits when all is known, or as much
    /// as can be. After a round that confirms there is none.
    round next(double seconds_left);

    /// What a visit of the last round gave.
    void add(std::size_t benchmark, const paired::visit_result& measured);
    /// Nothing more comes of a benchmark.
    void fail(std::size_t benchmark, const std::string& why);

    /// The verdicts on what was measured.
    [[nodiscard]] std::vector<speed_result> judged() const;

    /// The share of the benchmarks about which enough is known.
    [[nodiscard]] double settled_share() const;

  private:
    [[nodiscard]] double margin(const speed_result& of) const;
    [[nodiscard]] double wanted(const speed_result& of) const;
    [[nodiscard]] double alone_level() const;
    [[nodiscard]] bool is_clear(const speed_result& of, const std::vector<double>& ratios) const;
    [[nodiscard]] bool is_open(const speed_result& of) const;
    [[nodiscard]] std::vector<std::size_t> by_rank() const;
    struct visits_to_confirm {
        std::size_t suspect;
        std::size_t fewest;
        std::size_t most;
    };
    [[nodiscard]] visits_to_confirm visits_for(std::size_t suspect) const;
    [[nodiscard]] std::vector<visits_to_confirm> affordable_suspects(double seconds) const;
    void mark_suspects();
    round pilot();
    round extension(double seconds_left);
    round confirmation(double seconds_left);
    void shuffle_passes(std::vector<std::size_t> benchmarks, std::size_t passes, round& into);
    void judge(speed_result& each, bool is_faster) const;

    std::vector<speed_result> benchmarks_;
    speed_limits limits_;
    bench::random_bits random_;
    bool piloted_ = false;
    bool confirming_ = false;
};

}  // namespace ulpfront::gate
