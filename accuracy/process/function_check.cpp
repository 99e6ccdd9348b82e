#include "accuracy/process/function_check.hpp"

#include <poll.h>

#include <algorithm>
#include <bit>
#include <new>

#include "accuracy/process/channel.hpp"
#include "accuracy/process/death.hpp"
#include "impls/clock.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr int poll_milliseconds = 50;          // how late a limit or an interrupt may be noticed
constexpr double patience_on_stop = 2.0;       // seconds that calls under way have to come back
constexpr double patience_on_silence = 1.0;    // seconds from the channel's end to that of the process
constexpr std::uint64_t blocks_that_pay = 16;  // below, a second worker costs more than it brings

}  // namespace

/// One kernel on its way.
struct function_check::job {
    outcome result;
    std::size_t workers = 0;
    bool started = false;
    bool prepared = false;  // array integrity is done, blocks may be swept
    bool failed = false;
    std::uint64_t next = 0;  // the next block to hand out, by order of arrival
    std::uint64_t done = 0;
};

/// One process at work on a kernel.
struct function_check::worker {
    enum class stage { preparing, at_specials, idle, sweeping, finishing };

    worker(job& owner, const reference_ring* ring)
        : kernel(&owner),
          memory(make_shared_memory("ulpfront-worker", whole_pages(sizeof(worker_state)))),
          shared(mapping::of_shared(memory, 0, sizeof(worker_state), protection::read_write, false)),
          state(new (shared.begin()) worker_state{}),
          process({"run", owner.result.kernel.path, std::to_string(owner.result.kernel.row),
                   std::to_string(ring == nullptr ? 0 : ring->slots())},
                  &memory, ring == nullptr ? nullptr : &ring->memory()) {}

    job* kernel;
    descriptor memory;
    mapping shared;
    worker_state* state;
    child process;
    stage at = stage::idle;
    std::uint64_t arrival = 0;  // of the block being swept
    std::optional<time_limit> limit;
    time_limit::verdict verdict = time_limit::verdict::within;
    bool stopped = false;  // killed after an interrupt
};

function_check::function_check(const std::vector<kernel_info>& kernels, reference_ring* ring,
                               std::uint64_t blocks, const check_settings& settings,
                               std::function<void(double)> progress)
    : ring_(ring), blocks_(blocks), settings_(settings), progress_(std::move(progress)) {
    for (const kernel_info& kernel : kernels) {
        jobs_.push_back(std::make_unique<job>());
        jobs_.back()->result.kernel = kernel;
        jobs_.back()->started = jobs_.back()->prepared = !settings.prepares;
    }
}

function_check::~function_check() = default;

std::vector<outcome> function_check::run() {
    while (!finished()) {
        if (interrupted() && !stop_deadline_) stop_deadline_ = wall_seconds() + patience_on_stop;
        take_ready_blocks();
        if (!stop_deadline_) dispatch();
        let_go_idle();
        if (workers_.empty() && stop_deadline_) break;
        wait();
        enforce_limits();
        report_progress();
    }
    std::vector<outcome> results;
    for (const auto& each : jobs_) {
        each->result.interrupted = !each->failed && (!each->prepared || each->done < blocks_);
        results.push_back(std::move(each->result));
    }
    return results;
}

bool function_check::finished() const {
    return workers_.empty() && std::all_of(jobs_.begin(), jobs_.end(), [&](const auto& each) {
               return each->failed || (each->prepared && each->done == blocks_);
           });
}

std::size_t function_check::busy() const {
    return static_cast<std::size_t>(std::count_if(
        workers_.begin(), workers_.end(), [](const worker& each) { return each.at != worker::stage::idle; }));
}

void function_check::take_ready_blocks() {
    if (ring_ == nullptr) return;
    const auto active = static_cast<std::size_t>(
        std::count_if(jobs_.begin(), jobs_.end(), [](const auto& each) { return !each->failed; }));
    for (const ready_block& block : ring_->take_ready()) {
        if (active == 0) {
            ring_->release(block.slot);
        } else {
            live_.emplace(arrived_, live_block{block, active});
        }
        ++arrived_;
    }
}

// --- handing out ------------------------------------------------------------------------------------

bool function_check::has_work(const job& kernel) const {
    if (kernel.failed) return false;
    if (!kernel.started) return true;
    if (!kernel.prepared || kernel.next >= arrived_) return false;
    const std::size_t most_workers = blocks_ < blocks_that_pay ? 1 : settings_.threads;
    return kernel.workers < most_workers ||
           std::any_of(workers_.begin(), workers_.end(), [&](const worker& each) {
               return each.kernel == &kernel && each.at == worker::stage::idle;
           });
}

/// The kernel that is furthest behind: it is what keeps slots from being freed.
function_check::job* function_check::most_urgent() {
    job* found = nullptr;
    for (const auto& each : jobs_) {
        if (has_work(*each) && (found == nullptr || each->next < found->next)) found = each.get();
    }
    return found;
}

function_check::worker* function_check::idle_worker(const job& kernel) {
    const auto found = std::find_if(workers_.begin(), workers_.end(), [&](const worker& each) {
        return each.kernel == &kernel && each.at == worker::stage::idle;
    });
    return found == workers_.end() ? nullptr : &*found;
}

void function_check::dispatch() {
    while (busy() < settings_.threads) {
        job* const kernel = most_urgent();
        if (kernel == nullptr) return;
        send_next(*kernel);
    }
}

void function_check::send_next(job& kernel) {
    worker* to = idle_worker(kernel);
    if (to == nullptr) to = &start_worker(kernel);
    if (!kernel.started) {
        kernel.started = true;
        to->at = worker::stage::preparing;
        return send(*to, {{"do", "integrity"}});
    }
    const ready_block& block = live_.at(kernel.next).what;
    to->at = worker::stage::sweeping;
    to->arrival = kernel.next++;
    send(*to, {{"do", "sweep"},
               {"slot", block.slot},
               {"count", block.extent.count},
               {"successor", block.extent.successor}});
}

