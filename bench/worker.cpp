#include "bench/worker.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cfenv>
#include <cstring>
#include <map>
#include <memory>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>

#include "bench/json_number.hpp"
#include "bench/prepared_kernel.hpp"
#include "impls/catalogue.hpp"
#include "impls/tool.hpp"

namespace ulpfront::bench {
namespace {

using nlohmann::json;

std::string read_request() {
    std::string text;
    char buffer[65536];
    for (;;) {
        const ssize_t count = read(request_descriptor, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            throw failure(exit_internal, fmt::format("no request to read: {}", std::strerror(errno)));
        if (count == 0) return text;
        text.append(buffer, static_cast<std::size_t>(count));
    }
}

void list_kernels(const json& request) {
    json all = json::array();
    for (const json& path : request.at("libraries")) {
        answer({{"loading", path}});
        const kernel_library library(path);
        for (const kernel_info& kernel : library.kernels()) all.push_back(kernel);
    }
    answer({{"kernels", all}});
}

/// libc's own copy as a kernel; ctx points to the size of an element.
void copy_bytes(void* ctx, const void* in, void* out, std::size_t n) {
    std::memcpy(out, in, n * *static_cast<const std::size_t*>(ctx));
}

sample failed(const std::string& why) {
    sample result;
    result.error = why;
    return result;
}

/// noexcept: what a kernel throws is a crash of the kernel.
sample time_row(const timing_task& task, const ulpfront_row& row, const workload& on,
                std::int64_t iterations) noexcept {
    const prepared_kernel kernel(row, task.shape.n);
    if (!kernel.ready()) return failed("its create() returned null");
    return time_kernel(task.name, kernel.call(), on, iterations);
}

/// Runs a plan's steps, keeping what consecutive ones share: libraries, inputs, iteration counts.
class plan_runner {
  public:
    explicit plan_runner(std::uint64_t seed) : seed_(seed) {}

    /// get_ready is called when the task's library and inputs are there and its kernel comes next.
    template <class GetReady>
    sample run(const timing_task& task, std::int64_t iterations, const GetReady& get_ready) {
        try {
            if (!inputs_ || !(inputs_->shape() == task.shape)) {
                inputs_.reset();
                inputs_ = std::make_unique<workload>(task.shape, seed_);
            }
        } catch (const std::bad_alloc&) {
            return failed(fmt::format("there is not enough memory for inputs and outputs of {} elements",
                                      task.shape.n));
        }
        if (task.path.empty()) {
            std::size_t bytes = format_of(task.shape.dtype).value().bytes;
            return time_kernel(task.name, {copy_bytes, &bytes}, *inputs_, iterations);
        }
        const ulpfront_row& row = library(task.path).row(task.row);
        get_ready();
        // Whatever mode the kernel before left behind is not this one's.
        std::fesetenv(FE_DFL_ENV);
        return time_row(task, row, *inputs_, iterations);
    }

  private:
    const kernel_library& library(const std::string& path) {
        auto& slot = libraries_[path];
        if (!slot) slot.emplace(path);
        return *slot;
    }

    std::uint64_t seed_;
    std::map<std::string, std::optional<kernel_library>> libraries_;
    std::unique_ptr<workload> inputs_;
};

timing_task decode_task(const json& from) {
    return {.name = from.at("name"),
            .path = from.at("path"),
            .row = from.at("row"),
            .shape = {from.at("dtype"),
                      distribution_from_name(from.at("distribution").get<std::string>()).value(),
                      from.at("n"), from.at("inplace")}};
}

void run_plan(const json& request) {
    set_up_timing({request.at("min_time"), request.at("min_warmup_time"), request.at("perf_counters"),
                   request.at("verbosity")});
    std::vector<timing_task> tasks;
    for (const json& each : request.at("tasks")) tasks.push_back(decode_task(each));
    std::vector<std::int64_t> iterations(tasks.size(), 0);
    plan_runner runner(request.at("seed"));
    std::size_t index = 0;
    for (const json& step : request.at("steps")) {
        const std::size_t task = step.at(0);
        std::int64_t& known = iterations.at(task);
        if (known == 0) known = step.at(1);
        const json begin = {{"begin", index}};
        answer(begin);
        const sample measured = runner.run(tasks[task], known, [&] { answer(begin); });
        if (measured.error.empty()) known = measured.iterations;
        answer({{"end", index}, {"sample", encode_sample(measured)}});
        ++index;
    }
}

}  // namespace

void answer(const json& event) {
    // What foreign libraries say of themselves need not be UTF-8.
    const std::string line = event.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
    std::size_t done = 0;
    while (done < line.size()) {
        const ssize_t count = write(answer_descriptor, line.data() + done, line.size() - done);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) _exit(exit_internal);
        done += static_cast<std::size_t>(count);
    }
}

std::string encode_list_request(const std::vector<std::string>& libraries) {
    try {
        return json{{"libraries", libraries}}.dump();
    } catch (const json::type_error&) {
        throw failure(exit_usage, "--kernels: the path of a library is not UTF-8; give it another name");
    }
}

std::string encode_timing_request(const timing_request& request) {
    json tasks = json::array();
    for (const timing_task& task : request.tasks) {
        tasks.push_back({{"name", task.name},
                         {"path", task.path},
                         {"row", task.row},
                         {"dtype", task.shape.dtype},
                         {"distribution", distribution_name(task.shape.inputs)},
                         {"n", task.shape.n},
                         {"inplace", task.shape.inplace}});
    }
    json steps = json::array();
    for (const timing_step& step : request.steps) steps.push_back({step.task, step.iterations});
    return json{{"min_time", request.settings.min_time},
                {"min_warmup_time", request.settings.min_warmup_time},
                {"perf_counters", request.settings.perf_counters},
                {"verbosity", request.settings.verbosity},
                {"seed", request.seed},
                {"tasks", tasks},
                {"steps", steps}}
        .dump();
}

json encode_sample(const sample& from) {
    json counters = json::object();
    for (const auto& [name, value] : from.counters) counters[name] = to_number(value);
    return {{"iterations", from.iterations},
            {"real", to_number(from.real_seconds)},
            {"cpu", to_number(from.cpu_seconds)},
            {"counters", counters},
            {"error", from.error}};
}

sample decode_sample(const json& from) {
    sample result{.iterations = from.at("iterations"),
                  .real_seconds = from_number(from.at("real")),
                  .cpu_seconds = from_number(from.at("cpu")),
                  .counters = {},
                  .error = from.at("error")};
    for (const auto& [name, value] : from.at("counters").items()) result.counters[name] = from_number(value);
    return result;
}

int serve_request(const request_server& other) {
    int code = exit_ok;
    try {
        const json request = json::parse(read_request());
        if (request.contains("libraries")) {
            list_kernels(request);
        } else if (!other || !other(request)) {
            run_plan(request);
        }
    } catch (const failure& error) {
        code = error.code();
        answer({{"failure", {{"code", code}, {"message", error.what()}}}});
    } catch (const std::exception& error) {
        code = exit_internal;
        answer({{"failure", {{"code", code}, {"message", error.what()}}}});
    }
    // Not exit(): what kernels left for the end of the process is no business of the results.
    _exit(code);
}

}  // namespace ulpfront::bench
