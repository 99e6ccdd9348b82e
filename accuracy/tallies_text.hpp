// Tallies as text: exact, so that what one machine counted another can go on with.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "accuracy/tallies.hpp"

namespace ulpfront {

/// An exact sum as text: "0", or "0xHEXp-N" for HEX times 2^-N without a trailing zero digit.
struct exact_sum_text {
    static std::string write(const exact_sum& sum);
    /// Throws std::invalid_argument for anything that write() does not give.
    static exact_sum read(const std::string& text);
};

/// The number that hexfloat(value) wrote. Throws std::invalid_argument.
double read_hexfloat(const std::string& text);

/// Every number of the tallies: integers as such, sums and maxima as hexfloats, tables without what is zero.
nlohmann::json write_tallies(const tallies& from);

/// Throws std::exception where something is missing or is not what write_tallies() gives.
tallies read_tallies(const nlohmann::json& from);

}  // namespace ulpfront
