#include "accuracy/process/listing.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>

#include <memory>

#include "accuracy/process/channel.hpp"
#include "accuracy/process/child.hpp"
#include "accuracy/process/death.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

[[noreturn]] void reject(const std::string& path, const std::string& why) {
    throw failure(exit_usage, fmt::format("--kernels '{}': {}", path, why));
}

/// A worker that lists one library.
struct library_worker {
    library_worker(const std::string& library, double cpu_seconds)
        : path(library),
          timeout(cpu_seconds),
          process({"list", library}, nullptr, nullptr),
          limit(process, timeout) {}

    std::vector<kernel_info> collect() {
        pollfd answer{process.channel(), POLLIN, 0};
        while (poll(&answer, 1, 100) <= 0) {
            if (interrupted()) throw failure(exit_interrupted, "interrupted");
            process.close_if_ended();
            if (limit.judge(process) != time_limit::verdict::within)
                reject(path,
                       fmt::format(
                           "was not loaded within {:g} s; its constructors hang, or --timeout is too low",
                           timeout));
        }
        const auto reply = receive_message(process.channel());
        if (!reply) {
            if (!process.ends_within(1.0))
                reject(path, "closed file descriptors that are not its own when loaded");
            reject_dead(process.reap());
        }
        if (reply->contains("error")) throw failure(reply->at("code"), reply->at("error"));
        return reply->at("kernels");
    }

    [[noreturn]] void reject_dead(int status) const {
        if (WIFSIGNALED(status))
            reject(path, fmt::format("died of {} when loaded", signal_words(WTERMSIG(status))));
        reject(path, fmt::format("ended the process by exit({}) when loaded", WEXITSTATUS(status)));
    }

    std::string path;
    double timeout;
    child process;
    time_limit limit;
};

}  // namespace

listing list_libraries(const selection& which, double timeout) {
    listing result{find_libraries(which.libraries, !which.without_own), {}};
    std::vector<std::unique_ptr<library_worker>> workers;
    for (const std::string& path : result.libraries.paths)
        workers.push_back(std::make_unique<library_worker>(path, timeout));
    for (const auto& worker : workers) {
        for (kernel_info& kernel : worker->collect()) result.kernels.push_back(std::move(kernel));
    }
    put_in_order(result.kernels);
    return result;
}

}  // namespace ulpfront
