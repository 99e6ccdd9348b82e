// Outcomes of several workers, runs and machines become one.
#include <algorithm>

#include "accuracy/process/function_check.hpp"

namespace ulpfront {

void keep_first(std::vector<fault>& among, const fault& found) {
    const auto known =
        std::find_if(among.begin(), among.end(), [&](const fault& each) { return each.code == found.code; });
    if (known != among.end()) {
        if (known->place <= found.place) return;
        among.erase(known);
    }
    const auto behind =
        std::upper_bound(among.begin(), among.end(), found.place,
                         [](std::uint64_t place, const fault& each) { return place < each.place; });
    among.insert(behind, found);
}

void keep_first(std::optional<fault>& death, const fault& found) {
    if (!death || found.place < death->place) death = found;
}

void join(outcome& to, const outcome& part) {
    for (const fault& each : part.faults) keep_first(to.faults, each);
    if (part.death) keep_first(to.death, *part.death);
    to.measured.merge(part.measured);
    if (to.special_outputs.empty()) to.special_outputs = part.special_outputs;
    to.kernel_seconds += part.kernel_seconds;
    to.reference += part.reference;
}

}  // namespace ulpfront
