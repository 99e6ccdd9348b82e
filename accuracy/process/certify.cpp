// ulpfront-accuracy certify
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>

#include "accuracy/certifier.hpp"
#include "accuracy/process/certificate.hpp"
#include "accuracy/process/commands.hpp"
#include "accuracy/process/inputs.hpp"
#include "accuracy/process/table.hpp"
#include "accuracy/reference/fingerprint.hpp"
#include "accuracy/reference/reference_arrays.hpp"
#include "accuracy/ulp.hpp"
#include "impls/clock.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr std::size_t blocks_of_binade = (std::size_t{1} << 23) / block_size;
/// The certificate is written when so many seconds have passed since the last time.
constexpr double save_seconds = 5.0;

/// What one binade comes to; neither: interrupted.
struct binade_result {
    std::optional<certified_binade> found;
    std::optional<float> wrong;  ///< an input whose reference is
};

/// Inputs and reference of one block after another.
class block_walk {
  public:
    explicit block_walk(const engine_function& function)
        : function_(function),
          inputs_(parse_inputs("all"), *find_function(function.name), {}),
          x_(block_size + 1),
          arrays_(block_size) {}

    /// Of every block of a binade the fingerprints of the reference and of the results that `round` returns
    /// for it, added up. round(result) may add to it, and returns null where the reference is wrong.
    template <class Round>
    binade_result through(std::size_t number, const Round& round) {
        binade_result result{certified_binade{}, std::nullopt};
        for (std::size_t b = number * blocks_of_binade; b < (number + 1) * blocks_of_binade; ++b) {
            if (interrupted()) return {};
            inputs_.fill(b, x_.data());
            function_.evaluate(x_.data(), arrays_.block(), block_size);
            const float* const rounded = round(result);
            if (rounded == nullptr) return {std::nullopt, result.wrong};
            result.found->rounded += fingerprint_of(rounded, block_size, b);
            result.found->reference += fingerprint_of(arrays_.block(), block_size, b);
        }
        return result;
    }

    [[nodiscard]] const float* x() const { return x_.data(); }
    [[nodiscard]] reference_block reference() { return arrays_.block(); }

  private:
    const engine_function& function_;
    input_set inputs_;
    std::vector<float> x_;
    reference_arrays arrays_;
};

/// Certifies binades, in a thread of its own.
class certifying {
  public:
    explicit certifying(const engine_function& function) : walk_(function), certifier_(function.name) {}

    binade_result operator()(std::size_t number) {
        return walk_.through(number, [&](binade_result& sum) -> const float* {
            const certified_run run = certifier_.certify(walk_.x(), walk_.reference(), block_size);
            sum.wrong = run.wrong;
            if (run.wrong) return nullptr;
            sum.found->judged += run.judged;
            if (run.share > sum.found->share) {
                sum.found->share = run.share;
                sum.found->share_at = run.share_at;
            }
            return certifier_.rounded().data();
        });
    }

  private:
    block_walk walk_;
    certifier certifier_;
};

/// Computes the fast side's fingerprints again, in a thread of its own.
class recomputing {
  public:
    explicit recomputing(const engine_function& function)
        : walk_(function), judge_(function.name), rounded_(block_size) {}

    binade_result operator()(std::size_t number) {
        return walk_.through(number, [&](binade_result& /*sum*/) -> const float* {
            round_reference(walk_.reference(), walk_.x(), block_size, judge_, rounded_.data());
            return rounded_.data();
        });
    }

  private:
    block_walk walk_;
    judge<float> judge_;
    std::vector<float> rounded_;
};

/// Some binades of one function, several at a time. `done` is called for one after the other.
template <class Work>
void for_binades(const engine_function& function, const std::vector<std::size_t>& numbers,
                 std::size_t threads, const std::function<void(std::size_t, const binade_result&)>& done) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::exception_ptr error;
    const auto run = [&] {
        try {
            Work work(function);
            for (std::size_t i = next++; i < numbers.size() && !stop && !interrupted(); i = next++) {
                const binade_result result = work(numbers[i]);
                const std::lock_guard lock(mutex);
                if (result.wrong) stop = true;
                if (result.found || result.wrong) done(numbers[i], result);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            stop = true;
            error = std::current_exception();
        }
    };
    std::vector<std::thread> running;
    for (std::size_t i = 0; i < std::min(threads, numbers.size()); ++i) running.emplace_back(run);
    for (std::thread& each : running) each.join();
    if (error) std::rethrow_exception(error);
}

std::string words_of_binade(std::size_t number) {
    return fmt::format("from {:a} on (binade {})", first_of_binade(number), number);
}

/// Some of the functions, with what is said of each in the end.
class certify {
  public:
    certify(const certify_options& options, std::string folder)
        : options_(options),
          folder_(std::move(folder)),
          threads_(options.threads == 0 ? std::max(1U, std::thread::hardware_concurrency())
                                        : options.threads) {}

    /// Returns the exit code.
    int run(const std::vector<std::string>& functions) {
        for (std::size_t i = 0; i < functions.size() && !interrupted(); ++i) {
            before_ = static_cast<double>(i) / static_cast<double>(functions.size());
            weight_ = 1.0 / static_cast<double>(functions.size());
            const engine_function* const engine = find_engine_function(load_engine(), functions[i].c_str());
            if (options_.check) {
                check(*engine);
            } else {
                make(*engine);
            }
        }
        if (interrupted()) return exit_interrupted;
        return worst_;
    }

