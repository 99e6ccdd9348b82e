#include "impls/environment.hpp"

#include <gnu/libc-version.h>
#include <sys/utsname.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "impls/cpu.hpp"

namespace ulpfront {
namespace {

constexpr const char* commit =
#include "ulpfront/commit.inc"
    ;

/// PRETTY_NAME="Debian GNU/Linux 12 (bookworm)" of /etc/os-release, without its quotes; empty if not there.
std::string distribution() {
    constexpr std::string_view key = "PRETTY_NAME=";
    std::ifstream file("/etc/os-release");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind(key, 0) != 0) continue;
        std::string name = line.substr(key.size());
        std::erase(name, '"');
        return name + ", ";
    }
    return "";
}

}  // namespace

environment this_environment() {
    struct utsname system {};
    uname(&system);
    environment result{
        .cpu = cpu_model(),
        .architecture = system.machine,
        .os = distribution() + system.sysname + " " + system.release,
        .libc = std::string("glibc ") + gnu_get_libc_version(),
        .compiler = ULPFRONT_COMPILER,
        .version = ULPFRONT_VERSION,
        .commit = commit,
        .isas = {},
    };
    for (const isa_facts& isa : built_isas()) {
        if (missing_features(isa.id).empty()) result.isas.emplace_back(isa.name);
    }
    return result;
}

void to_json(nlohmann::json& to, const environment& from) {
    to = {{"cpu", from.cpu},
          {"architecture", from.architecture},
          {"os", from.os},
          {"libc", from.libc},
          {"compiler", from.compiler},
          {"version", from.version},
          {"commit", from.commit},
          {"isas", from.isas}};
}

}  // namespace ulpfront
