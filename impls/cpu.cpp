#include "impls/cpu.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

#include "impls/kernel_abi.h"

namespace ulpfront {
namespace {

struct processor {
    std::string model = "unknown";
    std::set<std::string, std::less<>> features;
};

/// The first processor's block of /proc/cpuinfo; x86 says "flags", Arm says "Features".
processor read_processor() {
    processor result;
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line) && !line.empty();) {
        const std::size_t colon = line.find(':');
        if (colon == std::string::npos) continue;
        const std::string key = line.substr(0, line.find_last_not_of(" \t", colon - 1) + 1);
        const std::string value = colon + 2 <= line.size() ? line.substr(colon + 2) : "";
        if (key == "model name" || key == "Model") result.model = value;
        if (key == "flags" || key == "Features") {
            std::istringstream words(value);
            for (std::string word; words >> word;) result.features.insert(word);
        }
    }
    return result;
}

const processor& this_processor() {
    static const processor result = read_processor();
    return result;
}

constexpr std::array<std::string_view, 6> dtype_names{"", "f32", "f64", "f16", "bf16", "i8"};
constexpr std::array<std::string_view, 8> isa_names{"",     "auto",   "scalar",  "sse2",
                                                    "avx2", "avx512", "avx512x", "neon64"};
constexpr std::array<std::string_view, 8> method_names{"",    "naive", "stable", "simd",
                                                       "lut", "exact", "peer",   "null"};
constexpr std::array<std::string_view, 4> promise_names{"none", "ulp", "exact", "absolute"};

template <class Names>
std::string_view name_in(const Names& names, std::uint32_t id) {
    return id < names.size() ? names[id] : std::string_view{};
}

template <class Names>
std::optional<std::uint32_t> id_in(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (name.empty() || found == names.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - names.begin());
}

}  // namespace

const std::vector<isa_facts>& built_isas() {
    static const std::vector<isa_facts> list = {
#include "ulpfront/isas.inc"
    };
    return list;
}

std::string missing_features(std::uint32_t isa) {
    if (isa == ULPFRONT_ISA_AUTO) return "";
    const auto& list = built_isas();
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const isa_facts& facts) { return facts.id == isa; });
    if (found == list.end()) return std::string(isa_name(isa));
    std::string missing;
    std::istringstream words(found->features);
    for (std::string word; words >> word;) {
        if (!this_processor().features.contains(word)) missing += (missing.empty() ? "" : " ") + word;
    }
    return missing;
}

const std::string& cpu_model() { return this_processor().model; }

std::string_view dtype_name(std::uint32_t dtype) { return name_in(dtype_names, dtype); }
std::string_view isa_name(std::uint32_t isa) { return name_in(isa_names, isa); }
std::string_view method_name(std::uint32_t method) { return name_in(method_names, method); }
std::string_view promise_name(std::uint32_t kind) { return name_in(promise_names, kind); }

std::optional<std::uint32_t> dtype_from_name(std::string_view name) { return id_in(dtype_names, name); }
std::optional<std::uint32_t> isa_from_name(std::string_view name) { return id_in(isa_names, name); }

}  // namespace ulpfront