  private:
    void make(const engine_function& function) {
        certificate made = read_certificate(folder_, function.name).value_or(certificate{function.name, {}});
        require_same_reference(function, made);
        const double start = wall_seconds();
        std::vector<std::size_t> left;
        for (std::size_t number = 0; number < certified_binades; ++number)
            if (!made.binades.contains(number)) left.push_back(number);
        double saved = start;
        std::size_t done = 0;
        std::optional<float> wrong;
        for_binades<certifying>(function, left, threads_,
                                [&](std::size_t number, const binade_result& result) {
                                    show(function, ++done, left.size());
                                    if (result.wrong) wrong = result.wrong;
                                    if (!result.found) return;
                                    made.binades.emplace(number, *result.found);
                                    if (wall_seconds() - saved < save_seconds) return;
                                    write_certificate(folder_, made);
                                    saved = wall_seconds();
                                });
        progress_.clear();
        if (!left.empty()) write_certificate(folder_, made);
        report(made, wall_seconds() - start);
        if (wrong) refuse(function, *wrong);
    }

    void refuse(const engine_function& function, float at) {
        worst_ = exit_broken;
        put_out(
            fmt::format("{}: WRONG: the fast reference of f({:a}) does not hold the exact value, or is not "
                        "what it rounds to\n",
                        function.name, at));
    }

    void report(const certificate& made, double seconds) const {
        std::uint64_t judged = 0;
        const certified_binade* worst = nullptr;
        for (const auto& [number, of] : made.binades) {
            judged += of.judged;
            if (worst == nullptr || of.share > worst->share) worst = &of;
        }
        put_out(fmt::format("{}: {} of {} binades certified; {} inputs judged one by one; {:.1f} s\n",
                            made.function, made.binades.size(), certified_binades, judged, seconds));
        if (worst != nullptr)
            put_out(fmt::format("  largest deviation {:.4f} of its bound, at {:a}\n", worst->share,
                                worst->share_at));
    }

    /// What was certified before must have been this very reference.
    void require_same_reference(const engine_function& function, const certificate& there) {
        if (there.binades.empty()) return;
        const std::vector<std::size_t> differing = differences(function, there);
        if (differing.empty() || interrupted()) return;
        throw failure(exit_bad_input, of_another_build(there, differing.front()));
    }

    [[nodiscard]] std::string of_another_build(const certificate& there, std::size_t number) const {
        return fmt::format(
            "'{}' is of another build's reference: it has other values {}; remove it and run "
            "'ulpfront-accuracy certify' again",
            certificate_path(folder_, there.function), words_of_binade(number));
    }

    /// The binades for which the fast side now comes to something else, ascending.
    std::vector<std::size_t> differences(const engine_function& function, const certificate& there) {
        std::vector<std::size_t> numbers;
        for (const auto& [number, of] : there.binades) numbers.push_back(number);
        std::vector<std::size_t> differing;
        std::size_t done = 0;
        for_binades<recomputing>(
            function, numbers, threads_, [&](std::size_t number, const binade_result& result) {
                show(function, ++done, numbers.size());
                const certified_binade& was = there.binades.at(number);
                if (result.found->reference != was.reference || result.found->rounded != was.rounded)
                    differing.push_back(number);
            });
        progress_.clear();
        std::sort(differing.begin(), differing.end());
        return differing;
    }

    void check(const engine_function& function) {
        const double start = wall_seconds();
        try {
            const auto there = read_certificate(folder_, function.name);
            if (!there) return put_out(fmt::format("{}: skipped: it has no certificate\n", function.name));
            const auto differing = differences(function, *there);
            if (interrupted()) return;
            if (!differing.empty())
                throw failure(exit_bad_input, of_another_build(*there, differing.front()));
            put_out(fmt::format("{}: {}, {} of {} binades; {:.1f} s\n", function.name,
                                there->is_whole() ? "certified" : "certified in part", there->binades.size(),
                                certified_binades, wall_seconds() - start));
        } catch (const failure& error) {
            if (error.code() != exit_bad_input) throw;
            worst_ = exit_bad_input;
            put_out(fmt::format("{}: REFUSED: {}\n", function.name, error.what()));
        }
    }

    void show(const engine_function& function, std::size_t done, std::size_t of) {
        progress_.show(function.name,
                       before_ + weight_ * static_cast<double>(done) / static_cast<double>(of));
    }

    const certify_options& options_;
    std::string folder_;
    std::size_t threads_;
    progress_line progress_;
    double before_ = 0.0;
    double weight_ = 1.0;
    int worst_ = exit_ok;
};

/// Every function of the catalogue that is wanted.
std::vector<std::string> select_functions(const std::vector<std::string>& wanted) {
    std::vector<kernel_info> all;
    for (const function_facts* each : known_functions()) {
        all.emplace_back();
        all.back().function = each->name;
    }
    selection by;
    by.functions = wanted;
    std::vector<std::string> names;
    for (const kernel_info& each : select_kernels(all, by)) names.push_back(each.function);
    return names;
}

}  // namespace

int run_certify(const certify_options& options) {
    catch_interrupts();
    const std::vector<std::string> functions = select_functions(options.functions);
    if (options.folder.empty() && !options.check)
        throw failure(exit_usage,
                      "certify: say which folder the certificates go to, such as accuracy/certificates");
    const std::string folder = options.folder.empty() ? own_certificates() : options.folder;
    if (!options.check) {
        std::error_code ignored;
        std::filesystem::create_directories(folder, ignored);
        for (const std::string& each : functions) require_writable(certificate_path(folder, each));
    }
    return certify(options, folder).run(functions);
}

}  // namespace ulpfront
