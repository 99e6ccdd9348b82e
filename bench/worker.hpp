// The process that loads kernel libraries: it lists what they hold, or times a plan. It may crash or hang;
// the supervising process (supervisor.hpp) starts another.
//
// A worker reads one request (JSON) from request_descriptor and answers on answer_descriptor, a line of
// JSON per event:
//   {"loading": path}             list: this library comes next
//   {"kernels": [...]}            list: what the libraries hold
//   {"begin": i}                  time: step i was begun, or has got ready
//   {"end": i, "sample": {...}}   time: step i was measured
//   {"failure": {"code", "message"}}  the request cannot be served
#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "bench/timing.hpp"

namespace ulpfront::bench {

inline constexpr const char* worker_flag = "--worker";
inline constexpr int request_descriptor = 3;
inline constexpr int answer_descriptor = 4;

/// Which kernel to time on what.
struct timing_task {
    std::string name;  ///< of the benchmark
    std::string path;  ///< of the library; empty: libc's memcpy
    std::size_t row = 0;
    workload_shape shape{};
};

/// One run of a task.
struct timing_step {
    std::size_t task;
    std::int64_t iterations;  ///< 0: find out; the worker keeps what it found for the steps after
};

struct timing_request {
    run_settings settings;
    std::uint64_t seed = 0;
    std::vector<timing_task> tasks;
    std::vector<timing_step> steps;
};

std::string encode_list_request(const std::vector<std::string>& libraries);
std::string encode_timing_request(const timing_request& request);

nlohmann::json encode_sample(const sample& from);
sample decode_sample(const nlohmann::json& from);

/// Serves a request of another kind; false if it is not one.
using request_server = std::function<bool(const nlohmann::json& request)>;

/// The worker's main. `other` is asked first about what is not a list.
int serve_request(const request_server& other = {});

/// In a worker: writes one line. When nobody reads any more there is no use in going on.
void answer(const nlohmann::json& event);

}  // namespace ulpfront::bench
