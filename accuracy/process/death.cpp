#include "accuracy/process/death.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <bit>
#include <csignal>
#include <optional>

namespace ulpfront {
namespace {

struct signal_name {
    int number;
    const char* words;
};

constexpr signal_name signal_names[] = {
    {SIGSEGV, "SIGSEGV (invalid memory access)"},
    {SIGBUS, "SIGBUS (memory error)"},
    {SIGILL, "SIGILL (illegal instruction)"},
    {SIGFPE, "SIGFPE (arithmetic trap)"},
    {SIGABRT, "SIGABRT (abort)"},
    {SIGKILL, "SIGKILL (killed from outside; out of memory?)"},
    {SIGTRAP, "SIGTRAP (trap instruction)"},
};

/// How near to an array an address must lie to be blamed on it: the guard behind, the slack before it.
constexpr std::uintptr_t reach = 2 * mapping::guard_bytes;

bool inside(std::uintptr_t address, const array_bounds& array) {
    return array.begin <= address && address < array.end;
}

std::optional<const char*> side(std::uintptr_t address, const array_bounds& array) {
    if (array.begin == 0) return std::nullopt;
    if (address >= array.end && address - array.end < reach) return "past the end";
    if (address < array.begin && array.begin - address <= reach) return "before the start";
    return std::nullopt;
}

/// The fault of an access near the arrays of the call at hand; nullopt if it was elsewhere.
std::optional<fault> stray_access(const worker_state& state) {
    const bool wrote = state.access == access_kind::write;
    const char* const verb = wrote ? "wrote" : state.access == access_kind::read ? "read" : "read or wrote";
    if (inside(state.address, state.in) && state.access != access_kind::read) {
        return fault{"input_written", fmt::format("wrote to its input, element {}, {}",
                                                  (state.address - state.in.begin) / state.element_size,
                                                  describe_activity(state))};
    }
    struct suspect {
        const array_bounds* array;
        const char* name;
    };
    const suspect input{&state.in, "input"};
    const suspect output{&state.out, "output"};
    for (const suspect& each : {wrote ? output : input, wrote ? input : output}) {
        if (const auto where = side(state.address, *each.array)) {
            return fault{"past_end", fmt::format("{} {} of its {}, {}", verb, *where, each.name,
                                                 describe_activity(state))};
        }
    }
    return std::nullopt;
}

const char* words_of(activity doing) {
    switch (doing) {
        case activity::loading:
            return "while its library was loaded";
        case activity::creating:
            return "in create()";
        case activity::destroying:
            return "in destroy()";
        case activity::alone:
            return "with a single element";
        case activity::repeating:
            return "when called again";
        case activity::lengths:
            return "trying every length";
        case activity::alignments:
            return "trying every alignment";
        case activity::distances:
            return "trying distances between input and output";
        case activity::lanes:
            return "with special values among ordinary ones";
        case activity::in_place:
            return "in place";
        case activity::large:
            return "with a large array";
        case activity::fresh:
            return "with a fresh context";
        case activity::threads:
            return "when two threads called at once";
        case activity::sweeping:
            return "in the sweep";
        case activity::evaluating:
            return "at the inputs asked for";
    }
    return "";
}

}  // namespace

std::string signal_words(int number) {
    for (const signal_name& each : signal_names) {
        if (each.number == number) return each.words;
    }
    return fmt::format("signal {}", number);
}

std::string describe_activity(const worker_state& state) {
    const char* const words = words_of(state.doing);
    switch (state.doing) {
        case activity::loading:
        case activity::destroying:
            return words;
        case activity::creating:
            return fmt::format("in create({})", state.n);
        case activity::sweeping:
            return fmt::format("in the sweep from input {} on (n = {})", hexfloat(state.input), state.n);
        default:
            return fmt::format("{} (n = {})", words, state.n);
    }
}

fault describe_death(const worker_state& state, int status) {
    if (state.create_failed)
        return {"crash", fmt::format("create({}) returned null: the kernel could not be prepared", state.n)};
    if (state.channel_lost) {
        return {"descriptors", fmt::format("closed file descriptors that are not its own; noticed {}",
                                           describe_activity(state))};
    }
    const bool by_memory = state.signal == SIGSEGV || state.signal == SIGBUS;
    if (by_memory) {
        if (const auto stray = stray_access(state)) return *stray;
        return {"crash", fmt::format("died of {} at address {:#x} {}", signal_words(state.signal),
                                     state.address, describe_activity(state))};
    }
    if (WIFSIGNALED(status)) {
        return {"crash",
                fmt::format("died of {} {}", signal_words(WTERMSIG(status)), describe_activity(state))};
    }
    return {"exit",
            fmt::format("ended the process by exit({}) {}", WEXITSTATUS(status), describe_activity(state))};
}

fault describe_timeout(const worker_state& state, time_limit::verdict verdict, double cpu_seconds) {
    if (verdict == time_limit::verdict::over_wall) {
        return {"timeout", fmt::format("did not return within {:g} s {}",
                                       time_limit::wall_factor * cpu_seconds, describe_activity(state))};
    }
    return {"timeout", fmt::format("used more than {:g} s of CPU time {}; --timeout allows more", cpu_seconds,
                                   describe_activity(state))};
}

}  // namespace ulpfront
