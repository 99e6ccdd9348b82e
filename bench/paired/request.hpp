// Two builds of a kernel, side by side: what is asked of a worker and what it answers.
//
// The worker (bench/worker.hpp) serves these requests beside its own; the supervising process loads no
// kernel library. Answers, a line of JSON each:
//   {"machine": {...}}                                    time: where the worker runs
//   {"begin": i} {"end": i, "visit": {...}}               time: visit i
//   {"block": i, "changed": c, ...}                       bits: block i was compared
//   {"begin": i} {"end": i}                               count: pair i
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "bench/workload.hpp"

namespace ulpfront::paired {

/// One of the two kernels of a pair.
struct side {
    std::string path;  ///< of its library
    std::size_t row = 0;
};

/// Two kernels that should do the same, on the same workload.
struct pair_task {
    std::string name;  ///< function/dtype/kernel/isa/distribution/n
    side base;
    side candidate;
    bench::workload_shape shape{};
};

/// Which kernels of a pair are called. One alone tells which of the two a worker died of.
enum class sides { both, base, candidate };

/// A stay at one pair: so many quads, or as many as fit into the time, but one at least.
struct visit {
    std::size_t task = 0;
    std::size_t quads = 0;
    double seconds = 0.0;  ///< of CPU time
};

/// Four epochs, base and candidate twice each, in the order ABBA or BAAB.
struct quad {
    double log_ratio = 0.0;     ///< mean of the two log(candidate / base)
    double base_ns = 0.0;       ///< per element
    double candidate_ns = 0.0;  ///< per element
};

struct visit_result {
    std::vector<quad> quads;
    std::size_t discarded = 0;  ///< epochs in which the thread was made to leave the CPU
    std::string error;          ///< why nothing could be timed
    double seconds = 0.0;       ///< on the wall, without making inputs
};

struct timing_request {
    std::vector<pair_task> tasks;
    std::vector<visit> visits;
    sides which = sides::both;
    bool candidate_first = false;  ///< in which order the libraries are loaded
    std::uint64_t seed = 0;
};

/// A comparison of results bit by bit, over inputs first, ..., first + count - 1 of input_bits().
struct bits_request {
    side base;
    side candidate;
    std::uint32_t dtype = 0;
    std::uint64_t inputs = 0;  ///< how many there are in all
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    std::vector<double> seams;  ///< tried with their neighbours, if this is the first block
    sides which = sides::both;
};

/// Pairs of which each kernel is called with two sizes, for a tool that counts what they execute.
struct count_request {
    std::vector<pair_task> tasks;
};

std::string encode(const timing_request& request);
std::string encode(const bits_request& request);
std::string encode(const count_request& request);

nlohmann::json encode(const visit_result& from);
visit_result decode_visit(const nlohmann::json& from);

/// In a worker: serves the request if it is one of these.
bool serve(const nlohmann::json& request);

}  // namespace ulpfront::paired
