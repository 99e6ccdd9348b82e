// ulpfront-accuracy eval
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "accuracy/process/commands.hpp"
#include "accuracy/process/listing.hpp"
#include "accuracy/process/session.hpp"
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
std::vector<std::uint64_t> evaluate(const kernel_info& kernel, const std::vector<std::uint64_t>& inputs,
                                    double timeout) {
    kernel_session session(kernel, timeout);
    const auto outputs = session.evaluate(inputs);
    for (const fault& each : session.faults())
        fmt::print(stderr, "ulpfront-accuracy: {}: {}\n", kernel.id(), each.message);
    if (session.death())
        throw failure(exit_crashed, fmt::format("{}: {}", kernel.id(), session.death()->message));
    if (!outputs) throw failure(exit_interrupted, "interrupted");
    return *outputs;
}

/// "0x1.8p+1 (3)", with as many digits as tell numbers of the type apart; NaN and infinity once.
template <class T>
std::string both_ways(T x) {
    constexpr int digits = std::numeric_limits<T>::max_digits10;
    return std::isfinite(x) ? fmt::format("{} ({:.{}g})", hexfloat(x), x, digits) : hexfloat(x);
}

template <class T>
void print_line(const judge<T>& exact, T x, T computed) {
    const auto rounded = exact.rounded(x);
    const double error = exact.error_ulp(x, computed);
    put_out(fmt::format("x = {}  exact {}  rounded {}  computed {}  error {}\n", both_ways(x),
                        exact.decimal(x, decimal_digits), rounded ? hexfloat(*rounded) : "undecided",
                        both_ways(computed),
                        std::isnan(error) ? "none: not both are numbers" : fmt::format("{:.9g} ULP", error)));
}

template <class T>
void print_lines(const kernel_info& kernel, const std::vector<std::uint64_t>& x,
                 const std::vector<std::uint64_t>& outputs) {
    const judge<T> exact(kernel.function, format_of(kernel.dtype));
    for (std::size_t i = 0; i < x.size(); ++i)
        print_line(exact, element_of_bits<T>(x[i]), element_of_bits<T>(outputs.at(i)));
}

/// Bits, as 0x and as many hexadecimal digits as the dtype has; nullopt if the text is none of that kind.
template <class E>
std::optional<wide_of<E>> parse_bits(const std::string& text) {
    const bool is_hex = text.rfind("0x", 0) == 0 || text.rfind("0X", 0) == 0;
    if (!is_hex || text.size() != 2 + 2 * sizeof(E)) return std::nullopt;
    if (text.find_first_of(".pP") != std::string::npos) return std::nullopt;
    char* end = nullptr;
    const unsigned long long bits = std::strtoull(text.c_str(), &end, 16);
    if (*end != '\0') return std::nullopt;
    return widen(element_of_bits<E>(bits));
}

float read_number(const char* text, char** end, float /*type*/) { return std::strtof(text, end); }
double read_number(const char* text, char** end, double /*type*/) { return std::strtod(text, end); }

template <class E>
wide_of<E> parse_element(const std::string& text) {
    if (text == minus_infinity) return -std::numeric_limits<wide_of<E>>::infinity();
    if (text == minus_nan) return -std::numeric_limits<wide_of<E>>::quiet_NaN();
    if (const auto bits = parse_bits<E>(text)) return *bits;
    char* end = nullptr;
    errno = 0;
    const wide_of<E> value = read_number(text.c_str(), &end, wide_of<E>{});
    if (text.empty() || std::isspace(static_cast<unsigned char>(text.front())) != 0 || *end != '\0') {
        throw failure(exit_usage,
                      fmt::format("input '{}': say a decimal number, a hexfloat (0x1.8p+1), inf, nan, or the "
                                  "bits as 0x and {} hexadecimal digits",
                                  text,
                                  sizeof(E) == 8   ? "sixteen"
                                  : sizeof(E) == 4 ? "eight"
                                                   : "four"));
    }
    const wide_of<E> nearest = widen(narrow<E>(value));
    const bool said_so = std::isinf(value) && errno != ERANGE;
    if (std::isinf(nearest) && !said_so) {
        throw failure(exit_usage, fmt::format("input '{}' is beyond {}; say inf if that is meant", text,
                                              dtype_name(element<E>::dtype)));
    }
    return nearest;
}

}  // namespace

std::uint64_t parse_input(const std::string& text, std::uint32_t dtype) {
    std::uint64_t bits = 0;
    with_element(dtype, [&]<class E>(E /*type*/) { bits = bits_of_element(parse_element<E>(text)); });
    return bits;
}

int run_eval(const eval_options& options) {
    catch_interrupts();
    const kernel_info kernel = the_one_kernel(options.which);
    std::vector<std::uint64_t> x;
    for (const std::string& text : options.inputs) x.push_back(parse_input(text, kernel.dtype));
    const std::vector<std::uint64_t> outputs = evaluate(kernel, x, options.timeout);
    if (kernel.dtype == ULPFRONT_DTYPE_F64) {
        print_lines<double>(kernel, x, outputs);
    } else {
        print_lines<float>(kernel, x, outputs);
    }
    return exit_ok;
}

}  // namespace ulpfront
