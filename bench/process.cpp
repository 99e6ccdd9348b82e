#include "bench/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <thread>

#include "bench/worker.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

[[noreturn]] void cannot(const char* what) {
    throw failure(exit_internal, fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

/// A file in memory that holds text, to be read from its start.
int memory_file(const std::string& text) {
    const int descriptor = memfd_create("ulpfront-request", MFD_CLOEXEC);
    if (descriptor < 0) cannot("make a request for a worker");
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = write(descriptor, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) cannot("write a request for a worker");
        done += static_cast<std::size_t>(count);
    }
    if (lseek(descriptor, 0, SEEK_SET) != 0) cannot("rewind a request for a worker");
    return descriptor;
}

/// In the child: puts a descriptor where the worker looks for it, clear of the other's place.
int moved_up(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 16); }

[[noreturn]] void become(char* const* arguments, int output_to, int request, int answers) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGINT, SIG_IGN);
    for (const int number : {SIGTERM, SIGHUP, SIGPIPE}) std::signal(number, SIG_DFL);
    dup2(output_to, STDOUT_FILENO);
    if (request >= 0) {
        const int from = moved_up(request);
        const int to = moved_up(answers);
        dup2(from, request_descriptor);
        dup2(to, answer_descriptor);
    }
    execv(arguments[0], arguments);
    _exit(127);
}

}  // namespace

child_process::child_process(const std::string& program, const std::vector<std::string>& arguments,
                             output standard_output) {
    start(program, arguments, standard_output, -1, -1);
}

child_process::child_process(const std::string& request, const std::vector<std::string>& under) {
    const int wanted = memory_file(request);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) cannot("make a pipe to a worker");
    answers_ = ends[0];
    std::vector<std::string> words = under;
    words.push_back(std::filesystem::read_symlink("/proc/self/exe").string());
    words.emplace_back(worker_flag);
    start(words.front(), {words.begin() + 1, words.end()}, output::to_error, wanted, ends[1]);
    close(ends[1]);
    close(wanted);
}

void child_process::start(const std::string& program, const std::vector<std::string>& arguments,
                          output standard_output, int request, int answers) {
    std::vector<std::string> words = {program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    const int output_to = standard_output == output::to_error ? STDERR_FILENO : nowhere;
    pid_ = fork();
    if (pid_ == 0) become(pointers.data(), output_to, request, answers);
    close(nowhere);
    if (pid_ < 0) cannot("start a process");
}

child_process::~child_process() {
    if (pid_ > 0) kill();
    if (answers_ >= 0) close(answers_);
}

bool child_process::take_line(std::string& line) {
    const std::size_t end = received_.find('\n');
    if (end == std::string::npos) return false;
    line = received_.substr(0, end);
    received_.erase(0, end + 1);
    return true;
}

child_process::news child_process::next(std::string& line, std::chrono::milliseconds patience) {
    if (take_line(line)) return news::line;
    pollfd waiting{.fd = answers_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, static_cast<int>(patience.count())) <= 0) return news::none;
    char buffer[65536];
    const ssize_t count = read(answers_, buffer, sizeof buffer);
    if (count < 0) return errno == EINTR ? news::none : news::end;
    if (count == 0) return news::end;
    received_.append(buffer, static_cast<std::size_t>(count));
    return take_line(line) ? news::line : news::none;
}

double child_process::cpu_seconds() const {
    clockid_t clock{};
    timespec used{};
    if (reaped_ || clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0.0;
    return static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
}

bool child_process::ended(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!reaped_) {
        const pid_t found = waitpid(pid_, &wait_status_, WNOHANG);
        if (found == pid_ || (found < 0 && errno != EINTR)) reaped_ = true;
        if (reaped_ || std::chrono::steady_clock::now() >= deadline) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return reaped_;
}

int child_process::status() const {
    return WIFSIGNALED(wait_status_) ? 128 + WTERMSIG(wait_status_) : WEXITSTATUS(wait_status_);
}

std::string child_process::how_it_ended() const {
    if (!WIFSIGNALED(wait_status_)) return fmt::format("ended with exit status {}", status());
    const int number = WTERMSIG(wait_status_);
    const char* const name = sigabbrev_np(number);
    return fmt::format("died of SIG{} ({})", name != nullptr ? name : std::to_string(number).c_str(),
                       strsignal(number));
}

void child_process::send_signal(int number) const {
    if (!reaped_) ::kill(pid_, number);
}

void child_process::kill() {
    send_signal(SIGKILL);
    while (!reaped_) ended(std::chrono::seconds(1));
}

}  // namespace ulpfront::bench
