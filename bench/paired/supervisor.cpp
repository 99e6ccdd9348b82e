#include "bench/paired/supervisor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <list>
#include <set>
#include <thread>

#include "bench/process.hpp"
#include "impls/tool.hpp"

namespace ulpfront::paired {
namespace {

using namespace std::chrono_literals;
using bench::child_process;
using nlohmann::json;
using clock = std::chrono::steady_clock;

/// A hang without CPU time (a deadlock, a sleep) is given this much longer: the machine may be busy.
constexpr double wall_per_cpu = 10.0;

/// Inputs that one worker compares: enough to make starting it cheap, few enough to share them out.
constexpr std::uint64_t bits_share = std::uint64_t{1} << 28;

/// A worker and how long it may go on without a word.
class watched_worker {
  public:
    watched_worker(const std::string& request, double limit) : child_(request), limit_(limit) { mark(); }

    enum class news { answer, none, over };

    /// The next answer, waiting for a moment. After news::over, why() says how the worker ended: it is gone.
    news next(json& into, std::chrono::milliseconds patience) {
        std::string line;
        const auto heard = child_.next(line, patience);
        if (heard == child_process::news::line) {
            mark();
            into = json::parse(line, nullptr, false);
            if (into.is_discarded()) return end("wrote into the worker's answers");
            if (into.contains("failure"))
                throw failure(into["failure"].at("code"), into["failure"].at("message").get<std::string>());
            return news::answer;
        }
        if (heard == child_process::news::end) {
            if (child_.ended(1s) && child_.status() == 0) return end("");
            return end(child_.ended(0s) ? child_.how_it_ended() : "closed the worker's answers");
        }
        if (child_.cpu_seconds() - cpu_begun_ > limit_)
            return end(fmt::format("took over {:g} s of CPU time; --time-limit allows more", limit_));
        if (std::chrono::duration<double>(clock::now() - wall_begun_).count() > wall_per_cpu * limit_)
            return end(fmt::format("did not return within {:g} s", wall_per_cpu * limit_));
        return news::none;
    }

    [[nodiscard]] const std::string& why() const { return why_; }

  private:
    news end(const std::string& why) {
        why_ = why;
        child_.kill();
        return news::over;
    }

    void mark() {
        cpu_begun_ = child_.cpu_seconds();
        wall_begun_ = clock::now();
    }

    child_process child_;
    double limit_;
    double cpu_begun_ = 0.0;
    clock::time_point wall_begun_;
    std::string why_;
};

/// Runs a request to its end; how it ended if not well.
std::string run_to_end(const std::string& request, double limit) {
    watched_worker worker(request, limit);
    json ignored;
    while (!interrupted()) {
        if (worker.next(ignored, 100ms) == watched_worker::news::over) return worker.why();
    }
    return "";
}

/// Calls each side alone to see which of them ends its process.
template <class Request>
deaths blame(Request request, double limit, const std::string& together) {
    deaths found;
    request.which = sides::base;
    found.base = run_to_end(encode(request), limit);
    request.which = sides::candidate;
    found.candidate = run_to_end(encode(request), limit);
    if (!found.any() && !interrupted()) {
        const std::string words = together + " when base and candidate were in one process";
        found = {words, words};
    }
    return found;
}

double longest_of(const std::vector<visit>& visits) {
    double longest = 0.0;
    for (const visit& each : visits) longest = std::max(longest, each.seconds);
    return longest;
}

/// Visits in one worker. Returns the position of the visit that it died in, if it did; `why` says how.
std::optional<std::size_t> attempt(const timing_request& request, double limit,
                                   const timing_listener& listener, std::string& why) {
    watched_worker worker(encode(request), limit);
    std::size_t at = 0;
    json heard;
    while (!interrupted() && !listener.stop()) {
        const auto news = worker.next(heard, 100ms);
        if (news == watched_worker::news::none) continue;
        if (news == watched_worker::news::over) {
            why = worker.why();
            if (why.empty() && at < request.visits.size()) why = "ended the process";
            if (why.empty()) return std::nullopt;
            return at;
        }
        if (heard.contains("machine")) listener.settled(heard["machine"]);
        if (heard.contains("visit")) {
            listener.visited(request.visits[at].task, decode_visit(heard["visit"]));
            ++at;
        }
    }
    return std::nullopt;
}

/// One comparison's share of inputs in a worker of its own.
struct bits_worker {
    bits_worker(std::size_t number, const bits_request& request, double limit)
        : which(number), share(request), worker(encode(request), limit) {}

