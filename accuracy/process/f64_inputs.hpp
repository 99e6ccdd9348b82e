// Which inputs a check of binary64 tries.
#pragma once

#include <cstdint>
#include <vector>

#include "accuracy/process/inputs.hpp"
#include "impls/function.hpp"

namespace ulpfront {

/// Keys (accuracy/ulp.hpp) of the inputs of a request, ascending, given the seams of all kernels. The same
/// arguments give the same inputs. Chosen ones, some 40,000: of every binade of both signs the first, the
/// last and some inside, more of those between 2^-60 and 2^11; neighbours of seams, turning points and
/// special values; NaNs of several payloads; random points of the interval the function is timed on, of [-50,
/// 50] and of [-1000, 1000]; the witnesses. What is wanted beyond them is random: of that interval, and of
/// the binades where functions bend.
std::vector<std::uint64_t> f64_keys(const input_request& request, const function_facts& facts,
                                    const std::vector<double>& seams, const std::vector<double>& witnesses);

}  // namespace ulpfront
