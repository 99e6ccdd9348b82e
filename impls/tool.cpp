#include "impls/tool.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

namespace ulpfront {
namespace {

volatile std::sig_atomic_t signal_seen = 0;
int output_error = 0;  // errno of the first failure of standard output
timespec first_signal{};

/// timeout(1) sends its signal to the process and to its group: two within moments are one.
extern "C" void note_signal(int number) {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (signal_seen == 0) {
        first_signal = now;
        signal_seen = number;
    } else if ((now.tv_sec - first_signal.tv_sec) * 1000 + (now.tv_nsec - first_signal.tv_nsec) / 1000000 >
               500) {
        std::signal(number, SIG_DFL);
        std::raise(number);
    }
}

std::string directory_of(const std::string& path) {
    const std::string parent = std::filesystem::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

[[noreturn]] void cannot_write(const std::string& path, int error) {
    throw failure(exit_cannot_write,
                  fmt::format("cannot write '{}': {}; nothing there was changed. Free space or "
                              "name another place",
                              path, std::strerror(error)));
}

/// A file descriptor that closes itself, and a temporary name that removes itself unless kept.
struct temporary_file {
    explicit temporary_file(const std::string& target) : name(target + ".XXXXXX") {
        descriptor = mkstemp(name.data());
        if (descriptor < 0) cannot_write(target, errno);
    }
    ~temporary_file() {
        if (descriptor >= 0) close(descriptor);
        if (!kept) unlink(name.c_str());
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;

    std::string name;
    int descriptor = -1;
    bool kept = false;
};

/// mkstemp makes files private; results are for everybody the umask allows.
mode_t usual_mode() {
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/// A target that is a device or a pipe (/dev/stdout, /dev/full) cannot be replaced by a rename.
bool is_special_file(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
}

void write_all(int descriptor, const std::string& text, const std::string& path) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t count = write(descriptor, text.data() + done, text.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) cannot_write(path, errno);
        done += static_cast<std::size_t>(count);
    }
}

void write_special(const std::string& path, const std::string& text) {
    const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) cannot_write(path, errno);
    try {
        write_all(descriptor, text, path);
    } catch (...) {
        close(descriptor);
        throw;
    }
    close(descriptor);
}

}  // namespace

int run_tool(const char* tool, const std::function<int()>& body) {
    int code = exit_internal;
    try {
        code = body();
    } catch (const failure& error) {
        fmt::print(stderr, "{}: {}\n", tool, error.what());
        return error.code();
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: unexpected: {}. This is a defect of {}; please report it\n", tool,
                   error.what(), tool);
        return exit_internal;
    }
    put_out("");
    if (output_error == 0) return code;
    if (output_error != EPIPE) {
        fmt::print(stderr, "{}: standard output could not be written: {}\n", tool,
                   std::strerror(output_error));
    }
    return exit_cannot_write;
}

void put_out(std::string_view text) {
    errno = 0;
    const bool whole =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (output_error == 0 && (!whole || std::ferror(stdout) != 0)) output_error = errno != 0 ? errno : EIO;
}

void write_whole(const std::string& path, const std::string& text) {
    if (is_special_file(path)) return write_special(path, text);
    temporary_file file(path);
    write_all(file.descriptor, text, path);
    if (fchmod(file.descriptor, usual_mode()) != 0 || fsync(file.descriptor) != 0) cannot_write(path, errno);
    if (close(std::exchange(file.descriptor, -1)) != 0) cannot_write(path, errno);
    if (rename(file.name.c_str(), path.c_str()) != 0) cannot_write(path, errno);
    file.kept = true;
}

std::string read_whole(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rbe");
    if (file == nullptr) {
        throw failure(exit_bad_input, fmt::format("cannot read '{}': {}", path, std::strerror(errno)));
    }
    std::string text;
    char buffer[65536];
    for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, n);
    const bool failed = std::ferror(file) != 0;
    const int error = errno;
    std::fclose(file);
    if (failed)
        throw failure(exit_bad_input, fmt::format("cannot read '{}': {}", path, std::strerror(error)));
    return text;
}

std::filesystem::path built_folder(const std::string& name) {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / name;
}

void require_writable(const std::string& path) {
    if (std::filesystem::is_directory(path)) cannot_write(path, EISDIR);
    if (is_special_file(path)) return;
    const std::string directory = directory_of(path);
    if (access(directory.c_str(), F_OK) != 0) {
        throw failure(exit_cannot_write,
                      fmt::format("cannot write '{}': the folder '{}' does not exist; create it first", path,
                                  directory));
    }
    temporary_file probe(path);
}

scratch_file::scratch_file(const std::string& name, const std::string& otherwise)
    : path_((std::filesystem::temp_directory_path() / (name + ".XXXXXX")).string()) {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) {
        throw failure(exit_cannot_write, "cannot write '" + path_ + "': " + std::strerror(errno) + otherwise);
    }
    close(descriptor);
}

scratch_file::~scratch_file() { unlink(path_.c_str()); }

scratch_folder::scratch_folder(const std::string& name)
    : path_((std::filesystem::temp_directory_path() / (name + ".XXXXXX")).string()) {
    if (mkdtemp(path_.data()) == nullptr) {
        throw failure(exit_cannot_write,
                      fmt::format("cannot make a folder like '{}': {}", path_, std::strerror(errno)));
    }
}

scratch_folder::~scratch_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void catch_interrupts() {
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, note_signal);
    std::signal(SIGPIPE, SIG_IGN);
}

bool interrupted() { return signal_seen != 0; }

bool error_is_terminal() { return isatty(STDERR_FILENO) == 1; }

}  // namespace ulpfront
