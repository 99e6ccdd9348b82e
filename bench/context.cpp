#include "bench/context.hpp"

#include <benchmark/benchmark.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "impls/environment.hpp"

namespace ulpfront::bench {
namespace {

using nlohmann::json;

/// The first line of a file of /sys or /proc; empty if there is none.
std::string first_line(const char* path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

/// Whether the first processor has a feature, as the kernel tells it.
bool has_feature(const std::string& wanted) {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("flags", 0) == 0) return (line + " ").find(" " + wanted + " ") != std::string::npos;
    }
    return false;
}

/// The make of the hypervisor by the clock it offers; empty if none is known.
std::string hypervisor_by_clock() {
    const std::string clocks =
        first_line("/sys/devices/system/clocksource/clocksource0/available_clocksource");
    if (clocks.find("kvm") != std::string::npos) return "KVM";
    if (clocks.find("hyperv") != std::string::npos) return "Hyper-V";
    if (clocks.find("xen") != std::string::npos) return "Xen";
    return "";
}

/// "none", or whatever is known of the hypervisor.
std::string virtualisation() {
    const std::string vendor = first_line("/sys/class/dmi/id/sys_vendor");
    const std::string product = first_line("/sys/class/dmi/id/product_name");
    const std::string machine = vendor + (vendor.empty() || product.empty() ? "" : " ") + product;
    const bool emulated = machine.find("QEMU") != std::string::npos;
    if (!has_feature("hypervisor") && !emulated) return "none";
    const std::string make = hypervisor_by_clock();
    if (make.empty()) return machine.empty() ? "a hypervisor of unknown make" : machine;
    return machine.empty() ? make : make + ", " + machine;
}

std::string governor() {
    const std::string name = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    return name.empty() ? "unknown" : name;
}

/// Local time with its distance from UTC, as in RFC 3339.
std::string now() {
    const std::tm local = fmt::localtime(std::time(nullptr));
    const std::string zone = fmt::format("{:%z}", local);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}{}:{}", local, zone.substr(0, 3), zone.substr(3));
}

json describe_caches(const benchmark::CPUInfo& cpu) {
    json caches = json::array();
    for (const auto& cache : cpu.caches) {
        caches.push_back({{"type", cache.type},
                          {"level", cache.level},
                          {"size", cache.size},
                          {"num_sharing", cache.num_sharing}});
    }
    return caches;
}

}  // namespace

std::size_t last_level_cache() {
    int largest = 0;
    for (const auto& cache : benchmark::CPUInfo::Get().caches) largest = std::max(largest, cache.size);
    return largest > 0 ? static_cast<std::size_t>(largest) : std::size_t{32} << 20;
}

json describe_circumstances(const std::string& executable) {
    const auto& cpu = benchmark::CPUInfo::Get();
    const environment here = this_environment();
    json context = {{"date", now()},
                    {"host_name", benchmark::SystemInfo::Get().name},
                    {"executable", executable},
                    {"num_cpus", cpu.num_cpus},
                    {"mhz_per_cpu", std::lround(cpu.cycles_per_second / 1e6)},
                    {"caches", describe_caches(cpu)},
                    {"load_avg", cpu.load_avg},
                    {"library_build_type", ULPFRONT_BUILD_TYPE},
                    {"cpu_model", here.cpu},
                    {"architecture", here.architecture},
                    {"isas", here.isas},
                    {"os", here.os},
                    {"governor", governor()},
                    {"virtualisation", virtualisation()},
                    {"libc", here.libc},
                    {"compiler", here.compiler},
                    {"flags", ULPFRONT_BUILD_FLAGS},
                    {"google_benchmark", ULPFRONT_GOOGLE_BENCHMARK},
                    {"commit", here.commit},
                    {"version", here.version}};
    if (cpu.scaling != benchmark::CPUInfo::UNKNOWN) {
        context["cpu_scaling_enabled"] = cpu.scaling == benchmark::CPUInfo::ENABLED;
    }
    return context;
}

json describe_libraries(const std::vector<kernel_info>& kernels) {
    json libraries = json::array();
    std::set<std::string> seen;
    for (const kernel_info& kernel : kernels) {
        if (!seen.insert(kernel.path).second) continue;
        libraries.push_back({{"library", kernel.library},
                             {"version", kernel.library_version},
                             {"compiler", kernel.compiler},
                             {"flags", kernel.flags}});
    }
    return libraries;
}

}  // namespace ulpfront::bench