    std::size_t which;
    bits_request share;
    bool done = false;
    bits_result found;
    watched_worker worker;
};

/// The shares of all comparisons, and what came of them.
class bits_queue {
  public:
    bits_queue(const std::vector<bits_request>& requests, double limit)
        : results_(requests.size()), limit_(limit) {
        for (std::size_t i = 0; i < requests.size(); ++i) {
            for (std::uint64_t at = 0; at < requests[i].inputs; at += bits_share) {
                bits_request share = requests[i];
                share.first = at;
                share.count = std::min(bits_share, share.inputs - at);
                total_ += share.count;
                shares_.emplace_back(i, share);
            }
        }
        for (bits_result& each : results_) each.complete = true;
    }

    void run(const std::function<void(double)>& progress) {
        const std::size_t at_once = std::max(1U, std::thread::hardware_concurrency());
        while (!interrupted()) {
            while (workers_.size() < at_once && next_ < shares_.size()) start();
            if (workers_.empty()) return;
            for (auto each = workers_.begin(); each != workers_.end();)
                each = listen(*each) ? std::next(each) : workers_.erase(each);
            progress(static_cast<double>(done_) / static_cast<double>(std::max<std::uint64_t>(1, total_)));
        }
        for (; next_ < shares_.size(); ++next_) results_[shares_[next_].first].complete = false;
        for (const bits_worker& each : workers_) results_[each.which].complete = false;
    }

    std::vector<bits_result> take() { return std::move(results_); }

  private:
    void start() {
        const auto& [which, share] = shares_[next_++];
        if (results_[which].died.any() || !results_[which].error.empty()) return;
        workers_.emplace_back(which, share, limit_);
    }

    /// False once the worker has gone.
    bool listen(bits_worker& from) {
        json heard;
        const auto news = from.worker.next(heard, 10ms);
        if (news == watched_worker::news::none) return true;
        if (news == watched_worker::news::over) {
            finish(from);
            return false;
        }
        if (heard.contains("error")) {
            from.found.error = heard["error"];
            from.done = true;
            return true;
        }
        done_ += heard.at("compared").get<std::uint64_t>() - from.found.compared;
        from.found.compared = heard.at("compared");
        from.found.changed = heard.at("changed");
        from.found.input = heard.at("input");
        from.found.base = heard.at("base");
        from.found.candidate = heard.at("candidate");
        from.done = heard.at("done");
        return true;
    }

    void finish(const bits_worker& from) {
        bits_result& into = results_[from.which];
        into.complete = into.complete && from.done;
        into.compared += from.found.compared;
        if (!from.found.error.empty()) into.error = from.found.error;
        if (from.found.changed > 0) {
            if (into.changed == 0 || from.found.input < into.input) {
                into.input = from.found.input;
                into.base = from.found.base;
                into.candidate = from.found.candidate;
            }
            into.changed += from.found.changed;
        }
        if (!from.done && !into.died.any())
            into.died = blame(from.share, limit_,
                              from.worker.why().empty() ? "ended the process" : from.worker.why());
    }

    std::vector<std::pair<std::size_t, bits_request>> shares_;
    std::vector<bits_result> results_;
    std::list<bits_worker> workers_;
    double limit_;
    std::size_t next_ = 0;
    std::uint64_t done_ = 0;
    std::uint64_t total_ = 0;
};

}  // namespace

void run_visits(const timing_request& request, double time_limit, const timing_listener& listener) {
    timing_request left = request;
    const double limit = time_limit + longest_of(request.visits);
    while (!left.visits.empty() && !interrupted() && !listener.stop()) {
        std::string why;
        const auto at = attempt(left, limit, listener, why);
        if (!at) return;
        if (*at >= left.visits.size()) return;
        const std::size_t task = left.visits[*at].task;
        timing_request alone = left;
        alone.visits = {left.visits[*at]};
        const deaths found = blame(alone, limit, why);
        if (interrupted()) return;
        listener.died(task, found);
        left.visits.erase(left.visits.begin(), left.visits.begin() + static_cast<std::ptrdiff_t>(*at));
        std::erase_if(left.visits, [&](const visit& each) { return each.task == task; });
        // A library that kills each worker when it is loaded is named with the first pair it is part of.
    }
}

std::vector<bits_result> compare_all(const std::vector<bits_request>& requests, double time_limit,
                                     const std::function<void(double)>& progress) {
    bits_queue queue(requests, time_limit);
    queue.run(progress);
    return queue.take();
}

}  // namespace ulpfront::paired
