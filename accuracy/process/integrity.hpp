// Does a kernel treat arrays as the contract says? Needs no reference: results are compared with the same
// kernel's results elsewhere.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accuracy/process/arena.hpp"
#include "accuracy/process/running_kernel.hpp"

namespace ulpfront {

/// What integrity checks need to know about a kernel.
struct integrity_facts {
    double from = -10.0;  ///< ordinary inputs lie between these two
    double to = 10.0;
    std::vector<double> seams;
    bool in_place = false;  ///< in place is promised, and judged
};

/// The largest n of any call that is made.
inline constexpr std::size_t largest_array = (std::size_t{1} << 20) + 3;

/// Tries every length from 0 to 257 with input and output flush against inaccessible pages on either side;
/// every alignment of both; several distances between them; every position of a special value among ordinary
/// ones and the other way round; in place where promised; one large array against small pieces; the same call
/// again, after others and with a fresh context; two threads at once; of 16-bit types every value among its
/// like and among all kinds. Around every output lie canaries, every input is read-only, and what is not
/// written shows. Faults go to the kernel's log. E is the element type.
template <class E>
class integrity_check {
  public:
    integrity_check(running_kernel& kernel, const kernel_context& context, integrity_facts facts);

    void run();

  private:
    struct place {
        const E* in;
        E* out;
    };
    struct mismatch {
        std::size_t i;
        E got;
        E wanted;
    };

    void evaluate_alone();
    void repeat();
    void try_lengths();
    void try_length(std::size_t n, const place& at);
    void try_alignments();
    void try_distances();
    void try_distance(std::ptrdiff_t bytes, std::byte* middle);
    void try_lanes();
    void try_lane(std::size_t i, E special, E special_alone);
    void try_in_place(arena<E>& in, std::span<const E> x);
    void try_large();
    void try_company();
    void try_fresh_context();

    std::span<const E> call(activity doing, arena<E>& in, std::span<const E> x, const place& at);
    [[nodiscard]] std::optional<mismatch> differs(std::span<const E> got, std::span<const E> wanted) const;
    void blame(const std::string& code, activity doing, arena<E>& in, std::span<const E> x, const place& at,
               const mismatch& wrong);
    [[nodiscard]] std::string words(std::span<const E> x, const mismatch& wrong,
                                    const std::string& against) const;
    [[nodiscard]] bool has_any(std::initializer_list<const char*> codes) const;
    void note(const std::string& code, std::span<const E> x, const mismatch& wrong,
              const std::string& against);
    void check_surroundings(arena<E>& in, const place& at, std::size_t n);
    [[nodiscard]] bool is_right_as_last(std::size_t i);

    running_kernel& kernel_;
    const kernel_context& context_;
    integrity_facts facts_;
    arena<E> small_;
    std::vector<E> pool_;                   // test values; the first ones serve the small checks
    std::vector<E> alone_;                  // results of the first ones, each by a call of its own
    std::vector<E> row_;                    // ordinary values for the lanes
    std::vector<E> base_;                   // their results
    std::vector<E> result_;                 // of the latest call
    std::optional<std::string> misplaced_;  // a value that differs by its place, seen among other lanes
};

/// Two threads call at once, each with a context of its own; `pool` are the inputs they use.
template <class E>
void check_threads(running_kernel& kernel, std::span<const E> pool);

}  // namespace ulpfront
