// What a person sees: tables on standard output, a progress line on standard error.
#pragma once

#include <string>
#include <vector>

#include "accuracy/process/function_check.hpp"

namespace ulpfront {

/// The table of a check, printed row by row.
class result_table {
  public:
    /// Prints the heading; the columns are as wide as these kernels need.
    explicit result_table(const std::vector<kernel_info>& kernels);

    /// Prints a kernel's row, and below it everything found wrong.
    void print(const outcome& from) const;

  private:
    std::size_t function_width_;
    std::size_t kernel_width_;
    std::size_t isa_width_;
    bool colour_;
};

/// Prints the table of `list`.
void print_kernels(const std::vector<kernel_info>& kernels);

/// A line on standard error with the share done and the time left; silent unless that is a terminal, and
/// during the first two seconds.
class progress_line {
  public:
    progress_line();
    ~progress_line() { clear(); }
    progress_line(const progress_line&) = delete;
    progress_line& operator=(const progress_line&) = delete;

    void show(const std::string& what, double share_done);
    void clear();

  private:
    bool visible_ = false;
    bool terminal_;
    double start_;
    double last_ = 0.0;
};

}  // namespace ulpfront
