// The certificate of a function's binary32 reference: what was found, binade by binade, when its values were
// held against the exact ones (accuracy/certifier.hpp). Plain text, a line for each binade.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ulpfront {

/// Inputs of one sign and exponent, in the order of ordered_key (accuracy/ulp.hpp): number b holds the keys
/// [b 2^23, (b+1) 2^23). The first and the last are mostly NaNs.
inline constexpr std::size_t certified_binades = 512;

/// What is kept of a binade.
struct certified_binade {
    std::uint64_t rounded = 0;  ///< fingerprint of the correctly rounded results (reference/fingerprint.hpp)
    std::uint64_t reference = 0;  ///< of the reference's values and bounds
    std::uint64_t judged = 0;     ///< inputs that the judge was asked about one by one
    double share = 0.0;           ///< the largest deviation of the reference, in parts of its own bound
    float share_at = 0.0F;        ///< the input of that
};

struct certificate {
    std::string function;
    std::map<std::size_t, certified_binade> binades;  ///< by number

    [[nodiscard]] bool is_whole() const { return binades.size() == certified_binades; }
    /// The fingerprint of the reference of all inputs: the sum of the binades'.
    [[nodiscard]] std::uint64_t reference() const;
};

/// Where the certificates of a folder are, by function.
std::string certificate_path(const std::string& folder, const std::string& function);

/// The folder beside the running binary that the build puts the committed certificates into.
std::string own_certificates();

/// Reads a certificate; nullopt if there is no such file. Throws failure (exit_bad_input), naming the line,
/// if it is another function's, cut short, or edited.
std::optional<certificate> read_certificate(const std::string& folder, const std::string& function);

/// The fingerprint that the reference of all inputs has by the function's own certificate, if that is whole.
/// A damaged one is said so on standard error, once, and counts as none.
std::optional<std::uint64_t> certified_reference(const std::string& function);

/// Writes it, whole or not at all. Throws failure (exit_cannot_write).
void write_certificate(const std::string& folder, const certificate& what);

}  // namespace ulpfront
