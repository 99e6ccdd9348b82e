// The files of reports/templates as they were when the tool was built.
#pragma once

#include <string_view>

namespace ulpfront::reports::templates {

extern const std::string_view page_html;  ///< Mustache
extern const std::string_view page_css;
extern const std::string_view chart_css;  ///< for pictures, in the page and alone
extern const std::string_view page_js;
extern const std::string_view page_js_hash;  ///< SHA-256 in base64, as a Content-Security-Policy wants it

}  // namespace ulpfront::reports::templates
