// Numbers and names as people read them, and names made safe for where they go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "reports/statistics.hpp"

namespace ulpfront::reports {

struct accuracy_row;
struct condition;
struct kernel;

/// Three significant digits without an exponent: "0.0512", "12.3", "1234".
std::string time_text(double ns);

/// A ULP error: three significant digits, more where fewer would put it on the wrong side of 0.5, 1 or 4
/// ("0.9996"; at most eight, then "0.49999999…"); "1.3e+06" from a million on, "inf".
std::string ulp_text(double ulp);

/// The same with "≤ " (every input tried) or "≥ " (the largest found); "0", "0 found"; "–" where not
/// measured.
std::string max_ulp_text(const accuracy_row& row);

/// The error as a choice shows it: "≤ 0.775 ULP"; beyond 4 ULP the absolute error says more: "≤ 4.9e-04
/// absolute", or, where that grows with the function, "≤ 1.6e-03 · max(1, |f|)".
std::string bound_text(const accuracy_row& row);

/// Whether a text is a plain number, as programs read it.
bool is_number(const std::string& text);

/// An absolute error: "2.98e-08".
std::string absolute_text(double error);

/// A plain ratio: "14.2", "1.03", "0.512".
std::string ratio_text(double value);

/// "3.1 %", "100 %"; "0.010 %" is the smallest, then "< 0.01 %".
std::string share_text(double share);

/// How many results were not the correctly rounded ones: "0", "66", "3.1 %", "–" where not measured.
std::string misrounded_text(const accuracy_row& row);

/// "78.1 % correctly rounded"; "error not measured".
std::string rounded_text(const accuracy_row& row);

/// "1 input", "1,234 inputs", "2³² inputs".
std::string count_of(std::uint64_t count, const std::string& noun);
std::string count_text(std::uint64_t count);

/// A number in few digits, for axes and facts: "-10", "0.01", "∞".
std::string plain_number(double value);

/// What a kernel promises: "nothing", "≤ 4 ULP", "correctly rounded", "≤ 2⁻¹⁰ · max(1, |f|)".
std::string promise_text(const accuracy_row& row);

/// "uniform, n = 2048", with ", in place" behind it where so.
std::string condition_text(const condition& under);

/// "exp_div (avx2)".
std::string name_and_isa(const kernel& of);

/// Text for HTML and SVG, content or quoted attribute. Control characters, which neither can hold, become
/// U+FFFD.
std::string escape_html(const std::string& text);

/// Text for a Markdown table cell or line: nothing in it is markup.
std::string escape_markdown(const std::string& text);

/// The same as inline code.
std::string markdown_code(const std::string& text);

/// One word for a POSIX shell, quoted only where needed.
std::string shell_word(const std::string& text);

/// At most `limit` characters (code points), the last one "…" where something was cut.
std::string shorten(const std::string& text, std::size_t limit);

/// Number of characters (code points).
std::size_t length_of(const std::string& text);

/// A name for files and fragments: letters, digits, '_', '-' as they are, everything else as '.' and
/// two hexadecimal digits a byte, so that different names stay different; at most 77 characters.
std::string slug(const std::string& name);

/// A small whole number in superscript digits.
std::string superscript(int value);

}  // namespace ulpfront::reports
