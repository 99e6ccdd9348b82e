// The catalogue: kernel libraries, what they hold, and which kernels a command selects.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "impls/function.hpp"
#include "impls/kernel_abi.h"

namespace ulpfront {

/// Facts of every function.hpp in the tree, by name.
const std::vector<const function_facts*>& known_functions();

/// The facts of one function; null if the catalogue lacks it.
const function_facts* find_function(std::string_view name);

/// Everything about a kernel but its code; what crosses between processes.
struct kernel_info {
    std::string function;
    std::string kernel;
    std::string library;  ///< the table's name; "#2" behind it if an earlier library has the same kernel
    std::string library_version;
    std::string compiler;
    std::string flags;
    std::string path;     ///< of the library, absolute
    std::size_t row = 0;  ///< index in the library's table
    std::uint32_t method = 0;
    std::uint32_t dtype = 0;
    std::uint32_t isa = 0;
    std::uint32_t promise_kind = 0;
    double promise_value = 0.0;
    std::uint32_t promise_flags = 0;
    std::uint32_t mode_flags = 0;
    std::vector<double> seams;
    std::string note;
    std::uint64_t code_id = 0;  ///< 0: not known

    /// "exp_div" for the project's own, "library:kernel" for any other.
    [[nodiscard]] std::string shown_name() const;
    /// "function/dtype/kernel/isa", unique within a run.
    [[nodiscard]] std::string id() const;
    /// Why it does not run here ("the CPU lacks avx512f"); empty if it does.
    [[nodiscard]] std::string why_not_here() const;

    friend bool operator==(const kernel_info&, const kernel_info&) = default;
};

void to_json(nlohmann::json& to, const kernel_info& k);
void from_json(const nlohmann::json& from, kernel_info& k);

/// A kernel library opened in this process. A file that is already open here is opened as a copy, so that
/// each object has statics of its own. The library stays open until the process ends: kernels may have
/// left threads or exit handlers behind.
class kernel_library {
  public:
    /// Opens and validates; throws failure (exit_usage) that names the library and the row at fault.
    explicit kernel_library(const std::string& path);

    [[nodiscard]] const std::vector<kernel_info>& kernels() const { return kernels_; }
    [[nodiscard]] const ulpfront_row& row(std::size_t index) const { return *table_->rows[index]; }

  private:
    const ulpfront_table* table_;
    std::vector<kernel_info> kernels_;
};

/// A library that is not opened, and why.
struct skipped_library {
    std::string path;
    std::string reason;
};

/// What there is to choose from.
struct library_list {
    std::vector<std::string> paths;        ///< absolute, sorted; the project's own first
    std::vector<skipped_library> skipped;  ///< the project's own whose ISA the CPU lacks; peers not built
};

/// The folder whose kernel libraries are found by themselves: ../lib beside the running binary's.
std::filesystem::path own_libraries();

/// The project's own libraries (in ../lib beside the running binary), if they are wanted, and those of
/// --kernels: each a library or a folder of them. Throws failure (exit_usage) for a path that is neither.
library_list find_libraries(const std::vector<std::string>& extra, bool with_own = true);

/// Sorts kernels as every list shows them, and marks those of a library whose name is taken ("#2").
void put_in_order(std::vector<kernel_info>& kernels);

/// A selection: each list empty (everything) or regular expressions, one of which must match the whole word.
struct selection {
    std::vector<std::string> functions;
    std::vector<std::string> dtypes;
    std::vector<std::string> kernels;  ///< match "exp_div" or "library:exp_div"
    std::vector<std::string> isas;
    std::vector<std::string> methods;
    std::vector<std::string> libraries;  ///< --kernels: paths
    bool without_own = false;            ///< --no-own
};

/// The selected kernels in order. Throws failure (exit_usage) when an expression is malformed or matches
/// nothing, naming the flag and the near names.
std::vector<kernel_info> select_kernels(const std::vector<kernel_info>& from, const selection& by);

/// The up to three names of the list nearest to a word by edit distance, best first.
std::vector<std::string> near_names(std::string_view word, const std::vector<std::string>& names);

}  // namespace ulpfront

namespace CLI {
class App;
}

namespace ulpfront {

/// Gives a command the flags that choose among kernels: --function, --dtype, --kernel, --isa, --method.
void add_filter_flags(CLI::App& command, selection& to);

/// Gives a command all the selection's flags: these, --kernels, --no-own.
void add_selection_flags(CLI::App& command, selection& to);

}  // namespace ulpfront
