// A child process and the lines it sends.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace ulpfront::bench {

/// A child that dies with this object, and with this process. Its standard output goes to standard error,
/// or nowhere; interrupts typed at the terminal do not reach it.
class child_process {
  public:
    enum class output { to_error, discarded };

    /// Starts a program.
    child_process(const std::string& program, const std::vector<std::string>& arguments,
                  output standard_output);
    /// Starts this program again as a worker (worker.hpp) on a request; `under` another program, if its
    /// path and arguments are given.
    explicit child_process(const std::string& request, const std::vector<std::string>& under = {});
    ~child_process();
    child_process(const child_process&) = delete;
    child_process& operator=(const child_process&) = delete;

    enum class news { line, end, none };
    /// Waits at most so long for the child's next line, which may also be its last: news::end says that it
    /// sends no more.
    news next(std::string& line, std::chrono::milliseconds patience);

    /// CPU time it has used; 0 once it is gone.
    [[nodiscard]] double cpu_seconds() const;

    /// Waits at most so long for its end; true once it has ended.
    bool ended(std::chrono::milliseconds patience);
    /// After its end: the exit status, 128 + N for signal N.
    [[nodiscard]] int status() const;
    /// After its end, for people: "died of SIGSEGV (Segmentation fault)", "ended with exit status 0".
    [[nodiscard]] std::string how_it_ended() const;

    void send_signal(int number) const;
    /// Kills and reaps.
    void kill();

  private:
    void start(const std::string& program, const std::vector<std::string>& arguments, output standard_output,
               int request, int answers);
    bool take_line(std::string& line);

    pid_t pid_ = -1;
    int answers_ = -1;
    std::string received_;
    int wait_status_ = 0;
    bool reaped_ = false;
};

}  // namespace ulpfront::bench
