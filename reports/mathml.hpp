// Formulas from result files, made safe for a page.
#pragma once

#include <string>

namespace ulpfront::reports {

/// The presentation MathML unchanged if it consists of known elements without attributes, properly
/// nested, character references and text; empty otherwise (the plain formula is shown then).
std::string checked_mathml(const std::string& mathml);

}  // namespace ulpfront::reports
