#include "accuracy/tests/process/run_binary.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

run_result run_binary(const std::vector<std::string>& words, const sent_signal& signal,
                      const std::string& to) {
    const scratch_folder folder;
    const std::string out = to.empty() ? folder.path("out") : to;
    const std::string err = folder.path("err");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), O_WRONLY | O_CREAT, 0644);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), O_WRONLY | O_CREAT, 0644);
    std::vector<std::string> all{ULPFRONT_BINARY};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> argv;
    for (std::string& word : all) argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t pid = -1;
    REQUIRE(posix_spawn(&pid, ULPFRONT_BINARY, &actions, nullptr, argv.data(), environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    pid_t ended = 0;
    if (signal.when) {
        while (ended == 0 && !signal.when()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            ended = waitpid(pid, &status, WNOHANG);
        }
        if (ended == 0) kill(pid, signal.number);
    }
    if (ended == 0) ended = waitpid(pid, &status, 0);
    REQUIRE(ended == pid);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), to.empty() ? read_file(out) : "",
            read_file(err)};
}

std::string library(const std::string& name) { return ULPFRONT_TEST_LIBRARIES "/" + name + ".so"; }

const nlohmann::json& check_result::row(const std::string& kernel) const {
    for (const auto& each : file.at("rows")) {
        if (each.at("kernel") == kernel) return each;
    }
    FAIL("no row of " << kernel);
    return file;
}

std::vector<std::string> check_result::codes(const std::string& kernel) const {
    std::vector<std::string> codes;
    for (const auto& fault : row(kernel).at("faults")) codes.push_back(fault.at("code"));
    return codes;
}

check_result run_check(std::vector<std::string> words) {
    const scratch_folder folder;
    const std::string file = folder.path("result.json");
    words.insert(words.begin(), "check");
    words.insert(words.end(), {"--out", file});
    check_result result{run_binary(words), {}};
    INFO(result.run.out << result.run.err);
    const std::string text = read_file(file);
    REQUIRE_FALSE(text.empty());
    result.file = nlohmann::json::parse(text);
    return result;
}
