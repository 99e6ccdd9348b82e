// What is shown and written: Google Benchmark's console and CSV, our JSON, the progress line.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "bench/options.hpp"
#include "bench/rows.hpp"
#include "bench/supervisor.hpp"

namespace benchmark {
class BenchmarkReporter;
}

namespace ulpfront::bench {

/// Tells Google Benchmark's reporters what the flags say; once, before anything is shown.
void set_up_reporters(const std::string& executable, const google_flags& flags);

/// The whole result in Google Benchmark's JSON layout, a row a line. Non-finite numbers are strings.
std::string make_json(const nlohmann::json& context, const std::vector<entry>& entries, const floors& known,
                      const google_flags& flags);

/// The whole result as text in Google Benchmark's words: "console" or "csv".
std::string make_text(const std::string& format, const std::vector<entry>& entries, const floors& known,
                      const google_flags& flags);

/// Shows results on standard output while they come: workload by workload, in the order of the entries.
class display {
  public:
    display(const std::vector<entry>& entries, const floors& known, const google_flags& flags);
    ~display();
    display(const display&) = delete;
    display& operator=(const display&) = delete;

    /// After news: shows workloads that have become complete, and the progress on a terminal.
    void advance();
    /// Shows what there is of the rest.
    void finish();

  private:
    [[nodiscard]] bool is_complete(std::size_t first, std::size_t end) const;
    void show(std::size_t first, std::size_t end);
    void show_progress();
    void clear_progress();

    const std::vector<entry>& entries_;
    const floors& floors_;
    const google_flags& flags_;
    std::unique_ptr<benchmark::BenchmarkReporter> reporter_;  ///< null: nothing is shown, as for JSON
    std::size_t shown_ = 0;
    std::chrono::steady_clock::time_point begun_;
    std::chrono::steady_clock::time_point last_progress_;
    bool progress_visible_ = false;
};

}  // namespace ulpfront::bench
