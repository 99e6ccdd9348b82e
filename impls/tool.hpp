// What all command-line tools of the project share: errors with an exit code, interrupts, and result
// files that are written whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace ulpfront {

/// Exit codes, the same in every tool; 1 to 4 are each tool's own verdicts and stand in its --help.
enum exit_code : int {
    exit_ok = 0,
    exit_usage = 64,         ///< a flag, a name or a --kernels library is wrong
    exit_bad_input = 65,     ///< a result file is not what it should be
    exit_internal = 70,      ///< a defect of the tool itself
    exit_cannot_write = 73,  ///< an output file or folder cannot be written
    exit_interrupted = 130,  ///< stopped by Ctrl-C; what was measured is written, marked incomplete
};

/// An error for people: one line that names what is wrong and says what to do.
class failure : public std::runtime_error {
  public:
    failure(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
    [[nodiscard]] int code() const { return code_; }

  private:
    int code_;
};

/// Runs a tool's main part; a failure becomes "TOOL: message" on standard error and its exit code.
/// Output that could not be delivered to standard output is a failure too (exit_cannot_write); of a reader
/// that has gone nothing is said.
int run_tool(const char* tool, const std::function<int()>& body);

/// Writes to standard output, now. What could not be delivered is told by run_tool in the end: a closed pipe
/// or a full disk there takes no result away that goes elsewhere.
void put_out(std::string_view text);

/// Writes text to a temporary file beside path, syncs it and renames it over path. Throws failure
/// (exit_cannot_write), leaving what was at path before as it was.
void write_whole(const std::string& path, const std::string& text);

/// Reads a whole file. Throws failure (exit_bad_input) naming it.
std::string read_whole(const std::string& path);

/// Throws failure (exit_cannot_write) now, rather than after an hour's work, if path cannot be written.
void require_writable(const std::string& path);

/// A folder of the build that the running program is of: build/release/bin/PROGRAM has build/release/NAME.
std::filesystem::path built_folder(const std::string& name);

/// A file name nobody else has, in the folder for temporary files; gone with this object.
class scratch_file {
  public:
    /// `name` stands in the file's name; `otherwise` is said behind an error: what to do without such a file.
    /// Throws failure (exit_cannot_write).
    explicit scratch_file(const std::string& name, const std::string& otherwise = "");
    ~scratch_file();
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// A folder nobody else has, in the folder for temporary files; gone with this object and all that is in it.
class scratch_folder {
  public:
    /// `name` stands in the folder's name. Throws failure (exit_cannot_write).
    explicit scratch_folder(const std::string& name = "ulpfront");
    ~scratch_folder();
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    /// The path of a file in it.
    [[nodiscard]] std::string path(const std::string& name) const { return path_ + '/' + name; }

  private:
    std::string path_;
};

/// From now on SIGINT, SIGTERM and SIGHUP set a flag instead of killing. A second signal kills at once.
void catch_interrupts();

/// Whether such a signal has come.
bool interrupted();

/// Whether standard error is a terminal: progress lines and colour only then.
bool error_is_terminal();

}  // namespace ulpfront
