// The gate's result as a JUnit file: a test case for each kernel's accuracy and each benchmark.
#include <fmt/format.h>

#include "reports/gate/accuracy.hpp"
#include "reports/gate/model.hpp"
#include "reports/gate/words.hpp"
#include "reports/text.hpp"

namespace ulpfront::gate {
namespace {

using reports::escape_html;

enum class outcome { passed, failed, skipped };

/// One suite, with the counts that its opening tag wants.
class suite {
  public:
    explicit suite(std::string name) : name_(std::move(name)) {}

    void add(const std::string& test, outcome how, const std::string& message) {
        ++tests_;
        cases_ +=
            fmt::format(R"(    <testcase classname="{}" name="{}")", escape_html(name_), escape_html(test));
        if (how == outcome::passed) {
            cases_ += "/>\n";
            return;
        }
        ++(how == outcome::failed ? failures_ : skipped_);
        cases_ += fmt::format("><{} message=\"{}\"/></testcase>\n",
                              how == outcome::failed ? "failure" : "skipped", escape_html(message));
    }

    [[nodiscard]] std::string text() const {
        if (tests_ == 0) return "";
        return fmt::format(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n{}  </testsuite>\n",
            escape_html(name_), tests_, failures_, skipped_, cases_);
    }

  private:
    std::string name_;
    std::string cases_;
    std::size_t tests_ = 0;
    std::size_t failures_ = 0;
    std::size_t skipped_ = 0;
};

void add_kernel(suite& to, const kernel_result& each) {
    std::string open;
    for (const loss& found : each.losses) {
        if (found.accepted.empty()) open += (open.empty() ? "" : "; ") + in_words(found);
    }
    if (!open.empty()) return to.add(each.id, outcome::failed, open);
    switch (each.accuracy) {
        case accuracy_verdict::incomparable:
            return to.add(each.id, outcome::failed, "incomparable: " + each.note);
        case accuracy_verdict::not_here:
        case accuracy_verdict::unmeasured:
            return to.add(each.id, outcome::skipped, each.note);
        default:
            return to.add(each.id, outcome::passed, "");
    }
}

void add_speed(suite& to, const speed_result& each, const std::vector<loss>& losses) {
    bool accepted = false;
    for (const loss& found : losses)
        accepted = accepted || (found.kernel == each.name && !found.accepted.empty());
    switch (each.verdict) {
        case speed_verdict::slower:
            return to.add(each.name, accepted ? outcome::passed : outcome::failed, speed_words(each));
        case speed_verdict::incomparable:
            return to.add(each.name, outcome::failed, "incomparable: " + each.error);
        case speed_verdict::inconclusive:
            return to.add(each.name, outcome::skipped,
                          "inconclusive: " + speed_words(each) + "; " + seen_words(each));
        default:
            return to.add(each.name, outcome::passed, "");
    }
}

}  // namespace

std::string as_junit(const gate_result& from) {
    suite whole("gate");
    if (!from.incomparable.empty()) whole.add("comparable", outcome::failed, from.incomparable);
    suite accuracy("accuracy");
    if (from.accuracy_asked) {
        for (const kernel_result& each : from.kernels) add_kernel(accuracy, each);
    }
    suite speed("speed");
    for (const speed_result& each : from.speeds) add_speed(speed, each, from.slower);
    suite instructions("instructions");
    for (const loss& each : from.slower) {
        if (each.what == "instructions")
            instructions.add(each.kernel, each.accepted.empty() ? outcome::failed : outcome::passed,
                             in_words(each));
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ulpfront-gate\">\n" +
           whole.text() + accuracy.text() + speed.text() + instructions.text() + "</testsuites>\n";
}

}  // namespace ulpfront::gate
