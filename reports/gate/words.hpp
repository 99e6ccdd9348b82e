// Sentences that the text, the Markdown and the JUnit file share.
#pragma once

#include <string>

#include "reports/gate/model.hpp"

namespace ulpfront::gate {

/// "+3.1 %".
std::string percent(double share);

/// "+3.1 % (+2.9 % to +3.4 %), 0.215 -> 0.222 ns; measured again and confirmed; 96 quads, 3 epochs
/// discarded".
std::string speed_words(const speed_result& from);

/// "would have seen 1.8 % with 95 %", or why that is unknown.
std::string seen_words(const speed_result& from);

/// "17 of 4294967296 results changed their bits, first at 0x1.8p+1: 0x1p+0 -> 0x1.000002p+0"; empty if no
/// result did.
std::string bits_words(const kernel_result& from);

/// "12.25 -> 12.50 instructions per element (+2.0 %)", or why they were not counted.
std::string instruction_words(const instructions& from);

/// What is said of an accepted loss: its reason.
std::string accepted_words(const loss& from);

}  // namespace ulpfront::gate
