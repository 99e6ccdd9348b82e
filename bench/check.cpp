#include "bench/check.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "bench/process.hpp"
#include "impls/cpu.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// Selection flags that cover the entries' kernels.
std::vector<std::string> selection_of(const std::vector<entry>& entries) {
    std::set<std::pair<std::string, std::string>> flags;
    for (const entry& each : entries) {
        const kernel_info& kernel = each.what.kernel;
        if (each.what.is_memcpy()) continue;
        flags.emplace("--function", literally(kernel.function));
        flags.emplace("--dtype", dtype_name(kernel.dtype));
        flags.emplace("--kernel", literally(kernel.shown_name()));
        flags.emplace("--isa", isa_name(kernel.isa));
    }
    std::vector<std::string> arguments;
    for (const auto& [flag, value] : flags) {
        arguments.push_back(flag);
        arguments.push_back(value);
    }
    return arguments;
}

/// Runs the checker to its end. Its verdicts 2 (broken) and 3 (crashed) are results like 0.
void run_checker(const std::string& checker, const std::vector<std::string>& arguments) {
    if (access(checker.c_str(), X_OK) != 0) {
        throw failure(exit_usage, fmt::format("the quick check needs '{}': {}; build it, or time unchecked "
                                              "with --no-check",
                                              checker, std::strerror(errno)));
    }
    child_process child(checker, arguments, child_process::output::discarded);
    while (!child.ended(50ms)) {
        if (!interrupted()) continue;
        child.send_signal(SIGTERM);
        child.ended(5s);
        return;
    }
    if (child.status() == exit_ok || child.status() == 2 || child.status() == 3) return;
    throw failure(child.status() == exit_usage ? exit_usage : exit_internal,
                  fmt::format("the quick check failed: '{} check' {}; --no-check times without it", checker,
                              child.how_it_ended()));
}

/// function, dtype, library, kernel, ISA.
using join_key = std::tuple<std::string, std::string, std::string, std::string, std::string>;

join_key key_of(const kernel_info& kernel) {
    return {kernel.function, std::string(dtype_name(kernel.dtype)), kernel.library, kernel.kernel,
            std::string(isa_name(kernel.isa))};
}

struct verdict {
    std::string status;
    std::string reason;
};

std::map<join_key, verdict> read_verdicts(const std::string& path, const std::string& checker) {
    std::map<join_key, verdict> verdicts;
    try {
        const auto document = nlohmann::json::parse(read_whole(path));
        for (const auto& row : document.at("rows")) {
            const join_key key{row.at("function"), row.at("dtype"), row.at("library"), row.at("kernel"),
                               row.at("isa")};
            verdicts[key] = {row.at("status"), row.at("reason")};
        }
    } catch (const nlohmann::json::exception& error) {
        throw failure(exit_internal,
                      fmt::format("the quick check's result, written by '{}', cannot be read: {}", checker,
                                  error.what()));
    }
    return verdicts;
}

}  // namespace

std::string literally(const std::string& name) {
    std::string expression;
    for (const char c : name) {
        if (std::strchr(".+*?^$()[]{}|\\", c) != nullptr) expression += '\\';
        expression += c;
    }
    return expression;
}

std::string default_checker() {
    return (fs::read_symlink("/proc/self/exe").parent_path() / "ulpfront-accuracy").string();
}

std::size_t check_entries(std::vector<entry>& entries, const std::string& checker, const selection& by) {
    const scratch_file result("ulpfront-check", "; --no-check needs no such file");
    std::vector<std::string> arguments = {"check", "--inputs", "quick", "--out", result.path()};
    if (by.without_own) arguments.emplace_back("--no-own");
    for (const std::string& path : by.libraries) {
        arguments.emplace_back("--kernels");
        arguments.push_back(path);
    }
    const auto selected = selection_of(entries);
    if (selected.empty()) return 0;
    arguments.insert(arguments.end(), selected.begin(), selected.end());
    run_checker(checker, arguments);
    if (interrupted()) return 0;
    const auto verdicts = read_verdicts(result.path(), checker);
    std::set<join_key> failed;
    for (entry& each : entries) {
        const auto found = verdicts.find(key_of(each.what.kernel));
        if (found == verdicts.end()) continue;
        each.check = found->second.status;
        each.check_reason = found->second.reason;
        if (each.check == "ok" || each.check == "skipped") continue;
        each.error = each.check_reason.empty() ? each.check : each.check_reason;
        failed.insert(found->first);
    }
    return failed.size();
}

}  // namespace ulpfront::bench
