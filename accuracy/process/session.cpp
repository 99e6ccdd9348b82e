#include "accuracy/process/session.hpp"

#include <poll.h>

#include <new>

#include "accuracy/process/channel.hpp"
#include "accuracy/process/death.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr int poll_milliseconds = 50;        // how late a limit or an interrupt may be noticed
constexpr double patience_on_silence = 1.0;  // seconds from the channel's end to that of the process

}  // namespace

kernel_session::kernel_session(const kernel_info& kernel, double timeout)
    : timeout_(timeout),
      memory_(make_shared_memory("ulpfront-worker", whole_pages(sizeof(worker_state)))),
      shared_(mapping::of_shared(memory_, 0, sizeof(worker_state), protection::read_write, false)),
      state_(new (shared_.begin()) worker_state{}),
      process_({"run", kernel.path, std::to_string(kernel.row), "0"}, &memory_, nullptr) {}

std::optional<std::vector<std::uint64_t>> kernel_session::evaluate(const std::vector<std::uint64_t>& inputs) {
    if (death_) return std::nullopt;
    const time_limit limit(process_, timeout_);
    send_message(process_.channel(), {{"do", "evaluate"}, {"inputs", inputs}});
    while (!interrupted()) {
        pollfd answer{process_.channel(), POLLIN, 0};
        if (const auto over = limit.judge(process_); over != time_limit::verdict::within) {
            process_.kill();
            death_ = describe_timeout(*state_, over, timeout_);
            return std::nullopt;
        }
        process_.close_if_ended();
        if (poll(&answer, 1, poll_milliseconds) <= 0) continue;
        const auto message = receive_message(process_.channel());
        if (!message) {
            state_->channel_lost = state_->channel_lost || !process_.ends_within(patience_on_silence);
            death_ = describe_death(*state_, process_.reap());
            return std::nullopt;
        }
        if (message->contains("outputs")) return message->at("outputs");
        faults_.push_back(message->at("fault"));
    }
    return std::nullopt;
}

}  // namespace ulpfront
