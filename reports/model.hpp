// The join: every kernel with its error, its speed under each condition, and where that puts it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reports/front.hpp"
#include "reports/results.hpp"
#include "reports/statistics.hpp"

namespace ulpfront::reports {

/// One kernel's speed under one condition.
struct timing {
    interval ns;                      ///< per element; of no value where error is set
    std::string error;                ///< why it was not timed; empty if it was
    std::size_t run = 0;              ///< which bench result it comes from
    std::optional<ratio> to_floor;    ///< time over that of the fastest copy of the same ISA, in the same run
    std::optional<ratio> over_naive;  ///< the textbook formula's time over this one
    std::optional<ratio>
        to_cheapest;  ///< time over that of the cheapest function's best kernel of the same ISA
    std::optional<standing> within_isa;  ///< empty where not comparable; indices are kernels of the model
    std::optional<standing> over_all;    ///< the same among all ISAs
    std::optional<standing> absolute;    ///< within the ISA, by the largest absolute error

    [[nodiscard]] bool was_timed() const { return error.empty(); }
};

/// One kernel, joined.
struct kernel {
    kernel_label label;
    std::optional<accuracy_row> checked;
    std::map<condition, timing> timings;

    /// The timing under a condition, if it was timed there.
    [[nodiscard]] const timing* timed(const condition& under) const;
    [[nodiscard]] bool is_copy() const { return label.method == "null"; }
    /// Why it may not be used whatever its speed ("its promise is broken"); empty if it may.
    [[nodiscard]] std::string defect() const;
    /// Whether it may be compared with others: sound, and its error is known.
    [[nodiscard]] bool comparable() const { return checked && checked->max_ulp && defect().empty(); }
};

/// The kernels of one function for one dtype.
struct kernel_group {
    std::string dtype;
    std::vector<std::size_t> kernels;   ///< indices in the model, in the order of their keys
    std::vector<condition> conditions;  ///< under which any of them was timed, ascending
    std::optional<condition> usual;     ///< the one that tables and charts are about
    std::optional<std::size_t> naive;   ///< the kernel that "x naive" refers to
};

/// One function with everything measured of it.
struct function_group {
    std::string name;
    std::string title;                    ///< the name where no accuracy result gives a title
    std::optional<function_entry> entry;  ///< empty where there is no reference for it
    bool is_floor = false;                ///< all its kernels are copies: what others are measured against
    std::vector<kernel_group> dtypes;
};

struct model {
    std::vector<kernel> kernels;
    std::vector<function_group> functions;  ///< by name
    std::vector<std::string> isas;          ///< in the machine's order, plainest first
    std::vector<std::string> methods;       ///< ascending
    /// The function whose best time is lowest, per dtype and condition: its index.
    std::map<std::pair<std::string, condition>, std::size_t> cheapest;

    [[nodiscard]] std::size_t isa_rank(const std::string& isa) const;
    [[nodiscard]] const function_group* find_function(const std::string& name) const;
    /// The fastest sound copy of an ISA in a run (of any ISA if that one has none); null if none was timed.
    [[nodiscard]] const kernel* floor_of(const std::string& dtype, const std::string& isa,
                                         const condition& under, std::size_t run) const;
    /// The same whatever the ISA and the run.
    [[nodiscard]] const kernel* fastest_copy(const std::string& dtype, const condition& under) const;
};

/// Joins results and compares. A pure function.
model join(const result_set& results);

/// The fastest sound kernel of the cheapest function for a dtype under a condition: of an ISA where it has
/// one there, else (and for an empty ISA) of all; null where nothing is comparable.
const kernel* cheapest_kernel(const model& all, const std::string& dtype, const std::string& isa,
                              const condition& under);

/// The part of join that fills in ratios, fronts and model::cheapest, once kernels are grouped.
void compare_kernels(model& all);

}  // namespace ulpfront::reports
