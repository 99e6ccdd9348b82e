// Result files as the tools write them, made in memory and changed at will.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "impls/tool.hpp"
#include "reports/model.hpp"

namespace ulpfront::reports::fixture {

/// What differs between kernels; everything else is filled in.
struct kernel_spec {
    std::string function = "f";
    std::string kernel = "k";
    std::string isa = "avx2";
    std::string method = "simd";
    std::vector<double> times{};  ///< ns per element, one a repetition; empty: not timed
    double max_ulp = 1.0;
    std::string library = "ulpfront";
    std::string dtype = "f32";
    std::string distribution = "uniform";
    std::uint64_t n = 2048;
};

nlohmann::json accuracy_row(const kernel_spec& spec);
std::vector<nlohmann::json> bench_rows(const kernel_spec& spec);
nlohmann::json function_entry(const std::string& name);

/// Whole documents. A function entry is made for every function of the specs.
nlohmann::json accuracy(const std::vector<kernel_spec>& specs);
nlohmann::json bench(const std::vector<kernel_spec>& specs);

/// A folder of its own, removed at the end.
class folder {
  public:
    /// Writes a file and returns its path.
    [[nodiscard]] std::string put(const std::string& name, const std::string& content) const;
    [[nodiscard]] std::string put(const std::string& name, const nlohmann::json& document) const;
    [[nodiscard]] std::string path(const std::string& name) const { return place_.path(name); }

  private:
    scratch_folder place_;
};

/// Reads the documents back as the tool would.
result_set read(const std::vector<nlohmann::json>& documents);

/// The joined model of both documents of the specs.
model joined(const std::vector<kernel_spec>& specs);

/// The kernel of a name and ISA; it must be there.
const kernel& find(const model& all, const std::string& name, const std::string& isa = "avx2");
std::size_t index_of(const model& all, const std::string& name, const std::string& isa = "avx2");

/// Where most specs are timed.
inline const condition usual{"uniform", 2048, false};

}  // namespace ulpfront::reports::fixture
