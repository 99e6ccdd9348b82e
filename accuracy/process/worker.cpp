#include "accuracy/process/worker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <bit>
#include <csignal>
#include <cstdlib>
#include <memory>

#include "accuracy/process/channel.hpp"
#include "accuracy/process/child.hpp"
#include "accuracy/process/integrity.hpp"
#include "accuracy/process/running_kernel.hpp"
#include "accuracy/process/slots.hpp"
#include "accuracy/process/sweep.hpp"
#include "impls/catalogue.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

worker_state* state_for_signals = nullptr;

/// Leaves the cause where the supervisor finds it, and dies of the same signal.
extern "C" void note_death(int number, siginfo_t* info, void* context) {
    worker_state& state = *state_for_signals;
    state.signal = number;
    state.address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    if (number == SIGSEGV || number == SIGBUS) state.access = faulting_access(context);
    std::signal(number, SIG_DFL);
    raise(number);
}

/// Handlers on a stack of their own, since a kernel may have used up the usual one.
void catch_deaths(worker_state& state) {
    static std::array<std::byte, 1 << 16> stack;
    state_for_signals = &state;
    const stack_t where{stack.data(), 0, stack.size()};
    sigaltstack(&where, nullptr);
    struct sigaction action {};
    action.sa_sigaction = note_death;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    for (const int number : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP})
        sigaction(number, &action, nullptr);
}

/// Where memory runs out, a kernel that took it all goes before anybody else.
void die_first_of_hunger() {
    const descriptor score(open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
    static_cast<void>(!::write(score.get(), "1000", 4));
}

/// Known by its name; no core files; gone when the supervisor is; Ctrl-C and the like are the supervisor's to
/// act on.
void become_worker() {
    prctl(PR_SET_NAME, "ulpfront-worker");
    const struct rlimit none {};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Which comes too late where the supervisor is gone already.
    pollfd supervisor{worker_channel, 0, 0};
    if (poll(&supervisor, 1, 0) > 0 && (supervisor.revents & POLLHUP) != 0) _exit(exit_ok);
    die_first_of_hunger();
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGHUP, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
}

int list_library(const std::string& path) {
    nlohmann::json reply;
    try {
        reply["kernels"] = kernel_library(path).kernels();
    } catch (const failure& error) {
        reply = {{"error", error.what()}, {"code", error.code()}};
    }
    send_message(worker_channel, reply);
    return exit_ok;
}

/// The supervisor cannot be heard: were it gone, so would be this process.
struct channel_lost {};

/// One kernel, prepared.
class worker {
  public:
    worker(const std::string& path, std::size_t row, std::size_t slots, worker_state& state)
        : library_(path),
          info_(library_.kernels().at(row)),
          faults_(worker_channel),
          kernel_(library_.row(row), state, faults_) {
        const descriptor memory(reference_memory);
        for (std::size_t i = 0; i < slots; ++i) slots_.emplace_back(memory, i, protection::read_only);
    }

    /// Until told to finish. Throws channel_lost when nothing more can come.
    void obey() {
        const kernel_context context = kernel_.create(largest_array);
        while (true) {
            const auto command = receive_message(worker_channel);
            if (!command) throw channel_lost{};
            const std::string what = command->at("do");
            if (what == "finish") break;
            nlohmann::json reply{{"done", true}};
            if (what == "integrity") check(context);
            if (what == "sweep") sweep(context, *command);
            if (what == "evaluate") reply["outputs"] = evaluate(context, command->at("inputs"));
            send_message(worker_channel, reply);
        }
        kernel_.begin(activity::destroying);
    }

  private:
    void check(const kernel_context& context) {
        integrity_facts facts{.seams = info_.seams,
                              .in_place = (info_.promise_flags & ULPFRONT_FLAG_IN_PLACE) != 0};
        if (const function_facts* function = find_function(info_.function); function != nullptr) {
            facts.from = function->timed_from;
            facts.to = function->timed_to;
        }
        with_element(info_.dtype,
                     [&]<class E>(E /*type*/) { integrity_check<E>(kernel_, context, facts).run(); });
    }

    void sweep(const kernel_context& context, const nlohmann::json& command) {
        if (!sweeper_) {
            with_element(info_.dtype, [&]<class E>(E /*type*/) {
                sweeper_ = std::make_unique<sweeper_of<E>>(kernel_, context, info_);
            });
        }
        sweeper_->sweep(slots_.at(command.at("slot").get<std::size_t>()),
                        {command.at("count").get<std::size_t>(), command.at("successor").get<bool>()});
    }

    /// Bits of inputs and outputs in the elements' wide type.
    std::vector<std::uint64_t> evaluate(const kernel_context& context,
                                        const std::vector<std::uint64_t>& inputs) {
        std::vector<std::uint64_t> outputs;
        with_element(info_.dtype, [&]<class E>(E /*type*/) {
            std::vector<E> x;
            for (const std::uint64_t bits : inputs) x.push_back(narrow<E>(element_of_bits<wide_of<E>>(bits)));
            std::vector<E> y(x.size());
            kernel_.call(activity::evaluating, context, x.data(), y.data(), x.size());
            for (const E each : y) outputs.push_back(bits_of_element(widen(each)));
        });
        return outputs;
    }

    kernel_library library_;
    kernel_info info_;
    fault_log faults_;
    running_kernel kernel_;
    std::vector<slot_view> slots_;
    std::unique_ptr<sweeper> sweeper_;
};

int run_kernel(const std::string& path, std::size_t row, std::size_t slots) {
    const descriptor memory(worker_memory);
    const mapping shared = mapping::of_shared(memory, 0, sizeof(worker_state), protection::read_write, false);
    auto& state = *shared.lower<worker_state>();
    catch_deaths(state);
    worker self(path, row, slots, state);
    try {
        self.obey();
        state.finished = true;
    } catch (const creation_failed&) {
        state.create_failed = true;
    } catch (const channel_lost&) {
        state.channel_lost = true;
    }
    // Without exit handlers and destructors of the library: its part is over.
    std::_Exit(exit_ok);
}

}  // namespace

int worker_main(const std::vector<std::string>& arguments) {
    become_worker();
    if (arguments.size() == 2 && arguments[0] == "list") return list_library(arguments[1]);
    if (arguments.size() == 4 && arguments[0] == "run")
        return run_kernel(arguments[1], std::stoul(arguments[2]), std::stoul(arguments[3]));
    throw failure(exit_usage, "'worker' is what this program starts its own helpers with; see --help");
}

}  // namespace ulpfront
