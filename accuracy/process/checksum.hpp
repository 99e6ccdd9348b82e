// A number that tells texts and files apart.
#pragma once

#include <cstdint>
#include <string_view>

namespace ulpfront {

/// FNV-1a, 64 bits: sees damage and edits, not forgery.
constexpr std::uint64_t checksum(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char each : text) hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    return hash;
}

}  // namespace ulpfront