function_check::worker& function_check::start_worker(job& kernel) {
    workers_.emplace_back(kernel, ring_);
    ++kernel.workers;
    return workers_.back();
}

void function_check::send(worker& to, const nlohmann::json& command) {
    // If it has died, its channel says so soon.
    send_message(to.process.channel(), command);
    to.limit.emplace(to.process, settings_.timeout);
}

/// Workers of kernels that have no more blocks to hand out may end.
void function_check::let_go_idle() {
    for (worker& each : workers_) {
        const bool over = each.kernel->failed || each.kernel->next == blocks_ || stop_deadline_;
        if (each.at != worker::stage::idle || !over) continue;
        each.at = worker::stage::finishing;
        send(each, {{"do", "finish"}});
    }
}

// --- listening --------------------------------------------------------------------------------------

void function_check::wait() {
    std::vector<pollfd> watched;
    std::vector<worker*> whose;
    for (worker& each : workers_) {
        watched.push_back({each.process.channel(), POLLIN, 0});
        whose.push_back(&each);
    }
    if (ring_ != nullptr) watched.push_back({ring_->wake_up(), POLLIN, 0});
    if (poll(watched.data(), watched.size(), poll_milliseconds) <= 0) return;
    for (std::size_t i = 0; i < whose.size(); ++i) {
        if (watched[i].revents != 0) handle(*whose[i]);
    }
}

void function_check::handle(worker& from) {
    const auto message = receive_message(from.process.channel());
    if (!message) {
        end(from);
    } else if (message->contains("fault")) {
        add_fault(*from.kernel, message->at("fault"), place_of(from));
    } else {
        advance(from, *message);
    }
}

void function_check::advance(worker& from, const nlohmann::json& reply) {
    job& kernel = *from.kernel;
    switch (std::exchange(from.at, worker::stage::idle)) {
        case worker::stage::preparing:
            if (ring_ == nullptr) {
                kernel.prepared = true;
            } else {
                nlohmann::json inputs = nlohmann::json::array();
                for (const special_value& each : special_values(kernel.result.kernel))
                    inputs.push_back(bits_of_number(kernel.result.kernel.dtype, each.input));
                from.at = worker::stage::at_specials;
                send(from, {{"do", "evaluate"}, {"inputs", inputs}});
            }
            break;
        case worker::stage::at_specials:
            reply.at("outputs").get_to(kernel.result.special_outputs);
            kernel.prepared = true;
            break;
        case worker::stage::sweeping:
            kernel.result.reference += live_.at(from.arrival).what.reference;
            complete(from.arrival);
            ++kernel.done;
            break;
        case worker::stage::idle:
        case worker::stage::finishing:
            break;
    }
}

std::uint64_t function_check::place_of(const worker& at) const {
    return at.at == worker::stage::sweeping ? live_.at(at.arrival).what.block + 1 : 0;
}

void function_check::add_fault(job& kernel, fault found, std::uint64_t place) {
    found.place = place;
    keep_first(kernel.result.faults, found);
}

/// One kernel has done, or will not do, a block.
void function_check::complete(std::uint64_t arrival) {
    const auto block = live_.find(arrival);
    if (--block->second.pending > 0) return;
    ring_->release(block->second.what.slot);
    live_.erase(block);
}

void function_check::end(worker& gone) {
    job& kernel = *gone.kernel;
    const bool as_told = gone.state->finished && gone.at == worker::stage::finishing;
    // Nothing more comes from it, but it goes on.
    if (!gone.process.ends_within(patience_on_silence)) gone.state->channel_lost = true;
    const int status = gone.process.reap();
    if (!as_told && !gone.stopped) {
        fault death = gone.verdict == time_limit::verdict::within
                          ? describe_death(*gone.state, status)
                          : describe_timeout(*gone.state, gone.verdict, settings_.timeout);
        death.place = place_of(gone);
        keep_first(kernel.result.death, death);
    }
    kernel.result.measured.merge(gone.state->measured);
    kernel.result.kernel_seconds += gone.state->kernel_seconds;
    --kernel.workers;
    if (gone.at == worker::stage::sweeping) complete(gone.arrival);
    if (!as_told && !gone.stopped) fail(kernel);
    workers_.remove_if([&](const worker& each) { return &each == &gone; });
}

/// Nothing more is asked of a kernel.
void function_check::fail(job& kernel) {
    if (std::exchange(kernel.failed, true)) return;
    for (std::uint64_t arrival = std::exchange(kernel.next, blocks_); arrival < arrived_; ++arrival)
        complete(arrival);
}

void function_check::enforce_limits() {
    for (worker& each : workers_) {
        if (each.process.close_if_ended() || each.at == worker::stage::idle || each.stopped) continue;
        if (stop_deadline_ && wall_seconds() > *stop_deadline_) {
            each.stopped = true;
            each.process.kill();
        } else if (each.verdict == time_limit::verdict::within) {
            each.verdict = each.limit->judge(each.process);
            if (each.verdict != time_limit::verdict::within) each.process.kill();
        }
    }
}

void function_check::report_progress() {
    const double parts = static_cast<double>(jobs_.size()) * static_cast<double>(blocks_ + 1);
    double done = 0.0;
    for (const auto& each : jobs_)
        done += each->failed ? static_cast<double>(blocks_ + 1)
                             : static_cast<double>(each->done + (each->prepared ? 1 : 0));
    progress_(done / parts);
}

}  // namespace ulpfront
