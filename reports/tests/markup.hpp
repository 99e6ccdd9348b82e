// Just enough reading of markup to find what a browser would stumble over.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace ulpfront::reports::markup {

/// The first thing that is not well formed in XML or HTML of our own making (elements closed in order,
/// attributes quoted and named once, no bare '<' or '&' in text); empty if nothing is. Content of <style>
/// and <script> is skipped.
std::string defect(const std::string& text);

/// How often a string occurs.
std::size_t count(const std::string& text, const std::string& wanted);

/// Content and y of every <text> element of a class.
std::vector<std::pair<std::string, std::string>> texts_of_class(const std::string& svg,
                                                                const std::string& name);

/// Values of an attribute, in order of occurrence.
std::vector<std::string> attribute_values(const std::string& text, const std::string& attribute);

}  // namespace ulpfront::reports::markup
