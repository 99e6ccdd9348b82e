// ulpfront-accuracy eval
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>

#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <new>
#include <optional>

#include "accuracy/process/channel.hpp"
#include "accuracy/process/child.hpp"
#include "accuracy/process/commands.hpp"
#include "accuracy/process/death.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/reference/judge.hpp"
#include "accuracy/ulp.hpp"
#include "impls/cpu.hpp"
#include "impls/element.hpp"
#include "impls/tool.hpp"

namespace ulpfront {
namespace {

constexpr int decimal_digits = 20;

kernel_info the_one_kernel(const selection& which) {
    const auto kernels = select_kernels(list_libraries(which, usual_timeout).kernels, which);
    if (kernels.size() > 1) {
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < std::min<std::size_t>(kernels.size(), 4); ++i)
            ids.push_back(kernels[i].id());
        throw failure(exit_usage,
                      fmt::format("the selection fits {} kernels ({}{}); name one by --function, --dtype, "
                                  "--kernel and --isa",
                                  kernels.size(), fmt::join(ids, ", "), kernels.size() > 4 ? ", ..." : ""));
    }
    const kernel_info& kernel = kernels.front();
    if (const std::string missing = kernel.why_not_here(); !missing.empty())
        throw failure(exit_usage, fmt::format("{} does not run here: {}", kernel.id(), missing));
    if (!with_element(kernel.dtype, [](auto) {}))
        throw failure(exit_usage, fmt::format("{}: there is no reference for {} yet", kernel.id(),
                                              dtype_name(kernel.dtype)));
    if (find_function(kernel.function) == nullptr)
        throw failure(exit_usage, fmt::format("{}: no reference: the catalogue has no function '{}'",
                                              kernel.id(), kernel.function));
    return kernel;
}

/// Runs a worker for one call and returns the outputs' bits. Throws failure (exit_crashed) if it dies of it.
std::vector<std::uint32_t> evaluate(const kernel_info& kernel, const std::vector<float>& x, double timeout) {
    nlohmann::json inputs = nlohmann::json::array();
    for (const float each : x) inputs.push_back(std::bit_cast<std::uint32_t>(each));
    const descriptor memory = make_shared_memory("ulpfront-worker", whole_pages(sizeof(worker_state)));
    const mapping shared = mapping::of_shared(memory, 0, sizeof(worker_state), protection::read_write, false);
    auto* const state = new (shared.begin()) worker_state{};
    child process({"run", kernel.path, std::to_string(kernel.row), "0"}, &memory, nullptr);
    const time_limit limit(process, timeout);
    send_message(process.channel(), {{"do", "evaluate"}, {"inputs", inputs}});
    const auto fail = [&](const std::string& why) {
        return failure(exit_crashed, fmt::format("{}: {}", kernel.id(), why));
    };
    while (true) {
        pollfd answer{process.channel(), POLLIN, 0};
        if (interrupted()) throw failure(exit_interrupted, "interrupted");
        if (const auto over = limit.judge(process); over != time_limit::verdict::within)
            throw fail(describe_timeout(*state, over, timeout).message);
        process.close_if_ended();
        if (poll(&answer, 1, 50) <= 0) continue;
        const auto message = receive_message(process.channel());
        if (!message) {
            state->channel_lost = state->channel_lost || !process.ends_within(1.0);
            throw fail(describe_death(*state, process.reap()).message);
        }
        if (message->contains("outputs")) return message->at("outputs");
        fmt::print(stderr, "ulpfront-accuracy: {}: {}\n", kernel.id(),
                   message->at("fault").at("message").get<std::string>());
    }
}

/// "0x1.8p+1 (3)"; NaN and infinity once.
std::string both_ways(float x) {
    return std::isfinite(x) ? fmt::format("{} ({:.9g})", hexfloat(x), x) : hexfloat(x);
}

void print_line(const judge<float>& exact, float x, float computed) {
    const auto rounded = exact.rounded(x);
    const double error = exact.error_ulp(x, computed);
    put_out(fmt::format("x = {}  exact {}  rounded {}  computed {}  error {}\n", both_ways(x),
                        exact.decimal(x, decimal_digits), rounded ? hexfloat(*rounded) : "undecided",
                        both_ways(computed),
                        std::isnan(error) ? "none: not both are numbers" : fmt::format("{:.9g} ULP", error)));
}

/// Bits, as 0x and as many hexadecimal digits as the dtype has; nullopt if the text is none of that kind.
template <class E>
std::optional<float> parse_bits(const std::string& text) {
    const bool is_hex = text.rfind("0x", 0) == 0 || text.rfind("0X", 0) == 0;
    if (!is_hex || text.size() != 2 + 2 * sizeof(E)) return std::nullopt;
    if (text.find_first_of(".pP") != std::string::npos) return std::nullopt;
    char* end = nullptr;
    const unsigned long bits = std::strtoul(text.c_str(), &end, 16);
    if (*end != '\0') return std::nullopt;
    return widen(element_of_bits<E>(static_cast<std::uint32_t>(bits)));
}

template <class E>
float parse_element(const std::string& text) {
    if (const auto bits = parse_bits<E>(text)) return *bits;
    char* end = nullptr;
    errno = 0;
    const float value = std::strtof(text.c_str(), &end);
    if (text.empty() || std::isspace(static_cast<unsigned char>(text.front())) != 0 || *end != '\0') {
        throw failure(exit_usage,
                      fmt::format("input '{}': say a decimal number, a hexfloat (0x1.8p+1), inf, nan, or the "
                                  "bits as 0x and {} hexadecimal digits",
                                  text, sizeof(E) == 4 ? "eight" : "four"));
    }
    const float nearest = widen(narrow<E>(value));
    const bool said_so = std::isinf(value) && errno != ERANGE;
    if (std::isinf(nearest) && !said_so) {
        throw failure(exit_usage, fmt::format("input '{}' is beyond {}; say inf if that is meant", text,
                                              dtype_name(element<E>::dtype)));
    }
    return nearest;
}

}  // namespace

float parse_input(const std::string& text, std::uint32_t dtype) {
    float value = 0.0F;
    with_element(dtype, [&]<class E>(E /*type*/) { value = parse_element<E>(text); });
    return value;
}

int run_eval(const eval_options& options) {
    catch_interrupts();
    const kernel_info kernel = the_one_kernel(options.which);
    std::vector<float> x;
    for (const std::string& text : options.inputs) x.push_back(parse_input(text, kernel.dtype));
    const std::vector<std::uint32_t> outputs = evaluate(kernel, x, options.timeout);
    const judge<float> exact(kernel.function, format_of(kernel.dtype));
    for (std::size_t i = 0; i < x.size(); ++i) print_line(exact, x[i], std::bit_cast<float>(outputs.at(i)));
    return exit_ok;
}

}  // namespace ulpfront
